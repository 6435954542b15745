package docx_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"openness/audit/page/docx"
)

// packed is an archive with one member.
func packed(t *testing.T, name string, parts ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.Create(name)
	for _, part := range parts {
		_, err = io.WriteString(w, part)
	}
	if err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestText(t *testing.T) {
	const word = `<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>Falco</w:t></w:r><w:r><w:tab/><w:t>Licence</w:t></w:r></w:p>` +
		`<w:p><w:del><w:r><w:delText>You may sell.</w:delText></w:r></w:del><w:r><w:t>You may</w:t></w:r><w:r><w:t xml:space="preserve"> not sell.</w:t></w:r></w:p></w:body></w:document>`
	const open = `<office:document-content xmlns:office="o" xmlns:text="t"><text:h>Falco Licence</text:h>` +
		`<text:p>You may<text:s/><text:span>not</text:span> sell.</text:p></office:document-content>`
	const want = "Falco Licence\n\nYou may not sell.\n\n"
	for _, body := range [][]byte{packed(t, "word/document.xml", word), packed(t, "content.xml", open)} {
		if got, err := docx.Text(body); err != nil || string(got) != want {
			t.Errorf("%q, %v", got, err)
		}
	}
}

// TestNoText: what is broken, holds no text or more than a text can be is an error.
func TestNoText(t *testing.T) {
	bomb := make([]string, 10)
	for i := range bomb {
		bomb[i] = strings.Repeat("<w:p><w:t>no</w:t></w:p>", 1<<20/24)
	}
	bomb[0] = "<w:document>"
	for name, body := range map[string][]byte{
		"nothing":      nil,
		"an archive":   packed(t, "a.txt", "You may not sell."),
		"cut":          packed(t, "word/document.xml", "<w:document><w:p><w:t>You may sell."),
		"half of one":  packed(t, "word/document.xml", "<w:document/>")[:40],
		"far too much": packed(t, "word/document.xml", bomb...),
	} {
		if got, err := docx.Text(body); err == nil {
			t.Errorf("%s: %d bytes and no error", name, len(got))
		}
	}
}

package pdf

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestPlainPages(t *testing.T) {
	text, info, err := Read(t.Context(), paged(2, stream("", []byte(sentences)), ""))
	if err != nil || info.Pages != 2 || len(info.Unread) > 0 {
		t.Fatalf("%+v, %v", info, err)
	}
	want := "The model was trained on eight machines for two days and two nights. Its data were taken from the shelves of a library that has been closed since."
	if strings.Count(string(text), want) != 2 || !strings.Contains(string(text), "<!-- page 2 -->") {
		t.Errorf("%s", text)
	}
}

func TestScannedIsUnreadable(t *testing.T) {
	picture := stream("/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8",
		bytes.Repeat([]byte{200}, 64))
	body := paged(3, stream("", []byte("q 612 0 0 792 0 0 cm /I Do Q")), "/XObject << /I 5 0 R >>", picture)
	if text, _, err := Read(t.Context(), body); !errors.Is(err, ErrScanned) || text != nil {
		t.Errorf("%q, %v", text, err)
	}
	stamped := paged(3, stream("", []byte("BT /F1 8 Tf 20 20 Td (Scan 17) Tj ET q 612 0 0 792 0 0 cm /I Do Q")),
		"/XObject << /I 5 0 R >>", picture)
	if _, _, err := Read(t.Context(), stamped); !errors.Is(err, ErrScanned) {
		t.Errorf("with a stamp: %v", err)
	}
}

// The files were made with qpdf of the two sentences above: one asks for a
// password to be read, the other only to be changed.
func TestEncrypted(t *testing.T) {
	if _, _, err := Read(t.Context(), file(t, "asks-password.pdf")); !errors.Is(err, ErrEncrypted) {
		t.Errorf("with a password: %v", err)
	}
	text, _, err := Read(t.Context(), file(t, "owner-password.pdf"))
	if err != nil || !bytes.Contains(text, []byte("eight machines")) {
		t.Errorf("readable by all: %q, %v", text, err)
	}
}

func file(t testing.TB, name string) []byte {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestBroken(t *testing.T) {
	for name, body := range map[string][]byte{
		"empty": nil, "text": []byte("a paper"), "header": []byte("%PDF-1.5\n"),
		"no pages": made("<< /Type /Catalog >>"),
		"loop":     made("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 3 >>"),
	} {
		if text, _, err := Read(t.Context(), body); err == nil || text != nil {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
}

// A file that was cut off is either no PDF, or read as far as it goes and said to be cut.
func TestTruncated(t *testing.T) {
	whole := paged(40, stream("", []byte(sentences)), "")
	for _, share := range []int{10, 50, 90, 99} {
		text, info, err := Read(t.Context(), whole[:len(whole)*share/100])
		if err == nil && (len(info.Unread) == 0 || len(text) == 0) {
			t.Errorf("%d%% of it: %d bytes of text, nothing said to be left out", share, len(text))
		}
	}
}

func TestManyPages(t *testing.T) {
	text, info, err := Read(t.Context(), paged(1000, stream("", []byte(sentences)), ""))
	if err != nil || info.Pages != 1000 {
		t.Fatalf("%+v, %v", info, err)
	}
	if len(info.Unread) != 1 || info.Unread[0] != "pages 501 to 1000 of 1000: no more than 500 are read" {
		t.Errorf("unread %q", info.Unread)
	}
	if bytes.Count(text, []byte("<!-- page ")) != MaxPages {
		t.Errorf("%d pages of text", bytes.Count(text, []byte("<!-- page ")))
	}
}

func TestLargeFiles(t *testing.T) {
	over := append([]byte("%PDF-1.5\n"), make([]byte, MaxBytes)...)
	if _, _, err := Read(t.Context(), over); !errors.Is(err, ErrLimit) {
		t.Errorf("over the limit: %v", err)
	}
	// 90 MB in one file do not fit into the sandbox, and need not.
	text, _, err := Read(t.Context(), paged(1, stream("", []byte(sentences)), "", stream("", make([]byte, 90<<20))))
	if err != nil || !bytes.Contains(text, []byte("eight machines")) {
		t.Errorf("a large file: %v", err)
	}
}

// What inflates to more than the sandbox holds ends the sandbox, not the program,
// and the next PDF is read as if nothing had been.
func TestBombs(t *testing.T) {
	plainRunOnly(t)
	for name, body := range map[string][]byte{
		"800 MB of spaces":    paged(1, bomb(800, " "), ""),
		"200 MB of operators": paged(1, bomb(200, "q Q "), ""),
		"many letters":        paged(1, bomb(40, "BT /F1 1 Tf (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ET "), ""),
		"forms within forms": paged(1, stream("", []byte("/X Do")), "/XObject << /X 5 0 R >>", nested(5), nested(6),
			nested(7), nested(8), nested(9), nested(10), nested(11), nested(12), nested(13)),
		"form that holds self": paged(1, stream("", []byte("/X Do")), "/XObject << /X 5 0 R >>",
			strings.Replace(nested(5), "6 0 R", "5 0 R", 1)),
	} {
		began := time.Now()
		doc, err := load(t.Context(), body, 5*time.Second)
		took := time.Since(began)
		switch {
		case took > 25*time.Second: // a machine that is busy elsewhere needs room
			t.Errorf("%s: took %v", name, took)
		case err == nil && len(doc.unread) == 0 && doc.chars < maxPageChars && name != "form that holds self":
			t.Errorf("%s: read with %d letters, nothing left out", name, doc.chars)
		}
		t.Logf("%s: %v, %v", name, took.Round(time.Millisecond), err)
	}
	if _, _, err := Read(t.Context(), paged(1, stream("", []byte(sentences)), "")); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// nested is a form that draws the next one ten times.
func nested(number int) string {
	draws := strings.Repeat("/X Do ", 10)
	return stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X "+
		string(rune('0'+(number+1)/10))+string(rune('0'+(number+1)%10))+" 0 R >> /Font << /F1 4 0 R >> >>",
		[]byte("BT /F1 1 Tf (text of a form) Tj ET "+draws))
}

// A bad page costs itself, not the paper.
func TestOnePageIsBad(t *testing.T) {
	body := made("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [6 0 R 7 0 R 8 0 R] /Count 3 >>",
		stream("", []byte(sentences)),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", bomb(300, "q Q "),
		page3(3), page3(5), page3(3))
	doc, err := load(t.Context(), body, MaxTime)
	if err != nil {
		t.Fatal(err)
	}
	if len(doc.pages) < 2 || len(doc.unread) != 1 || !strings.Contains(doc.unread[0], "page 2 of 3") {
		t.Errorf("%d pages, unread %q", len(doc.pages), doc.unread)
	}
}

// Scans among pages of text are named.
func TestSomePagesAreScans(t *testing.T) {
	body := made("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [6 0 R 7 0 R 8 0 R 9 0 R] /Count 4 >>",
		stream("", []byte(sentences)), "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
		stream("", []byte("q 9 0 0 9 0 0 cm Q")), page3(3), page3(5), page3(5), page3(3))
	text, info, err := Read(t.Context(), body)
	want := "pages without text, as scans are: 2, 3"
	if err != nil || len(text) == 0 || len(info.Unread) != 1 || info.Unread[0] != want {
		t.Errorf("%q, %v, want %q", info.Unread, err, want)
	}
}

func page3(content int) string {
	return "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents " + string(rune('0'+content)) +
		" 0 R /Resources << /Font << /F1 4 0 R >> >> >>"
}

func TestCallerGivesUp(t *testing.T) {
	plainRunOnly(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := Read(ctx, paged(1, stream("", []byte(sentences)), "")); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	ctx, cancel = context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if _, _, err := Read(ctx, paged(1, bomb(800, "q Q "), "")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

// The sandbox sees no file of this machine: the folder of machine code is the
// only place on disk that the package touches, and it can do without.
func TestWithoutCacheFolder(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(folder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if writable(filepath.Join(folder, "below")) {
		t.Error("a folder below a file is writable")
	}
	if !writable(filepath.Join(t.TempDir(), "a", "b")) {
		t.Error("a new folder is not writable")
	}
	t.Setenv("XDG_CACHE_HOME", "")
	t.Setenv("HOME", "")
	if got := cacheFolder(); got != "" {
		t.Errorf("without a home the folder is %q", got)
	}
}

// plainRunOnly leaves out of the short run, which looks for races, what keeps the
// sandbox busy: it runs in one goroutine, and takes minutes there.
func plainRunOnly(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("keeps the sandbox busy for long in one goroutine: left out of the short run, which looks for races")
	}
}

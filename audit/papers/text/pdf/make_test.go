package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
)

// made writes a PDF: objects by number from 1, of which the first is the catalog.
func made(objects ...string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.5\n")
	at := make([]int, len(objects))
	for i, o := range objects {
		at[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, a := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return out.Bytes()
}

func stream(dict string, body []byte) string {
	return fmt.Sprintf("<< /Length %d %s >>\nstream\n%s\nendstream", len(body), dict, body)
}

// paged is a PDF of n pages that all draw the same content.
func paged(n int, content, resources string, more ...string) []byte {
	var kids strings.Builder
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "", content,
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"}
	objects = append(objects, more...)
	first := len(objects) + 1
	for i := range n {
		fmt.Fprintf(&kids, "%d 0 R ", first+i)
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 3 0 R /Resources << /Font << /F1 4 0 R >> %s >> >>",
				resources))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids.String(), n)
	return made(objects...)
}

const sentences = `BT /F1 10 Tf 72 700 Td (The model was trained on eight machines for two days and two nights.) Tj
0 -12 Td (Its data were taken from the shelves of a library that has been closed since.) Tj ET`

func deflated(text []byte) []byte {
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	_, _ = z.Write(text)
	_ = z.Close()
	return out.Bytes()
}

// bomb is a content of many megabytes that is small as it is sent.
func bomb(megabytes int, piece string) string {
	var out bytes.Buffer
	z, _ := zlib.NewWriterLevel(&out, zlib.BestCompression)
	block := []byte(strings.Repeat(piece, 1<<20/len(piece)+1))
	for range megabytes {
		_, _ = z.Write(block)
	}
	_ = z.Close()
	return stream("/Filter /FlateDecode", out.Bytes())
}

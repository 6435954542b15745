package crawl_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"openness/audit"
	"openness/audit/crawl"
)

// pagesOf is a PDF of n pages that show the same.
func pagesOf(n int, content string) []byte {
	var b bytes.Buffer
	var at []int
	object := func(text string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), text)
	}
	b.WriteString("%PDF-1.5\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	var kids strings.Builder
	for i := range n {
		fmt.Fprintf(&kids, "%d 0 R ", i+5)
	}
	object(fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", n, kids.String()))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content))
	for range n {
		object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> >> >>")
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

// TestHostileReports: a PDF beside the model's page that is too large, needs a password,
// is a scan or has a thousand pages takes a bounded time, leaves a document that says
// why nothing, or not all, was read, and harms no other page.
func TestHostileReports(t *testing.T) {
	locked, err := os.ReadFile("../papers/text/pdf/testdata/asks-password.pdf")
	if err != nil {
		t.Fatal(err)
	}
	const line = "BT /F1 11 Tf 72 700 Td (The model was trained on eight machines for two days and two nights by its makers.) Tj ET"
	cases := map[string]struct {
		body []byte
		pad  int // zeros that follow, in MB
		says string
	}{
		"200 MB":      {[]byte("%PDF-1.5\n"), 200, "too large"},
		"password":    {locked, 0, "password"},
		"a scan":      {pagesOf(3, "q 0.5 g 0 0 612 792 re f Q"), 0, "pictures of pages"},
		"1,000 pages": {pagesOf(1000, line), 0, "no more than 500"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				switch {
				case strings.HasSuffix(r.URL.Path, "/report.pdf"):
					w.Header().Set("Content-Type", "application/pdf")
					_, err := w.Write(c.body)
					for i := 0; i < c.pad && err == nil; i++ {
						_, err = w.Write(make([]byte, 1<<20))
					}
				case strings.HasSuffix(r.URL.Path, "/page"):
					fmt.Fprint(w, "<html><body><p>"+strings.Repeat("Heron is available through our interface. ", 20)+
						"</p></body></html>")
				default:
					http.NotFound(w, r)
				}
			}))
			t.Cleanup(web.Close)
			target := crawl.Target{Kind: crawl.Catalogue, ID: "Heron", Text: "Heron", Name: "Heron"}
			for _, address := range []string{"https://vendor.example/report.pdf", "https://vendor.example/page"} {
				target.Places = append(target.Places, audit.Place{Kind: audit.WebPage, Role: audit.RoleVendor,
					ID: address, URL: address})
			}
			began := time.Now()
			r, err := crawler(t, web.URL, nil).Gather(t.Context(), target)
			if err != nil {
				t.Fatal(err)
			}
			if took := time.Since(began); took > 90*time.Second {
				t.Errorf("it took %v", took)
			}
			said, page := "", false
			for _, d := range r.Documents {
				if strings.Contains(d.URL, "/report.pdf") {
					said += d.Detail + "\n"
				}
				page = page || strings.HasSuffix(d.URL, "/page") && d.SHA256 != ""
			}
			if !page || !strings.Contains(said, c.says) {
				t.Errorf("the other page was read: %v; of the PDF it is said:\n%s", page, said)
			}
		})
	}
}

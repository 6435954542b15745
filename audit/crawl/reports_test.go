package crawl

import "testing"

// TestFileScore: a PDF is read as the model's paper where its name says so, or where it
// is named after the model and a page links it as a report.
func TestFileScore(t *testing.T) {
	const page = "Our [technical report](docs/Falco.pdf), the <a href=\"merlin.pdf\">paper on Merlin</a>, " +
		"[![badge](b.svg)](falco_report.pdf) and [slides](docs/Falco_slides.pdf). [Falco](falco.pdf) flies."
	linked := linkedPDFs([]byte(page))
	for file, own := range map[string]bool{
		"docs/Falco.pdf":        true,
		"falco_report.pdf":      true,
		"merlin.pdf":            false,
		"docs/Falco_slides.pdf": false,
		"falco.pdf":             false,
		"docs/unlinked.pdf":     false,
	} {
		if got := fileScore(file, "acme/Falco-7B", linked); (got >= ownPaper) != own {
			t.Errorf("%s: %d", file, got)
		}
	}
}

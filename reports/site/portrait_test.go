package site

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"openness/audit"
	"openness/reports"
	"openness/reports/dossier"
	"openness/reports/internal/fixture"
	"openness/rubric"
)

// longModel is a model of which as much is to be said as a store can hold.
func longModel() reports.Model {
	m := fixture.Model("organisation-with-a-long-name/"+strings.Repeat("model-name-", 12), strings.Repeat("Model name ",
		14), "cpcpcpcpcpou")
	long := strings.Repeat("Something that has to be said at great length about what was found there, ", 12) +
		"at the end."
	d := fixture.Document(m.Subject.ID,
		long+"\n"+strings.Repeat("Something that has to be said at great length about what was found there, ", 15))
	m.Subject.Base, m.Subject.Label = m.Subject.ID+"-base", strings.Repeat("label ", 20)
	m.Observations = append(m.Observations, audit.Observation{Fact: "license.weights.id", Finding: audit.Present,
		Value: strings.Repeat("LicenseRef-", 9)})
	js := m.Assessments[0].Judgements
	for i := range js {
		js[i].Reason = long
		js[i].Observations = append([]audit.Observation{fixture.Quote(&d, "code.training.entry", "true",
			strings.Repeat("Something that has to be said at great length about what was found there, ", i+2))},
			js[i].Observations...)
	}
	for range 4 {
		m.Frameworks = append(m.Frameworks, reports.Framework{Rubric: rubric.Ref{ID: "f"},
			Name: strings.Repeat("A framework of some kind ", 4),
			Verdict: &rubric.Ruling{ID: "fail", Name: "Not met by this model at all", Reason: long,
				Missing: []string{long, long}, SmallestChange: long}})
	}
	return m
}

// pagesOf prints what a tab shows and counts the pages of the PDF.
func (b *tab) pagesOf() int {
	b.Helper()
	text, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(func(p *cdp.PrintToPDFParams) {
		p.PreferCSSPageSize, p.PrintBackground = new(true), new(true)
	}))
	if err != nil {
		b.Fatal(err)
	}
	return bytes.Count(text, []byte("/Type /Page\n"))
}

// TestBrowserPortraitIsOnePage: whatever the model, its portrait is the first
// page of its dossier, upright A4, and the evidence begins the second; in the
// file of one model as on the site.
func TestBrowserPortraitIsOnePage(t *testing.T) {
	r := testReport()
	r.Models = append(r.Models, longModel())
	b := openTab(t, chromium(t), writeTestSite(t, r))
	b.media("print", "light")
	for _, i := range []int{2, len(r.Models) - 1} {
		m := &r.Models[i]
		var alone bytes.Buffer
		if err := dossier.Write(&alone, *m, []*rubric.Rubric{r.Rubric}, r.Tool, reports.HTML,
			reports.Options{}); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(b.dir, "alone.html"), alone.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		book := NewBook(Options{Rubric: r.Rubric}, subjectsOf(r.Models))
		for _, page := range []string{"alone.html", book.ModelPage(m.Subject.ID, m.Subject.Label)} {
			b.open(page)
			if all := b.pagesOf(); all < 2 {
				t.Errorf("%s of %s: %d pages with the evidence", page, m.Subject.ID, all)
			}
			eval[bool](b, `(() => { const p = document.querySelector('.portrait'); document.body.replaceChildren(p); return true; })()`)
			if n := b.pagesOf(); n != 1 {
				t.Errorf("%s of %.40s: the portrait takes %d pages", page, m.Subject.ID, n)
			}
		}
	}
}

package reports

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"openness/audit"
	"openness/rubric"
)

func TestWhy(t *testing.T) {
	r := testReport()
	m := r.Models[2] // ccoopcpccpcp
	got := why(m.judgedOf(m.Assessments[0], r.Rubric, quotesSeen{}))
	for _, want := range []string{"Of 12 dimensions: 2 open (weights, base, weights, end); 4 partial (", "; 6 closed (data, base, data, end, ",
		" What is closed first: data, base. No datasheet was found where it would be."} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
	for words, want := range map[string]string{"All of it. The rest follows here.": "All of it. The rest follows here.",
		"This is not known yet: 1. general words": "This is not known yet: 1. general words",
		"This sentence is the first. And another": "This sentence is the first."} {
		if got := firstSentence(words); got != want {
			t.Errorf("%q begins %q, want %q", words, got, want)
		}
	}
}

// TestStrongest: a sentence about the model itself, which was read again from
// its bytes, goes before a file's name and before what tells of another model;
// the same words are chosen once.
func TestStrongest(t *testing.T) {
	m := testModel("acme/base-7b", "Base 7B", "oooooooooooo")
	const text = "We release all of the training code of this model.\n\"train.py\"\nThe other model was trained on public data too.\n"
	d := testDocument("acme/base-7b", text)
	js := m.Assessments[0].Judgements[:4]
	for i, words := range []string{`"train.py"`, "The other model was trained on public data too.", "We release all of the training code of this model.",
		"We release all of the training code of this model."} {
		js[i].Observations = []audit.Observation{quoteOf(&d, "code.training.entry", "true", words)}
		js[i].Observations[0].About, js[i].Observations[0].Mode = audit.AboutOwn, audit.Done
	}
	js[0].Observations[0].Indirect = true
	js[1].Observations[0].About = audit.AboutOther
	m.Assessments[0].Judgements = js
	found := strongest(m.judgedOf(m.Assessments[0], testRubric(), quotesSeen{}))
	got := []string{}
	for _, e := range found {
		got = append(got, e.Read)
	}
	const want = "We release all of the training code of this model.|The other model was trained on public data too.|train.py"
	if strings.Join(got, "|") != want {
		t.Errorf("strongest are %q", got)
	}
}

// TestWordsOnce: the same words are shown once in a dossier, whatever
// dimensions, facts and documents rest on them.
func TestWordsOnce(t *testing.T) {
	const words = "The training data comes from **public sources** that we do not name, but of which all were looked at by hand."
	m := testModel("acme/base-7b", "Base 7B", "pppppppppppp")
	one, two := testDocument("acme/base-7b", words), testDocument("acme/base-7b", words)
	two.URL = "https://raw.githubusercontent.com/acme/base/main/README.md"
	for i := range m.Assessments[0].Judgements {
		m.Assessments[0].Judgements[i].Observations = []audit.Observation{quoteOf(&one, "data.pretraining.disclosure", "described", words),
			quoteOf(&two, "data.pretraining.disclosure", "described", words)}
	}
	for _, f := range []Format{Text, HTML, Markdown} {
		var b bytes.Buffer
		if err := WriteDossier(&b, m, []*rubric.Rubric{testRubric()}, "test", f, Options{Width: 200}); err != nil {
			t.Fatal(err)
		}
		want := map[Format]int{Text: 1, Markdown: 1, HTML: 2}[f] // the portrait quotes it too
		if n := strings.Count(b.String(), "all were looked at by hand.") - strings.Count(b.String(), "** that we do not name, but of which all were looked at by hand."); n != want {
			t.Errorf("%s: shown %d times, want %d", f, n, want)
		}
		if n := strings.Count(b.String(), "quoted under"); n != 11 {
			t.Errorf("%s: %d further dimensions lead to it, want 11", f, n)
		}
	}
}

// longModel is a model of which as much is to be said as a store can hold.
func longModel() Model {
	m := testModel("organisation-with-a-long-name/"+strings.Repeat("model-name-", 12), strings.Repeat("Model name ", 14), "cpcpcpcpcpou")
	long := strings.Repeat("Something that has to be said at great length about what was found there, ", 12) + "at the end."
	d := testDocument(m.Subject.ID, long+"\n"+strings.Repeat("Something that has to be said at great length about what was found there, ", 15))
	m.Subject.Base, m.Subject.Label = m.Subject.ID+"-base", strings.Repeat("label ", 20)
	m.Observations = append(m.Observations, audit.Observation{Fact: "license.weights.id", Finding: audit.Present, Value: strings.Repeat("LicenseRef-", 9)})
	js := m.Assessments[0].Judgements
	for i := range js {
		js[i].Reason = long
		js[i].Observations = append([]audit.Observation{quoteOf(&d, "code.training.entry", "true", strings.Repeat("Something that has to be said at great length about what was found there, ", i+2))}, js[i].Observations...)
	}
	for range 4 {
		m.Frameworks = append(m.Frameworks, Framework{Rubric: rubric.Ref{ID: "f"}, Name: strings.Repeat("A framework of some kind ", 4),
			Verdict: &rubric.Ruling{ID: "fail", Name: "Not met by this model at all", Reason: long, Missing: []string{long, long}, SmallestChange: long}})
	}
	return m
}

// pagesOf prints what a tab shows and counts the pages of the PDF.
func (b *tab) pagesOf() int {
	b.Helper()
	text, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(func(p *cdp.PrintToPDFParams) { p.PreferCSSPageSize, p.PrintBackground = new(true), new(true) }))
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
		if err := WriteDossier(&alone, *m, []*rubric.Rubric{r.Rubric}, r.Tool, HTML, Options{}); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(b.dir, "alone.html"), alone.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		book := NewBook(SiteOptions{Rubric: r.Rubric}, subjectsOf(r.Models))
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

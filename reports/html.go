package reports

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"io"
	"sync"
	"time"

	"openness/rubric"
)

// aloneView is what the templates of single HTML files are given: pages that
// can be mailed or filed, with their style sheet inside, allowed by its hash.
type aloneView struct {
	Title     string
	Tool      string
	At        time.Time
	Style     template.CSS
	StyleHash string
	Rubrics   []*rubric.Rubric
	Dossiers  []dossierData
	Rows      []Row
	Explained string // how the rows were ordered
}

// sheet is the site's style sheet and its hash for a Content-Security-Policy.
var sheet = sync.OnceValues(func() (template.CSS, string) {
	css, err := siteFiles.ReadFile("assets/site.css")
	if err != nil {
		panic(err) // embedded
	}
	sum := sha256.Sum256(css)
	return template.CSS(css), "sha256-" + base64.StdEncoding.EncodeToString(sum[:]) //nolint:gosec // our own file
})

func newAloneView(title, tool string, at time.Time, rubrics ...*rubric.Rubric) aloneView {
	css, hash := sheet()
	return aloneView{Title: title, Tool: tool, At: at, Style: css, StyleHash: hash, Rubrics: rubrics}
}

func writeAlone(w io.Writer, name string, v any) error {
	var b bytes.Buffer
	if err := pageTemplates().ExecuteTemplate(&b, name, v); err != nil {
		return err
	}
	return writeVisible(w, b.Bytes())
}

func writeRankingHTML(w io.Writer, r Report, rows []Row) error {
	v := newAloneView("Openness ranking: "+rubricTitle(r.Rubric), r.Tool, r.At, r.Rubric)
	v.Rows, v.Explained = rows, r.Ranking.Explained()
	return writeAlone(w, "alone-table", v)
}

// repeat makes a dossier fit under another of the same model: its ids are its
// own, and what is said of the model itself is left out.
func (d *dossierData) repeat() {
	for g := range d.Groups {
		for j := range d.Groups[g].Judged {
			one := &d.Groups[g].Judged[j]
			one.Anchor = d.Rubric.ID + "." + one.Anchor
			one.here.Anchor = one.Anchor
		}
	}
	d.Again, d.Quoteless = true, false
	if len(d.Verdicts) > 0 && d.Rubric.Verdicts != nil {
		d.Verdicts = d.Verdicts[:1]
	} else {
		d.Verdicts = nil
	}
	d.Conflicts, d.Licenses, d.NotThere, d.Unseen, d.Sources, d.Reviews, d.History = nil, nil, nil, nil, nil, nil, nil
	d.Withdrawn, d.Stale = nil, nil
}

func writeDossierHTML(w io.Writer, m *Model, rubrics []*rubric.Rubric, tool string) error {
	v := newAloneView(label(m.Name()), tool, m.AssessedAt)
	seen := quotesSeen{}
	for _, ref := range rubricsOf([]Model{*m}) {
		r := rubricFor(ref, rubrics, []Model{*m})
		v.Rubrics = append(v.Rubrics, r)
		d := dossierOf(m, r, seen)
		if len(v.Dossiers) > 0 {
			d.repeat()
		} else {
			d.portrait(tool)
		}
		v.Dossiers = append(v.Dossiers, d)
	}
	return writeAlone(w, "alone-dossier", v)
}

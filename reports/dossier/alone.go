package dossier

import (
	"embed"
	"html/template"
	"io"
	"sync"

	"openness/reports"
	"openness/reports/evidence"
	"openness/reports/internal/page"
	"openness/rubric"
)

//go:embed templates
var dossierFiles embed.FS

// PageParts are the templates of a dossier, for pages of other rooms that show one.
func PageParts() page.Parts {
	return page.Parts{Files: dossierFiles, Funcs: template.FuncMap{
		"rulingClass":   rulingClass,
		"scoreSentence": scoreSentence,
		"strip":         strip,
		"strongest":     strongestQuotes,
		"firstWords":    firstSentence,
		"onpage":        onPage,
		"judgements":    evidence.HTML,
		"sides":         evidence.SidesHTML,
		"looks":         looks,
		"sources":       sources,
		"licences":      licences,
		"dossierView":   func(d View) rooted { return rooted{Data: d} },
	}}
}

// rooted is what the template of a dossier is given: its data, and the way back
// to the root of the site, "" on a page of its own.
type rooted struct {
	Root string
	Data View
}

// dossierPages parses the embedded templates once.
var dossierPages = sync.OnceValue(func() *template.Template { return page.New(PageParts()) })

// dossiersAlone are a model's dossiers as a page of its own.
type dossiersAlone struct {
	page.Alone
	Dossiers []View
}

func writeDossierHTML(w io.Writer, m *reports.Model, rubrics []*rubric.Rubric, tool string) error {
	v := dossiersAlone{Alone: page.NewAlone(reports.Label(m.Name()), tool, m.AssessedAt)}
	lines, err := reports.AssessmentLines(m, tool)
	if err != nil {
		return err
	}
	seen := evidence.Seen{}
	for _, ref := range rubricsOf([]reports.Model{*m}) {
		r := rubricFor(ref, rubrics, []reports.Model{*m})
		v.Rubrics = append(v.Rubrics, r)
		d := ViewOf(m, r, seen)
		if len(v.Dossiers) > 0 {
			d.repeat()
		} else {
			d.Portray(tool, lines)
		}
		v.Dossiers = append(v.Dossiers, d)
	}
	return page.WriteAlone(w, dossierPages(), "alone-dossier", v)
}

// repeat makes a dossier fit under another of the same model: its ids are its
// own, and what is said of the model itself is left out.
func (d *View) repeat() {
	for g := range d.Groups {
		for j := range d.Groups[g].Judged {
			one := &d.Groups[g].Judged[j]
			one.Move(d.Rubric.ID + "." + one.Anchor)
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

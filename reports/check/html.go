package check

import (
	"embed"
	"html/template"
	"io"
	"sync"
	"time"

	"openness/audit"
	"openness/reports"
	"openness/reports/evidence"
	"openness/reports/internal/page"
)

//go:embed templates
var checkFiles embed.FS

// checkPages parses the embedded template once.
var checkPages = sync.OnceValue(func() *template.Template {
	return page.New(page.Parts{Files: checkFiles, Funcs: template.FuncMap{
		"outcomeClass": outcomeClass,
		"waiver":       waiverWords,
		"checkQuotes":  checkQuotes,
	}})
})

// checkView is what the template of a check record is given.
type checkView struct {
	page.Alone
	Record *Record
}

// writeCheckHTML writes a record as one page to be filed.
func writeCheckHTML(w io.Writer, r *Record) error {
	at, _ := time.Parse(time.RFC3339, r.CheckedAt)
	v := checkView{page.NewAlone("Policy check: "+reports.Label(r.Policy.Name), r.Tool.Version, at), r}
	return page.WriteAlone(w, checkPages(), "alone-check", v)
}

// outcomeClass is the colour of an outcome: that of the class it is nearest to.
func outcomeClass(o Outcome) string {
	switch o {
	case OutcomeMet:
		return "o"
	case OutcomeWaived:
		return "p"
	case OutcomeViolated:
		return "c"
	}
	return "u"
}

// checkQuotes are the texts that a requirement's outcome rests on, and the
// places that were read in vain.
func checkQuotes(q CheckedRequirement) template.HTML {
	m := page.NewMarkup()
	var found []evidence.Evidence
	for _, o := range q.Observations {
		if o.Finding == audit.Present {
			found = append(found, evidence.Evidence{Observation: o, Shown: reports.Shorten(reports.VisibleText(o.Quote),
				reports.LongestQuote),
				Read: reports.Shorten(evidence.Readable(o.Quote), reports.LongestQuote)})
		}
	}
	evidence.WriteQuotes(m, evidence.Wordings(found))
	for _, o := range q.Observations {
		if o.Finding != audit.Present {
			m.Raw(`<p class="small">`).Text(evidence.FindingWords(o.Finding)).Raw(`: `).Address(o.URL).Raw(` <span class="muted">`).Text(page.Cut(o.Note)).Raw("</span></p>\n")
		}
	}
	return m.HTML()
}

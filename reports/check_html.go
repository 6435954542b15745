package reports

import (
	"html/template"
	"io"
	"time"

	"openness/audit"
)

// checkView is what the template of a check record is given.
type checkView struct {
	aloneView
	Record *CheckRecord
}

// writeCheckHTML writes a record as one page to be filed.
func writeCheckHTML(w io.Writer, r *CheckRecord) error {
	at, _ := time.Parse(time.RFC3339, r.CheckedAt)
	v := checkView{newAloneView("Policy check: "+label(r.Policy.Name), r.Tool.Version, at), r}
	return writeAlone(w, "alone-check", v)
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
	m := newMarkup()
	var found []Evidence
	for _, o := range q.Observations {
		if o.Finding == audit.Present {
			found = append(found, Evidence{Observation: o, Shown: Shorten(VisibleText(o.Quote), longestQuote),
				Read: Shorten(Readable(o.Quote), longestQuote)})
		}
	}
	m.quotes(wordings(found))
	for _, o := range q.Observations {
		if o.Finding != audit.Present {
			m.raw(`<p class="small">`).text(FindingWords(o.Finding)).raw(`: `).address(o.URL).raw(` <span class="muted">`).text(cut(o.Note)).raw("</span></p>\n")
		}
	}
	return m.html()
}

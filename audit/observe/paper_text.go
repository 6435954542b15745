package observe

import (
	"fmt"
	"strings"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/papers/text"
)

// locate adds to what was read of papers where in them it stands.
func (in *input) locate(found []audit.Observation) {
	for i := range found {
		o := &found[i]
		if o.Finding != audit.Present || !strings.HasSuffix(o.URL, document.TextMark) {
			continue
		}
		d := in.Document(o)
		if d == nil {
			continue
		}
		body, what := in.ServedBody(d), "paper"
		switch {
		case d.Kind == audit.DocLicense:
			what = "document"
		case d.Place == audit.WebPage && strings.Contains(d.Detail, "text of the page"):
			what = "page"
		case d.Place == audit.WebPage:
			what = "report"
		}
		number, title := text.SectionOf(body, o.Start)
		page := text.PageOf(body, o.Start)
		var at []string
		switch {
		case number != "" && title != "":
			at = append(at, fmt.Sprintf("Section %s (%s)", number, title))
		case title != "":
			at = append(at, fmt.Sprintf("Section %q", title))
		}
		if page > 0 {
			at = append(at, fmt.Sprintf("page %d", page))
		}
		if len(at) == 0 {
			continue
		}
		where := strings.Join(at, ", ")
		if o.Note != "" && !strings.HasSuffix(o.Note, ".") {
			o.Note += "."
		}
		o.Note = fmt.Sprintf("%s %s of the %s.", o.Note, strings.ToUpper(where[:1])+where[1:], what)
	}
}

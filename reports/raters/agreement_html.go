package raters

import (
	_ "embed" // the page's template
	"html/template"
	"io"
	"strings"
	"sync"

	"openness/reports"
	"openness/rubric"
	"openness/rubric/agreement"
)

//go:embed agreement.gohtml
var agreementPage string

var agreementTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("agreement").Funcs(template.FuncMap{
		"percent": percent,
		"causes":  causeCounts,
		"symbol":  reports.Symbol,
		"shown":   reports.Visible,
		"web": func(url string) bool {
			return strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://")
		},
	}).Parse(agreementPage))
})

// agreementSection is one dimension with its disagreements.
type agreementSection struct {
	agreement.Dimension
	Disagreements []agreement.Disagreement
}

// writeAgreementHTML writes one page without scripts or outside files: the
// figures, the confusion of each dimension and, folded up, every disagreement.
func writeAgreementHTML(w io.Writer, r agreement.Report) error {
	sections := make([]agreementSection, len(r.Dimensions))
	for i, d := range r.Dimensions {
		sections[i].Dimension = d
		for _, x := range r.Disagreements {
			if x.Dimension == d.Dimension {
				sections[i].Disagreements = append(sections[i].Disagreements, x)
			}
		}
	}
	return agreementTemplate().Execute(w, struct {
		agreement.Report
		Lines    [][2]string
		Sections []agreementSection
		Rows     []rubric.Class
		Columns  []rubric.Class
	}{r, agreementLines(r), sections, agreed, reports.Classes()})
}

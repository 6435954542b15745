package site

import (
	"html/template"

	"openness/reports"
	"openness/reports/internal/page"
	"openness/reports/ranking"
	"openness/rubric"
)

// writeCell writes a cell of the grid: a class that leads to its evidence in the
// model's dossier, whose page lies under root. The longest name of a class may be
// broken: the width of all columns hangs on it.
func writeCell(m *page.Markup, root, path string, c *ranking.Cell) {
	m.Raw(`<td class="cell"><a class="`).Text(page.Letter(c.Class)).Raw(`" href="`).Text(root).Text(path).Raw(`#`).Text(c.Dimension).
		Raw(`"><b aria-hidden="true">`).Text(reports.Symbol(c.Class)).Raw(`</b><i>`)
	if c.Class == rubric.Undetermined {
		m.Raw(`undeter&shy;mined`)
	} else {
		m.Text(string(c.Class))
	}
	m.Raw(`</i></a></td>`)
}

// cells are the cells of a model's row.
func cells(root, path string, list []ranking.Cell) template.HTML {
	m := page.NewMarkup()
	for i := range list {
		writeCell(m, root, path, &list[i])
	}
	return m.HTML()
}

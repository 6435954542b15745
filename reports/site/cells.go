package site

import (
	"html/template"

	"openness/reports"
	"openness/reports/internal/page"
	"openness/reports/ranking"
)

// writeCell writes a cell of the grid: a class that leads to its evidence in the
// model's dossier, whose page lies under root.
func writeCell(m *page.Markup, root, path string, c *ranking.Cell) {
	m.Raw(`<td class="cell"><a class="`).Text(page.Letter(c.Class)).Raw(`" href="`).Text(root).Text(path).Raw(`#`).Text(c.Dimension).
		Raw(`"><b aria-hidden="true">`).Text(reports.Symbol(c.Class)).Raw(`</b><i>`).Text(string(c.Class)).Raw(
		`</i></a></td>`,
	)
}

// cells are the cells of a model's row.
func cells(root, path string, list []ranking.Cell) template.HTML {
	m := page.NewMarkup()
	for i := range list {
		writeCell(m, root, path, &list[i])
	}
	return m.HTML()
}

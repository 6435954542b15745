package ranking

import (
	"embed"
	"html/template"
	"io"
	"sync"

	"openness/reports"
	"openness/reports/internal/page"
)

//go:embed templates
var rankingFiles embed.FS

// PageParts are the templates of rows, for pages of other rooms that show them.
func PageParts() page.Parts {
	return page.Parts{Files: rankingFiles, Funcs: template.FuncMap{
		"knownShare": knownShare,
		"spanOf":     spanOf,
		"unranked": func(rows []Row, i int) bool {
			return !rows[i].Score.Ranked && (i == 0 || rows[i-1].Score.Ranked)
		},
	}}
}

// rankingPages parses the embedded templates once.
var rankingPages = sync.OnceValue(func() *template.Template { return page.New(PageParts()) })

// rowsAlone are rows as a page of its own.
type rowsAlone struct {
	page.Alone
	Rows      []Row
	Explained string // how the rows were ordered
}

func writeRankingHTML(w io.Writer, r Report, rows []Row) error {
	alone := page.NewAlone("Openness ranking: "+reports.RubricTitle(r.Rubric), r.Tool, r.At, r.Rubric)
	return page.WriteAlone(w, rankingPages(), "alone-table", rowsAlone{Alone: alone, Rows: rows,
		Explained: r.explained()})
}

func writeComparisonHTML(w io.Writer, r Report, rows []Row) error {
	alone := page.NewAlone("Comparison under the "+reports.RubricTitle(r.Rubric), r.Tool, r.At, r.Rubric)
	return page.WriteAlone(w, rankingPages(), "alone-compare", rowsAlone{Alone: alone, Rows: rows})
}

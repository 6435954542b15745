package site

import (
	"io"
	"strconv"
	"strings"

	"openness/reports"
	"openness/reports/internal/page"
	"openness/reports/ranking"
	"openness/rubric"
)

// A Download is a file offered on the downloads page.
type Download struct {
	File, Title, About string
}

// downloadsPage lists the downloads. Those that only a written site has are
// left out of a live one.
func (b *Book) downloadsPage() any {
	list := []Download{
		{"ranking.csv", "Ranking (CSV)",
			"One line per model: rank, score both ways, range, coverage, and the class of each dimension."},
		{"judgements.csv", "Judgements (CSV, long form)",
			"One line per model and dimension, with the reason and its origin."},
		{"ranking.json", "Ranking (JSON)", "The same with reasons, without evidence."},
		{"osai.yaml", "Index entries (YAML)",
			"One document per model in the shape that the European Open Source AI Index uses: class, link and notes per dimension."},
	}
	if !b.Live {
		list = append(list, Download{"assessments.json", "Assessments with evidence (JSON)",
			"Every judgement with its observations: quote, offsets, URL, revision, time and SHA-256. Schema " +
				reports.AssessmentSchema + "."})
	}
	if b.Database != nil && !b.Live {
		list = append(list, Download{"openness.db", "Database (SQLite)",
			"Documents, observations, assessments, reviews and history."})
	}
	for _, f := range b.figures {
		list = append(list, Download{"../figures/" + f.File, f.Title + " (SVG)",
			"A figure that stands alone, for papers and slides."})
	}
	return list
}

// downloads maps the files of the downloads page that are made from rows.
func (b *Book) downloads() map[string]func(io.Writer) error {
	r := ranking.Report{Rubric: b.Rubric, Tool: b.Tool, At: b.At, Source: b.Source, Ranking: b.Ranking}
	return map[string]func(io.Writer) error{
		"downloads/ranking.csv":    func(w io.Writer) error { return ranking.WriteRankingCSV(w, r, b.rows) },
		"downloads/judgements.csv": b.writeJudgementsCSV,
		"downloads/ranking.json":   func(w io.Writer) error { return ranking.WriteRankingJSON(w, r, b.rows) },
		"downloads/osai.yaml":      b.writeIndexYAML,
	}
}

func (b *Book) writeJudgementsCSV(w io.Writer) error {
	return reports.WriteCSV(w, func(yield func([]string) bool) {
		if !yield([]string{"id", "name", "organisation", "dimension", "class", "origin", "evidence", "reason"}) {
			return
		}
		for _, row := range b.rows {
			for _, c := range row.Cells {
				if !yield([]string{row.ID, row.Name, row.Organisation, c.Dimension, string(c.Class), string(c.Origin),
					strconv.Itoa(c.Evidence), page.Cut(c.Reason)}) {
					return
				}
			}
		}
	})
}

// writeIndexYAML writes one YAML document per model: system, org, and class,
// link and notes per dimension, after the entries of the European Open Source
// AI Index. An undetermined class is left empty, as the index does for what
// does not apply, and the notes say why.
func (b *Book) writeIndexYAML(w io.Writer) error {
	for _, row := range b.rows {
		var doc strings.Builder
		doc.WriteString("---\nsystem:\n")
		for _, f := range [][2]string{{"name", reports.Label(row.Name)}, {"link", row.Link},
			{"basemodelname", reports.Label(row.Base)},
			{"endmodelname", reports.Label(row.ID)}, {"endmodellicense", reports.Label(row.License)},
			{"releasedate", reports.Label(row.Released)}} {
			doc.WriteString("  " + f[0] + ": " + quotedYAML(f[1]) + "\n")
		}
		doc.WriteString("org:\n  name: " + quotedYAML(reports.Label(row.Organisation)) + "\n")
		for _, c := range row.Cells {
			class := string(c.Class)
			if c.Class == rubric.Undetermined {
				class = ""
			}
			doc.WriteString(c.Dimension + ":\n  class: " + class + "\n  link: " + quotedYAML(c.Link) + "\n  notes: " +
				quotedYAML(reports.Shorten(c.Reason, reports.LongestQuote)) + "\n")
		}
		if _, err := io.WriteString(w, doc.String()); err != nil {
			return err
		}
	}
	return nil
}

var yamlQuotes = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// quotedYAML is s as a double-quoted YAML scalar. JSON's strings are YAML's,
// but for surrogate pairs, which Visible text has none of: what is hidden is
// spelled out before.
func quotedYAML(s string) string {
	s = reports.Visible(s)
	if s == "" {
		return ""
	}
	return `"` + yamlQuotes.Replace(s) + `"`
}

package ranking

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"openness/reports"
	"openness/reports/internal/layout"
	"openness/rubric"
)

// ComparisonSchema names the shape of the comparison's JSON.
const ComparisonSchema = "openness.comparison/1"

// WriteComparison sets the report's models side by side, in the order given,
// in one of CompareFormats.
func WriteComparison(w io.Writer, r Report, f reports.Format, o reports.Options) error {
	rows := make([]Row, len(r.Models))
	for i := range r.Models {
		rows[i] = RowOf(&r.Models[i], r.Rubric)
	}
	tellApart(rows)
	switch f {
	case reports.Table:
		return writeComparisonTable(w, r, rows, o)
	case reports.JSON:
		return reports.WriteJSON(w, comparisonObject(r, rows))
	case reports.YAML:
		return reports.WriteYAML(w, comparisonObject(r, rows))
	case reports.CSV:
		return reports.WriteCSV(w, slices.Values(comparisonRecords(r, rows)))
	case reports.Markdown:
		return writeComparisonMarkdown(w, r, rows)
	case reports.HTML:
		return writeComparisonHTML(w, r, rows)
	}
	return fmt.Errorf("unknown format %q", f)
}

type comparisonJSON struct {
	Schema     string           `json:"schema"`
	Rubric     rubric.Ref       `json:"rubric"`
	Tool       reports.ToolJSON `json:"tool"`
	Models     []comparedJSON   `json:"models"`
	Dimensions []lineJSON       `json:"dimensions"`
}

type comparedJSON struct {
	ID           string       `json:"id"`
	Name         string       `json:"name"`
	Organisation string       `json:"organisation"`
	License      *string      `json:"license"`
	Released     *string      `json:"released"`
	Score        rubric.Score `json:"score"`
}

type lineJSON struct {
	Dimension string     `json:"dimension"`
	Differs   bool       `json:"differs"`
	Classes   []cellJSON `json:"classes"` // in the order of models
}

func comparisonObject(r Report, rows []Row) comparisonJSON {
	object := comparisonJSON{Schema: ComparisonSchema, Rubric: r.Rubric.Ref, Tool: reports.ToolJSON{Version: r.Tool},
		Models: []comparedJSON{}, Dimensions: []lineJSON{}}
	for _, row := range rows {
		object.Models = append(object.Models, comparedJSON{row.ID, row.Name, row.Organisation,
			reports.OrNull(row.License), reports.OrNull(row.Released), row.Score})
	}
	for i, d := range r.Rubric.Dimensions {
		line := lineJSON{Dimension: d.ID, Differs: differs(rows, i), Classes: []cellJSON{}}
		for _, row := range rows {
			line.Classes = append(line.Classes, cellJSON(row.Cells[i]))
		}
		object.Dimensions = append(object.Dimensions, line)
	}
	return object
}

// differs reports whether the models do not all have one class on a dimension.
func differs(rows []Row, dimension int) bool {
	for _, row := range rows {
		if row.Cells[dimension].Class != rows[0].Cells[dimension].Class {
			return true
		}
	}
	return false
}

func comparisonRecords(r Report, rows []Row) [][]string {
	head, score, percent := []string{"dimension"}, []string{"score"}, []string{"percent"}
	for _, row := range rows {
		head, score, percent = append(head, row.ID), append(score, reports.Number(row.Score.Strict)),
			append(percent, reports.Number(row.Score.Percent))
	}
	records := [][]string{head, score, percent}
	for i, d := range r.Rubric.Dimensions {
		record := []string{d.ID}
		for _, row := range rows {
			record = append(record, string(row.Cells[i].Class))
		}
		records = append(records, record)
	}
	return records
}

// roomForReasons is the width of a model's column from which on the reason of a
// class fits behind it.
const roomForReasons = 40

// writeComparisonTable marks dimensions on which the models differ with a star.
func writeComparisonTable(w io.Writer, r Report, rows []Row, o reports.Options) error {
	width := o.Columns()
	names := 0
	for _, d := range r.Rubric.Dimensions {
		names = max(names, text.StringWidth(reports.Visible(reports.Heading(d)))+2)
	}
	each := max((width-names)/max(len(rows), 1)-layout.ColumnGap, 6)
	head, scores, coverage := table.Row{""}, table.Row{"Score"}, table.Row{"Determined"}
	for _, row := range rows {
		head = append(head, layout.Fit(row.Name, each))
		scores = append(scores, spanOf(row.Score)+" of "+reports.Number(row.Score.Max))
		coverage = append(coverage, reports.Share(row.Score.Coverage))
	}
	t := layout.NewTable(width)
	t.AppendHeader(head)
	t.AppendRows([]table.Row{scores, coverage})
	for i, d := range r.Rubric.Dimensions {
		line := table.Row{reports.Visible(reports.Heading(d)) + map[bool]string{true: " *"}[differs(rows, i)]}
		for _, row := range rows {
			c := row.Cells[i]
			said := string(c.Class)
			if each >= roomForReasons {
				said += ": " + c.Reason
			}
			line = append(line, layout.Paint(reports.Symbol(c.Class), c.Class, o.Color)+" "+layout.Fit(said, each-2))
		}
		t.AppendRow(line)
	}
	_, err := io.WriteString(w, layout.Wrap("Comparison, "+reports.Visible(reports.RubricTitle(r.Rubric))+" "+
		reports.Visible(r.Rubric.Version), width)+
		layout.Trim(t.Render())+"\n\n* the classes differ\n")
	return err
}

func writeComparisonMarkdown(w io.Writer, r Report, rows []Row) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# Comparison\n\n%s, version %s.\n\n|  |", layout.Markdown(reports.RubricTitle(r.Rubric)),
		layout.Markdown(r.Rubric.Version))
	for _, row := range rows {
		fmt.Fprintf(&b, " %s |", layout.Markdown(reports.Label(row.Name)))
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(rows)) + "\n| Score |")
	for _, row := range rows {
		fmt.Fprintf(&b, " %s of %s |", spanOf(row.Score), reports.Number(row.Score.Max))
	}
	for i, d := range r.Rubric.Dimensions {
		fmt.Fprintf(&b, "\n| %s |", layout.Markdown(reports.Heading(d)))
		for _, row := range rows {
			c := row.Cells[i]
			fmt.Fprintf(&b, " %s %s: %s |", reports.Symbol(c.Class), c.Class,
				layout.Markdown(reports.Shorten(c.Reason, reports.LongestQuote)))
		}
	}
	b.WriteByte('\n')
	_, err := io.WriteString(w, b.String())
	return err
}

// ComparisonFormats are the formats of WriteComparison.
func ComparisonFormats() []reports.Format {
	return []reports.Format{reports.Table, reports.JSON, reports.CSV, reports.Markdown, reports.YAML, reports.HTML}
}

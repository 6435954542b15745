package reports

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"openness/rubric"
)

// ComparisonSchema names the shape of the comparison's JSON.
const ComparisonSchema = "openness.comparison/1"

// WriteComparison sets the report's models side by side, in the order given,
// in one of CompareFormats.
func WriteComparison(w io.Writer, r Report, f Format, o Options) error {
	rows := make([]Row, len(r.Models))
	for i := range r.Models {
		rows[i] = RowOf(&r.Models[i], r.Rubric)
	}
	tellApart(rows)
	switch f {
	case Table:
		return writeComparisonTable(w, r, rows, o)
	case JSON:
		return writeJSON(w, comparisonObject(r, rows))
	case YAML:
		return writeYAML(w, comparisonObject(r, rows))
	case CSV:
		return writeCSV(w, slices.Values(comparisonRecords(r, rows)))
	case Markdown:
		return writeComparisonMarkdown(w, r, rows)
	case HTML:
		v := newAloneView("Comparison under the "+rubricTitle(r.Rubric), r.Tool, r.At, r.Rubric)
		v.Rows = rows
		return writeAlone(w, "alone-compare", v)
	}
	return fmt.Errorf("unknown format %q", f)
}

type comparisonJSON struct {
	Schema     string         `json:"schema"`
	Rubric     rubric.Ref     `json:"rubric"`
	Tool       toolJSON       `json:"tool"`
	Models     []comparedJSON `json:"models"`
	Dimensions []lineJSON     `json:"dimensions"`
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
	object := comparisonJSON{Schema: ComparisonSchema, Rubric: r.Rubric.Ref, Tool: toolJSON{r.Tool}, Models: []comparedJSON{}, Dimensions: []lineJSON{}}
	for _, row := range rows {
		object.Models = append(object.Models, comparedJSON{row.ID, row.Name, row.Organisation, orNull(row.License), orNull(row.Released), row.Score})
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
		head, score, percent = append(head, row.ID), append(score, number(row.Score.Strict)), append(percent, number(row.Score.Percent))
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
func writeComparisonTable(w io.Writer, r Report, rows []Row, o Options) error {
	width := o.columns()
	names := 0
	for _, d := range r.Rubric.Dimensions {
		names = max(names, text.StringWidth(Visible(heading(d)))+2)
	}
	each := max((width-names)/max(len(rows), 1)-columnGap, 6)
	head, scores, coverage := table.Row{""}, table.Row{"Score"}, table.Row{"Determined"}
	for _, row := range rows {
		head = append(head, fit(row.Name, each))
		scores = append(scores, spanOf(row.Score)+" of "+number(row.Score.Max))
		coverage = append(coverage, share(row.Score.Coverage))
	}
	t := newTable(width)
	t.AppendHeader(head)
	t.AppendRows([]table.Row{scores, coverage})
	for i, d := range r.Rubric.Dimensions {
		line := table.Row{Visible(heading(d)) + map[bool]string{true: " *"}[differs(rows, i)]}
		for _, row := range rows {
			c := row.Cells[i]
			said := string(c.Class)
			if each >= roomForReasons {
				said += ": " + c.Reason
			}
			line = append(line, paint(Symbol(c.Class), c.Class, o.Color)+" "+fit(said, each-2))
		}
		t.AppendRow(line)
	}
	_, err := io.WriteString(w, wrapped("Comparison, "+Visible(rubricTitle(r.Rubric))+" "+Visible(r.Rubric.Version), width)+
		trimLines(t.Render())+"\n\n* the classes differ\n")
	return err
}

func writeComparisonMarkdown(w io.Writer, r Report, rows []Row) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# Comparison\n\n%s, version %s.\n\n|  |", mdText(rubricTitle(r.Rubric)), mdText(r.Rubric.Version))
	for _, row := range rows {
		fmt.Fprintf(&b, " %s |", mdText(label(row.Name)))
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(rows)) + "\n| Score |")
	for _, row := range rows {
		fmt.Fprintf(&b, " %s of %s |", spanOf(row.Score), number(row.Score.Max))
	}
	for i, d := range r.Rubric.Dimensions {
		fmt.Fprintf(&b, "\n| %s |", mdText(heading(d)))
		for _, row := range rows {
			c := row.Cells[i]
			fmt.Fprintf(&b, " %s %s: %s |", Symbol(c.Class), c.Class, mdText(Shorten(c.Reason, longestQuote)))
		}
	}
	b.WriteByte('\n')
	_, err := io.WriteString(w, b.String())
	return err
}

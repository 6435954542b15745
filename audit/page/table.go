package page

import (
	"bytes"
	"iter"
	"strings"

	"openness/audit"
	"openness/audit/pattern"
)

// Tables yields the rows of the page that stand together, table by table. The slice
// is good until the next one is asked for.
func (c *Page) Tables() iter.Seq[[]Block] {
	return func(yield func([]Block) bool) {
		var table []Block
		for _, b := range c.Blocks {
			if len(table) > 0 && (b.Kind != Row || b.Section != table[0].Section ||
				Apart(c.Source[table[len(table)-1].Span.End:b.Span.Start])) {
				if !yield(table) {
					return
				}
				table = table[:0]
			}
			if b.Kind == Row {
				table = append(table, b)
			}
		}
		if len(table) > 0 {
			yield(table)
		}
	}
}

// A Table is the rows of a page that stand together, and what is written on them.
type Table struct {
	Head    Passage
	Rows    []Passage
	Caption string // in small letters; empty where there is none
}

// TablesOf puts the rows among passages together.
func TablesOf(prose []Passage) []Table {
	var all []Table
	for i := 0; i < len(prose); i++ {
		if prose[i].Kind != Row {
			continue
		}
		t := Table{Head: prose[i]}
		first := i
		for i+1 < len(prose) && prose[i+1].Kind == Row &&
			!Apart(prose[i].Doc.Body[prose[i].Span.End:max(prose[i].Span.End, prose[i+1].Span.Start)]) {
			i++
			t.Rows = append(t.Rows, prose[i])
		}
		switch {
		case i+1 < len(prose) && IsCaption(prose[i+1].Text):
			t.Caption = prose[i+1].Text
		case first > 0 && IsCaption(prose[first-1].Text):
			t.Caption = prose[first-1].Text
		}
		all = append(all, t)
	}
	return all
}

// captionLine is how a caption begins.
var captionLine = pattern.MustCompile(`(?i)^(?:\*\*)?(?:extended data )?tab(?:le|\.) ?[a-z]?[\d.]+[a-z]?\b`)

// IsCaption reports whether a text begins as the caption of a table does.
func IsCaption(text string) bool { return captionLine.MatchString(text) }

// Apart reports whether what lies between two rows ends a table: an empty line.
func Apart(between []byte) bool {
	return bytes.Count(between, []byte("\n")) > 2 && bytes.Contains(bytes.ReplaceAll(between, []byte("\r"), nil),
		[]byte("\n\n"))
}

// Cells cuts a row of a Markdown table into cells, between the bars.
func Cells(row string) []audit.Span {
	var cells []audit.Span
	start := len(row) - len(strings.TrimLeft(row, " \t"))
	if start < len(row) && row[start] == '|' {
		start++
	}
	for i := start; i < len(row); i++ {
		if row[i] == '|' && row[i-1] != '\\' {
			cells = append(cells, audit.Span{Start: start, End: i})
			start = i + 1
		}
	}
	if strings.TrimSpace(row[start:]) != "" {
		cells = append(cells, audit.Span{Start: start, End: len(row)})
	}
	return cells
}

// CellsIn are the cells of a table's row in a page, without the space around them.
func CellsIn(body []byte, row audit.Span) []audit.Span {
	cells := Cells(string(body[row.Start:row.End]))
	for i, c := range cells {
		text := body[row.Start+c.Start : row.Start+c.End]
		start := row.Start + c.Start + len(text) - len(bytes.TrimLeft(text, " \t"))
		cells[i] = audit.Span{Start: start, End: start + len(bytes.TrimSpace(text))}
	}
	return cells
}

// CellTexts are the cells of a row, as they are written.
func CellTexts(row string) []string {
	row = strings.Trim(strings.TrimSpace(row), "|")
	return strings.Split(row, "|")
}

// FirstCell is the first cell of a row that holds anything.
func FirstCell(row string) string {
	for _, cell := range CellTexts(row) {
		if strings.TrimSpace(cell) != "" {
			return cell
		}
	}
	return ""
}

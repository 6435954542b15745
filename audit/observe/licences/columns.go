package licences

import (
	"bytes"
	"strings"

	"openness/audit"
	"openness/audit/page"
	"openness/audit/pattern"
)

// licenceCell matches the first cell of a row of licences.
var licenceCell = pattern.MustCompile(`(?i)^\W*licen[cs]es?\W*$`)

// columnLicences reads the row of licences of a table whose columns are components:
//
//	|         | Weights      | Code |
//	| License | CC BY-NC 4.0 | MIT  |
//
// A column may also be the page's model's, with rivals in the others.
func (in *Reader) columnLicences(d *audit.Document, s page.Sentence) []licence {
	if s.Kind != page.Row {
		return nil
	}
	row := page.LineAround(d.Body, s.Span.Start)
	cells := page.CellsIn(d.Body, row)
	if len(cells) < 3 || !licenceCell.Match(d.Body[cells[0].Start:cells[0].End]) {
		return nil
	}
	head := row
	for range maxAbove {
		if head.Start == 0 {
			break
		}
		before := page.LineAround(d.Body, head.Start-1)
		if !bytes.Contains(d.Body[before.Start:before.End], []byte("|")) {
			break
		}
		head = before
	}
	var out []licence
	for i, name := range page.CellsIn(d.Body, head) {
		column := strings.ToLower(string(d.Body[name.Start:name.End]))
		word := componentWord.FindString(column)
		if i == 0 || i >= len(cells) || (word == "" || wholeWords[word]) && !in.ownRow(column) {
			continue
		}
		at := cells[i]
		for _, n := range licenceNames(d.Body[at.Start:at.End]) {
			c := componentOf(d, word)
			out = append(out, licence{component: c.name, id: n.Value, source: fromProse, doc: d, span: at,
				vague: vagueID(n.Value)})
		}
	}
	return out
}

// maxAbove is how many rows above the row of licences the head of its table is looked
// for: a page may be one table of such rows, each of which asks.
const maxAbove = 200

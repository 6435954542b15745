package observe

import (
	"bytes"
	"strings"

	"openness/audit"
	"openness/audit/card"
	"openness/audit/pattern"
)

// licenceCell matches the first cell of a row of licences.
var licenceCell = pattern.MustCompile(`(?i)^\W*licen[cs]es?\W*$`)

// columnLicences reads the row of licences of a table whose columns are components:
//
//	|         | Weights      | Code |
//	| License | CC BY-NC 4.0 | MIT  |
func columnLicences(d *audit.Document, s card.Sentence) []licence {
	if s.Kind != card.Row {
		return nil
	}
	row := lineAround(d.Body, s.Span.Start)
	cells := cellsOf(d.Body, row)
	if len(cells) < 3 || !licenceCell.Match(d.Body[cells[0].Start:cells[0].End]) {
		return nil
	}
	head := row
	for head.Start > 0 {
		before := lineAround(d.Body, head.Start-1)
		if !bytes.Contains(d.Body[before.Start:before.End], []byte("|")) {
			break
		}
		head = before
	}
	var out []licence
	for i, name := range cellsOf(d.Body, head) {
		column := strings.ToLower(string(d.Body[name.Start:name.End]))
		word := componentWord.FindString(column)
		if i == 0 || i >= len(cells) || word == "" || wholeWords[word] {
			continue
		}
		at := cells[i]
		for _, n := range licenceNames(d.Body[at.Start:at.End]) {
			c := componentOf(d, word)
			out = append(out, licence{component: c.name, id: n.value, source: fromProse, doc: d, span: at, vague: vagueID(n.value)})
		}
	}
	return out
}

// lineAround is the line that an offset lies in, without its end.
func lineAround(body []byte, at int) audit.Span {
	start, end := bytes.LastIndexByte(body[:at], '\n')+1, len(body)
	if n := bytes.IndexByte(body[at:], '\n'); n >= 0 {
		end = at + n
	}
	return audit.Span{Start: start, End: end}
}

// cellsOf are the cells of a table's row, without the space around them.
func cellsOf(body []byte, row audit.Span) []audit.Span {
	line := bytes.TrimRight(body[row.Start:row.End], " \t\r")
	at := row.Start
	if bytes.HasPrefix(line, []byte("|")) {
		line, at = line[1:], at+1
	}
	line = bytes.TrimSuffix(line, []byte("|"))
	var cells []audit.Span
	for _, cell := range bytes.Split(line, []byte("|")) {
		left := len(cell) - len(bytes.TrimLeft(cell, " \t"))
		cells = append(cells, audit.Span{Start: at + left, End: at + left + len(bytes.TrimSpace(cell))})
		at += len(cell) + 1
	}
	return cells
}

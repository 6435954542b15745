package observe

import (
	"bytes"
	"openness/audit"
	"openness/audit/card"
	"openness/audit/identity"
	"strings"
)

// Whose rows a table holds.

// foreignRows lists the rows of tables that are about others: those that begin
// with another's name, and the whole of a table that gives others only or sets
// others beside this model column by column.
func (sp *speaker) foreignRows(c *card.Card, whose []audit.About) []audit.Span {
	var spans []audit.Span
	var table []card.Block
	end := func() {
		spans = append(spans, sp.tableRows(c, table, whose)...)
		table = table[:0]
	}
	for _, b := range c.Blocks {
		if b.Kind != card.Row || len(table) > 0 && (b.Section != table[0].Section || apart(c.Source[table[len(table)-1].Span.End:b.Span.Start])) {
			end()
		}
		if b.Kind == card.Row {
			table = append(table, b)
		}
	}
	end()
	return spans
}

// apart reports whether what lies between two rows ends a table: an empty line.
func apart(between []byte) bool {
	return bytes.Count(between, []byte("\n")) > 2 && bytes.Contains(bytes.ReplaceAll(between, []byte("\r"), nil), []byte("\n\n"))
}

func (sp *speaker) tableRows(c *card.Card, table []card.Block, whose []audit.About) []audit.Span {
	if len(table) == 0 {
		return nil
	}
	var spans []audit.Span
	own := 0
	head := rowCells(c.Text(table[0].Span))
	others, ours := sp.namedCells(head[min(1, len(head)):])
	for i, row := range table {
		switch sp.cell(firstCell(c.Text(row.Span))) {
		case audit.AboutOther:
			spans = append(spans, row.Span)
		case audit.AboutOwn, audit.AboutBase:
			own++
		default:
			if i > 0 && whose[row.Section] == audit.AboutOther {
				spans = append(spans, row.Span)
			}
		}
	}
	if others && !ours || own == 0 && len(spans) > 0 && len(spans) >= len(table)-2 || own == 0 && whose[table[0].Section] == audit.AboutOther {
		spans = spans[:0]
		for _, row := range table {
			spans = append(spans, row.Span)
		}
	}
	return spans
}

// namedCells reports whether the cells of a table's head name other models, and
// whether they name this one or its base.
func (sp *speaker) namedCells(cells []string) (others, ours bool) {
	for _, text := range cells {
		switch sp.cell(text) {
		case audit.AboutOther:
			others = true
		case audit.AboutOwn, audit.AboutBase:
			ours = true
		}
	}
	return others, ours
}

// cell says whose name stands in a table's cell.
func (sp *speaker) cell(text string) audit.About {
	found := audit.About("")
	if strings.Contains(text, dataAddress) {
		return ""
	}
	for _, m := range identity.Mentions(card.Plain(text)) {
		if c := sp.class(m.Name); c != audit.AboutOther {
			return c
		} else if m.Sized {
			found = audit.AboutOther
		}
	}
	return found
}

func rowCells(row string) []string {
	row = strings.Trim(strings.TrimSpace(row), "|")
	return strings.Split(row, "|")
}

func firstCell(row string) string {
	for _, cell := range rowCells(row) {
		if strings.TrimSpace(cell) != "" {
			return cell
		}
	}
	return ""
}

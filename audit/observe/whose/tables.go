package whose

import (
	"cmp"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/page"
	"openness/audit/pattern"
)

// Whose rows a table holds.

// foreignRows lists the rows of tables that are about others: those that begin
// with another's name, and the whole of a table that gives others only or sets
// others beside this model column by column.
func (sp *Speaker) foreignRows(c *page.Page, whose []audit.About) []tag {
	var tags []tag
	for table := range c.Tables() {
		tags = append(tags, sp.tableRows(c, table, whose)...)
	}
	return tags
}

func (sp *Speaker) tableRows(c *page.Page, table []page.Block, whose []audit.About) []tag {
	if len(table) == 0 {
		return nil
	}
	var tags []tag
	own := 0
	head := page.CellTexts(c.Text(table[0].Span))
	foreign, ours := sp.namedCells(head[min(1, len(head)):])
	firsts := make(map[string]bool)
	for _, row := range table {
		firsts[strings.TrimSpace(page.Plain(page.FirstCell(c.Text(row.Span))))] = true
	}
	for i, row := range table {
		if i == 0 && ours {
			own++ // a head that names this model as well
			continue
		}
		first := page.FirstCell(c.Text(row.Span))
		who := sp.cell(first)
		if who == audit.AboutOwn && sp.twin(page.Plain(first), firsts) {
			who = audit.AboutSibling
		}
		switch who {
		case audit.AboutOther, audit.AboutSibling:
			tags = append(tags, tag{row.Span, who})
		case audit.AboutOwn, audit.AboutBase:
			own++
		default:
			if i > 0 && Others(whose[row.Section]) {
				tags = append(tags, tag{row.Span, whose[row.Section]})
			}
		}
	}
	if foreign != "" && !ours || own == 0 && len(tags) > 0 && len(tags) >= len(table)-2 ||
		own == 0 && Others(whose[table[0].Section]) {
		who := cmp.Or(whose[table[0].Section], foreign, audit.AboutOther)
		tags = tags[:0]
		for _, row := range table {
			tags = append(tags, tag{row.Span, who})
		}
		return tags
	}
	if foreign != "" && ours {
		tags = append(tags, sp.foreignColumns(c, table)...)
	}
	return tags
}

// twin reports whether the first cell of a row goes on in a word from that of another row,
// and so is no name of the model's: "Falco 7B Twin" beside "Falco 7B".
func (sp *Speaker) twin(first string, firsts map[string]bool) bool {
	m := twinWord.FindStringSubmatch(first)
	return m != nil && firsts[m[1]] && !slices.ContainsFunc(sp.models, func(id string) bool {
		return identity.Related(strings.TrimSpace(first), id) != identity.Sibling
	})
}

// twinWord matches a name and a word behind it.
var twinWord = pattern.MustCompile(`^\s*(\S.*\S)[ -][A-Z][a-z]+\s*$`)

// foreignColumns lists the cells below the heads of a table that name siblings or
// others, where one beside them names this model.
func (sp *Speaker) foreignColumns(c *page.Page, table []page.Block) []tag {
	var tags []tag
	title := c.Text(table[0].Span)
	head := page.Cells(title)
	whose := make([]audit.About, len(head))
	for k := 1; k < len(head); k++ {
		whose[k] = sp.cell(title[head[k].Start:head[k].End])
	}
	for _, row := range table {
		cells := page.Cells(c.Text(row.Span))
		if len(cells) != len(head) {
			continue
		}
		for k, who := range whose {
			if Others(who) {
				tags = append(tags, tag{audit.Span{Start: row.Span.Start + cells[k].Start,
					End: row.Span.Start + cells[k].End}, who})
			}
		}
	}
	return tags
}

// namedCells reports whether the cells of a table's head name other models, and
// whether they name this one or its base.
func (sp *Speaker) namedCells(cells []string) (foreign audit.About, ours bool) {
	for _, text := range cells {
		switch who := sp.cell(text); who {
		case audit.AboutOther, audit.AboutSibling:
			foreign = cmp.Or(foreign, who)
		case audit.AboutOwn, audit.AboutBase:
			ours = true
		}
	}
	return foreign, ours
}

// cell says whose name stands in a table's cell.
func (sp *Speaker) cell(text string) audit.About {
	found := audit.About("")
	if strings.Contains(text, dataAddress) {
		return ""
	}
	for _, m := range sp.Mentions(page.Plain(text)) {
		if c := sp.Class(m.Name); !Others(c) {
			return c
		} else if found == "" && (m.Sized || c == audit.AboutSibling) {
			found = c
		}
	}
	if found == "" {
		return sp.bareMark(text)
	}
	return found
}

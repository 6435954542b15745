package latex

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"openness/audit/papers/text/formula"
)

// step reads one command or piece of text; false at the end.
func (r *reader) step() bool {
	f := r.in.top()
	if r.steps++; f == nil || r.steps > maxSteps {
		if f != nil {
			r.unread(fmt.Sprintf("what stands behind %d steps", maxSteps))
		}
		return false
	}
	rest := f.text[f.pos:]
	switch c := rest[0]; c {
	case '\\':
		r.in.skip(1)
		r.command(r.in.command())
	case '%':
		r.in.comment()
	case '{', '}':
		r.in.skip(1)
		if n := len(r.tables); n > 0 {
			if c == '{' {
				r.tables[n-1].depth++
			} else {
				r.tables[n-1].depth--
			}
		}
	case '$':
		r.dollar(rest)
	case '~':
		r.in.skip(1)
		r.say(" ")
	case '&':
		r.in.skip(1)
		r.nextCell()
	case '\n':
		r.newline(rest)
	case '`', '\'', '-', '"':
		r.sign(rest)
	default:
		n := strings.IndexAny(rest, "\\%{}$~&\n`'-\"")
		if n < 0 {
			n = len(rest)
		}
		if n == 0 {
			_, n = utf8.DecodeRuneInString(rest)
		}
		r.in.skip(n)
		r.say(rest[:n])
	}
	return true
}

func (r *reader) newline(rest string) {
	n := 1
	blank := false
	for n < len(rest) && (rest[n] == ' ' || rest[n] == '\t' || rest[n] == '\n') {
		blank = blank || rest[n] == '\n'
		n++
	}
	r.in.skip(n)
	if blank {
		r.flush()
		return
	}
	r.say(" ")
}

// sign reads quotation marks and dashes that TeX joins.
func (r *reader) sign(rest string) {
	for _, s := range [...][2]string{{"``", "“"}, {"''", "”"}, {"---", "—"}, {"--", "–"}} {
		if strings.HasPrefix(rest, s[0]) {
			r.in.skip(len(s[0]))
			r.say(s[1])
			return
		}
	}
	r.in.skip(1)
	if rest[0] == '`' {
		r.say("‘")
		return
	}
	r.say(rest[:1])
}

func (r *reader) dollar(rest string) {
	mark := "$"
	if strings.HasPrefix(rest, "$$") {
		mark = "$$"
	}
	end := formulaEnd(rest, mark)
	r.in.skip(end)
	tex := strings.TrimSuffix(strings.TrimPrefix(rest[:end], mark), mark)
	r.say(r.formula(tex))
}

// formulaEnd is the length of a formula with its marks. One that never closes
// ends with its paragraph.
func formulaEnd(text, mark string) int {
	for i := len(mark); i < len(text); i++ {
		switch {
		case text[i] == '\\':
			i++
		case strings.HasPrefix(text[i:], mark):
			return i + len(mark)
		case strings.HasPrefix(text[i:], "\n\n"):
			return i
		}
	}
	return len(text)
}

// maxFormulaRounds bounds how often authors' macros are put into a formula.
const maxFormulaRounds = 3

// formula is short text of a formula, the authors' macros expanded.
func (r *reader) formula(tex string) string {
	if !r.body || len(tex) > maxArgument {
		return ""
	}
	for range maxFormulaRounds {
		next := r.expandIn(tex)
		if next == tex || len(next) > maxArgument {
			break
		}
		tex = next
	}
	return formula.Plain(tex)
}

// expandIn puts macros without arguments into a text.
func (r *reader) expandIn(tex string) string {
	if !strings.Contains(tex, `\`) {
		return tex
	}
	var out strings.Builder
	for i := 0; i < len(tex); {
		if tex[i] != '\\' {
			out.WriteByte(tex[i])
			i++
			continue
		}
		n := i + 1
		for n < len(tex) && (tex[n] >= 'a' && tex[n] <= 'z' || tex[n] >= 'A' && tex[n] <= 'Z') {
			n++
		}
		if n == i+1 {
			n = min(n+1, len(tex))
		}
		m, ok := r.macros[tex[i+1:n]]
		if ok && m.args == 0 && m.optional == nil && r.expansions < maxExpansions && out.Len() < maxArgument {
			r.expansions++
			out.WriteString(m.body)
		} else {
			out.WriteString(tex[i:n])
		}
		i = n
	}
	return out.String()
}

// Cells.

func (r *reader) openTable() {
	t := &table{outer: r.para}
	r.para = &strings.Builder{}
	r.tables = append(r.tables, t)
}

func (r *reader) nextCell() {
	if len(r.tables) == 0 {
		r.say("&")
		return
	}
	t := r.tables[len(r.tables)-1]
	if len(t.row) < maxColumns {
		t.row = append(t.row, strings.Join(strings.Fields(r.para.String()), " "))
	}
	r.para.Reset()
}

// maxColumns and maxRows bound a table.
const (
	maxColumns = 200
	maxRows    = 20_000
)

func (r *reader) nextRow() {
	if len(r.tables) == 0 {
		r.say(" ")
		return
	}
	r.nextCell()
	t := r.tables[len(r.tables)-1]
	if strings.TrimSpace(strings.Join(t.row, "")) != "" && len(t.rows) < maxRows {
		t.rows = append(t.rows, t.row)
	}
	t.row = nil
}

// closeTable writes the table; one within a cell or argument becomes its text.
func (r *reader) closeTable() {
	n := len(r.tables)
	if n == 0 {
		return
	}
	r.nextRow()
	t := r.tables[n-1]
	r.tables = r.tables[:n-1]
	r.para = t.outer
	if r.level > 1 || n > 1 {
		for _, row := range t.rows {
			r.say(" " + strings.Join(row, " "))
		}
		return
	}
	r.flush()
	r.w.EndTable()
	for _, row := range t.rows {
		r.w.Row(row)
	}
	r.w.EndTable()
	r.writeNotes()
}

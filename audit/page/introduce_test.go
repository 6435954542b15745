package page

import (
	"bytes"
	"testing"
)

// TestHeadOfTable: a row is quoted from the head of its table on, or alone where the
// table has lost its head.
func TestHeadOfTable(t *testing.T) {
	const table = "Text.\n\n| Model | Download |\n|---|:--:|\n| A | [x](u) |\n| B | [y](v) |\n"
	for _, c := range []struct{ name, body, row, want string }{
		{"to the head", table, "| B", "| Model"},
		{"without a head", "Text.\n\n| A | [x](u) |\n| B | [y](v) |\n", "| B", "| B"},
		{"far below the head", table + string(bytes.Repeat([]byte("| C | [z](w) |\n"), 100)) + "| Z | |\n", "| Z",
			"| Z"},
	} {
		body := []byte(c.body)
		got := HeadOfTable(body, bytes.Index(body, []byte(c.row)))
		if !bytes.HasPrefix(body[got:], []byte(c.want)) {
			t.Errorf("%s: begins at %.20q, want %q", c.name, body[got:], c.want)
		}
	}
}

// TestListBelow: a text with a colon is quoted with the item that is asked for, else the
// first, and alone where no list follows.
func TestListBelow(t *testing.T) {
	worth := func(item []byte) int { return bytes.Count(item, []byte("B")) }
	for _, c := range []struct{ body, want string }{
		{"We release:\n\n* A\n* B\n* C\n", "We release:\n\n* A\n* B"},
		{"We release:\n* A\n* C\n", "We release:\n* A"},
		{"We release:\n\nA model.\n", "We release:"},
		{"We release:", "We release:"},
	} {
		at := bytes.IndexByte([]byte(c.body), ':') + 1
		if got := c.body[:ListBelow([]byte(c.body), at, worth)]; got != c.want {
			t.Errorf("quoted %q, want %q", got, c.want)
		}
	}
}

// TestAbove: the last item of a list without an order introduces nothing, unless it ends with a colon.
func TestAbove(t *testing.T) {
	for _, c := range []struct{ above, want string }{
		{"Load it so.\n", "Load it so."},
		{"1. Load it so.\n", "1. Load it so."},
		{"- Load it so:\n", "- Load it so:"},
		{"- [x] Songs.\n- [ ] Poems.\n", "```"},
		{"[ ] Poems.\n", "```"},
	} {
		body := []byte(c.above + "\n```\nrun\n```\n")
		at := Above(body, bytes.Index(body, []byte("```")))
		if !bytes.HasPrefix(body[at:], []byte(c.want)) {
			t.Errorf("%q: begins at %.20q, want %q", c.above, body[at:], c.want)
		}
	}
}

package metamorphic

import (
	"strings"

	"openness/rubric"
)

// A change is one new text of a page that says the same of its model.
type change struct {
	kind string // the row of the table of bounds
	name string // what was done, with the words that were added
	// which turns count: of words on the model itself, those that raise a class
	turn func(before, after rubric.Class) bool
	text string
}

// A form is a change of form of a whole page.
type form struct {
	kind  string
	apply func(string) (string, bool)
}

// of is a page in this form, with the line ends that it had unless these are
// what changes; false where it is that form already or cannot take it.
func (f form) of(text string) (string, bool) {
	if f.kind == "other line ends" {
		changed, ok := f.apply(text)
		return changed, ok && changed != text
	}
	return withText(text, f.apply)
}

var forms = []form{
	{"unwrapped paragraphs", unwrap},
	{"paragraphs wrapped at 60 columns", rewrap},
	{"sections in reverse order", reorder},
	{"headings underlined", setext},
	{"headings with #", atx},
	{"headings as bold lines", boldLine},
	{"headings one level deeper", deeper},
	{"prose in capital letters", upper},
	{"other line ends", crlf},
	{"German headings", translated(0)},
	{"Chinese headings", translated(1)},
}

// changes of a page. Where not all are asked for, every sixth sentence is added,
// at one place: which and where differs from subject to subject.
func changes(c *captured, turn int, all bool) []change {
	text := c.text()
	var list []change
	for _, f := range forms {
		if changed, ok := f.of(text); ok {
			list = append(list, change{f.kind, f.kind, turned, changed})
		}
	}
	if unclosed(blocks(strings.ReplaceAll(text, "\r\n", "\n"))) {
		return list // what is added would be code
	}
	add := func(kind, name string, turn func(before, after rubric.Class) bool, p place, added func(level int) string) {
		changed, ok := withText(text, func(s string) (string, bool) { return p.put(s, added(sectionLevel(s))), true })
		if ok {
			list = append(list, change{kind, name + " [" + p.name + "]", turn, changed})
		}
	}
	for _, part := range foreignParts {
		if !mentions(c, part.names...) {
			add(part.kind, part.name, turned, placeNamed("at the end"), part.at)
		}
	}
	for i, s := range foreignSentences {
		for k, p := range places {
			if (all || i%6 == turn%6 && (turn/6+i)%len(places) == k) && !mentions(c, s.name) {
				add("sentence on another model", s.text, turned, p, func(int) string { return s.text })
			}
		}
	}
	for _, part := range siblingParts {
		if text, ok := siblingsOf(c, part.text); ok {
			part.text = text
			add(part.kind, part.name, turned, placeNamed("at the end"), part.at)
		}
	}
	for i, s := range siblingSentences {
		for k, p := range places {
			if text, ok := siblingsOf(c, s); ok && (all || i%5 == turn%5 && (turn/5+i)%len(places) == k) {
				add("sentence on a sibling", text, turned, p, func(int) string { return text })
			}
		}
	}
	for i, s := range sayings {
		for k, name := range []string{"at the end", "in the training section"} {
			if all || i%3 == turn%3 && (turn/3+i)%2 == k {
				add(s.kind, s.text, rises[s.kind], placeNamed(name), func(int) string { return s.text })
			}
		}
	}
	return list
}

// mentions reports whether the subject or its page has one of the names.
func mentions(c *captured, names ...string) bool {
	var w strings.Builder
	w.WriteString(c.text() + " " + c.subject.ID + " " + c.subject.Base)
	for _, p := range c.subject.Places {
		w.WriteString(" " + p.ID)
	}
	all := strings.ToLower(w.String())
	for _, name := range names {
		if strings.Contains(all, name) {
			return true
		}
	}
	return false
}

package reports

import (
	"html/template"
	"strconv"
	"sync"
	"unicode/utf8"
)

// Most of a site is a few pieces written again and again: quotes, places that
// were looked at, cells of the grid. As templates, which look up each field by
// its name, they took half of the time of a site; they are written by Go
// functions here and in fragments.go, and templates hold what surrounds them.

// A literal is markup that this program is made of. A constant in the source is
// one; a text that came from elsewhere is not, and the compiler says so.
type literal string

// markup is a piece of a page in the making.
type markup struct{ b []byte }

// raw adds markup of this program.
func (m *markup) raw(s literal) *markup {
	m.b = append(m.b, s...)
	return m
}

// text adds text: whatever it holds, it is text or the value of a quoted
// attribute to a browser.
func (m *markup) text(s string) *markup {
	m.b = appendEscaped(m.b, s)
	return m
}

func (m *markup) number(n int) *markup {
	m.b = strconv.AppendInt(m.b, int64(n), 10)
	return m
}

// pieces are kept for the next: a site writes millions.
var pieces = sync.Pool{New: func() any { return new(markup) }}

// newMarkup begins a piece; html ends it.
func newMarkup() *markup { return pieces.Get().(*markup) }

// html is what was written, for a template. The piece must not be used again.
func (m *markup) html() template.HTML {
	h := template.HTML(m.b) //nolint:gosec // literals of this program and escaped texts
	m.b = m.b[:0]
	pieces.Put(m)
	return h
}

// appendEscaped appends s with the characters that mean something in markup
// replaced, as html/template replaces them.
func appendEscaped(b []byte, s string) []byte {
	from := 0
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf || escapes[s[i]] == "" {
			continue
		}
		b = append(append(b, s[from:i]...), escapes[s[i]]...)
		from = i + 1
	}
	return append(b, s[from:]...)
}

// escapes are the replacements by character; no replacement, no change.
var escapes = [utf8.RuneSelf]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}

package page

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

// A Literal is markup that this program is made of. A constant in the source is
// one; a text that came from elsewhere is not, and the compiler says so.
type Literal string

// Markup is a piece of a page in the making.
type Markup struct{ b []byte }

// Raw adds markup of this program.
func (m *Markup) Raw(s Literal) *Markup {
	m.b = append(m.b, s...)
	return m
}

// Text adds text: whatever it holds, it is text or the value of a quoted
// attribute to a browser.
func (m *Markup) Text(s string) *Markup {
	m.b = appendEscaped(m.b, s)
	return m
}

// Size is how much has been written.
func (m *Markup) Size() int { return len(m.b) }

// Number writes a whole number.
func (m *Markup) Number(n int) *Markup {
	m.b = strconv.AppendInt(m.b, int64(n), 10)
	return m
}

// pieces are kept for the next: a site writes millions.
var pieces = sync.Pool{New: func() any { return new(Markup) }}

// NewMarkup begins a piece; html ends it.
func NewMarkup() *Markup { return pieces.Get().(*Markup) }

// HTML is what was written, for a template. The piece must not be used again.
func (m *Markup) HTML() template.HTML {
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
var escapes = [utf8.RuneSelf]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;",
	'>': "&gt;"}

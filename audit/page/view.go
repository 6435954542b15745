package page

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"openness/audit"
)

// A View is a page in a form that reads the same however it was written: with
// each paragraph on one line, and with the usual line ends. It holds no more than
// MaxRead of the page. Parts may be blanked in it; offsets in it lead back to the page
// as it was served.
type View struct {
	Body   []byte
	Served []byte    // the page as it was served, from which quotes are cut
	left   []leftOut // what of it is not in the view, in order
}

// A leftOut tells that from an offset of the view on so many bytes of the page
// were left out in all.
type leftOut struct{ at, bytes int }

// NewView gives the view of a page and what is read in it, its front matter aside.
func NewView(served []byte) (*View, *Page) {
	v := &View{Body: bytes.Clone(served[:min(len(served), MaxRead)]), Served: served}
	c := parseProse(v.Body)
	if v.unwrap(c) {
		c = parseProse(v.Body)
	}
	return v, c
}

// Span is where a part of the view stands on the page as it was served.
func (v *View) Span(start, end int) (from, to int) {
	if end <= start {
		return v.Offset(start), v.Offset(start)
	}
	return v.Offset(start), v.Offset(end-1) + 1
}

// Offset is where an offset of the view stands on the page as it was served.
func (v *View) Offset(at int) int {
	return at + v.leftBefore(at, func(l leftOut) int { return l.at })
}

// Seen is where an offset of the page as it was served stands in the view.
func (v *View) Seen(served int) int {
	return served - v.leftBefore(served, func(l leftOut) int { return l.at + l.bytes })
}

// leftBefore is how many bytes were left out before an offset, of the text in which
// place gives where each stood.
func (v *View) leftBefore(offset int, place func(leftOut) int) int {
	i, found := slices.BinarySearchFunc(v.left, offset, func(l leftOut, offset int) int {
		return cmp.Compare(place(l), offset)
	})
	if !found {
		i--
	}
	if i < 0 {
		return 0
	}
	return v.left[i].bytes
}

// MaxRead bounds how much of one page is read, in bytes: no card is longer, and a
// page made to be endless must not hold up the others. What lies behind was not
// looked at.
const MaxRead = 1_000_000

// Blank overwrites a text with blanks and leaves its lines as they are.
func Blank(text []byte) {
	for i, b := range text {
		if b != '\n' && b != '\r' {
			text[i] = ' '
		}
	}
}

// unwrap puts each paragraph and item on one line: a line break and the blanks
// around it become one blank, between Chinese words nothing, and the carriage
// returns of line ends go. A line that begins with a mark or a tag is left alone:
// it may be more than a continuation. It reports whether anything was left out.
func (v *View) unwrap(c *Page) bool {
	var gone []audit.Span
	for _, block := range c.Blocks {
		if block.Kind == Row {
			continue
		}
		text := v.Body[block.Span.Start:block.Span.End]
		for i, b := range text {
			if b != '\n' {
				continue
			}
			before, next := bytes.TrimRight(text[:i], " \t\r"), bytes.TrimLeft(text[i+1:], " \t\r")
			if len(next) == 0 || !continues(next) {
				continue
			}
			from, to := len(before), len(text)-len(next)
			if !chinese(before, next) {
				text[from] = ' '
				from++
			}
			if from < to {
				gone = append(gone, audit.Span{Start: block.Span.Start + from, End: block.Span.Start + to})
			}
		}
	}
	for i, b := range v.Body {
		if b == '\r' && i+1 < len(v.Body) && v.Body[i+1] == '\n' {
			gone = append(gone, audit.Span{Start: i, End: i + 1})
		}
	}
	return v.leave(gone)
}

// leave takes spans out of the body and notes where they stood.
func (v *View) leave(gone []audit.Span) bool {
	if len(gone) == 0 {
		return false
	}
	slices.SortFunc(gone, func(a, b audit.Span) int { return cmp.Compare(a.Start, b.Start) })
	kept := v.Body[:0]
	at := 0
	for _, g := range gone {
		if g.End <= at {
			continue // the carriage return of a line end that is gone as a whole
		}
		kept = append(kept, v.Body[at:max(at, g.Start)]...)
		at = g.End
		if n := len(v.left); n > 0 && v.left[n-1].at == len(kept) {
			v.left = v.left[:n-1]
		}
		v.left = append(v.left, leftOut{len(kept), at - len(kept)})
	}
	v.Body = append(kept, v.Body[at:]...)
	return true
}

// chinese reports whether a line ends and the next begins with Chinese or
// Japanese words, which are written without blanks.
func chinese(before, next []byte) bool {
	last, _ := utf8.DecodeLastRune(before)
	first, _ := utf8.DecodeRune(next)
	return wide(last) && wide(first)
}

func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || strings.ContainsRune("，。、；：！？（）《》「」“”", r)
}

// continues reports whether a line goes on with the text of the line before it.
func continues(next []byte) bool {
	r, _ := utf8.DecodeRune(next)
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("(\"'“‘", r)
}

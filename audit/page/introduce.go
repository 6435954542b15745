package page

import (
	"bytes"

	"openness/audit"
	"openness/audit/pattern"
)

// A command, a row of a table or an item of a list says little alone: what it is of
// stands above it.

// LongQuote is the length, in bytes, up to which a quote reads well.
const LongQuote = 450

var (
	// itemMark matches the beginning of an item of a list.
	itemMark = pattern.MustCompile(`^\s*(?:[-*+•]|\d+[.)])\s`)
	// introduces matches a line that introduces what stands below it: a heading, a bold
	// line, or one that ends with a colon.
	introduces = pattern.MustCompile(`^\s*(?:#{1,6}\s|\*\*[^*]+\*\*:?\s*$|__[^_]+__:?\s*$|.*[:：]\*{0,2}\s*$)`)
	// closesBlock matches a line that says nothing: the end of a block, markup alone.
	closesBlock = pattern.MustCompile("^\\s*(?:```|~~~|---|</?\\w+[^>]*>\\s*$|<summary)")
)

// IsItem reports whether a line begins as an item of a list does.
func IsItem(line []byte) bool { return itemMark.Match(line) }

// FenceStart is where the line of the fence above the body of a block begins.
func FenceStart(body []byte, at int) int {
	if at == 0 {
		return 0
	}
	return LineStart(body, at-1)
}

// lineAbove is the line above the one that begins at an offset; false at the top of
// the page.
func lineAbove(body []byte, at int) (audit.Span, bool) {
	if at == 0 {
		return audit.Span{}, false
	}
	return audit.Span{Start: LineStart(body, at-1), End: at - 1}, true
}

// Above is where the line begins that introduces what starts at an offset: the next
// one above that is not empty, of words of its own.
func Above(body []byte, at int) int {
	for next := at; ; {
		l, ok := lineAbove(body, next)
		text := bytes.TrimSpace(body[l.Start:l.End])
		switch {
		case !ok || at-l.Start > LongQuote || len(text) > 0 && closesBlock.Match(text):
			return at
		case len(text) > 0:
			return beginOfText(body, l, at)
		}
		next = l.Start
	}
}

// goesOn matches the beginning of a line that goes on with a sentence.
var goesOn = pattern.MustCompile(`^(?:[a-z]\w* |[,;:.)]|and\b|which\b|that\b)`)

// beginOfText is where the text begins that a line is of: where a sentence goes on from
// the lines above, it is taken from its beginning as far as a quote goes.
func beginOfText(body []byte, l audit.Span, at int) int {
	for first := l; ; {
		text := bytes.TrimLeft(body[first.Start:first.End], " \t")
		if !goesOn.Match(text) {
			return first.End - len(text)
		}
		up, ok := lineAbove(body, first.Start)
		if above := bytes.TrimSpace(body[up.Start:up.End]); !ok || at-up.Start > LongQuote || len(above) == 0 ||
			closesBlock.Match(above) {
			break
		}
		first = up
	}
	return l.End - len(bytes.TrimLeft(body[l.Start:l.End], " \t"))
}

// HeadOfTable is where the first row of the table begins that a row is of.
func HeadOfTable(body []byte, at int) int {
	from := at
	for {
		l, ok := lineAbove(body, from)
		if !ok || at-l.Start > LongQuote || !bytes.HasPrefix(bytes.TrimSpace(body[l.Start:l.End]), []byte("|")) {
			return from
		}
		from = l.Start
	}
}

// HeadOfList is where the line begins that introduces a list, or the item itself
// where prose stands between the two: its sentences would be quoted as well.
func HeadOfList(body []byte, at int) int {
	for next := at; ; {
		l, ok := lineAbove(body, next)
		text := bytes.TrimSpace(body[l.Start:l.End])
		switch {
		case !ok || at-l.Start > LongQuote:
			return at
		case len(text) > 0 && introduces.Match(text) && !itemMark.Match(text):
			return l.Start
		case len(text) > 0 && !itemMark.Match(text):
			return at
		}
		next = l.Start
	}
}

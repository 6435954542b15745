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

// LongestPassage bounds a quote together with what introduces it: the head of its table
// and the rows between, or the line above a program and its first lines.
const LongestPassage = LongestSentence

var (
	// itemMark matches the beginning of an item of a list.
	itemMark = pattern.MustCompile(`^\s*(?:[-*+•]|\d+[.)])\s`)
	// bullet matches an item of a list without an order: the last of them introduces nothing.
	bullet = pattern.MustCompile(`^(?:[-*+•]\s|\[[ xX]\]\s)`)
	// introduces matches a line that introduces what stands below it: a heading, a bold
	// line, or one that ends with a colon or says that something follows.
	introduces = pattern.MustCompile(`^\s*(?:#{1,6}\s|\*\*[^*]+\*\*:?\s*$|__[^_]+__:?\s*$|.*[:：]\*{0,2}\s*$` +
		`|.*(?i:\bfollowing\b|\bbelow\b|\bas follows\b|以下|如下).*$)`)
	// closesBlock matches a line that says nothing: the end of a block, markup alone.
	closesBlock = pattern.MustCompile("^\\s*(?:```|~~~|---|</?\\w+[^>]*>\\s*$|<summary)")
)

// Introduces reports whether a line is one that introduces what stands below it.
func Introduces(line []byte) bool { return introduces.Match(line) }

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
		case !ok || at-l.Start > LongQuote || len(text) > 0 && closesBlock.Match(text),
			bullet.Match(text) && !introduces.Match(text):
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

// HeadOfTable is where the head of the table begins that a row is of, or the row itself
// where the head is far above, or is not there: a table of which a part was left out.
func HeadOfTable(body []byte, at int) int {
	head, ruled := at, false
	for from := at; ; {
		l, ok := lineAbove(body, from)
		row := bytes.TrimSpace(body[l.Start:l.End])
		switch {
		case ok && at-l.Start > LongestPassage:
			return at
		case !ok || !bytes.HasPrefix(row, []byte("|")):
			if ruled {
				return head
			}
			return at
		case tableRule.Match(row):
			ruled = true
		}
		head, from = l.Start, l.Start
	}
}

// HeadsTable reports whether a row of a table is its head.
func (p Passage) HeadsTable() bool {
	at := BeginOfLine(p.Doc.Body, p.Span.Start)
	return HeadOfTable(p.Doc.Body, at) == at
}

// ListBelow is where a quote ends that ends with a colon together with the list or table
// right below it: behind the first of the items that are worth most. It is the offset
// itself where no list follows.
func ListBelow(body []byte, at int, worth func(item []byte) int) int {
	end, most := at, -1
	for next := at; next < len(body); {
		line := lineFrom(body, next)
		text := bytes.TrimSpace(body[line.Start:line.End])
		switch {
		case line.End-at > LongestPassage, len(text) > 0 && !itemMark.Match(body[line.Start:line.End]) &&
			text[0] != '|':
			return end
		case len(text) == 0:
		case worth(text) > most:
			end, most = line.End, worth(text)
		}
		next = line.End + 1
	}
	return end
}

// lineFrom is the rest of the line that an offset is in.
func lineFrom(body []byte, at int) audit.Span {
	if end := bytes.IndexByte(body[at:], '\n'); end >= 0 {
		return audit.Span{Start: at, End: at + end}
	}
	return audit.Span{Start: at, End: len(body)}
}

// Introduction is the line that introduces the list whose item an offset is in: of words of its own that end with a
// colon, or a bold line, be it an item further out; empty where there is none.
func Introduction(body []byte, at int) []byte {
	at = LineStart(body, at)
	depth := indent(body[at:lineFrom(body, at).End])
	for next := at; ; {
		l, ok := lineAbove(body, next)
		line := body[l.Start:l.End]
		text := bytes.TrimSpace(line)
		switch {
		case !ok || at-l.Start > LongestPassage:
			return nil
		case len(text) == 0:
		case itemMark.Match(line) && indent(line) >= depth:
		case itemMark.Match(line) && introduces.Match(bytes.TrimLeft(text, "-*+ ")), introduces.Match(text) && text[0] != '#':
			return text
		default:
			return nil
		}
		next = l.Start
	}
}

// indent is how far a line is set in.
func indent(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " \t>")) }

// LeadOfList is the line that introduces the list of which body[at:end] is an item, or nil.
func LeadOfList(body []byte, at, end int) []byte {
	if !IsItem(body[at:end]) {
		return nil
	}
	head := HeadOfList(body, at)
	if head == at {
		return nil
	}
	return body[head:LineAround(body, head).End]
}

// HeadOfList is where the line begins that introduces a list, or the item itself
// where prose stands between the two: its sentences would be quoted as well.
func HeadOfList(body []byte, at int) int {
	for next := at; ; {
		l, ok := lineAbove(body, next)
		text := bytes.TrimSpace(body[l.Start:l.End])
		switch {
		case !ok || at-l.Start > LongestPassage:
			return at
		case len(text) > 0 && introduces.Match(text) && !itemMark.Match(text):
			return l.Start
		case len(text) > 0 && !itemMark.Match(text):
			return at
		}
		next = l.Start
	}
}

// BeforeBracket gives what stands before the bracket that is open at the end of a
// text, or "".
func BeforeBracket(text string) string {
	deep := 0
	for i := len(text) - 1; i >= 0; i-- {
		switch text[i] {
		case ')':
			deep++
		case '(':
			if deep--; deep < 0 {
				return text[:i]
			}
		}
	}
	return ""
}

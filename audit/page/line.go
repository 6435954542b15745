package page

import (
	"bytes"
	"unicode/utf8"

	"openness/audit"
)

// Lines of a page, and quotes that are cut to what a reader takes in.

// LongestQuote bounds a quoted line: what a reader takes in at a glance.
const LongestQuote = 300

// LongestSentence bounds a sentence that is quoted whole; what is longer is none.
const LongestSentence = 4 * LongestQuote

// Line is the line around an offset, without white space around it, cut to
// LongestQuote bytes around the offset. Its ends are looked for no further than
// that: a page may be one endless line, and be asked for at each of its links.
func Line(body []byte, at int) audit.Span {
	start := max(0, at-LongestQuote-1)
	if n := bytes.LastIndexByte(body[start:at], '\n'); n >= 0 {
		start += n + 1
	}
	end := min(len(body), at+LongestQuote+1)
	if n := bytes.IndexByte(body[at:end], '\n'); n >= 0 {
		end = at + n
	}
	return Clip(body, audit.Span{Start: start, End: end}, at)
}

// Clip trims white space off a span and shortens it to LongestQuote around at,
// never inside a character and, where a space is near, never inside a word.
func Clip(body []byte, s audit.Span, at int) audit.Span {
	if s.End-s.Start > LongestQuote {
		if from := at - LongestQuote/3; from > s.Start {
			s.Start = from
			if space := bytes.IndexByte(body[from:at], ' '); space >= 0 && space < LongestQuote/10 {
				s.Start += space
			}
		}
		if end := s.Start + LongestQuote; end < s.End {
			s.End = end
			if space := bytes.LastIndexByte(body[at:end], ' '); space >= 0 && at+space > end-LongestQuote/10 {
				s.End = at + space
			}
		}
		for s.Start < at && !utf8.RuneStart(body[s.Start]) {
			s.Start++
		}
		for s.End < len(body) && s.End > at && !utf8.RuneStart(body[s.End]) {
			s.End--
		}
	}
	text := body[s.Start:s.End]
	s.Start += len(text) - len(bytes.TrimLeft(text, " \t\r\n"))
	s.End -= len(text) - len(bytes.TrimRight(text, " \t\r\n"))
	if s.End < s.Start {
		s.End = s.Start
	}
	return s
}

// LineAround is the line that an offset lies in, whole and without its end.
func LineAround(body []byte, at int) audit.Span {
	end := min(len(body), at+longestLine)
	if n := bytes.IndexByte(body[at:end], '\n'); n >= 0 {
		end = at + n
	}
	return audit.Span{Start: LineStart(body, at), End: end}
}

// longestLine is how far the ends of a line are looked for: a page may be one endless
// line, and be asked for at each of its sentences.
const longestLine = 10_000

// LineStart is where the line around an offset begins, or as far before it as a line
// is looked for.
func LineStart(text []byte, at int) int {
	from := max(0, at-longestLine)
	return from + bytes.LastIndexByte(text[from:at], '\n') + 1
}

// maxMark is how far before a passage the mark of an item or reference is looked
// for that begins its line.
const maxMark = 60

// BeginOfLine is where the line around an offset begins, or the offset itself if
// that is further off than a mark is long: a page may be one endless line.
func BeginOfLine(body []byte, at int) int {
	from := max(0, at-maxMark)
	if i := bytes.LastIndexByte(body[from:at], '\n'); i >= 0 {
		return from + i + 1
	}
	if from == 0 {
		return 0
	}
	return at
}

// WordByte reports whether a byte is one of a word or an identifier.
func WordByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// ASCIILower lowers ASCII letters only, so that offsets stay the same.
func ASCIILower(b []byte) []byte {
	out := make([]byte, len(b))
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		out[i] = c
	}
	return out
}

package page

import "bytes"

// longestWord bounds how far the beginning of a word is looked for: a link's address is long.
const longestWord = 160

// wordStart is where the word or link begins that an offset lies within.
func wordStart(body []byte, at int) int {
	if at == 0 || at >= len(body) || !WordByte(body[at-1]) || !WordByte(body[at]) {
		return at
	}
	before := body[max(0, at-longestWord):at]
	if i := bytes.LastIndexAny(before, " \t\n|"); i >= 0 {
		return at - len(before) + i + 1
	}
	return at
}

// commandStart is where a command begins that was cut at one of its continued lines.
func commandStart(body []byte, at int) int {
	for start := at; ; {
		from := LineStart(body, start)
		above, ok := lineAbove(body, from)
		text := bytes.TrimRight(body[above.Start:above.End], " \t\r")
		if !ok || len(bytes.TrimSpace(body[from:start])) > 0 || !bytes.HasSuffix(text, []byte("\\")) ||
			at-above.Start > LongestQuote {
			return start
		}
		start = above.Start + len(text) - len(bytes.TrimLeft(text, " \t"))
	}
}

// Whole widens a quote to what a reader needs to understand it: a command to its
// last line, a sentence to its beginning where that was said of others, a word that
// was cut to the whole.
func Whole(body []byte, start, end int) (from, to int) {
	start = commandStart(body, wordStart(body, start))
	for end < len(body) && end-start < LongestSentence && end > start && body[end-1] == '\\' {
		next := bytes.IndexByte(body[end:], '\n')
		if next < 0 {
			break
		}
		line := end + next + 1
		last := bytes.IndexByte(body[line:], '\n')
		if last < 0 {
			last = len(body) - line
		}
		end = line + len(bytes.TrimRight(body[line:line+last], " \t\r"))
	}
	if start < end && bytes.IndexByte([]byte(",;:)"), body[start]) >= 0 {
		at := start
		for at > 0 && start-at < LongestSentence && body[at-1] != '\n' && !bytes.HasSuffix(body[:at], []byte(". ")) {
			at--
		}
		start = at + len(body[at:start]) - len(bytes.TrimLeft(body[at:start], " \t\r"))
	}
	return labelStart(body, start, end), end
}

// labelStart is where the label of a link begins that a quote starts within, or where
// the quote starts.
func labelStart(body []byte, start, end int) int {
	text := body[start:end]
	closes, opens := bytes.Index(text, []byte("](")), bytes.IndexByte(text, '[')
	if closes < 0 || opens >= 0 && opens < closes {
		return start
	}
	before := body[max(0, start-longestWord):start]
	if at := bytes.LastIndexByte(before, '['); at >= 0 && !bytes.Contains(before[at:], []byte("\n\n")) {
		return start - len(before) + at
	}
	return start
}

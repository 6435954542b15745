package license

import (
	"bytes"
	"regexp"
)

// A view of a text puts furniture between its lines that is none of its words: heads and
// numbers of pages, who wrote each line, the times of subtitles, the numbers of lines beside
// a file on a web page. It repeats, or counts upwards, which words of a licence do not.

// unfurnished takes such furniture out of a text; nil for a text that has none.
func unfurnished(text []byte) (plain []byte, at []uint32) {
	for _, find := range []func([]byte) [][2]int{attributed, cues, cellNumbers, pageEdges} {
		if spans := find(text); len(spans) > 0 {
			return without(text, spans)
		}
	}
	return nil, nil
}

// without is a text without some spans, which are in order, with the offset of each byte.
func without(text []byte, spans [][2]int) (plain []byte, at []uint32) {
	plain, at = make([]byte, 0, len(text)), make([]uint32, 0, len(text)+1)
	from := 0
	for _, s := range append(spans, [2]int{len(text), len(text)}) {
		for i := from; i < s[0]; i++ {
			plain, at = append(plain, text[i]), append(at, uint32(i))
		}
		from = s[1]
	}
	return plain, append(at, uint32(len(text)))
}

// longestOrigin bounds what stands before a line to tell where it comes from.
const longestOrigin = 160

// attributed finds what stands before each line up to a number in the same column, followed by
// a parenthesis, that counts the lines: as tools show who wrote which.
func attributed(text []byte) (spans [][2]int) {
	first, _, _ := bytes.Cut(text[:min(len(text), longestOrigin)], []byte("\n"))
	column := bytes.Index(first, []byte(" 1) "))
	if column < 0 || !bytes.ContainsRune(first[:column], '(') {
		return nil
	}
	column += len(" 1")
	for start := 0; start < len(text); {
		end := start + bytes.IndexByte(text[start:], '\n') + 1
		if end <= start {
			end = len(text)
		}
		line := text[start:end]
		if len(line) <= column || line[column] != ')' || numberBefore(line, column) != len(spans)+1 {
			return nil
		}
		spans = append(spans, [2]int{start, min(end, start+column+2)})
		start = end
	}
	if len(spans) < minNumbered {
		return nil
	}
	return spans
}

// numberBefore is the number that ends right before an offset of a line, -1 for none.
func numberBefore(line []byte, end int) int {
	n, unit, i := 0, 1, end-1
	for ; i >= 0 && line[i] >= '0' && line[i] <= '9' && end-i <= longestNumber; i-- {
		n, unit = n+int(line[i]-'0')*unit, unit*10
	}
	if i == end-1 {
		return -1
	}
	return n
}

// cue matches the head of a subtitle: its number and its times.
var cue = regexp.MustCompile(`(?m)^(?:\d{1,6}\r?\n)?(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3} --> (?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}[^\n]*(?:\n|$)`)

func cues(text []byte) [][2]int {
	if !bytes.Contains(text, []byte(" --> ")) {
		return nil
	}
	return spansOf(cue.FindAllIndex(text, -1))
}

func spansOf(found [][]int) (spans [][2]int) {
	for _, m := range found {
		spans = append(spans, [2]int{m[0], m[1]})
	}
	return spans
}

// cellNumber matches the cell of a table that holds nothing but a number.
var cellNumber = regexp.MustCompile(`<td\b[^<>]*>\s*(\d{1,6})\s*</td>`)

// cellNumbers finds the numbers of lines in cells of their own, one by one from the first.
func cellNumbers(text []byte) (spans [][2]int) {
	if !bytes.Contains(text, []byte("</td>")) {
		return nil
	}
	for _, m := range cellNumber.FindAllSubmatchIndex(text, -1) {
		if numberBefore(text[:m[3]], m[3]) != len(spans)+1 {
			return nil
		}
		spans = append(spans, [2]int{m[2], m[3]})
	}
	if len(spans) < minNumbered {
		return nil
	}
	return spans
}

// pageNumber matches a line that is the number of a page.
var pageNumber = regexp.MustCompile(`(?i)^\W*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$`)

// longestHead bounds the head or foot of a page, in bytes.
const longestHead = 80

// pageEdges finds the first and the last line of pages, between form feeds, where they are the
// number of a page or stand on most pages: a text that is there twice has each line twice. A line
// that limits what is allowed stays, on however many pages it stands.
func pageEdges(text []byte) (spans [][2]int) {
	if bytes.IndexByte(text, '\f') < 0 {
		return nil
	}
	type edge struct {
		at   [2]int
		line string
	}
	var edges []edge
	count, pages := make(map[string]int), 0
	for start := 0; start < len(text); {
		end := len(text)
		pages++
		if n := bytes.IndexByte(text[start:], '\f'); n >= 0 {
			end = start + n
		}
		lines := [][2]int{firstLine(text, start, end)}
		if last := lastLine(text, start, end); last[0] != lines[0][0] { // else the page has one line
			lines = append(lines, last)
		}
		onPage := ""
		for _, at := range lines {
			line := string(bytes.TrimSpace(text[at[0]:at[1]]))
			if line == "" || len(line) > longestHead || limitingLine(line) {
				continue
			}
			edges = append(edges, edge{at, line})
			if line != onPage {
				count[line]++
			}
			onPage = line
		}
		start = end + 1
	}
	for _, e := range edges {
		if count[e.line] > 1 && 2*count[e.line] > pages || pageNumber.MatchString(e.line) {
			spans = append(spans, e.at)
		}
	}
	return spans
}

// firstLine and lastLine are the first and the last line with words between two offsets.
func firstLine(text []byte, start, end int) [2]int {
	for start < end && blankSign(text[start]) {
		start++
	}
	stop := end
	if n := bytes.IndexByte(text[start:end], '\n'); n >= 0 {
		stop = start + n + 1
	}
	return [2]int{start, stop}
}

func lastLine(text []byte, start, end int) [2]int {
	for end > start && blankSign(text[end-1]) {
		end--
	}
	return [2]int{start + bytes.LastIndexByte(text[start:end], '\n') + 1, end}
}

func blankSign(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

package metamorphic

import (
	"regexp"
	"slices"
	"strings"
)

// blockKind says what a block of a Markdown page is.
type blockKind int

const (
	blank       blockKind = iota
	paragraph             // running text, the only kind that is re-wrapped
	heading               // one line that begins with #
	underlined            // a line of text and its underline of = or -
	list                  // items with what is indented below them
	frontMatter           // the YAML at the top
	code                  // fenced or indented
	other                 // tables, HTML, quotations, link definitions, rules
)

// A block is whole lines of a page, without the last line end.
type block struct {
	kind  blockKind
	lines []string
}

var (
	atxLine      = regexp.MustCompile(`^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$`)
	fenceLine    = regexp.MustCompile("^ {0,3}(```+|~~~+)")
	listLine     = regexp.MustCompile(`^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)`)
	underLine    = regexp.MustCompile(`^ {0,3}(?:=+|-+)[ \t]*$`)
	ruleLine     = regexp.MustCompile(`^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$`)
	otherLine    = regexp.MustCompile(`^ {0,3}(?:[<>|]|\[[^\]]+\]:)`)
	indentedLine = regexp.MustCompile(`^(?: {4}|\t)`)
)

// blocks cuts a page with line ends of LF into blocks; join puts it together
// again, byte for byte.
func blocks(text string) []block {
	lines := strings.Split(text, "\n")
	var all []block
	for i := 0; i < len(lines); {
		b := blockAt(lines, i)
		all = append(all, b)
		i += len(b.lines)
	}
	return all
}

func join(all []block) string {
	var lines []string
	for _, b := range all {
		lines = append(lines, b.lines...)
	}
	return strings.Join(lines, "\n")
}

func blockAt(lines []string, i int) block {
	upTo := func(kind blockKind, end func(line string) bool) block {
		j := i + 1
		for j < len(lines) && !end(lines[j]) {
			j++
		}
		return block{kind, lines[i:j]}
	}
	through := func(kind blockKind, last func(line string) bool) block {
		b := upTo(kind, last)
		if i+len(b.lines) < len(lines) {
			b.lines = lines[i : i+len(b.lines)+1]
		}
		return b
	}
	empty := func(line string) bool { return strings.TrimSpace(line) == "" }
	line := lines[i]
	switch {
	case i == 0 && strings.TrimRight(line, " \r") == "---":
		return through(frontMatter, func(l string) bool { return strings.TrimRight(l, " \r") == "---" })
	case empty(line):
		return block{blank, lines[i : i+1]}
	case fenceLine.MatchString(line):
		mark := fenceLine.FindStringSubmatch(line)[1]
		return through(code, func(l string) bool { return strings.HasPrefix(strings.TrimSpace(l), mark) })
	case strings.HasPrefix(strings.TrimSpace(line), "<!--") && !strings.Contains(line, "-->"):
		return through(other, func(l string) bool { return strings.Contains(l, "-->") })
	case htmlOpen(line) != "":
		end := "</" + htmlOpen(line)
		if strings.Contains(strings.ToLower(line), end) {
			return block{other, lines[i : i+1]}
		}
		closes := func(l string) bool { return strings.Contains(strings.ToLower(l), end) }
		if !slices.ContainsFunc(lines[i:], closes) {
			return upTo(other, empty)
		}
		return through(other, closes)
	case atxLine.MatchString(line):
		return block{heading, lines[i : i+1]}
	case ruleLine.MatchString(line):
		return block{other, lines[i : i+1]}
	case listLine.MatchString(line):
		return listAt(lines, i)
	case indentedLine.MatchString(line):
		return upTo(code, func(l string) bool { return !indentedLine.MatchString(l) })
	case otherLine.MatchString(line), isRow(line):
		return upTo(other, empty)
	}
	if i+1 < len(lines) && underLine.MatchString(lines[i+1]) {
		return block{underlined, lines[i : i+2]}
	}
	b := upTo(paragraph, func(l string) bool {
		return empty(l) || fenceLine.MatchString(l) || atxLine.MatchString(l) || listLine.MatchString(l) ||
			otherLine.MatchString(l) || isRow(l) || ruleLine.MatchString(l)
	})
	if i+len(b.lines) < len(lines) && underLine.MatchString(lines[i+len(b.lines)]) {
		// Several lines above an underline: a heading of several lines, or a
		// paragraph that a writer meant to part. Either is left as it is.
		return block{other, lines[i : i+len(b.lines)+1]}
	}
	return b
}

// htmlOpen names the element of a line that holds text of its own rules.
func htmlOpen(line string) string {
	trimmed := strings.ToLower(strings.TrimSpace(line))
	for _, name := range []string{"pre", "script", "style", "textarea", "table", "details"} {
		if strings.HasPrefix(trimmed, "<"+name) {
			return name
		}
	}
	return ""
}

// isRow reports whether a line is a row of a table.
func isRow(line string) bool { return strings.Count(line, "|") >= 2 }

// listAt takes a list whole: items, and what is indented or lazily continued
// below them.
func listAt(lines []string, i int) block {
	j := i + 1
	for j < len(lines) {
		l := lines[j]
		switch {
		case strings.TrimSpace(l) == "":
			if j+1 < len(lines) && (listLine.MatchString(lines[j+1]) || strings.HasPrefix(lines[j+1], "  ") ||
				strings.HasPrefix(lines[j+1], "\t")) {
				j++
				continue
			}
			return block{list, lines[i:j]}
		case atxLine.MatchString(l), fenceLine.MatchString(l) && !strings.HasPrefix(l, " "):
			return block{list, lines[i:j]}
		case strings.HasPrefix(strings.TrimSpace(l), "```"):
			j++
			for j < len(lines) && !strings.HasPrefix(strings.TrimSpace(lines[j]), "```") {
				j++
			}
		}
		j++
	}
	return block{list, lines[i:min(j, len(lines))]}
}

// level and title of a heading block; 0 where it is none.
func (b block) level() int {
	switch b.kind {
	case heading:
		return len(atxLine.FindStringSubmatch(b.lines[0])[1])
	case underlined:
		if strings.HasPrefix(strings.TrimSpace(b.lines[1]), "=") {
			return 1
		}
		return 2
	}
	return 0
}

func (b block) title() string {
	if b.kind == heading {
		return atxLine.FindStringSubmatch(b.lines[0])[2]
	}
	return strings.TrimSpace(b.lines[0])
}

// withText applies a change to a page whose line ends are LF, and gives the
// page the line ends that it had.
func withText(text string, change func(string) (string, bool)) (string, bool) {
	crlf := strings.Contains(text, "\r\n")
	changed, ok := change(strings.ReplaceAll(text, "\r\n", "\n"))
	if crlf {
		changed = strings.ReplaceAll(changed, "\n", "\r\n")
	}
	return changed, ok && changed != text
}

package markdown

import (
	"bytes"
	"iter"
	"strconv"

	"openness/audit/page"
	"openness/audit/pattern"
)

// Kind says what a passage is.
type Kind int

// The kinds of passage.
const (
	Paragraph Kind = iota
	Item           // an entry of a list
	Row            // a row of a table
	Caption        // of a table or figure
	Footnote
	Reference // an entry of the list of references
)

func (k Kind) String() string {
	return [...]string{"paragraph", "item", "row", "caption", "footnote", "reference"}[k]
}

// A Passage is one block of a paper's text: text[Start:End].
type Passage struct {
	Kind       Kind
	Start, End int
	Page       int      // 1 for the first page, 0 where the paper has no pages
	Path       []string // headings around it, the title of the paper first
}

var (
	headingLine = pattern.MustCompile(`^(#{1,6}) (.+)$`)
	pageLine    = pattern.MustCompile(`^<!-- page (\d{1,9}) -->$`)
	tableRule   = pattern.MustCompile(`^\|(?:---\|)+$`)
	caption     = pattern.MustCompile(
		`^(?:Table|Figure|Fig\.|Listing|Algorithm|Box|Tableau|表|图)\s?[A-Z]?\.?\d+(?:\.\d+)*\s?(?:[:.：|]|$)`,
	)
	references = pattern.MustCompile(
		`(?i)^(?:(?:\d+|[A-Z])\.?\s+)?(?:references|bibliography|literature cited|works cited|参考文献)$`,
	)
)

// IsReferences reports whether a heading is that of the list of references.
func IsReferences(heading string) bool { return references.MatchString(heading) }

// Passages yields the blocks of a text that a Writer wrote, in order.
func Passages(text []byte) iter.Seq[Passage] {
	return func(yield func(Passage) bool) {
		var path [MaxLevel + 1]string
		at, inReferences := 0, 0
		for start := 0; start < len(text); {
			end := len(text)
			if i := bytes.IndexByte(text[start:], '\n'); i >= 0 {
				end = start + i
			}
			line := text[start:end]
			switch h := headingLine.FindSubmatch(line); {
			case len(line) == 0, tableRule.Match(line):
			case h != nil:
				level := len(h[1])
				path[level] = string(h[2])
				clear(path[level+1:])
				if inReferences == 0 || level <= inReferences {
					inReferences = 0
					if IsReferences(path[level]) {
						inReferences = level
					}
				}
			case pageLine.Match(line):
				at, _ = strconv.Atoi(string(pageLine.FindSubmatch(line)[1]))
			default:
				if !yield(Passage{kindOf(line, inReferences > 0), start, end, at, around(path[:])}) {
					return
				}
			}
			start = end + 1
		}
	}
}

func kindOf(line []byte, inReferences bool) Kind {
	switch {
	case bytes.HasPrefix(line, []byte("| ")):
		return Row
	case bytes.HasPrefix(line, []byte("[^")):
		return Footnote
	case inReferences:
		return Reference
	case bytes.HasPrefix(line, []byte("- ")):
		return Item
	case caption.Match(line):
		return Caption
	}
	return Paragraph
}

// around lists the headings that are set.
func around(path []string) []string {
	var list []string
	for _, h := range path {
		if h != "" {
			list = append(list, h)
		}
	}
	return list
}

var pageMark = pattern.MustCompile(`(?m)^<!-- page (\d{1,9}) -->$`)

// PageOf is the page on which the byte at offset stands, 0 where the text has
// no pages. A sentence that runs over a page break stands on the page on which
// it begins.
func PageOf(text []byte, offset int) int {
	page := 0
	for at := 0; at < len(text); {
		m := pageMark.FindSubmatchIndex(text[at:])
		if m == nil || at+m[0] > offset {
			break
		}
		page, _ = strconv.Atoi(string(text[at+m[2] : at+m[3]]))
		at += m[1]
	}
	return page
}

// SectionOf is the number and title of the innermost section that holds the
// byte at offset; the number is empty where the section has none.
func SectionOf(text []byte, offset int) (number, title string) {
	for start := 0; start < len(text) && start <= offset; {
		end := len(text)
		if i := bytes.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		if h := headingLine.FindSubmatch(text[start:end]); h != nil {
			number, title = page.SplitNumber(string(h[2]))
		}
		start = end + 1
	}
	return number, title
}

package page

import (
	"cmp"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/pattern"
)

// A Passage is one sentence or table row in its context: what every prose
// theme reads. Text and headings are lower case, without marks.
type Passage struct {
	Doc     *audit.Document
	Span    audit.Span
	Text    string
	Heading string // headings from the outermost, joined by " / "
	Kind    BlockKind
}

// Raw is a passage as it stands on the page.
func (p Passage) Raw() []byte { return p.Doc.Body[p.Span.Start:p.Span.End] }

// longestPassage is the longest text that is quoted and matched as one passage; a
// longer one is a list or a table that was written without line breaks.
const longestPassage = 1500

// Passages cuts the prose of a document, whose page is given, into passages in
// reading order.
func Passages(d *audit.Document, c *Page) []Passage {
	headings := make(map[int]string)
	var all []Passage
	for s := range c.Sentences() {
		h, ok := headings[s.Section]
		if !ok {
			h = strings.ToLower(c.Below(s.Section))
			headings[s.Section] = h
		}
		if s.Span.End-s.Span.Start <= longestPassage {
			all = append(all, Passage{d, s.Span, strings.ToLower(s.Plain), h, s.Kind})
		}
	}
	return all
}

// PassageAt is the one of passages in reading order that an offset lies in.
func PassageAt(prose []Passage, at int) (Passage, bool) {
	i, found := IndexAt(prose, at)
	if !found {
		i--
	}
	if i < 0 || at >= prose[i].Span.End {
		return Passage{}, false
	}
	return prose[i], true
}

// IndexAt is the place among passages in reading order of the one that begins at an offset, or of the next.
func IndexAt(prose []Passage, at int) (i int, found bool) {
	return slices.BinarySearchFunc(prose, at, func(p Passage, at int) int { return cmp.Compare(p.Span.Start, at) })
}

// Leads gives for each passage of a page the paragraph that it is or that stands
// last above it under the same heading, -1 for none. A list of a hundred thousand
// entries has one.
func Leads(prose []Passage) []int {
	leads := make([]int, len(prose))
	last := -1
	for i, p := range prose {
		if i > 0 && prose[i-1].Heading != p.Heading {
			last = -1
		}
		if p.Kind == Paragraph {
			last = i
		}
		leads[i] = last
	}
	return leads
}

// Indent is how far an entry stands from the margin.
func (p Passage) Indent() int {
	start := BeginOfLine(p.Doc.Body, p.Span.Start)
	return p.Span.Start - start
}

// contentsEntry is a line of a table of contents, which names what stands elsewhere.
var contentsEntry = pattern.MustCompile(`^\s*(?:[-*+•]|\d+[.)])?\s*\[[^\]]*\]\(#[^)]*\)\s*$`)

// InContents reports whether a passage is a line of a table of contents.
func (p Passage) InContents() bool {
	return contentsEntry.Match(p.Doc.Body[p.Span.Start:p.Span.End])
}

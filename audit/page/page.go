// Package page is the one model of text: it reads cards, READMEs, data sheets,
// papers that were made readable, and prose of any other kind, and says where on
// the page everything stands.
//
// What comes in is a page exactly as served; what comes out says where its
// front matter, sections, sentences, links, tables, code blocks and citations
// are. Every Span is an offset into that page, so a quote can be cut out of it.
// Markdown is read line by line, with the HTML and reStructuredText that cards
// and READMEs mix into it. HTML pages are read in the folder web, answers in JSON
// in the folder jsonspan.
//
// Parse never fails: a card whose front matter is broken still has its prose,
// and the errors are kept. It recognises text; whom the text is about and what it
// is worth is for the observers to say. It does not render, and does not follow
// every corner of CommonMark.
package page

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"openness/audit"
	"openness/audit/pattern"
)

// A Page is one parsed page.
type Page struct {
	Source   []byte      // the page as given
	Front    FrontMatter // zero when the page has none
	Body     audit.Span  // the page behind its front matter
	Sections []Section   // never empty: the text before the first heading is a section
	Blocks   []Block     // prose only: code and comments are left out
	Code     []CodeBlock

	comments []audit.Span // HTML comments outside of code, in order
	form     uint64       // a mark of the text that was parsed, 0 where no page of it is remembered

	cut       sync.Once // sentences are cut on first use
	sentences []Sentence

	linked sync.Once // links are looked for on first use
	links  []Link

	asked   sync.Mutex
	answers map[*pattern.Regexp][][]int
}

// Answer is what find gives for an expression on the page as given. It is looked for
// once, however often it is asked for, so find must be the same each time; what it gave
// must not be changed.
func (c *Page) Answer(expression *pattern.Regexp, find func() [][]int) [][]int {
	c.asked.Lock()
	defer c.asked.Unlock()
	all, known := c.answers[expression]
	if !known {
		if c.answers == nil {
			c.answers = make(map[*pattern.Regexp][][]int)
		}
		all = find()
		c.answers[expression] = all
	}
	return all
}

// A Section is a heading and the text up to the next heading of any level.
type Section struct {
	Heading string // without marks
	Level   int    // 1 to 6, 7 for a bold line, 8 for one right below another; 0 for the text before the first heading
	Title   audit.Span
	Body    audit.Span // from behind the heading to the next heading of any level
	Parent  int        // index of the enclosing section, -1 at the top
}

// BlockKind says what a block of prose is.
type BlockKind int

// The kinds of block.
const (
	Paragraph BlockKind = iota
	Item                // one item of a list
	Row                 // one row of a table, Markdown or HTML
)

// A Block is a piece of prose in which sentences do not run on into the next.
type Block struct {
	Kind    BlockKind
	Span    audit.Span
	Section int // index into Sections
}

// A CodeBlock is a fenced or <pre> block.
type CodeBlock struct {
	Language string // as the fence states it, lower case
	Body     audit.Span
	Section  int
}

// Text returns the bytes of a span as a string.
func (c *Page) Text(s audit.Span) string { return string(c.Source[s.Start:s.End]) }

// Heading returns the headings from the outermost to section i, joined by " / ".
func (c *Page) Heading(i int) string {
	var path []string
	for ; i >= 0; i = c.Sections[i].Parent {
		if h := c.Sections[i].Heading; h != "" {
			path = append(path, h)
		}
	}
	for l, r := 0, len(path)-1; l < r; l, r = l+1, r-1 {
		path[l], path[r] = path[r], path[l]
	}
	return strings.Join(path, " / ")
}

// hidden reports whether an offset lies in an HTML comment, which no reader of
// the page sees.
func (c *Page) hidden(at int) bool {
	i, found := slices.BinarySearchFunc(c.comments, at, func(s audit.Span, at int) int {
		return cmp.Compare(s.Start, at)
	})
	return found || i > 0 && at < c.comments[i-1].End
}

// Parse reads a page. It never panics and takes time linear in its length.
func Parse(body []byte) *Page {
	front, rest := parseFront(body)
	c := parseBehind(body, rest)
	c.Front = front
	return c
}

// parseProse reads a page but for its front matter.
func parseProse(body []byte) *Page {
	_, rest, _ := splitFront(body)
	if rest == 0 {
		rest = bom(body)
	}
	return parseBehind(body, rest)
}

// parseBehind reads what stands behind the front matter of a page. A page comes again and
// again, as it was served and in the form of each model that is made from it: what stands
// where on it is the same for all.
func parseBehind(body []byte, rest int) *Page {
	form := pattern.Key(pattern.Text(body)) + uint64(rest)
	read := parsed.Of(pattern.Text(body), form, func() *Page {
		c := &Page{Source: body}
		s := scanner{page: c, pos: rest}
		s.scan()
		c.nest()
		return &Page{Sections: c.Sections, Blocks: c.Blocks, Code: c.Code, comments: c.comments}
	})
	return &Page{Source: body, Body: audit.Span{Start: rest, End: len(body)},
		Sections: slices.Clone(read.Sections), Blocks: slices.Clip(read.Blocks), Code: slices.Clip(read.Code),
		comments: slices.Clip(read.comments), form: form}
}

// lately is what find gives for a page of its form as it stands now: parts of it may have
// been blanked since it was parsed.
func lately[T any](c *Page, known *pattern.Memory[T], find func() T) T {
	if c.form == 0 {
		return find()
	}
	return known.Of(pattern.Text(c.Source), c.form, find)
}

// What was found on pages that were read lately. Readers put headings in other words, so
// each page has Sections of its own.
var (
	parsed  = pattern.Memory[*Page]{Places: fewPages, Longest: longPage}
	cuts    = pattern.Memory[[]Sentence]{Places: fewPages, Longest: longPage}
	linking = pattern.Memory[[]Link]{Places: fewPages, Longest: longPage}
)

// Bounds of what is remembered of pages.
const (
	fewPages = 1 << 7
	longPage = 1 << 16
)

// maxHeadingDepth bounds the search for an enclosing section: levels are 0 to 8.
const maxHeadingDepth = 9

// nest sets each section's parent: the nearest earlier section of a smaller level.
func (c *Page) nest() {
	var last [maxHeadingDepth]int
	for i := range last {
		last[i] = -1
	}
	for i := range c.Sections {
		sec := &c.Sections[i]
		sec.Parent = -1
		for level := sec.Level - 1; level > 0; level-- {
			if last[level] > sec.Parent {
				sec.Parent = last[level]
			}
		}
		last[sec.Level] = i
		for level := sec.Level + 1; level < maxHeadingDepth; level++ {
			last[level] = -1
		}
	}
}

// Below returns the headings of a section without the page's title: a title
// speaks for the whole page and says nothing of the passage.
func (c *Page) Below(section int) string {
	h := c.Heading(section)
	if len(c.Sections) > 1 && c.Sections[1].Level == 1 {
		h = strings.TrimPrefix(h, c.Sections[1].Heading)
	}
	return strings.TrimPrefix(h, " / ")
}

// BlockAt is the span of the block that a sentence lies in.
func (c *Page) BlockAt(s audit.Span) audit.Span {
	lo, hi := 0, len(c.Blocks)
	for lo < hi {
		if mid := (lo + hi) / 2; c.Blocks[mid].Span.End <= s.Start {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(c.Blocks) {
		return c.Blocks[lo].Span
	}
	return s
}

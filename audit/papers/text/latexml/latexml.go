// Package latexml turns arXiv's HTML edition of a paper into Markdown.
//
// In: a page that LaTeXML made, known by its ltx_ classes. Out: the text of the
// paper in order (package markdown): title, sections by their headings, a
// paragraph a line, table rows, captions, footnotes behind the paragraph that
// they belong to, and links with their addresses. Formulas are given as the
// TeX that the page keeps of them. Navigation, the list of contents, reports of
// errors, figures and authors' contact blocks beyond their text are left out.
//
// Nothing is executed or fetched. A page of another kind is ErrNotPaper.
package latexml

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"openness/audit/papers/text/markdown"
)

// ErrNotPaper means that the page is none that LaTeXML made of a paper.
var ErrNotPaper = errors.New("not the HTML edition of a paper")

// Bounds. Long papers have 5 MB of HTML, most of it formulas.
const (
	MaxBytes = 64 << 20
	maxDepth = 300
	maxNodes = 4_000_000
)

// Info is what is known of the page beside its text.
type Info struct {
	Title  string
	Links  []string // addresses that the text links, in order, each once
	Unread []string
}

// Is reports whether a page is an HTML edition, by the marks of its maker.
func Is(page []byte) bool {
	return bytes.Contains(page, []byte("ltx_document")) || bytes.Contains(page, []byte("ltx_page_main"))
}

// Read gives the text of an HTML edition.
func Read(page []byte) ([]byte, Info, error) {
	if len(page) > MaxBytes {
		return nil, Info{}, fmt.Errorf("%w: %d bytes, read are %d", ErrNotPaper, len(page), MaxBytes)
	}
	if !Is(page) {
		return nil, Info{}, ErrNotPaper
	}
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil, Info{}, fmt.Errorf("%w: %w", ErrNotPaper, err)
	}
	article := find(root, func(n *html.Node) bool { return class(n, "ltx_document") })
	if article == nil {
		return nil, Info{}, fmt.Errorf("%w: it has no article", ErrNotPaper)
	}
	r := &reader{w: &markdown.Writer{}, seen: map[string]bool{}, holds: holders(article)}
	r.blocks(article, 0)
	r.flush()
	if r.w.Full() {
		r.unread("the text beyond its greatest length")
	}
	if len(bytes.TrimSpace(r.w.Bytes())) == 0 {
		return nil, r.info, fmt.Errorf("%w: its article is empty", ErrNotPaper)
	}
	return r.w.Bytes(), r.info, nil
}

type reader struct {
	w     *markdown.Writer
	info  Info
	seen  map[string]bool // links and unread
	holds map[*html.Node]bool
	nodes int
	line  strings.Builder // inline text that stands in no paragraph
	notes []note
}

type note struct{ mark, text string }

func (r *reader) unread(what string) {
	if !r.seen["\x00"+what] {
		r.seen["\x00"+what] = true
		r.info.Unread = append(r.info.Unread, what)
	}
}

// enter counts a node and reports whether it may be read.
func (r *reader) enter(depth int) bool {
	r.nodes++
	switch {
	case depth > maxDepth:
		r.unread(fmt.Sprintf("what is nested more than %d deep", maxDepth))
	case r.nodes > maxNodes:
		r.unread(fmt.Sprintf("what stands behind %d pieces of the page", maxNodes))
	default:
		return true
	}
	return false
}

// blocks reads the children of a node that holds blocks.
func (r *reader) blocks(n *html.Node, depth int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.block(c, depth)
	}
}

// skipped classes hold no text of the paper.
var skipped = [...]string{
	"ltx_TOC", "ltx_page_navbar", "ltx_page_header", "ltx_page_footer", "ltx_dates", "ltx_role_pubnotes", "ltx_ERROR",
	"ltx_picture",
	"ltx_rule", "ltx_pagination", "ltx_classification",
}

func (r *reader) block(n *html.Node, depth int) {
	if !r.enter(depth) {
		return
	}
	if n.Type != html.ElementNode {
		r.line.WriteString(r.inline(n, depth))
		return
	}
	for _, c := range skipped {
		if class(n, c) {
			return
		}
	}
	switch {
	case hidden(n) || n.DataAtom == atom.Nav || n.DataAtom == atom.Footer:
	case class(n, "ltx_title"):
		r.title(n, depth)
	case class(n, "ltx_bibitem"):
		r.bibitem(n, depth)
	case class(n, "ltx_tabular"):
		r.table(n, depth)
	case class(n, "ltx_caption"):
		r.paragraph(r.inline(n, depth))
	case class(n, "ltx_item"):
		r.flush()
		r.item(n, depth)
	case class(n, "ltx_equationgroup") || class(n, "ltx_equation"):
		r.paragraph(r.inline(n, depth))
	case class(n, "ltx_p") && !r.holds[n], class(n, "ltx_personname"), class(n, "ltx_contact"),
		n.DataAtom == atom.P && !r.holds[n]:
		r.paragraph(r.inline(n, depth))
	case r.isInline(n):
		r.line.WriteString(r.inline(n, depth))
	default:
		r.flush()
		r.blocks(n, depth+1)
		r.flush()
	}
}

// holders are the nodes that hold a table, a list or a paragraph. It climbs from
// each of these to the first node that is known, so a page costs one walk.
func holders(root *html.Node) map[*html.Node]bool {
	list := map[*html.Node]bool{}
	find(root, func(n *html.Node) bool {
		if class(n, "ltx_tabular") || class(n, "ltx_itemize") || class(n, "ltx_enumerate") || class(n, "ltx_p") {
			for up := n.Parent; up != nil && !list[up]; up = up.Parent {
				list[up] = true
			}
		}
		return false
	})
	return list
}

func (r *reader) isInline(n *html.Node) bool {
	switch n.DataAtom {
	case atom.A, atom.B, atom.Strong, atom.I, atom.Em, atom.Span, atom.Code, atom.Sup, atom.Sub, atom.Small,
		atom.Cite, atom.Br, atom.Math, atom.Img, atom.Q:
		return !class(n, "ltx_inline-block") && !class(n, "ltx_tabular") && !r.holds[n]
	}
	return n.Data == "math"
}

// paragraph writes a text and the footnotes that it bears.
func (r *reader) paragraph(text string) {
	r.flush()
	r.w.Paragraph(text)
	r.writeNotes()
}

func (r *reader) writeNotes() {
	notes := r.notes
	r.notes = nil
	for _, n := range notes {
		r.w.Footnote(n.mark, n.text)
	}
}

// flush writes the inline text that was gathered outside of paragraphs.
func (r *reader) flush() {
	text := r.line.String()
	r.line.Reset()
	if strings.TrimSpace(text) != "" {
		r.w.Paragraph(text)
		r.writeNotes()
	}
}

var levels = map[string]int{
	"ltx_title_document": 1, "ltx_title_part": 2, "ltx_title_chapter": 2, "ltx_title_section": 2,
	"ltx_title_appendix": 2, "ltx_title_abstract": 2,
	"ltx_title_bibliography": 2, "ltx_title_acknowledgements": 2, "ltx_title_acknowledgement": 2, "ltx_title_index": 2,
	"ltx_title_subsection": 3, "ltx_title_subsubsection": 4, "ltx_title_paragraph": 5, "ltx_title_subparagraph": 6,
}

func (r *reader) title(n *html.Node, depth int) {
	r.flush()
	level := 0
	for _, c := range classes(n) {
		if l := levels[c]; l > 0 {
			level = l
		}
	}
	if level == 0 {
		if level = headingTag(n); level == 0 {
			level = markdown.MaxLevel
		}
	}
	text := strings.TrimRight(markdown.Clean(r.inline(n, depth)), ".")
	if text == "" {
		return
	}
	if level == 1 {
		r.info.Title = text
	}
	r.w.Heading(level, text)
	r.writeNotes()
}

func headingTag(n *html.Node) int {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return int(n.Data[1] - '0')
	}
	return 0
}

func (r *reader) bibitem(n *html.Node, depth int) {
	r.flush()
	r.w.Paragraph(r.inline(n, depth))
	r.writeNotes()
}

// item reads an entry of a list; a list within it comes behind it.
func (r *reader) item(n *html.Node, depth int) {
	var own strings.Builder
	var within []*html.Node
	var walk func(*html.Node, int)
	walk = func(n *html.Node, depth int) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case !r.enter(depth):
			case class(c, "ltx_tag_item"):
			case class(c, "ltx_itemize"), class(c, "ltx_enumerate"), class(c, "ltx_description"),
				class(c, "ltx_tabular"):
				within = append(within, c)
			case class(c, "ltx_para") || class(c, "ltx_p") && r.holds[c]:
				walk(c, depth+1)
			default:
				own.WriteString(" " + r.inline(c, depth+1))
			}
		}
	}
	walk(n, depth+1)
	r.w.Item(own.String())
	r.writeNotes()
	for _, c := range within {
		r.block(c, depth+1)
	}
}

// table writes the rows of a table. A cell that spans columns fills the first
// and leaves the rest empty, so that cells stay under their heads.
func (r *reader) table(n *html.Node, depth int) {
	r.flush()
	r.w.EndTable()
	var walk func(*html.Node, int)
	walk = func(n *html.Node, depth int) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type != html.ElementNode || !r.enter(depth):
			case c.DataAtom == atom.Tr || class(c, "ltx_tr"):
				r.w.Row(r.row(c, depth+1))
			default:
				walk(c, depth+1)
			}
		}
	}
	walk(n, depth+1)
	r.w.EndTable()
	r.writeNotes()
}

// maxColumns bounds what a colspan may ask for.
const maxColumns = 200

func (r *reader) row(n *html.Node, depth int) []string {
	var cells []string
	for c := n.FirstChild; c != nil && len(cells) < maxColumns; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		cells = append(cells, r.inline(c, depth))
		for span := number(attr(c, "colspan")); span > 1 && len(cells) < maxColumns; span-- {
			cells = append(cells, "")
		}
	}
	return cells
}

func number(s string) int {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' || n > maxColumns {
			break
		}
		n = n*10 + int(r-'0')
	}
	return n
}

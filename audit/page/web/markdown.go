package web

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// MarkdownVersion is part of what makes a text: the same bytes give the same text
// as long as it stays. It grows with every change that alters what is written.
const MarkdownVersion = "1"

// maxMarkdown bounds the text of a page, in bytes.
const maxMarkdown = 2 << 20

// around is what stands on every page of a site: menus, forms, footers.
const around = "script, style, template, noscript, svg, nav, header nav, footer, aside, form, button, iframe, dialog, [role=navigation], [aria-hidden=true], [hidden], .navbar, .sidebar, .menu, .cookie, .breadcrumb"

// Markdown gives the readable text of a page: its headings, paragraphs, entries of
// lists and rows of tables, each on a line of its own, with the addresses of links.
// What stands on every page of a site is left out. The same bytes give the same
// text, so that it can be kept as a document of its own. A page that is a form to
// sign in gives none.
func Markdown(body []byte, base string) ([]byte, error) {
	doc, err := parse(body)
	if err != nil {
		return nil, err
	}
	if signIn(doc, func() string { return (&Page{Blocks: blocks(body)}).Text() }) {
		return nil, fmt.Errorf("%w: a form to sign in", ErrNotHTML)
	}
	name := title(doc)
	doc.Find(around).Remove()
	w := &writer{base: addressOf(base)}
	root := doc.Find("main, article, [role=main]").First()
	if root.Length() == 0 || len(fold(root.Text())) < len(fold(doc.Find("body").Text()))/3 {
		root = doc.Find("body")
	}
	if name != "" && doc.Find("h1").Length() == 0 {
		w.line("# " + escape(name))
	}
	for _, n := range root.Nodes {
		w.block(n)
	}
	w.flush("")
	return w.out.Bytes(), nil
}

// A writer puts blocks on lines.
type writer struct {
	out  bytes.Buffer
	text strings.Builder
	base *url.URL
	lead string // what the open block begins with
}

func (w *writer) line(s string) {
	if w.out.Len()+len(s) < maxMarkdown {
		w.out.WriteString(s + "\n\n")
	}
}

// flush writes the open block; the next one begins with lead.
func (w *writer) flush(lead string) {
	if t := fold(w.text.String()); t != "" {
		if w.lead == "" {
			t = escape(t)
		}
		w.line(w.lead + t)
	}
	w.text.Reset()
	w.lead = lead
}

// escape keeps the words of a page from turning into mark-up.
func escape(s string) string {
	if strings.ContainsAny(s[:1], "#>|-+*`~=") {
		return `\` + s
	}
	return s
}

// levels are the headings of a page in Markdown.
var levels = map[atom.Atom]string{atom.H1: "# ", atom.H2: "## ", atom.H3: "### ", atom.H4: "#### ", atom.H5: "##### ",
	atom.H6: "###### "}

// block writes a node and what is in it. Parse has bounded how deep that goes.
func (w *writer) block(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		w.text.WriteString(strings.ReplaceAll(n.Data, "<", "&lt;"))
		return
	case n.Type != html.ElementNode && n.Type != html.DocumentNode:
		return
	}
	switch {
	case n.DataAtom == atom.A:
		w.link(n)
		return
	case n.DataAtom == atom.Br:
		w.text.WriteByte(' ')
		return
	case n.DataAtom == atom.Tr:
		w.flush("")
		w.row(n)
		return
	case isInline(n.DataAtom):
		w.children(n)
		return
	}
	lead := levels[n.DataAtom]
	if n.DataAtom == atom.Li {
		lead = "- "
	}
	w.flush(lead)
	w.children(n)
	w.flush("")
}

func (w *writer) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.block(c)
	}
}

// link writes an anchor with its address.
func (w *writer) link(n *html.Node) {
	said := fold(strings.ReplaceAll(goquery.NewDocumentFromNode(n).Text(), "<", "&lt;"))
	for _, a := range n.Attr {
		if a.Key != "href" || said == "" {
			continue
		}
		if to, err := w.base.Parse(strings.TrimSpace(a.Val)); err == nil && (to.Scheme == "https" ||
			to.Scheme == "http") && !strings.ContainsAny(to.String(), " ()") {
			said = "[" + strings.NewReplacer("[", "(", "]", ")").Replace(said) + "](" + to.String() + ")"
		}
	}
	w.text.WriteString(" " + said + " ")
}

// row writes a row of a table.
func (w *writer) row(n *html.Node) {
	var cells []string
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
			cells = append(cells, strings.NewReplacer("|", "/", "<",
				"&lt;").Replace(fold(goquery.NewDocumentFromNode(c).Text())))
		}
	}
	if len(cells) > 0 && w.out.Len() < maxMarkdown {
		w.out.WriteString("| " + strings.Join(cells, " | ") + " |\n")
		if next := n.NextSibling; next == nil {
			w.out.WriteByte('\n')
		}
	}
}

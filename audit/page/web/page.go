// Package web reads vendors' pages: the only source there is for models whose
// weights are not published.
//
// In: the bytes of an HTML page as served. Out: its title, its links, and its
// text in blocks, each with the span of the page's bytes that it was read from,
// so that a quote can be cut from what was stored. Nothing is executed or
// followed; script, style and hidden template content is no text.
package web

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"openness/audit"
)

// A Page is what an HTML page says.
type Page struct {
	Title       string
	Description string
	Language    string
	Links       []Link
	Blocks      []Block
	// SignIn is true when the page is a log-in form or a consent gate rather
	// than content: a password field and next to no text.
	SignIn bool
}

// A Link is an anchor with an http or https address.
type Link struct {
	Text string
	URL  string // absolute
}

// A Block is the text of one paragraph, heading, list item or cell.
type Block struct {
	Text    string // entities resolved, white space folded
	Span    audit.Span
	Heading bool
}

// ErrNotHTML means that the bytes are no HTML page.
var ErrNotHTML = errors.New("not an HTML page")

// Bounds against hostile pages.
const (
	maxBlocks = 20_000
	maxLinks  = 5_000
	maxDepth  = 512 // nesting, beyond which no real page goes
)

// Parse reads a page that was served from base.
func Parse(body []byte, base string) (*Page, error) {
	doc, err := parse(body)
	if err != nil {
		return nil, err
	}
	p := &Page{
		Title:       title(doc),
		Description: fold(doc.Find(`meta[name="description"]`).First().AttrOr("content", "")),
		Language:    doc.Find("html").AttrOr("lang", ""),
		Links:       links(doc, base),
		Blocks:      blocks(body),
	}
	p.SignIn = signIn(doc, p.Text)
	return p, nil
}

// parse gives the tree of a page.
func parse(body []byte) (*goquery.Document, error) {
	if !looksLikeHTML(body) {
		return nil, ErrNotHTML
	}
	if depth(body) > maxDepth {
		return nil, fmt.Errorf("%w: nested more than %d deep", ErrNotHTML, maxDepth)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotHTML, err)
	}
	return doc, nil
}

func title(doc *goquery.Document) string { return fold(doc.Find("title").First().Text()) }

// signIn reports whether a page is a form to sign in. Its text is asked for only where it
// has a field for a password.
func signIn(doc *goquery.Document, text func() string) bool {
	return doc.Find(`input[type="password"]`).Length() > 0 && len(text()) < 2000
}

// Text is all of the page's text, a line per block.
func (p *Page) Text() string {
	var all strings.Builder
	for _, b := range p.Blocks {
		all.WriteString(b.Text)
		all.WriteByte('\n')
	}
	return all.String()
}

func looksLikeHTML(body []byte) bool {
	head := bytes.ToLower(body[:min(len(body), 2048)])
	for _, mark := range [][]byte{[]byte("<!doctype html"), []byte("<html"), []byte("<head"), []byte("<body"),
		[]byte("<title"), []byte("<div"), []byte("<p>")} {
		if bytes.Contains(head, mark) {
			return true
		}
	}
	return false
}

// addressOf is what the links of a page start from.
func addressOf(base string) *url.URL {
	u, err := url.Parse(base)
	if err != nil {
		return &url.URL{}
	}
	return u
}

func links(doc *goquery.Document, base string) []Link {
	from := addressOf(base)
	var list []Link
	doc.Find("a[href]").EachWithBreak(func(_ int, a *goquery.Selection) bool {
		target, err := from.Parse(strings.TrimSpace(a.AttrOr("href", "")))
		if err == nil && (target.Scheme == "http" || target.Scheme == "https") && target.Host != "" {
			list = append(list, Link{Text: fold(a.Text()), URL: target.String()})
		}
		return len(list) < maxLinks
	})
	return list
}

// blocks walks the tokens, not the tree: only the tokenizer tells where in the
// bytes a text stood.
func blocks(body []byte) []Block {
	var (
		list   []Block
		open   Block
		text   strings.Builder
		offset int
		hidden atom.Atom // the element whose content is no text
		z      = html.NewTokenizer(bytes.NewReader(body))
	)
	closeBlock := func() {
		if t := fold(text.String()); t != "" && len(list) < maxBlocks {
			open.Text = t
			list = append(list, open)
		}
		text.Reset()
		open = Block{Heading: open.Heading}
	}
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			closeBlock()
			return list
		}
		raw := z.Raw()
		start, end := offset, offset+len(raw)
		offset = end
		switch kind {
		case html.TextToken:
			if hidden != 0 || len(bytes.TrimSpace(raw)) == 0 {
				text.WriteByte(' ')
				continue
			}
			lead := len(raw) - len(bytes.TrimLeft(raw, " \t\r\n"))
			tail := len(bytes.TrimRight(raw, " \t\r\n"))
			if fold(text.String()) == "" {
				open.Span.Start = start + lead
			}
			open.Span.End = start + tail
			text.WriteString(html.UnescapeString(string(raw)))
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			switch {
			case isHidden(tag) && kind == html.StartTagToken && hidden == 0:
				hidden = tag
			case tag == hidden && kind == html.EndTagToken:
				hidden = 0
			case !isInline(tag):
				closeBlock()
				open.Heading = kind == html.StartTagToken && isHeading(tag)
			}
		}
	}
}

func isHidden(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Svg, atom.Title:
		return true
	}
	return false
}

func isHeading(a atom.Atom) bool {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

func isInline(a atom.Atom) bool {
	switch a {
	case atom.A, atom.B, atom.Strong, atom.I, atom.Em, atom.Span, atom.Code, atom.Sup, atom.Sub, atom.Small, atom.Mark,
		atom.U, atom.Abbr, atom.Q, atom.Cite, atom.Wbr:
		return true
	}
	return false
}

// depth is the deepest nesting of open tags, without building a tree.
func depth(body []byte) int {
	z := html.NewTokenizer(bytes.NewReader(body))
	open, deepest := 0, 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return deepest
		case html.StartTagToken:
			if name, _ := z.TagName(); !isVoid(atom.Lookup(name)) {
				open++
				deepest = max(deepest, open)
			}
		case html.EndTagToken:
			open = max(open-1, 0)
		}
	}
}

// isVoid also names the elements whose end tag HTML lets authors leave out, so
// that long lists and tables do not look deep.
func isVoid(a atom.Atom) bool {
	switch a {
	case atom.Br, atom.Img, atom.Hr, atom.Input, atom.Meta, atom.Link, atom.Source, atom.Area, atom.Base, atom.Col,
		atom.Embed, atom.Wbr,
		atom.P, atom.Li, atom.Td, atom.Th, atom.Tr, atom.Dt, atom.Dd, atom.Option:
		return true
	}
	return false
}

func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

package latexml

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"openness/audit/papers/text/formula"
)

// inline is the text of a node: links keep their address, formulas are short
// text, and footnotes are put by.
func (r *reader) inline(n *html.Node, depth int) string {
	var out strings.Builder
	r.write(&out, n, depth)
	return out.String()
}

func (r *reader) write(out *strings.Builder, n *html.Node, depth int) {
	if !r.enter(depth) {
		return
	}
	switch n.Type {
	case html.TextNode:
		out.WriteString(n.Data)
		return
	case html.ElementNode:
	default:
		return
	}
	switch {
	case hidden(n), class(n, "ltx_ERROR"), class(n, "ltx_picture"):
	case n.Data == "math":
		out.WriteString(formula.Plain(attr(n, "alttext")))
	case n.DataAtom == atom.Br:
		out.WriteByte(' ')
	case class(n, "ltx_note") && class(n, "ltx_role_footnote"), class(n, "ltx_note") && class(n, "ltx_role_thanks"):
		r.footnote(n, depth)
	case class(n, "ltx_note"):
	case n.DataAtom == atom.A && external(attr(n, "href")):
		r.link(out, n, depth)
	default:
		block := !r.isInline(n)
		if block {
			out.WriteByte(' ')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			r.write(out, c, depth+1)
		}
		if block || class(n, "ltx_tag") || class(n, "ltx_bibblock") {
			out.WriteByte(' ')
		}
	}
}

func external(address string) bool {
	return strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")
}

const maxLinks = 5_000

func (r *reader) link(out *strings.Builder, n *html.Node, depth int) {
	address := strings.TrimSpace(attr(n, "href"))
	if !r.seen[address] && len(r.info.Links) < maxLinks {
		r.seen[address] = true
		r.info.Links = append(r.info.Links, address)
	}
	var text strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.write(&text, c, depth+1)
	}
	shown := strings.Join(strings.Fields(text.String()), " ")
	switch {
	case shown == "" || strings.ContainsAny(address, " ()<>"):
		out.WriteString(shown)
	case strings.TrimRight(shown, "/") == strings.TrimRight(address, "/"):
		out.WriteString(address)
	default:
		out.WriteString("[" + strings.NewReplacer("[", "(", "]", ")").Replace(shown) + "](" + address + ")")
	}
}

// footnote puts a note by until its paragraph has ended.
func (r *reader) footnote(n *html.Node, depth int) {
	mark := find(n, func(c *html.Node) bool { return class(c, "ltx_note_mark") })
	content := find(n, func(c *html.Node) bool { return class(c, "ltx_note_content") })
	if content == nil {
		return
	}
	x := note{}
	if mark != nil {
		x.mark = textOf(mark)
	}
	var text strings.Builder
	for c := content.FirstChild; c != nil; c = c.NextSibling {
		if class(c, "ltx_note_mark") || class(c, "ltx_tag_note") || class(c, "ltx_note_type") {
			continue
		}
		r.write(&text, c, depth+1)
	}
	x.text = text.String()
	r.notes = append(r.notes, x)
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var out strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			out.WriteString(c.Data)
		}
	}
	return strings.TrimSpace(out.String())
}

func classes(n *html.Node) []string { return strings.Fields(attr(n, "class")) }

func class(n *html.Node, name string) bool {
	if n.Type != html.ElementNode {
		return false
	}
	c := attr(n, "class")
	return strings.Contains(c, name) && slices.Contains(strings.Fields(c), name)
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hidden(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Svg, atom.Button, atom.Form, atom.Iframe,
		atom.Object:
		return true
	}
	return false
}

// find is the first node, in order, that fits. It walks without recursion.
func find(root *html.Node, fits func(*html.Node) bool) *html.Node {
	for n := root; n != nil; {
		if fits(n) {
			return n
		}
		switch {
		case n.FirstChild != nil:
			n = n.FirstChild
		default:
			for n != root && n.NextSibling == nil {
				n = n.Parent
			}
			if n == root {
				return nil
			}
			n = n.NextSibling
		}
	}
	return nil
}

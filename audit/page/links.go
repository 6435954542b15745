package page

import (
	"bytes"
	"strings"

	"openness/audit"
	"openness/audit/pattern"
)

// A Link is a hyperlink of the prose or of a code block.
type Link struct {
	Text    string // what the reader sees, without marks; empty for a bare URL
	URL     string // as written, without trailing punctuation; its scheme is added where it lacks one
	Span    audit.Span
	Section int
	InCode  bool
}

// anyURL matches addresses; one that a link gives without its scheme, as in "[paper](arxiv.org/abs/...)", is
// known by the top domain before its first slash.
var anyURL = pattern.MustCompile("https?://[^\\s<>\"'`\\]|}{^]+" +
	"|(?:\\]\\(|href=[\"'])((?:[a-z\\d-]{1,40}\\.){1,3}(?:org|com|net|io|ai|co|edu|cn)/[^\\s<>\"'`\\]|}{^]+)")

var textBefore = pattern.MustCompile(`\[((?:[^\[\]\n]|\[[^\]\n]*\]){0,300})\]\($|<a\b[^<>]{0,300}href=["']$`)

var anchorText = pattern.MustCompile(`(?is)^["'][^<>]{0,300}>(.{0,300}?)</a>`)

// Links returns every absolute link of the page behind its front matter, in
// order, but for those in HTML comments. The span of a Markdown link begins at
// its text; a link that is defined apart from its text stands at its definition.
// They are found once for a page, and are not to be changed.
func (c *Page) Links() []Link {
	c.linked.Do(func() { c.links = lately(c, &linking, c.findLinks) })
	return c.links
}

func (c *Page) findLinks() []Link {
	var links []Link
	section, code := 0, 0
	var used map[string]string
	for _, loc := range anyURL.FindAllSubmatchIndex(c.Source[c.Body.Start:], -1) {
		scheme := ""
		if loc[2] >= 0 {
			loc[0], scheme = loc[2], "https://"
		}
		span := audit.Span{Start: c.Body.Start + loc[0], End: c.Body.Start + loc[1]}
		if c.hidden(span.Start) {
			continue
		}
		span.End = span.Start + len(trimURL(c.Text(span)))
		for section+1 < len(c.Sections) && c.Sections[section+1].Title.Start <= span.Start {
			section++
		}
		for code < len(c.Code) && c.Code[code].Body.End <= span.Start {
			code++
		}
		link := Link{URL: scheme + c.Text(span), Span: span, Section: section}
		link.InCode = code < len(c.Code) && c.Code[code].Body.Start <= span.Start
		if !c.addText(&link) {
			link.Text = c.defined(link.Span.Start, &used)
		}
		links = append(links, link)
	}
	return links
}

// textWindow bounds how far before a URL its link text is looked for, so that
// a page of brackets stays linear.
const textWindow = 320

// addText finds the text that a reader clicks, before the URL (Markdown) or
// behind it (HTML), and reports whether there is any.
func (c *Page) addText(l *Link) bool {
	before := c.Source[max(c.Body.Start, l.Span.Start-textWindow):l.Span.Start]
	if !bytes.HasSuffix(before, []byte("](")) && !bytes.HasSuffix(before, []byte(`href="`)) &&
		!bytes.HasSuffix(before, []byte("href='")) {
		return false // an address alone, as most are: the pattern need not look
	}
	m := textBefore.FindSubmatchIndex(before)
	if m == nil {
		return false
	}
	if m[2] >= 0 {
		l.Text = shown(string(before[m[2]:m[3]]))
		l.Span.Start -= len(before) - m[0]
		return true
	}
	behind := c.Source[l.Span.End:min(len(c.Source), l.Span.End+2*textWindow)]
	if a := anchorText.FindSubmatchIndex(behind); a != nil {
		l.Text = shown(string(behind[a[2]:a[3]]))
	}
	return true
}

var (
	definition = pattern.MustCompile(`(?:^|\n) {0,3}\[([^\[\]\n]{1,100})\]:[ \t]*<?$`)
	// reference is "[text][label]" or "[label][]".
	reference = pattern.MustCompile(`\[((?:[^\[\]\n]|\[[^\[\]\n]*\]){1,300})\]\[([^\[\]\n]{0,100})\]`)
)

// defined gives the text of a link whose URL stands at the offset and is
// defined apart from it, "[label]: URL": the text where the label is first
// used, else the label itself. used holds the page's uses; it is made once.
func (c *Page) defined(at int, used *map[string]string) string {
	m := definition.FindSubmatch(c.Source[max(c.Body.Start, at-textWindow):at])
	if m == nil {
		return ""
	}
	if *used == nil {
		*used = c.references()
	}
	label := string(m[1])
	if text, ok := (*used)[strings.ToLower(label)]; ok {
		return shown(text)
	}
	return shown(label)
}

// references lists the texts of the page's references by lower-case label.
func (c *Page) references() map[string]string {
	used := make(map[string]string)
	for _, m := range reference.FindAllSubmatch(c.Source[c.Body.Start:], -1) {
		text, label := string(m[1]), strings.ToLower(string(m[2]))
		if label == "" {
			label = strings.ToLower(text)
		}
		if _, twice := used[label]; !twice {
			used[label] = text
		}
	}
	return used
}

// shown is what a reader sees of a link: its text, or, of an image without
// one, the words in the image's own address, as badges carry them.
func shown(text string) string {
	if plain := Plain(text); plain != "" {
		return plain
	}
	if m := imageAddress.FindStringSubmatch(text); m != nil {
		text = m[1] + m[2]
	}
	text, _, _ = strings.Cut(text, ".svg")
	words := badgeWords.Replace(text)
	if i := strings.LastIndexByte(words, '/'); i >= 0 {
		words = words[i+1:]
	}
	return strings.TrimSpace(words)
}

// imageAddress is where an image's address stands in HTML.
var imageAddress = pattern.MustCompile(`(?is)<img\b[^>]*?\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)')`)

var badgeWords = strings.NewReplacer("%20", " ", "%27", "'", "_", " ", "-", " ", "&", " ", "=", " ", "?", " ", "\"",
	" ", ">", " ", "(", " ", ")", " ", "]", " ")

// trimURL cuts what belongs to the sentence, not to the address: closing
// punctuation, and a bracket that the address did not open.
func trimURL(url string) string {
	for url != "" {
		last := url[len(url)-1]
		switch {
		case strings.IndexByte(".,;:!?*_\\", last) >= 0:
		case last == ')' && strings.Count(url, "(") < strings.Count(url, ")"):
		default:
			return cutBracket(url)
		}
		url = url[:len(url)-1]
	}
	return url
}

// cutBracket ends a Markdown address at the bracket that closes it: in
// "a)[b](c" or "a),b" the address is "a".
func cutBracket(url string) string {
	depth := 0
	for i, r := range url {
		switch r {
		case '(':
			depth++
		case ')':
			if depth--; depth < 0 {
				return url[:i]
			}
		case '，', '。', '）', '、':
			return url[:i]
		}
	}
	return url
}

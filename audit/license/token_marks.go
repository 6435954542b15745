package license

import (
	"bytes"
	"unicode/utf8"
)

// What stands between the words of a licence and is none: addresses, tags, entities
// and escapes.

// urlEnd holds the bytes that cannot be part of a URL in running text.
var urlEnd = func() (t [256]bool) {
	for c := range 256 {
		t[c] = c <= ' ' || c >= utf8.RuneSelf
	}
	for _, c := range []byte("<>\"'`)]}|*,;") {
		t[c] = true
	}
	return t
}()

// url notes the URL at text[start:] and returns the offset behind it.
func (w *words) url(text []byte, start, i int) int {
	for i < len(text) && !urlEnd[text[i]] {
		if text[i] == '&' && endsURL(text, i) ||
			text[i] == '\\' && i+1 < len(text) && bytes.IndexByte([]byte("nrtu\"\r\n"), text[i+1]) >= 0 {
			break
		}
		i++
	}
	end := i
	for end > start && (text[end-1] == '.' || text[end-1] == ':') {
		end--
	}
	w.urls = append(w.urls, Span{start, end})
	return i
}

// endsURL reports whether the entity at text[i:] stands for a sign that is no
// part of an address, as all but the one for & do.
func endsURL(text []byte, i int) bool {
	end := skipEntity(text, i)
	return end > i+1 && string(text[i:end]) != "&amp;"
}

// maxTag bounds the look ahead for the end of a tag, so that an input of
// opening brackets costs linear time.
const maxTag = 1024

// tags are the HTML elements whose mark-up is no text.
var tags = func() map[string]bool {
	set := make(map[string]bool)
	for _, t := range []string{"a", "b", "i", "u", "p", "br", "hr", "em", "tt", "h1", "h2", "h3", "h4", "h5", "h6",
		"li", "ol", "ul", "dl", "dt", "dd",
		"td", "th", "tr", "div", "pre", "sup", "sub", "img", "span", "body", "head", "html", "code", "font", "main",
		"meta", "link", "table", "tbody", "thead",
		"style", "title", "center", "strong", "small", "section", "article", "header", "footer", "details", "summary",
		"blockquote", "doctype", "string", "property"} {
		set[t] = true
	}
	return set
}()

// skipMarkup returns the offset behind the tag, comment or entity at text[i:],
// or i+1 where there is none. A tag may itself be written with entities.
func skipMarkup(text []byte, i int) int {
	open, shut := 1, ">"
	if end := skipPageMark(text, i); end > i {
		return end
	}
	switch {
	case text[i] == '\\':
		open, shut = 6, "\\u003e"
	case bytes.HasPrefix(text[i:], []byte("&amp;lt;")):
		open, shut = 8, "&amp;gt;"
	case bytes.HasPrefix(text[i:], []byte("&lt;")):
		open, shut = 4, "&gt;"
	case text[i] == '&':
		return skipEntity(text, i)
	}
	j := i + open
	for j < len(text) && (text[j] == '/' || text[j] == '!' || text[j] == '?') {
		j++
	}
	nameAt := j
	var name [12]byte
	for j < len(text) && j-nameAt < len(name) && lower[text[j]] != 0 {
		name[j-nameAt] = lower[text[j]]
		j++
	}
	spaced := j > nameAt && j-nameAt <= 4 && j+1 < len(text) && text[j] == ':' && lower[text[j+1]] != 0 // <o:p>, <w:t>
	if !spaced && !tags[string(name[:j-nameAt])] {
		return i + open
	}
	limit := min(len(text), j+maxTag)
	if k := bytes.Index(text[j:limit], []byte(shut)); k >= 0 {
		return j + k + len(shut)
	}
	return i + open
}

// skipPageMark returns the offset behind the mark of a page at text[i:], which the text
// of a document has where its pages begin; i where there is none.
func skipPageMark(text []byte, i int) int {
	const mark, end = "<!-- page ", " -->"
	if text[i] != '<' || !bytes.HasPrefix(text[i:], []byte(mark)) {
		return i
	}
	j := i + len(mark)
	for j < len(text) && '0' <= text[j] && text[j] <= '9' {
		j++
	}
	if !bytes.HasPrefix(text[j:], []byte(end)) {
		return i // a remark, whose words count
	}
	return j + len(end)
}

// skipEscape returns the offset behind the escape at text[i:], as JSON and YAML
// strings have them.
func skipEscape(text []byte, i int) int {
	if i+1 < len(text) {
		switch text[i+1] {
		case 'n', 'r', 't':
			return i + 2
		case 'u':
			if bytes.HasPrefix(text[i:], []byte("\\u003c")) {
				return skipMarkup(text, i)
			}
			return min(i+6, len(text))
		}
	}
	return i + 1
}

func skipEntity(text []byte, i int) int {
	for j := i + 1; j < len(text) && j < i+10; j++ {
		if text[j] == ';' && j > i+1 {
			if string(text[i:j]) == "&amp" { // escaped twice
				if end := skipEntity(text, j); end > j+1 {
					return end
				}
			}
			return j + 1
		}
		if text[j] != '#' && lower[text[j]] == 0 {
			break
		}
	}
	return i + 1
}

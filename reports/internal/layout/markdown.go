package layout

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"openness/reports"
)

// MarkdownLink makes a URL safe between < and > of a Markdown link.
func MarkdownLink(url string) string {
	return strings.NewReplacer("<", "%3C", ">", "%3E", "\\", "%5C", " ", "%20", "`", "%60", "*", "%2A", "[", "%5B", "]",
		"%5D",
		// code spans and tables bind tighter than links
		"(", "%28", ")", "%29", "|", "%7C", "!", "%21").Replace(reports.Visible(url))
}

// Markdown makes s one line of Markdown that renders as itself: characters with a
// meaning in Markdown or HTML are escaped.
func Markdown(s string) string {
	s = reports.Visible(s)
	if !strings.ContainsAny(s, "\\`*_{}[]<>()#+!|~&$@:") {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch r {
		case '\\', '`', '*', '_', '[', ']', '<', '>', '#', '|', '~', '&', '!', '$':
			b.WriteByte('\\')
		case '@', ':': // no mention, no bare link, no picture by its name
			if next, _ := utf8.DecodeRuneInString(s[i+1:]); r == ':' && next != '/' && !unicode.IsLetter(next) {
				break // of a time, or before a space
			}
			b.WriteString("&#" + strconv.Itoa(int(r)) + ";")
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

package reports

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"openness/audit/pattern"
)

// Visible returns s as one line that can be shown anywhere: control characters,
// terminal escapes, bidirectional overrides and invisible format characters
// become visible text such as \x1b or \u202e; white space becomes single
// spaces. It is the one sanitiser of this package.
func Visible(s string) string {
	if PlainLine(s) {
		return s
	}
	return strings.Join(strings.Fields(VisibleText(s)), " ")
}

// PlainLine reports whether s is printable ASCII with single spaces within, as
// nearly all names, addresses and sentences are: Visible would not change it.
func PlainLine(s string) bool {
	before := byte(' ')
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' || c > '~' || c == ' ' && before == ' ' {
			return false
		}
		before = c
	}
	return s == "" || before != ' '
}

// VisibleText is Visible for text that keeps its lines: line feeds and tabs
// stay, everything else that is not shown as itself is spelled out.
func VisibleText(s string) string {
	if VisibleAlready(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == '\r' && strings.HasPrefix(s[i:], "\r\n"): // a line end, shown as one
		case Hidden(r):
			b.WriteString(spelled(r))
		default:
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

// VisibleAlready reports whether VisibleText would change nothing. Pages are
// long and mostly ASCII, so that is looked at byte by byte.
func VisibleAlready[T string | []byte](text T) bool {
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			if c < ' ' && c != '\n' && c != '\t' || c == 0x7f {
				return false
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(string(text[i:min(i+utf8.UTFMax, len(text))]))
		if r == utf8.RuneError && n == 1 || Hidden(r) {
			return false
		}
		i += n
	}
	return true
}

// Hidden reports whether r acts on a screen instead of showing on it: controls
// (C0 but tab and line feed, DEL, C1), format characters (bidi overrides and
// isolates, zero width, soft hyphen, tags), line and paragraph separators and
// other white space that is not a plain space. Variation selectors and joiners that emoji
// need are shown as they are when they follow visible text, which is harmless.
func Hidden(r rune) bool {
	switch r {
	case '\n', '\t':
		return false
	case '\u200d', '\u200c': // joiners: Indic and Persian words and emoji need them
		return false
	case '\u2028', '\u2029':
		return true
	}
	return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r)
}

func spelled(r rune) string {
	switch {
	case r < 0x100:
		return fmt.Sprintf(`\x%02x`, r)
	case r < 0x10000:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

// spelledOut matches a break of a line or a quotation mark as an answer of an interface
// writes it within a text: "\nabla" in a formula is none.
var spelledOut = pattern.MustCompile(`\\"|\\n(?:[A-Z0-9 \\]|$)`)

var escapes = strings.NewReplacer(`\r\n`, "\n", `\n`, "\n", `\r`, "\n", `\t`, " ", `\"`, `"`)

// Unescaped is a quote whose breaks of lines an answer of an interface spells out, with
// these breaks; any other as it is.
func Unescaped(quote string) string {
	if spelledOut.MatchString(quote) {
		return escapes.Replace(quote)
	}
	return quote
}

// OneLine is a quote on one line.
func OneLine(quote string) string { return strings.Join(strings.Fields(Unescaped(quote)), " ") }

// Shorten cuts s to at most n characters at a character's end and marks the cut.
func Shorten(s string, n int) string {
	if len(s) <= n || n < 1 {
		return s
	}
	count := 0
	for i := range s {
		if count == n-1 {
			if utf8.RuneCountInString(s[i:]) <= 1 {
				return s
			}
			return s[:i] + "…"
		}
		count++
	}
	return s
}

// Listed writes names as a sentence has them: "a, b or c", "a and b".
func Listed[S ~string](names []S, last string) string {
	said := ""
	for i, name := range names {
		switch {
		case i == 0:
		case i == len(names)-1:
			said += " " + last + " "
		default:
			said += ", "
		}
		said += string(name)
	}
	return said
}

// LongestName bounds names, ids and licences in tables and pages: the longest
// hub id has 96+1+96 characters, so nothing honest is cut.
const LongestName = 200

// Label is a name as it is shown in tables and pages.
func Label(s string) string { return VisibleStart(s, LongestName) }

// VisibleStart is the first n characters of s, visible, on one line. Only the
// beginning of a text of megabytes is looked at.
func VisibleStart(s string, n int) string {
	const slack = 64 // bytes of input per character: white space shrinks
	if most := slack * n; len(s) > most {
		return Shorten(Visible(strings.ToValidUTF8(s[:most], ""))+"…", n)
	}
	return Shorten(Visible(s), n)
}

// LongestWord is how far context is cut back to begin and end with whole words.
const LongestWord = 40

// RuneStart moves i forward to the start of a character.
func RuneStart(b []byte, i int) int {
	for i < len(b) && !utf8.RuneStart(b[i]) {
		i++
	}
	return i
}

// ShortWords is Shorten at the end of a word, where one is near.
func ShortWords(s string, n int) string {
	short := Shorten(s, n)
	if short == s {
		return s
	}
	if i := strings.LastIndexByte(short, ' '); i > len(short)-LongestWord && i > 0 {
		return strings.TrimRight(short[:i], " ,;:(") + "…"
	}
	return short
}

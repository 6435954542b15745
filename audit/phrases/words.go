package phrases

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A lexer cuts a text into normalised words and says where sentences end. It
// reads Markdown and plain text alike: marks of emphasis, link targets and tags
// are no words, a list entry, a heading and a table cell are sentences.
type lexer struct {
	text []byte
	at   int

	// Of the word that next returned.
	word       []byte // normalised; overwritten by the next call
	start, end int
	comma      bool // a comma stood before it
	breaks     bool // a sentence ended before it

	lineStart int  // where the current line begins
	heading   bool // the current line is a heading
	looks     int  // bytes looked at ahead of being read, for the tests of linearity
}

// Marks that stand for words: boxes of a list of things to do, and signs that
// makers put in place of "not", "soon" and "under construction".
var signs = map[rune]string{
	'☐': "[ ]", '🔲': "[ ]", '▢': "[ ]",
	'☑': "[x]", '✅': "[x]", '✔': "[x]", '✓': "[x]",
	'❌': "❌", '✗': "❌", '✘': "❌", '❎': "❌", '✖': "❌", '✕': "❌", '🚫': "❌", '⛔': "❌",
	'🔜': "🔜", '🚧': "🚧",
}

// next moves to the next word and reports whether there is one.
func (l *lexer) next() bool {
	l.comma, l.breaks = false, false
	for l.at < len(l.text) {
		c := l.text[l.at]
		switch {
		case c >= utf8.RuneSelf:
			if l.wide() {
				return true
			}
		case isAlnum(c):
			if c == 'h' && l.skipURL() {
				return true
			}
			l.readWord()
			return true
		default:
			if l.mark(c) {
				return true
			}
		}
	}
	l.breaks = true
	return false
}

func isAlnum(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// mark reads one ASCII character that is neither letter nor digit, and reports
// whether it began a word (a check box).
func (l *lexer) mark(c byte) bool {
	l.at++
	switch c {
	case '\n':
		l.newline()
	case '.':
		if l.endsSentence() {
			l.breaks = true
		}
	case '?', ';', '|':
		l.breaks = true
	case '!':
		l.breaks = l.breaks || !l.has("[")
	case ',':
		l.comma = true
	case '#':
		if l.at-1 == l.lineStart {
			l.heading, l.breaks = true, true
		}
	case '`', '~':
		if l.has("``") || l.has("~~~") {
			l.breaks = true
		}
	case '[':
		return l.box()
	case ']':
		l.skipTarget()
	case '<':
		l.skipTag()
	case '&':
		l.skipEntity()
	}
	return false
}

func (l *lexer) has(s string) bool {
	return l.at+len(s) <= len(l.text) && string(l.text[l.at:l.at+len(s)]) == s
}

// box reads "[ ]" and "[x]", which say that something is still to be done, or
// was; the bracket of a link is nothing.
func (l *lexer) box() bool {
	if l.at+1 >= len(l.text) || l.text[l.at+1] != ']' || l.at+2 < len(l.text) && l.text[l.at+2] == '(' {
		return false
	}
	sign := ""
	switch l.text[l.at] {
	case ' ':
		sign = "[ ]"
	case 'x', 'X':
		sign = "[x]"
	default:
		return false
	}
	l.sign(sign, l.at-1, l.at+2)
	return true
}

func (l *lexer) sign(s string, start, end int) {
	l.word = append(l.word[:0], s...)
	l.start, l.end, l.at = start, end, end
}

// skipTarget leaves out the address of a link, "](address)". It looks no
// further than the next space or bracket, so that reading stays linear.
func (l *lexer) skipTarget() {
	if !l.has("(") {
		return
	}
	for i := l.at + 1; i < len(l.text); i++ {
		l.looks++
		switch l.text[i] {
		case ')':
			l.at = i + 1
			return
		case '(', '[', ']', ' ', '\n', '\t':
			l.at = i
			return
		}
	}
	l.at = len(l.text)
}

// skipTag leaves out an HTML tag; one that begins a block ends a sentence.
func (l *lexer) skipTag() {
	i := l.at
	if l.has("/") {
		i++
	}
	name := i
	for i < len(l.text) && isAlnum(l.text[i]) {
		i++
	}
	if i == name {
		return
	}
	switch strings.ToLower(string(l.text[name:min(i, name+10)])) {
	case "p", "br", "li", "ul", "ol", "td", "th", "tr", "table", "div", "hr", "h1", "h2", "h3", "h4", "h5", "h6",
		"summary", "details", "section", "article", "blockquote", "pre", "dd", "dt", "title":
		l.breaks = true
	}
	for ; i < len(l.text); i++ {
		l.looks++
		switch l.text[i] {
		case '>':
			l.at = i + 1
			return
		case '<':
			l.at = i
			return
		}
	}
	l.at = len(l.text)
}

// skipEntity leaves out "&nbsp;" and the like.
func (l *lexer) skipEntity() {
	i := l.at
	for i < len(l.text) && i-l.at < 9 && (isAlnum(l.text[i]) || l.text[i] == '#') {
		i++
	}
	if i > l.at && i < len(l.text) && l.text[i] == ';' {
		l.at = i + 1
	}
}

// skipURL reads a web address as one word that no phrase can name.
func (l *lexer) skipURL() bool {
	rest := l.text[l.at:]
	if !hasPrefix(rest, "http://") && !hasPrefix(rest, "https://") {
		return false
	}
	i := l.at
	for i < len(l.text) && l.text[i] < utf8.RuneSelf && !strings.ContainsRune(" \t\r\n<>()[]|\"'`*", rune(l.text[i])) {
		i++
	}
	l.looks += i - l.at
	for l.text[i-1] == '.' || l.text[i-1] == ',' || l.text[i-1] == ';' || l.text[i-1] == '!' || l.text[i-1] == '?' {
		i--
	}
	l.sign("://", l.at, i)
	return true
}

func hasPrefix(text []byte, s string) bool { return len(text) >= len(s) && string(text[:len(s)]) == s }

// newline decides whether a line's end is a sentence's end: it is before an
// empty line, a list entry, a heading, a table row or a block, and after a
// heading or a hard break. Otherwise the paragraph was only wrapped there.
func (l *lexer) newline() {
	if l.heading || l.at >= 3 && (string(l.text[l.at-3:l.at-1]) == "  " || l.text[l.at-2] == '\\') {
		l.breaks = true
	}
	l.heading, l.lineStart = false, l.at
	i := l.at
	for i < len(l.text) && (l.text[i] == ' ' || l.text[i] == '\t' || l.text[i] == '>' || l.text[i] == '\r') {
		i++
		l.looks++
	}
	l.at, l.lineStart = i, i
	if i >= len(l.text) || l.breaks {
		return
	}
	switch c := l.text[i]; c {
	case '\n', '#', '|', '=', '<':
		l.breaks = true
	case '-', '*', '+':
		l.breaks = i+1 < len(l.text) && (l.text[i+1] == ' ' || l.text[i+1] == c)
	case '`', '~':
		l.breaks = i+2 < len(l.text) && l.text[i+1] == c && l.text[i+2] == c
	case '[':
		l.breaks = i+2 < len(l.text) && l.text[i+2] == ']'
	default:
		l.breaks = numbered(l.text[i:]) || pictured(l.text[i:])
	}
}

// numbered reports whether a line begins as a numbered list entry does.
func numbered(line []byte) bool {
	i := 0
	for i < len(line) && i < 4 && line[i] >= '0' && line[i] <= '9' {
		i++
	}
	return i > 0 && i+1 < len(line) && (line[i] == '.' || line[i] == ')') && line[i+1] == ' '
}

// pictured reports whether a line begins with a bullet or a picture, as lists
// of news and of features do.
func pictured(line []byte) bool {
	if line[0] < utf8.RuneSelf {
		return false
	}
	r, _ := utf8.DecodeRune(line)
	return unicode.Is(unicode.So, r) || r == '•' || r == '●' || r == '▪' || r == '◦' || r == '・' || r == '※'
}

// abbreviations end with a point that ends no sentence. Single letters do too.
var abbreviations = map[string]bool{
	"al": true, "fig": true, "vs": true, "etc": true, "approx": true, "cf": true, "resp": true, "bzw": true, "ca": true,
	"inc": true, "ltd": true, "corp": true, "dr": true, "mr": true, "mrs": true, "prof": true, "eq": true, "sec": true,
	"tab": true, "ref": true, "refs": true, "figs": true, "eqs": true, "incl": true, "usw": true, "st": true,
	"dept": true,
	"jan":  true, "feb": true, "aug": true, "sept": true, "oct": true, "nov": true, "dec": true,
}

// endsSentence decides about the point that was just read.
func (l *lexer) endsSentence() bool {
	i := l.at
	for i < len(l.text) && i < l.at+8 && strings.IndexByte(".)\"'*_]`", l.text[i]) >= 0 {
		i++
		l.looks++
	}
	if i < len(l.text) && l.text[i] < utf8.RuneSelf && l.text[i] != '<' && l.text[i] > ' ' {
		return false // "README.md", "1.5", "torch.nn"
	}
	if l.end != l.at-1 {
		return true
	}
	single := len(l.word) == 1 && l.word[0] >= 'a' && l.word[0] <= 'z'
	return !single && !abbreviations[string(l.word)]
}

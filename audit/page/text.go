package page

import (
	"bytes"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"openness/audit"
	"openness/audit/pattern"
)

// A Sentence is one sentence of prose, or one table row.
type Sentence struct {
	Span    audit.Span // trimmed of white space
	Plain   string     // its text without marks, tags and addresses; white space collapsed
	Section int
	Kind    BlockKind
}

// Sentences yields the prose sentence by sentence, in reading order. They are cut
// once for a card.
func (c *Page) Sentences() iter.Seq[Sentence] {
	c.cut.Do(func() { c.sentences = lately(c, &cuts, c.findSentences) })
	return slices.Values(c.sentences)
}

func (c *Page) findSentences() []Sentence {
	var all []Sentence
	for s := range c.Spans() {
		if s.Plain = Plain(c.Text(s.Span)); s.Plain != "" {
			all = append(all, s)
		}
	}
	return all
}

// Spans yields where sentences stand, without their plain text, and what has none.
func (c *Page) Spans() iter.Seq[Sentence] {
	return func(yield func(Sentence) bool) {
		for _, b := range c.Blocks {
			for _, span := range c.split(b) {
				if !yield(Sentence{Span: span, Section: b.Section, Kind: b.Kind}) {
					return
				}
			}
		}
	}
}

// split cuts a block into sentences. A table row stays whole: its cells make
// sense together.
func (c *Page) split(b Block) []audit.Span {
	if b.Kind == Row {
		return []audit.Span{c.trim(b.Span)}
	}
	var spans []audit.Span
	start := b.Span.Start
	text := c.Source[:b.Span.End]
	for i := b.Span.Start; i < len(text); {
		if text[i] == '<' && c.hidden(i) {
			i += max(1, bytes.Index(text[i:], []byte("-->"))) // a remark ends no sentence
			continue
		}
		if c := text[i]; c < utf8.RuneSelf && c != '\n' && c != '.' && c != '!' && c != '?' {
			i++
			continue // most of what is read
		}
		r, size := utf8.DecodeRune(text[i:])
		i += size
		ends := endsSentence(text, b.Span.Start, i, r)
		if ends {
			for r < utf8.RuneSelf && i < len(text) && text[i] != ')' && strings.IndexByte(closers, text[i]) >= 0 {
				i++ // what closes with a sentence begins no other; behind a bracket one may go on
			}
		}
		if ends || r == '\n' && label.Match(text[i:]) {
			spans = append(spans, c.trim(audit.Span{Start: start, End: i}))
			start = i
		}
	}
	if rest := c.trim(audit.Span{Start: start, End: b.Span.End}); rest.End > rest.Start {
		spans = append(spans, rest)
	}
	return spans
}

// label matches a label in bold type at the start of a line, which begins a statement of its own.
var label = pattern.MustCompile(`^ {0,3}\*\*[^*\n:]{1,40}(?::\*\*|\*\* ?:)`)

// trim narrows a span to its text without white space around it.
func (c *Page) trim(s audit.Span) audit.Span {
	for s.Start < s.End && isSpace(c.Source[s.Start]) {
		s.Start++
	}
	for s.End > s.Start && isSpace(c.Source[s.End-1]) {
		s.End--
	}
	return s
}

func isSpace(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }

// closers are marks that close with a sentence.
const closers = `"')*_`

// endsSentence reports whether the rune r that ends at offset i closes a
// sentence that began at or after from.
func endsSentence(text []byte, from, i int, r rune) bool {
	switch r {
	case '。', '！', '？':
		return true
	case '!', '?', '.':
	default:
		return false
	}
	cited := false
	for i < len(text) && strings.IndexByte(closers, text[i]) >= 0 {
		cited = cited || text[i] == '"'
		i++
	}
	if i < len(text) && !isSpace(text[i]) {
		return false // "2.5", "example.org"
	}
	if cited && i+1 < len(text) && 'a' <= text[i+1] && text[i+1] <= 'z' {
		return false // what was cited ends, and the sentence goes on
	}
	return r != '.' || !abbreviated(text[from:i])
}

var abbreviation = pattern.MustCompile(`(?i)(?:^|[\s(\[*_"])(?:e\.g|i\.e|et al|vs|fig|eq|sec|tab|no|approx|resp|cf|dr` +
	`|prof|mr|ms|inc|ltd|st|[a-z]|\d{1,2})\.$`)

// abbreviated reports whether the text ends with an abbreviation's full stop.
func abbreviated(text []byte) bool {
	return abbreviation.Match(text[max(0, len(text)-12):])
}

var (
	imageMark = pattern.MustCompile(`!\[([^\]]*)\]\([^)\s]*[^)]*\)`)
	linkMark  = pattern.MustCompile(`\[((?:[^\[\]]|\[[^\]]*\])*)\]\([^)\s]*[^)]*\)`)
	htmlTag   = pattern.MustCompile(`</?[A-Za-z][^<>]*>|<!--.*?-->`)
	marks     = strings.NewReplacer("**", "", "__", "", "`", "", "|", " | ", "&nbsp;", " ", "&amp;", "&")
)

// Plain strips marks, tags and link addresses from a piece of Markdown and
// collapses white space, so that patterns see words. Underscores inside words
// stay: they belong to identifiers.
func Plain(markdown string) string {
	text := markdown
	if strings.Contains(text, "](") {
		text = imageMark.ReplaceAllString(text, "$1")
		text = linkMark.ReplaceAllString(text, "$1")
	}
	if strings.Contains(text, "<") {
		text = htmlTag.ReplaceAllString(text, " ")
	}
	if strings.ContainsAny(text, "*_`|&") {
		text = marks.Replace(text)
	}
	text = collapsed(text)
	return strings.TrimSpace(strings.TrimLeft(text, " #>-+•"))
}

// collapsed drops what shows nothing or is a mark, and makes one blank of all white space in a row.
func collapsed(text string) string {
	if !uneven(text) {
		return text
	}
	blank := false
	return strings.Map(func(r rune) rune {
		switch {
		case r == '*' || r == '\u200b' || r == utf8.RuneError:
			return -1
		case r != ' ' && !unicode.IsControl(r):
			blank = false
			return r
		case blank:
			return -1
		}
		blank = true
		return ' '
	}, text)
}

// uneven reports whether a text may hold any of that.
func uneven(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == '*' || c >= '\x7f' || c == ' ' && i > 0 && text[i-1] == ' ' {
			return true
		}
	}
	return false
}

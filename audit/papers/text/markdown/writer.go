// Package markdown writes the text of a paper as plain Markdown and finds its
// way in it again.
//
// In: headings, paragraphs, table rows, captions, footnotes and page breaks, in
// reading order. Out: one UTF-8 text in which every block is one line, and which
// is the same, byte for byte, whenever the same calls are made. The text is kept
// as a document of its own, so offsets into it are what a quote is cut by.
//
// Words of the paper never turn into mark-up: what would open a heading, a
// list, a table, a tag or a comment is written so that no Markdown reader takes
// it for one.
package markdown

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"openness/audit/pattern"
)

// MaxBytes bounds the text of one paper. The longest reports of model makers
// have less than one million characters.
const MaxBytes = 8 << 20

// MaxLevel is the deepest heading that Markdown has.
const MaxLevel = 6

// A Writer gathers the text. Its zero value is ready.
type Writer struct {
	text  strings.Builder
	full  bool
	table int // cells of the last row, while a table is open
}

// Full reports whether something was left out because the text reached MaxBytes.
func (w *Writer) Full() bool { return w.full }

// Bytes is the text so far.
func (w *Writer) Bytes() []byte { return []byte(w.text.String()) }

// Heading starts a section; level 1 is the title of the paper.
func (w *Writer) Heading(level int, title string) {
	if title = Clean(title); title != "" {
		w.block(strings.Repeat("#", min(max(level, 1), MaxLevel)) + " " + title)
	}
}

// Paragraph writes a paragraph as one line.
func (w *Writer) Paragraph(text string) {
	if text = Clean(text); text != "" {
		w.block(escapeStart(text))
	}
}

// Item writes one entry of a list.
func (w *Writer) Item(text string) {
	if text = Clean(text); text != "" {
		w.block("- " + escapeStart(text))
	}
}

// Footnote writes a footnote under its mark; without one it is a paragraph.
func (w *Writer) Footnote(mark, text string) {
	mark, text = strings.Map(keepMark, mark), Clean(text)
	switch {
	case text == "":
	case mark == "":
		w.Paragraph(text)
	default:
		w.block("[^" + mark + "]: " + text)
	}
}

func keepMark(r rune) rune {
	if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("*∗†‡§¶", r) {
		return r
	}
	return -1
}

// Row writes one row of a table. Rows that follow each other are one table, and
// its first row is its head.
func (w *Writer) Row(cells []string) {
	clean := make([]string, len(cells))
	some := false
	for i, c := range cells {
		clean[i] = strings.ReplaceAll(Clean(c), "|", "¦")
		some = some || clean[i] != ""
	}
	if !some {
		return
	}
	line := "| " + strings.Join(clean, " | ") + " |"
	if w.table == 0 {
		w.block(line)
		w.line("|" + strings.Repeat("---|", len(cells)))
	} else {
		w.line(line)
	}
	w.table = len(cells)
}

// EndTable ends a table, so that the next row opens another.
func (w *Writer) EndTable() { w.table = 0 }

// Page marks where page n begins.
func (w *Writer) Page(n int) { w.block(fmt.Sprintf("<!-- page %d -->", n)) }

// block writes a line with a blank line before it.
func (w *Writer) block(line string) {
	w.table = 0
	if w.text.Len() > 0 {
		w.line("")
	}
	w.line(line)
}

func (w *Writer) line(line string) {
	if w.full || w.text.Len()+len(line)+2 > MaxBytes {
		w.full = true
		return
	}
	w.text.WriteString(line)
	w.text.WriteByte('\n')
}

// Clean folds white space, drops what cannot be seen and parts what would be a
// tag or a comment: "<b" becomes "< b".
func Clean(text string) string {
	var out strings.Builder
	out.Grow(len(text))
	space, angle := true, false
	for _, r := range text {
		switch {
		case unicode.IsSpace(r) || r == '\u00a0':
			r = ' '
		case r == '\u00ad' || r == '\ufeff' || r >= '\u200b' && r <= '\u200f' || r >= '\u2060' && r <= '\u2064' ||
			unicode.IsControl(r):
			continue
		case r == utf8.RuneError || unicode.Is(unicode.Co, r) || unicode.Is(unicode.Cs, r):
			r = '\ufffd'
		}
		if r == ' ' {
			if !space {
				out.WriteByte(' ')
			}
			space, angle = true, false
			continue
		}
		if angle && (unicode.IsLetter(r) || r == '!' || r == '/' || r == '?') {
			out.WriteByte(' ')
		}
		out.WriteRune(r)
		space, angle = false, r == '<'
	}
	return strings.TrimRight(out.String(), " ")
}

var (
	opensBlock  = pattern.MustCompile("^(?:#{1,6}(?: |$)|[-+*•](?: |$)|>|\\||```|~~~|\\*\\*|__|\\[\\^)")
	opensNumber = pattern.MustCompile(`^(\d{1,9})([.)])( |$)`)
	opensRule   = pattern.MustCompile(`^(?:[-=~^*#+_] ?){3,}$`)
)

// escapeStart keeps the first characters of a paragraph from opening a block.
func escapeStart(text string) string {
	switch {
	case opensRule.MatchString(text), opensBlock.MatchString(text):
		return `\` + text
	case opensNumber.MatchString(text):
		return opensNumber.ReplaceAllString(text, `$1\$2$3`)
	}
	return text
}

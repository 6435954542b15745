package observe

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"openness/audit"
	"openness/audit/card"
)

// The form in which themes read a page.

// viewOf gives a page as the themes read it, of the same length: without what it
// says of siblings and others, and with each paragraph on one line, however it
// was wrapped. The second form, nil if it is the same, keeps what it says of siblings.
func (sp *speaker) viewOf(d *audit.Document) (view, kin []byte) {
	switch d.Kind {
	case audit.DocModelCard, audit.DocReadme, audit.DocProse:
	default:
		return d.Body, nil
	}
	body := bytes.Clone(d.Body)
	if len(body) > maxRead {
		blank(body[maxRead:])
	}
	c := card.Parse(body)
	inEnglish(c)
	unwrap(body, c)
	smallLetters(body, c)
	tags := append(toCome(c), sp.of(d, c).foreign(c)...)
	ofSibling := func(t tag) bool { return t.about == audit.AboutSibling }
	for _, t := range tags {
		if !ofSibling(t) {
			blank(body[t.Start:t.End])
		}
	}
	if !slices.ContainsFunc(tags, ofSibling) {
		return body, nil
	}
	kin = bytes.Clone(body)
	for _, t := range tags {
		blank(body[t.Start:t.End])
	}
	return body, kin
}

// maxRead bounds how much of one page is read, in bytes: no card is longer, and a
// page made to be endless must not hold up the others. What lies behind was not
// looked at.
const maxRead = 1_000_000

// blank overwrites a text with blanks and leaves its lines as they are.
func blank(text []byte) {
	for i, b := range text {
		if b != '\n' && b != '\r' {
			text[i] = ' '
		}
	}
}

// unwrap replaces the line breaks within paragraphs and items by blanks. A line
// that begins with a mark or a tag is left alone: it may be more than a
// continuation.
func unwrap(body []byte, c *card.Card) {
	for i, b := range body {
		if b == '\r' && i+1 < len(body) && body[i+1] == '\n' {
			body[i] = ' '
		}
	}
	for _, block := range c.Blocks {
		if block.Kind == card.Row {
			continue
		}
		text := body[block.Span.Start:block.Span.End]
		for i, b := range text {
			if b != '\n' {
				continue
			}
			if next := bytes.TrimLeft(text[i+1:], " \t\r"); len(next) > 0 && continues(next) {
				text[i] = ' '
			}
		}
	}
}

// continues reports whether a line goes on with the text of the line before it.
func continues(next []byte) bool {
	r, _ := utf8.DecodeRune(next)
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("(\"'“‘", r)
}

package document

import (
	"bytes"
	"strings"

	"openness/audit"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Weigh gives the worth of what holds, each more than all that stand before it.
func Weigh(conditions ...bool) int {
	worth := 0
	for weight, holds := range conditions {
		if holds {
			worth += 1 << weight
		}
	}
	return worth
}

// TuneTalk matches words for tuning.
var TuneTalk = pattern.MustCompile(`(?i)post-?train|fine-?tun|finetun|\bsft\b|\blora\b|\bdpo\b|\brlhf\b|微调`)

// IntroSentences are read to tell what a page is about.
const IntroSentences = 4

// TrainWord matches a word for training.
var TrainWord = pattern.MustCompile(`\b(train(ed|ing|s)?|pre-?train\w*|fine-?tun\w*)\b`)

// maxSaid is the length of the longest statement; what is longer is a list.
const maxSaid = 600

// Listing reports whether a passage lists files, links or contents and states
// nothing. A table's row may be long.
func Listing(p page.Passage) bool {
	return p.Kind != page.Row && len(p.Text) > maxSaid || strings.ContainsAny(p.Text, "├└│") || p.InContents()
}

// MaxRows is how many bytes of the rows below a table's head are quoted with it.
const MaxRows = 400

// WithRows is the span of a passage; a row is quoted with those below it, since
// the head of a table names what they give.
func WithRows(p page.Passage) audit.Span {
	span := p.Span
	if p.Kind != page.Row {
		return span
	}
	body, limit := p.Doc.Body, min(len(p.Doc.Body), p.Span.End+MaxRows)
	for {
		start := span.End + len(body[span.End:limit]) - len(bytes.TrimLeft(body[span.End:limit], " \t\r\n"))
		if row := bytes.Index(body[start:limit], []byte("</tr>")); row > 0 && bytes.HasPrefix(body[start:], []byte("<tr")) {
			span.End = start + row + len("</tr>")
			continue
		}
		end := bytes.IndexByte(body[start:limit], '\n')
		if end < 0 || bytes.IndexByte(body[start:start+end], '|') < 0 || page.Apart(body[span.End:start]) {
			return span
		}
		span.End = start + len(bytes.TrimRight(body[start:start+end], " \t\r"))
	}
}

// ServesOnly matches a command that runs or measures a model, or a service.
var ServesOnly = pattern.MustCompile(`(?i)\b(?:serve|server|infer\w*|eval\w*|demo|chat)\b`)

// CallsModel matches a line of a program that loads a model, or that names the one
// to be loaded.
var CallsModel = phrases.ExpressionOf("document.calls-model")

// ImageMark matches a picture in Markdown.
var ImageMark = pattern.MustCompile(`!\[[^\]]*\]\([^)]*\)`)

// TitleWords is how many words a link's label has at least that gives a title.
const TitleWords = 4

// Barely reports whether a quote is a link or a row of them, with badges or without,
// and no word beside them.
func Barely(quote string) bool {
	text := ImageMark.ReplaceAllString(strings.TrimSpace(quote), "")
	return LinkOnly.MatchString(text) || strings.Count(text, "<a ") >= linkBar &&
		!Letter.MatchString(notWords.ReplaceAllString(text, ""))
}

// linkBar is how many links make a bar of them, whose labels say where each leads.
const linkBar = 3

var (
	// LinkOnly matches what is nothing but links.
	LinkOnly = pattern.MustCompile(`^\W*(?:\[+[^\]]*\]+\([^)]*\)|<[^>]*>|https?://\S+|\W)+$`)
	// notWords matches links with their labels, other marks of HTML, and characters by name.
	notWords = pattern.MustCompile(`<a\s(?s:.*?)</a>|<[^>]*>|&\w+;?`)
	// Letter matches a letter of any script.
	Letter = pattern.MustCompile(`\pL`)
)

// Gap matches what a reader must fill in before a command names any model.
var Gap = pattern.MustCompile(`\{\w+\}|\[path/to/|<[\w-]+>|/path/to/`)

// NewsItem matches an entry of a list of news, by its date.
var NewsItem = phrases.ExpressionOf("document.news-item")

// HTMLTag matches a mark of HTML.
var HTMLTag = pattern.MustCompile(`<[^<>]*>`)

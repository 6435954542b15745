package sources

import (
	"bytes"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// keyOf matches the key of an object before its value: "false" means nothing without
// "gated".
var keyOf = pattern.MustCompile(`"\w+"\s*:\s*$`)

// WithKey is where the key begins of a value of an object, or the offset itself.
func WithKey(body []byte, at int) int {
	if key := keyOf.FindIndex(body[max(0, at-longKey):at]); key != nil {
		return at - (key[1] - key[0])
	}
	return at
}

// longKey bounds such a key.
const longKey = 40

// fences lists the blocks of code of a page as it was served.
func (in *Set) fences(d *audit.Document) []page.CodeBlock {
	return in.fenced.Of(d, func(d *audit.Document) []page.CodeBlock {
		if body := in.ServedBody(d); bytes.Contains(body, []byte("```")) {
			return page.Parse(body).Code
		}
		return nil
	})
}

// shortItem is the length up to which an item of a list needs what introduces it.
const shortItem = 120

// Introduced is where a quote on a fact begins together with what introduces it, or
// where it began.
func (in *Set) Introduced(d *audit.Document, body []byte, quote audit.Span, fact string) int {
	text := body[quote.Start:quote.End]
	from, longest := quote.Start, page.LongQuote
	switch item := len(text) < shortItem && page.IsItem(text); {
	case bytes.HasPrefix(text, []byte("|")):
		from, longest = page.HeadOfTable(body, quote.Start), page.LongestPassage
	case item && (strings.HasPrefix(fact, "docs.") || strings.HasPrefix(fact, "data.") ||
		strings.HasPrefix(fact, "weights.")):
		from = page.HeadOfList(body, quote.Start)
		if head := page.Line(body, from); strings.HasPrefix(fact, "data.") && ofData.Match(body[head.Start:head.End]) {
			longest = page.LongestPassage
		}
	case strings.HasPrefix(fact, "code."), strings.HasPrefix(fact, "weights."):
		blocks := in.fences(d)
		if i := slices.IndexFunc(blocks, func(c page.CodeBlock) bool {
			return c.Body.Start <= quote.Start && quote.End <= c.Body.End
		}); i >= 0 {
			fence := page.FenceStart(body, blocks[i].Body.Start)
			above := page.Above(body, fence)
			if above < fence && !(strings.HasPrefix(fact, "code.training.") && otherPurpose(body[above:fence])) {
				from = above
			}
			if lead := body[above:fence]; strings.HasPrefix(fact, "weights.") && saysHow(lead) ||
				strings.HasPrefix(fact, "code.") && document.TrainWord.Match(bytes.ToLower(lead)) {
				longest = page.LongestPassage
			}
		}
	}
	if quote.End-from > longest {
		return quote.Start
	}
	return from
}

// ofData matches a line that says of a list that it is of data or of a training.
var ofData = pattern.MustCompile(`(?i)\bdata\w*|\bcorp(?:us|ora)\b|\btrain\w*|\btun\w+|数据|训练`)

// saysHow reports whether what stands above a program says what it is for: a heading, a
// line with a colon, or how the model is run or had. Such a line is worth a longer quote.
func saysHow(text []byte) bool {
	return page.Introduces(bytes.TrimSpace(text)) || toRun.Match(text)
}

// toRun matches words for having or running a model.
var toRun = phrases.ExpressionOf("sources.to-run")

// otherPurpose reports whether what introduces a command is on measuring or running a
// model, and has no word of training: many such lines were copied from another page.
func otherPurpose(text []byte) bool {
	return document.ServesOnly.Match(text) && !document.TrainWord.Match(bytes.ToLower(text)) &&
		!document.TuneTalk.Match(text)
}

// Said is the sentence, item or row around an offset of a page, or in text that
// is no prose the line: what a reader needs to see to be convinced.
func (in *Set) Said(d *audit.Document, at int) audit.Span {
	p, ok := in.PassageAt(d, at)
	switch {
	case !ok:
		return page.Line(d.Body, at)
	case p.Span.End-p.Span.Start > page.LongestSentence:
		return page.Clip(d.Body, p.Span, at)
	}
	return p.Span
}

package observe

import (
	"bytes"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/page"
	"openness/audit/pattern"
)

// A command, a row of a table or an item of a list says little alone: what it is of
// stands above it. "python train.py" below "Reproduce the pre-training" shows what it
// trains, a row its columns below the table's head, "8 A100" what they did below
// "Training procedure". Such a quote is widened upwards to what introduces it, as far
// as the whole is still read at a glance.

// inContext widens the quotes that need what stands above them.
func (in *input) inContext(found []audit.Observation) {
	for i := range found {
		o := &found[i]
		if o.Finding != audit.Present || o.Quote == "" {
			continue
		}
		d := in.document(o)
		if d == nil {
			continue
		}
		body := in.servedBody(d)
		if o.End > len(body) || o.End-o.Start > page.LongQuote {
			continue
		}
		if !prosePage(d) {
			if key := keyOf.FindIndex(body[max(0, o.Start-longKey):o.Start]); key != nil {
				o.Start -= key[1] - key[0]
				o.Quote = string(body[o.Start:o.End])
			}
			continue
		}
		if start := in.introduced(d, body, audit.Span{Start: o.Start, End: o.End}, o.Fact); start < o.Start {
			o.Start, o.Quote = start, string(body[start:o.End])
		}
	}
}

// keyOf matches the key of an object before its value: "false" means nothing without
// "gated".
var keyOf = pattern.MustCompile(`"\w+"\s*:\s*$`)

// longKey bounds such a key.
const longKey = 40

// fences lists the blocks of code of a page as it was served.
func (in *input) fences(d *audit.Document) []page.CodeBlock {
	if blocks, ok := in.fenced[d]; ok {
		return blocks
	}
	var blocks []page.CodeBlock
	if body := in.servedBody(d); bytes.Contains(body, []byte("```")) {
		blocks = page.Parse(body).Code
	}
	in.fenced[d] = blocks
	return blocks
}

// shortItem is the length up to which an item of a list needs what introduces it.
const shortItem = 120

// introduced is where a quote on a fact begins together with what introduces it, or
// where it began.
func (in *input) introduced(d *audit.Document, body []byte, quote audit.Span, fact string) int {
	text := body[quote.Start:quote.End]
	from := quote.Start
	switch item := len(text) < shortItem && page.IsItem(text); {
	case bytes.HasPrefix(text, []byte("|")):
		from = page.HeadOfTable(body, quote.Start)
	case item && (strings.HasPrefix(fact, "docs.") || strings.HasPrefix(fact, "data.") ||
		strings.HasPrefix(fact, "weights.")):
		from = page.HeadOfList(body, quote.Start)
	case strings.HasPrefix(fact, "code."), strings.HasPrefix(fact, "weights."):
		blocks := in.fences(d)
		if i := slices.IndexFunc(blocks, func(c page.CodeBlock) bool {
			return c.Body.Start <= quote.Start && quote.End <= c.Body.End
		}); i >= 0 {
			fence := page.FenceStart(body, blocks[i].Body.Start)
			if start := page.Above(body, fence); start < fence && !(strings.HasPrefix(fact, "code.training.") &&
				otherPurpose(body[start:fence])) {
				from = start
			}
		}
	}
	if quote.End-from > page.LongQuote {
		return quote.Start
	}
	return from
}

// otherPurpose reports whether what introduces a command is on measuring or running a
// model, and has no word of training: many such lines were copied from another page.
func otherPurpose(text []byte) bool {
	return servesOnly.Match(text) && !trainWord.Match(bytes.ToLower(text)) && !tuneTalk.Match(text)
}

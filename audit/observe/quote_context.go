package observe

import (
	"bytes"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/card"
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
		if o.End > len(body) || o.End-o.Start > longQuote {
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
func (in *input) fences(d *audit.Document) []card.CodeBlock {
	if blocks, ok := in.fenced[d]; ok {
		return blocks
	}
	var blocks []card.CodeBlock
	if body := in.servedBody(d); bytes.Contains(body, []byte("```")) {
		blocks = card.Parse(body).Code
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
	switch {
	case bytes.HasPrefix(text, []byte("|")):
		from = headOfTable(body, quote.Start)
	case strings.HasPrefix(fact, "code."), strings.HasPrefix(fact, "weights."):
		blocks := in.fences(d)
		if i := slices.IndexFunc(blocks, func(c card.CodeBlock) bool { return c.Body.Start <= quote.Start && quote.End <= c.Body.End }); i >= 0 {
			fence := fenceStart(body, blocks[i].Body.Start)
			if start := above(body, fence); start < fence && !(strings.HasPrefix(fact, "code.training.") && otherPurpose(body[start:fence])) {
				from = start
			}
		}
	case len(text) < shortItem && itemMark.Match(text) && (strings.HasPrefix(fact, "docs.") || strings.HasPrefix(fact, "data.")):
		from = headOfList(body, quote.Start)
	}
	if quote.End-from > longQuote {
		return quote.Start
	}
	return from
}

var (
	// itemMark matches the beginning of an item of a list.
	itemMark = pattern.MustCompile(`^\s*(?:[-*+•]|\d+[.)])\s`)
	// introduces matches a line that introduces what stands below it: a heading, a bold
	// line, or one that ends with a colon.
	introduces = pattern.MustCompile(`^\s*(?:#{1,6}\s|\*\*[^*]+\*\*:?\s*$|__[^_]+__:?\s*$|.*[:：]\*{0,2}\s*$)`)
	// closesBlock matches a line that says nothing: the end of a block, markup alone.
	closesBlock = pattern.MustCompile("^\\s*(?:```|~~~|---|</?\\w+[^>]*>\\s*$)")
)

// fenceStart is where the line of the fence above the body of a block begins.
func fenceStart(body []byte, at int) int {
	if at == 0 {
		return 0
	}
	return bytes.LastIndexByte(body[:at-1], '\n') + 1
}

// lineAbove is the line above the one that begins at an offset; false at the top of
// the page.
func lineAbove(body []byte, at int) (audit.Span, bool) {
	if at == 0 {
		return audit.Span{}, false
	}
	return audit.Span{Start: bytes.LastIndexByte(body[:at-1], '\n') + 1, End: at - 1}, true
}

// above is where the line begins that introduces what starts at an offset: the next
// one above that is not empty, of words of its own.
func above(body []byte, at int) int {
	for next := at; ; {
		l, ok := lineAbove(body, next)
		text := bytes.TrimSpace(body[l.Start:l.End])
		switch {
		case !ok || at-l.Start > longQuote || len(text) > 0 && closesBlock.Match(text):
			return at
		case len(text) > 0:
			return beginOfText(body, l, at)
		}
		next = l.Start
	}
}

// beginOfText is where the text begins that a line is of: where a sentence goes on from
// the lines above, it is taken from its beginning as far as a quote goes.
func beginOfText(body []byte, l audit.Span, at int) int {
	for first := l; ; {
		text := bytes.TrimLeft(body[first.Start:first.End], " \t")
		if !halfBegin.Match(text) {
			return first.End - len(text)
		}
		up, ok := lineAbove(body, first.Start)
		if above := bytes.TrimSpace(body[up.Start:up.End]); !ok || at-up.Start > longQuote || len(above) == 0 || closesBlock.Match(above) {
			break
		}
		first = up
	}
	return l.End - len(bytes.TrimLeft(body[l.Start:l.End], " \t"))
}

// otherPurpose reports whether what introduces a command is on measuring or running a
// model, and has no word of training: many such lines were copied from another page.
func otherPurpose(text []byte) bool {
	return servesOnly.Match(text) && !trainWord.Match(bytes.ToLower(text)) && !tuneTalk.Match(text)
}

// headOfTable is where the first row of the table begins that a row is of.
func headOfTable(body []byte, at int) int {
	from := at
	for {
		l, ok := lineAbove(body, from)
		if !ok || at-l.Start > longQuote || !bytes.HasPrefix(bytes.TrimSpace(body[l.Start:l.End]), []byte("|")) {
			return from
		}
		from = l.Start
	}
}

// headOfList is where the line begins that introduces a list, or the item itself
// where prose stands between the two: its sentences would be quoted as well.
func headOfList(body []byte, at int) int {
	for next := at; ; {
		l, ok := lineAbove(body, next)
		text := bytes.TrimSpace(body[l.Start:l.End])
		switch {
		case !ok || at-l.Start > longQuote:
			return at
		case len(text) > 0 && introduces.Match(text) && !itemMark.Match(text):
			return l.Start
		case len(text) > 0 && !itemMark.Match(text):
			return at
		}
		next = l.Start
	}
}

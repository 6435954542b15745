package observe

import (
	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/observe/weights"
	"openness/audit/observe/whose"
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
		d := in.Document(o)
		if d == nil {
			continue
		}
		body := in.ServedBody(d)
		if o.End > len(body) || o.End-o.Start > page.LongQuote {
			continue
		}
		if !document.ProsePage(d) {
			o.Start = sources.WithKey(body, o.Start)
			o.Quote = string(body[o.Start:o.End])
			continue
		}
		if start := in.Introduced(d, body, audit.Span{Start: o.Start, End: o.End}, o.Fact); start < o.Start {
			o.Start, o.Quote = start, string(body[start:o.End])
		}
		if promisesList.MatchString(o.Quote) {
			id := in.weights.OfferedID(o.Fact)
			o.End = page.ListBelow(body, o.End, func(item []byte) int {
				return 2*weights.Weight(weights.NamesWhole(string(item),
					id)) + weights.Weight(whose.Bears(string(item), in.Speaker.Own))
			})
			o.Quote = string(body[o.Start:o.End])
		}
	}
}

// promisesList matches a text that ends with a colon: what it speaks of stands below.
var promisesList = pattern.MustCompile(`[:：]\W{0,4}$`)

package observe

import (
	"slices"

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

// maxWholes bounds the quotes with which one is compared.
const maxWholes = 40

// withoutParts leaves out the quotes of a fact that are parts of others on the same page, which show no more: of two
// that begin at the same word, as the lists of front matter do, the longer stands, if it is read at a glance, and
// else the one that convinces more.
func withoutParts(found []audit.Observation) []audit.Observation {
	type said struct{ fact, value, url, sha, note string }
	kept, out := make(map[said][]int), found[:0]
	for _, o := range found {
		if o.Finding != audit.Present || o.Quote == "" {
			out = append(out, o)
			continue
		}
		key := said{o.Fact, o.Value, o.URL, o.SHA256, o.Note}
		at := slices.IndexFunc(kept[key], func(i int) bool {
			p := out[i]
			return p.Start <= o.Start && o.End <= p.End || o.Start <= p.Start && p.End <= o.End
		})
		if at >= 0 {
			if p := &out[kept[key][at]]; o.Start == p.Start && o.End > p.End && o.End-o.Start <= page.LongQuote {
				*p = o
			}
			continue
		}
		if len(kept[key]) < maxWholes {
			kept[key] = append(kept[key], len(out))
		}
		out = append(out, o)
	}
	return out
}

// promisesList matches a text that ends with a colon: what it speaks of stands below.
var promisesList = pattern.MustCompile(`[:：]\W{0,4}$`)

package sources

import (
	"openness/audit"
	"openness/audit/page"
)

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

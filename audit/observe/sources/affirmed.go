package sources

import (
	"bytes"

	"openness/audit"
	"openness/audit/page"
	"openness/audit/phrases"
)

// Affirmed is a page without what it says to be withheld or given on request:
// what is left tells how the model was made.
func (in *Set) Affirmed(d *audit.Document) []byte {
	if body, known := in.affirms[d]; known {
		return body
	}
	body := d.Body
	for _, p := range in.Prose(d) {
		text := string(d.Body[p.Span.Start:p.Span.End])
		clause, until := phrases.Clauses(text), 0
		for _, m := range phrases.Modes([]byte(text)) {
			if mode := audit.Mode(m.Phrase.Value); mode != audit.DeniedMode && mode != audit.Conditional {
				continue
			}
			if &body[0] == &d.Body[0] {
				body = bytes.Clone(body)
			}
			if start, end := clause(m.Start); end > until { // else its clause is blank already
				page.Blank(body[p.Span.Start+start : p.Span.Start+end])
				until = end
			}
		}
	}
	in.affirms[d] = body
	return body
}

package check

import (
	"fmt"
	"strings"

	"openness/audit"
)

// What the message of a requirement leaves unsaid: where to look next.

// Explain adds to the messages of a model's requirements what a reader is to do: of a
// condition who tells what it is, of several demands that one clause fails that it is one,
// and of what is not settled where it would stand.
func Explain(m *CheckedModel) {
	var failed []*CheckedRequirement
	for i := range m.Requirements {
		q := &m.Requirements[i]
		switch q.Outcome {
		case OutcomeViolated:
			for _, before := range failed {
				if sameClause(q.shown(), before.shown()) {
					q.Message += fmt.Sprintf(" It is the clause that %s fails by.", before.ID)
					break
				}
			}
			failed = append(failed, q)
			if o := q.shown(); o != nil && o.Value == "conditional" {
				q.Message += fmt.Sprintf(" The conditions: openness obligations %s; "+
					"whether a company meets them: openness deploy.", m.Model)
			}
		case OutcomeUndetermined:
			if o := q.unread(); o != nil {
				q.Message += fmt.Sprintf(" Look at %s: %s.", o.URL, strings.TrimSuffix(o.Note, "."))
			}
		}
	}
}

// sameClause reports whether two observations quote the same words.
func sameClause(a, b *audit.Observation) bool {
	return a != nil && b != nil && a.Quote != "" && a.Quote == b.Quote && a.Start == b.Start && a.SHA256 == b.SHA256
}

// unread is what was not read, or could not be understood, of what a requirement hangs
// on; nil where everything was.
func (q *CheckedRequirement) unread() *audit.Observation {
	for i := range q.Observations {
		o := &q.Observations[i]
		if o.Finding != audit.Present && o.Finding != audit.NotThere && o.URL != "" && o.Note != "" {
			return o
		}
	}
	return nil
}

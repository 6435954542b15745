package rubric

import (
	"fmt"
	"slices"
	"strings"

	"openness/audit"
)

// disputed are the statements that differ on one fact of the rule by which a demand is met,
// where one of them alone would not meet it. The merged value takes the better
// of two statements on licences and the looser of two on gates is not known to
// be the right one: whoever relies on it relies on a guess.
func (r *Rubric) disputed(d *Dimension, met *Rule, observations []audit.Observation) []audit.Observation {
	for _, fact := range met.Facts {
		if !termFact(fact) {
			continue
		}
		values := valuesOf(fact, observations)
		if len(values) < 2 {
			continue
		}
		for _, v := range values {
			alone := slices.DeleteFunc(slices.Clone(observations), func(o audit.Observation) bool {
				return o.Fact == fact && o.Finding == audit.Present && o.Value != v
			})
			if r.outcome(d, alone).class() != Open {
				return firstOfEach(fact, values, observations)
			}
		}
	}
	return nil
}

// termFact tells the facts whose values are statements that must not differ:
// terms of licences, and what stands before a download. Of others the fullest
// statement counts: a list of sources does not contradict a description.
func termFact(name string) bool {
	return strings.HasPrefix(name, "license.") && !strings.HasPrefix(name, contradiction) ||
		strings.HasSuffix(name, ".gate")
}

// valuesOf lists the values that were observed of a fact, in order.
func valuesOf(fact string, observations []audit.Observation) []string {
	var values []string
	for i := range observations {
		o := &observations[i]
		if o.Fact == fact && o.Finding == audit.Present && !slices.Contains(values, o.Value) {
			values = append(values, o.Value)
		}
	}
	return values
}

func firstOfEach(fact string, values []string, observations []audit.Observation) []audit.Observation {
	var first []audit.Observation
	for _, v := range values {
		first = append(first, observations[slices.IndexFunc(observations, func(o audit.Observation) bool {
			return o.Fact == fact && o.Finding == audit.Present && o.Value == v
		})])
	}
	return first
}

// dispute leaves a demand that would be met undetermined, with the statements
// that differ as its evidence.
func (f *Finding) dispute(against []audit.Observation) {
	var said []string
	for _, o := range against {
		said = append(said, fmt.Sprintf("%q", o.Value))
	}
	f.leaveOpen(fmt.Sprintf("Not settled: statements differ on %s (%s).", against[0].Fact, strings.Join(said, ", ")))
	f.Judgement.Observations = append(against, f.Judgement.Observations...)
}

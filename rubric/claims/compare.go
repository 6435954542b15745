package claims

import (
	"fmt"
	"strings"
	"time"

	"openness/audit"
	"openness/rubric"
)

// Superlatives and comparisons are held against what is stored. That can find
// an example to the contrary; it cannot show that there is none elsewhere.

// notStored says how far a superlative was looked into.
const notStored = "models that are not stored were not looked at."

// unique judges "the only" and "the first".
func (k *Checker) unique(c *Claim, model Model, at time.Time, p *Part) (rubric.Verdict, string) {
	var own Part
	if v, reason := verdictOf(c.Value, "", false, model.Observations, &own); v == rubric.Refuted {
		return flip(rubric.Refuted, c.Denied), fmt.Sprintf("It is not %s itself: %s", c.Value, reason)
	}
	others := 0
	for _, m := range k.Library.Models() {
		if m.ID == model.ID || k.tooEarly(m, at) != "" {
			continue
		}
		others++
		if c.Predicate == "first" && (m.Released == "" || model.Released == "" || !before(m.Released, model.Released)) {
			continue
		}
		var other Part
		if v, _ := verdictOf(c.Value, "", false, m.Observations, &other); v == rubric.Supported {
			p.Observations = append(p.Observations, other.Observations...)
			when := ""
			if c.Predicate == "first" {
				when = fmt.Sprintf(" and was released on %s, before %s", m.Released, model.Released)
			}
			return flip(rubric.Refuted, c.Denied), fmt.Sprintf("%s is %s too%s.", m.ID, c.Value, when)
		}
	}
	return rubric.Unverifiable, fmt.Sprintf("None of the %d other stored models is known to be so%s; "+notStored,
		others, map[string]string{"first": " and to have come earlier"}[c.Predicate])
}

// before reports whether one date is earlier than another, as far as both tell.
func before(a, b string) bool {
	n := min(len(a), len(b))
	return strings.Compare(a[:n], b[:n]) < 0
}

// A span of points that a model may have under the index.
type span struct{ low, high float64 }

// points is what a model's openness may come to under the index: with what is
// undetermined counted as closed, and as open.
func points(observations []audit.Observation) span {
	s := rubric.OpenSource().Index.Judge(observations).Score
	return span{s.Strict, s.Strict + s.Max*(1-s.Coverage)}
}

// compare judges "more open than Y", "less open than Y" and "the most open".
func (k *Checker) compare(c *Claim, model Model, at time.Time) (rubric.Verdict, string) {
	index := rubric.OpenSource().Index.ID
	own := points(model.Observations)
	if c.Value == "all" {
		others := 0
		for _, m := range k.Library.Models() {
			if m.ID == model.ID || k.tooEarly(m, at) != "" {
				continue
			}
			others++
			if its := points(m.Observations); its.low > own.high {
				return flip(rubric.Refuted, c.Denied), fmt.Sprintf("Under %s, %s has at least %.3g points and %s at most %.3g.",
					index, m.ID, its.low, model.ID, own.high)
			}
		}
		return rubric.Unverifiable, fmt.Sprintf("Under %s, none of the %d other stored models has surely more points; "+notStored,
			index, others)
	}
	than, ok := k.Library.Model(c.Than, at)
	if !ok {
		return rubric.Unverifiable, fmt.Sprintf("Nothing is stored of %s.", c.Than)
	}
	if reason := k.tooEarly(than, at); reason != "" {
		return rubric.Unverifiable, reason
	}
	other := points(than.Observations)
	reason := fmt.Sprintf("Of what is stored, under %s: %s has %s points, %s has %s.", index, model.ID, own, than.ID, other)
	if c.Less {
		own, other = other, own
	}
	switch {
	case own.low > other.high:
		return flip(rubric.Supported, c.Denied), reason
	case own.high <= other.low:
		return flip(rubric.Refuted, c.Denied), reason
	}
	return rubric.Unverifiable, reason + " The two overlap."
}

func (s span) String() string {
	if s.low == s.high {
		return fmt.Sprintf("%.3g", s.low)
	}
	return fmt.Sprintf("%.3g to %.3g", s.low, s.high)
}

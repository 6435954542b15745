package rubric

import (
	"cmp"
	"slices"
)

// What is said of a judgement that is not settled: between which classes it stands, and what it hangs on, in words
// that a reader knows; the names of the facts stand beside it (Judgement.Unknown).

// question says between which classes an outcome is not settled, and for want of what.
func (c *judging) question(o *outcome) *openQuestion {
	q := &openQuestion{}
	most := want(0)
	reason := []byte("Not settled between ")
	between := len(reason)
	for _, class := range []Class{Open, Partial, Closed} {
		if slices.Contains(o.classes, class) {
			if len(reason) > between {
				reason = append(reason, " and "...)
			}
			reason = append(reason, class...)
		}
	}
	reason = append(reason, ": "...)
	for from, to := 0, 0; from < len(o.facts); from = to {
		if from > 0 {
			reason = append(reason, "; "...)
		}
		to = c.alike(o.facts, from)
		for n, i := range o.facts[from:to] {
			if n > 0 {
				reason = append(reason, joint(n, to-from)...)
			}
			q.unknown = append(q.unknown, c.names[i])
			reason = append(reason, cmp.Or(c.facts[i].Label, c.names[i])...)
		}
		why := c.why(o.facts[from])
		most = max(most, why)
		reason = append(append(reason, ' '), wantWords[why][min(to-from, 2)-1]...)
		if s := c.state(o.facts[from]); s.known { // found, and a source of it that may say more was lost
			reason = append(append(append(reason, " (read so far: "...), cmp.Or(s.words(), "none named")...), ')')
		}
	}
	q.unknown, q.cause = slices.Clip(q.unknown), causes[most]
	q.reason = string(append(reason, '.'))
	return q
}

// alike is the end of the facts that one clause tells of: those that hang on the same, and of which nothing was found.
func (c *judging) alike(facts []int, from int) int {
	to := from + 1
	for !c.state(facts[from]).known && to < len(facts) && c.why(facts[to]) == c.why(facts[from]) &&
		!c.state(facts[to]).known {
		to++
	}
	return to
}

// joint is what stands before the n-th of several things in a row.
func joint(n, of int) string {
	if n == of-1 {
		return " and "
	}
	return ", "
}

// wantWords say of one fact, and of several, why they are not known.
var wantWords = [...][2]string{
	wantCapture: {"hangs on a source that was not looked at", "hang on sources that were not looked at"},
	wantAccess:  {"hangs on a source that was refused to us", "hang on sources that were refused to us"},
	wantReading: {"hangs on a source that could not be read", "hang on sources that could not be read"},
	wantSense:   {"hangs on words that were read and not understood", "hang on words that were read and not understood"},
	wantSaid:    {"is not spoken of in what was read", "are not spoken of in what was read"},
}

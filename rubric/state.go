package rubric

import (
	"slices"
	"strconv"
	"strings"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"openness/audit"
)

// A value is one value of a fact, for CEL and for sentences.
type value struct {
	cel  ref.Val
	text string
	rank float64 // order among the values of an enum, int or float
	base bool    // the value that absence gives
}

// domainOf lists every value that a fact can have, or nil.
func domainOf(f audit.Fact) []value {
	switch f.Type {
	case audit.BoolFact:
		return []value{{cel: types.False, text: "false", base: true}, {cel: types.True, text: "true", rank: 1}}
	case audit.EnumFact:
		var all []value
		for i, v := range f.Values {
			all = append(all, value{cel: types.String(v), text: v, rank: float64(i), base: i == 0})
		}
		return all
	}
	return nil
}

// absent is the value of a fact whose sources were read in vain.
func (l *language) absent(i int) value {
	if domain := l.domains[i]; domain != nil {
		return domain[0]
	}
	switch l.facts[i].Type {
	case audit.IntFact:
		return value{cel: types.IntZero, text: "0", base: true}
	case audit.FloatFact:
		return value{cel: types.Double(0), text: "0", base: true}
	case audit.ListFact:
		return value{cel: stringList(nil), base: true}
	}
	return value{cel: types.String(""), base: true}
}

// read turns the text of an observation into a value of fact i; ok is false
// for a text that is none.
func (l *language) read(i int, text string) (v value, ok bool) {
	if domain := l.domains[i]; domain != nil {
		for _, v := range domain {
			if v.text == text {
				return v, true
			}
		}
		return value{}, false
	}
	switch l.facts[i].Type {
	case audit.IntFact:
		n, err := strconv.ParseInt(text, 10, 64)
		return value{cel: types.Int(n), text: text, rank: float64(n), base: n == 0}, err == nil
	case audit.FloatFact:
		x, err := strconv.ParseFloat(text, 64)
		return value{cel: types.Double(x), text: text, rank: x, base: x == 0}, err == nil && x == x
	}
	return value{cel: types.String(text), text: text, base: text == ""}, true
}

func stringList(items []string) ref.Val { return types.NewStringList(types.DefaultTypeAdapter, items) }

// A factState is what the observations say of one fact, together.
type factState struct {
	value
	known bool
	cause Cause // why it is not known
	// doubt is why more may be to be found than what is known: a source that
	// could have said so was not looked at. Empty where nothing can be added.
	doubt Cause
	// observed lists the fact's observations, as positions among those judged
	observed []int
}

// states merges the observations fact by fact: any that is present gives the
// value; else one that could not be looked at makes the fact unknown; else
// reading in vain gives the value of absence; else nothing was captured.
func (l *language) states(observations []audit.Observation) []factState {
	states := make([]factState, len(l.facts))
	l.sort(states, observations)
	spoke := l.spoke(states, observations)
	var present []value // scratch for merge
	for i := range states {
		present = l.merge(i, &states[i], observations, present[:0])
		if s := &states[i]; !s.known && len(s.observed) == 0 && slices.Contains(spoke, l.facts[i].Observer) {
			s.cause = CauseNothingSaid
		}
	}
	return states
}

// sort hands every fact its observations, in order, out of one slice.
// Observations of facts that another version of the table had are left out.
func (l *language) sort(states []factState, observations []audit.Observation) {
	of := make([]int, len(observations)) // fact of each observation, or -1
	counts := make([]int, len(states))
	for at := range observations {
		i, ok := l.index[observations[at].Fact]
		if !ok {
			i = -1
		} else {
			counts[i]++
		}
		of[at] = i
	}
	all, from := make([]int, len(observations)), 0
	for i, n := range counts {
		states[i].observed = all[from : from : from+n]
		from += n
	}
	for at, i := range of {
		if i >= 0 {
			states[i].observed = append(states[i].observed, at)
		}
	}
}

// spoke lists the observers that read any source.
func (l *language) spoke(states []factState, observations []audit.Observation) []string {
	var names []string
	for i := range states {
		if slices.Contains(names, l.facts[i].Observer) {
			continue
		}
		if slices.ContainsFunc(states[i].observed, func(at int) bool { return observations[at].Finding.Known() }) {
			names = append(names, l.facts[i].Observer)
		}
	}
	return names
}

// merge sets the state of fact i from its observations. It returns present, a
// scratch slice, for use with the next fact.
func (l *language) merge(i int, s *factState, observations []audit.Observation, present []value) []value {
	notThere := false
	s.cause = CauseNotCaptured
	for _, at := range s.observed {
		switch o := &observations[at]; o.Finding {
		case audit.Present:
			if v, ok := l.read(i, o.Value); ok {
				present = append(present, v)
			} else {
				s.cause = worse(s.cause, CauseUnreadable)
			}
		case audit.NotThere:
			notThere = true
		case audit.Denied:
			s.cause = worse(s.cause, CauseRefused)
		case audit.Unreadable:
			s.cause = worse(s.cause, CauseUnreadable)
		}
	}
	switch {
	case len(present) > 0:
		s.value, s.known = combine(l.facts[i], present), true
	case notThere && !l.anyLost(s, observations):
		s.value, s.known = l.absent(i), true
	}
	if s.known {
		if len(present) > 0 && l.anyUnseen(s, observations) {
			s.doubt = s.cause
		}
		s.cause = ""
	}
	return present
}

// anyLost reports whether a source that might have told was not looked at.
func (l *language) anyLost(s *factState, observations []audit.Observation) bool {
	return slices.ContainsFunc(s.observed, func(at int) bool { return observations[at].Finding != audit.NotThere })
}

// anyUnseen reports whether a source of the fact was not looked at or not readable.
func (l *language) anyUnseen(s *factState, observations []audit.Observation) bool {
	return slices.ContainsFunc(s.observed, func(at int) bool { return !observations[at].Finding.Known() })
}

// causeOrder ranks causes: the one that tells a reader most is reported.
var causeOrder = []Cause{"", CauseNothingSaid, CauseNotCaptured, CauseUnreadable, CauseRefused, CauseRuleFailed}

func worse(a, b Cause) Cause {
	if slices.Index(causeOrder, b) > slices.Index(causeOrder, a) {
		return b
	}
	return a
}

// combine merges the present values of one fact as the table of facts says.
func combine(f audit.Fact, present []value) value {
	switch f.Merge {
	case "any", "most":
		best := present[0]
		for _, v := range present[1:] {
			if v.rank > best.rank {
				best = v
			}
		}
		return best
	case "union":
		var items []string
		for _, v := range present {
			if v.text != "" && !slices.Contains(items, v.text) {
				items = append(items, v.text)
			}
		}
		return value{cel: stringList(items), text: strings.Join(items, ", "), base: len(items) == 0}
	}
	return present[0]
}

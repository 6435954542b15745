package rubric

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"openness/audit"
)

// A value is one value of a fact, for CEL and for sentences.
type value struct {
	cel   ref.Val // nil of a text or list: made when CEL asks for it
	text  string
	items []string // of a list
	list  bool
	rank  float64 // order among the values of an enum, int or float
	base  bool    // the value that absence gives
}

// val is the value as CEL sees it.
func (v *value) val() ref.Val {
	switch {
	case v.cel != nil:
		return v.cel
	case v.list:
		return types.NewStringList(types.DefaultTypeAdapter, v.items)
	}
	return types.String(v.text)
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
		return value{list: true, base: true}
	}
	return value{base: true}
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
	return value{text: text, base: text == ""}, true
}

// A factState is what the observations say of one fact, together.
type factState struct {
	value
	known  bool
	merged bool  // the rest was found out
	cause  Cause // why it is not known
	// doubt is why more may be to be found than what is known: a source that
	// could have said so was not looked at. Empty where nothing can be added.
	doubt Cause
	marks byte // known, in doubt, and how its evidence reads: part of the key of a memo
	// observed lists the fact's readings, as positions among those judged
	observed []int
}

// state gives a fact's state, found out when it is first asked for: any reading
// that is present gives the value; else one that could not be looked at makes the
// fact unknown; else reading in vain gives the value of absence; else nothing was
// captured.
func (c *judging) state(i int) *factState {
	s := &c.states[i]
	if !s.merged {
		c.merge(i, s)
		s.marks = c.marksOf(i)
	}
	return s
}

// sort hands every fact its readings, in order, out of one slice. Readings of
// facts that another version of the table had are left out.
func (c *judging) sort() {
	c.states = slices.Grow(c.states[:0], len(c.facts))[:len(c.facts)]
	clear(c.states)
	n := len(c.readings)
	c.observed = slices.Grow(c.observed[:0], n)[:n]
	c.counts = slices.Grow(c.counts[:0], len(c.facts))[:len(c.facts)]
	counts := c.counts
	clear(counts)
	c.spoken = slices.Grow(c.spoken[:0], len(c.facts))[:len(c.facts)]
	clear(c.spoken)
	for at := range c.readings {
		if i := c.readings[at].Fact; i >= 0 {
			counts[i]++
			if c.readings[at].Finding.Known() {
				c.spoken[c.observers[i]] = true
			}
		}
	}
	from := 0
	for i, n := range counts {
		c.states[i].observed = c.observed[from : from : from+n]
		from += n
	}
	for at := range c.readings {
		if i := c.readings[at].Fact; i >= 0 {
			s := &c.states[i]
			s.observed = append(s.observed, at)
		}
	}
}

// spoke reports whether the observer of fact i read any source.
func (c *judging) spoke(i int) bool { return c.spoken[c.observers[i]] }

// why says why a fact is not known, or why more of it may be to be found.
func (c *judging) why(i int) Cause {
	s := c.state(i)
	if !s.known && len(s.observed) == 0 && c.spoke(i) {
		return CauseNothingSaid
	}
	return cmp.Or(s.cause, s.doubt)
}

// merge sets the state of fact i from its readings.
func (c *judging) merge(i int, s *factState) {
	present, notThere := c.present[:0], false
	s.merged, s.cause = true, CauseNotCaptured
	for _, at := range s.observed {
		switch o := &c.readings[at]; o.Finding {
		case audit.Present:
			if v, ok := c.read(i, o.Value); ok {
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
		s.value, s.known = combine(&c.facts[i], present), true
	case notThere && !c.anyLost(s):
		s.value, s.known = c.absent(i), true
	}
	if s.known {
		if len(present) > 0 && c.anyUnseen(s) {
			s.doubt = s.cause
		}
		s.cause = ""
	}
	c.present = present
}

// anyLost reports whether a source that might have told was not looked at.
func (c *judging) anyLost(s *factState) bool {
	return slices.ContainsFunc(s.observed, func(at int) bool { return c.readings[at].Finding != audit.NotThere })
}

// anyUnseen reports whether a source of the fact was not looked at or not readable.
func (c *judging) anyUnseen(s *factState) bool {
	return slices.ContainsFunc(s.observed, func(at int) bool { return !c.readings[at].Finding.Known() })
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
func combine(f *audit.Fact, present []value) value {
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
		return value{items: items, list: true, text: strings.Join(items, ", "), base: len(items) == 0}
	}
	return present[0]
}

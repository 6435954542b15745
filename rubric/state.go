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
	cel   ref.Val  // nil of a text or list: made when CEL asks for it
	text  string   // empty of a list
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

// words is the value as sentences say it.
func (v *value) words() string {
	if v.list {
		return strings.Join(v.items, ", ")
	}
	return v.text
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

// absenceOf is the value of a fact whose sources were read in vain.
func absenceOf(f audit.Fact) value {
	switch f.Type {
	case audit.IntFact:
		return value{cel: types.IntZero, text: "0", base: true}
	case audit.FloatFact:
		return value{cel: types.Double(0), text: "0", base: true}
	case audit.ListFact:
		return value{list: true, base: true}
	}
	return value{base: true}
}

func (l *language) absent(i int) *value {
	if domain := l.domains[i]; domain != nil {
		return &domain[0]
	}
	return &l.absences[i]
}

// read turns the text of an observation into a value of fact i; ok is false
// for a text that is none.
func (l *language) read(i int, text string) (v value, ok bool) {
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

// valueOf is the value that a text gives fact i, nil for a text that gives none: one
// that all models share, where the values of the fact can be listed.
func (c *judging) valueOf(i int, text string) *value {
	domain := c.domains[i]
	for k := range domain {
		if domain[k].text == text {
			return &domain[k]
		}
	}
	if domain == nil {
		if v, ok := c.read(i, text); ok {
			return c.hold(v)
		}
	}
	return nil
}

// hold keeps a value until the next model is judged.
func (c *judging) hold(v value) *value {
	c.values = append(c.values, v)
	return &c.values[len(c.values)-1]
}

// unfound is the value of a fact that is not known.
var unfound = new(value)

// A factState is what the observations say of one fact, together.
type factState struct {
	*value
	model uint64 // for which of the models judged one after another it was found out
	known bool
	cause want // why it is not known
	// doubt is why more may be to be found than what is known: a source that
	// could have said so was not looked at. 0 where nothing can be added.
	doubt want
	marks byte // known, in doubt, and how its evidence reads: part of the key of a memo
	// observed lists the fact's readings, as positions among those judged, and
	// shown those that give it its value
	observed, shown []int
}

// state gives a fact's state, found out when it is first asked for: any reading
// that is present gives the value; else one that could not be looked at makes the
// fact unknown; else reading in vain gives the value of absence; else nothing was
// captured.
func (c *judging) state(i int) *factState {
	s := &c.states[i]
	if s.model != c.model {
		c.merge(i, s)
	}
	return s
}

// sort hands every fact its readings, in order, out of one slice. Readings of
// facts that another version of the table had are left out.
func (c *judging) sort() {
	facts := len(c.facts)
	if cap(c.states) < facts {
		c.states = make([]factState, facts)
	}
	c.states = c.states[:facts] // found out for an earlier model, and so overwritten when asked for
	c.model++
	c.values, c.shown, c.items = c.values[:0], c.shown[:0], c.items[:0]
	n := len(c.readings)
	c.observed = slices.Grow(c.observed[:0], n)[:n]
	c.ends = slices.Grow(c.ends[:0], facts+1)[:facts+1]
	ends := c.ends
	clear(ends)
	c.spoken = slices.Grow(c.spoken[:0], facts)[:facts]
	clear(c.spoken)
	for at := range c.readings {
		if i := c.readings[at].Fact; i >= 0 {
			ends[i+1]++
			if c.readings[at].Finding.Known() {
				c.spoken[c.observers[i]] = true
			}
		}
	}
	for i := range facts {
		ends[i+1] += ends[i]
	}
	for at := range c.readings { // ends[i] is where the readings of fact i begin, and is moved to their end
		if i := c.readings[at].Fact; i >= 0 {
			c.observed[ends[i]] = at
			ends[i]++
		}
	}
}

// observedOf lists the readings of fact i.
func (c *judging) observedOf(i int) []int {
	from := 0
	if i > 0 {
		from = c.ends[i-1]
	}
	return c.observed[from:c.ends[i]:c.ends[i]]
}

// spoke reports whether the observer of fact i read any source.
func (c *judging) spoke(i int) bool { return c.spoken[c.observers[i]] }

// why says why a fact is not known, or why more of it may be to be found.
func (c *judging) why(i int) want {
	s := c.state(i)
	if !s.known && len(s.observed) == 0 && c.spoke(i) {
		return wantSaid
	}
	return cmp.Or(s.cause, s.doubt)
}

// merge sets the state of fact i from its readings.
func (c *judging) merge(i int, s *factState) {
	present, notThere, lost, unseen := c.present[:0], false, false, false
	*s = factState{value: unfound, model: c.model, cause: wantCapture, observed: c.observedOf(i)}
	for _, at := range s.observed {
		o := &c.readings[at]
		lost = lost || o.Finding != audit.NotThere
		unseen = unseen || !o.Finding.Known()
		switch o.Finding {
		case audit.Present:
			if v := c.valueOf(i, o.Value); v != nil {
				present = append(present, v)
			} else {
				s.cause = max(s.cause, wantReading)
			}
		case audit.NotThere:
			notThere = true
		case audit.Denied:
			s.cause = max(s.cause, wantAccess)
		case audit.Unreadable:
			s.cause = max(s.cause, wantReading)
			if o.Quoted {
				s.cause = max(s.cause, wantSense)
			}
		}
	}
	switch {
	case len(present) > 0:
		s.value, s.known = c.combine(&c.facts[i], present), true
	case notThere && !lost: // no source that might have told was left out
		s.value, s.known = c.absent(i), true
	}
	if s.known {
		if len(present) > 0 && unseen && !c.facts[i].Firm {
			s.doubt = s.cause
		}
		s.cause = 0
	}
	c.present = present
	c.show(i, s)
}

// A want is a cause by its rank: the one that tells a reader most is reported.
type want uint8

const (
	wantSaid want = iota + 1
	wantCapture
	wantReading
	wantSense // words were read that were not understood
	wantAccess
)

// causes are the causes by their ranks.
var causes = [...]Cause{"", wantSaid: CauseNothingSaid, wantCapture: CauseNotCaptured,
	wantReading: CauseUnreadable, wantSense: CauseUnreadable, wantAccess: CauseRefused}

// combine merges the present values of one fact as the table of facts says.
func (c *judging) combine(f *audit.Fact, present []*value) *value {
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
		from := len(c.items)
		for _, v := range present {
			if v.text != "" && !slices.Contains(c.items[from:], v.text) {
				c.items = append(c.items, v.text)
			}
		}
		items := c.items[from:len(c.items):len(c.items)]
		return c.hold(value{items: items, list: true, base: len(items) == 0})
	}
	return present[0]
}

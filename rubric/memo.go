package rubric

import (
	"encoding/binary"
	"slices"
	"sync"

	"openness/audit"
)

// A memo remembers the outcomes of one dimension by the states of the facts that
// its rules read. Models differ in their words far more than in these: of a
// thousand models hardly thirty make CEL evaluate a dimension anew. What is
// remembered holds no value and no evidence of any model, but the class and the
// facts that decide; write binds them to the model at hand.
type memo struct {
	facts []int // that the rules read, each once
	remembered[*outcome]
}

// A remembered keeps what was found by the key of what it was found of. What is kept is
// bounded: at the bound it begins anew.
type remembered[T any] struct {
	most  int
	mutex sync.RWMutex
	known map[string]T
}

func remember[T any](most int) remembered[T] {
	return remembered[T]{most: most, known: make(map[string]T)}
}

// get looks a key up, which it does not keep.
func (r *remembered[T]) get(key []byte) (found T, ok bool) {
	r.mutex.RLock()
	defer r.mutex.RUnlock()
	found, ok = r.known[string(key)]
	return found, ok
}

func (r *remembered[T]) keep(key string, found T) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if len(r.known) >= r.most {
		clear(r.known)
	}
	r.known[key] = found
}

// mostRemembered bounds the outcomes of a dimension: a fact that is a free text
// may have as many values as there are models.
const mostRemembered = 1 << 17

func newMemo(l *language, d *Dimension) *memo {
	m := &memo{remembered: remember[*outcome](mostRemembered)}
	for i := range d.Rules {
		m.facts = append(m.facts, d.Rules[i].reads...)
	}
	m.facts = distinct(m.facts)
	return m
}

// outcome looks a dimension's outcome up, or finds it and keeps it.
func (m *memo) outcome(c *judging, d *Dimension) *outcome {
	c.key = c.key[:0]
	for _, i := range m.facts {
		c.key = c.appendState(c.key, i, d.demand)
	}
	o, ok := m.get(c.key)
	if ok {
		return o
	}
	key := string(c.key) // judge uses its memory anew
	o = c.judge(d)
	m.keep(key, o)
	return o
}

// The marks of a state, besides the value.
const (
	stateKnown  = 1 << iota // and the value follows
	stateDoubt              // more may be to be found
	stateQuoted             // a text that counts as evidence of it shows it
	stateShown              // there is evidence of it
	stateSaid               // some of that is more than having read in vain
)

// show lists the readings that give a fact its value, and marks how they read.
// Where several texts say different things, those that gave the merged value are
// taken; a fact found nowhere is shown by the sources read in vain.
func (c *judging) show(i int, s *factState) {
	from, quotes, all := len(c.shown), 0, c.facts[i].Type == audit.ListFact
	for _, at := range s.observed {
		o := &c.readings[at]
		present := o.Finding == audit.Present
		gave := present && (all || o.Value == s.text)
		if gave {
			quotes++
		}
		if s.known && !(gave && (quotes <= maxQuotes || all)) && (present || !s.base) {
			continue
		}
		c.shown = append(c.shown, at)
		s.marks |= stateShown
		if o.Quoted {
			s.marks |= stateQuoted
		}
		if o.Finding != audit.NotThere {
			s.marks |= stateSaid
		}
	}
	if s.known {
		s.marks |= stateKnown
	}
	if s.doubt != 0 {
		s.marks |= stateDoubt
	}
	s.shown = c.shown[from:len(c.shown):len(c.shown)]
}

// maxQuotes bounds the texts that a judgement shows for one fact: the record
// keeps them all, and a reader is not helped by the tenth sentence that says
// the same.
const maxQuotes = 6

// appendState writes down all that an outcome can depend on of a fact's state.
// How evidence reads matters only where a class needs a text (decide).
func (c *judging) appendState(key []byte, i int, demand bool) []byte {
	s := c.state(i)
	marks := s.marks
	if !demand {
		marks &^= stateShown | stateSaid
	}
	return c.appendKnown(append(key, marks), i, s)
}

// appendKnown writes down the value of a fact, and nothing of one that is not known.
func (c *judging) appendKnown(key []byte, i int, s *factState) []byte {
	if !s.known {
		return key
	}
	return c.appendValue(key, i, s.value)
}

func (c *judging) appendValue(key []byte, i int, v *value) []byte {
	switch {
	case c.domains[i] != nil:
		key = append(key, byte(v.rank)) // its place in the domain
	case v.list:
		key = binary.AppendUvarint(key, uint64(len(v.items)))
		for _, item := range v.items {
			key = appendText(key, item)
		}
	default:
		key = appendText(key, v.text)
	}
	return key
}

func appendText(key []byte, text string) []byte {
	return append(binary.AppendUvarint(key, uint64(len(text))), text...)
}

// outcome judges one dimension by itself.
func (r *Rubric) outcome(d *Dimension, observations []audit.Observation) *outcome {
	c := newJudging(r.language, r.language.readings(observations))
	defer c.release()
	return d.memo.outcome(c, d)
}

// readings leaves out the text of observations; their facts are positions in the
// language's own table.
func (l *language) readings(observations []audit.Observation) []audit.Reading {
	readings := make([]audit.Reading, len(observations))
	for i := range observations {
		readings[i] = audit.ReadingOf(&observations[i])
		if !l.embedded {
			readings[i].Fact = -1
			if at, ok := l.index[observations[i].Fact]; ok {
				readings[i].Fact = at
			}
		}
	}
	return readings
}

// A part of a reason is text, or the value of a fact where fact is not below 0.
type part struct {
	text string
	fact int
}

// wordings remembers the reasons of a rule by the values that they give: thousands of
// models share one. Lists are the model's own, so that reasons with one are put
// together each time.
type wordings struct{ remembered[string] }

// mostWordings bounds the wordings of a rule, as mostRemembered does outcomes.
const mostWordings = 1 << 12

// wording looks a rule's reason up, or puts it together and keeps it.
func (c *judging) wording(rule *Rule) string {
	kept := rule.wordings
	if kept == nil {
		return c.sentence(rule)
	}
	c.key = c.key[:0]
	for _, i := range rule.told {
		s := c.state(i)
		c.key = c.appendKnown(append(c.key, s.marks&stateKnown), i, s)
	}
	said, ok := kept.get(c.key)
	if ok {
		return said
	}
	key := string(c.key) // sentence uses its memory anew
	said = c.sentence(rule)
	kept.keep(key, said)
	return said
}

// split finds the placeholders of a rule's reason once, when it is read.
func (l *language) split(rule *Rule) {
	at := 0
	for _, m := range placeholder().FindAllStringSubmatchIndex(rule.Reason, -1) {
		i, ok := l.index[rule.Reason[m[2]:m[3]]]
		if !ok {
			continue // reported as a fault
		}
		rule.parts = append(rule.parts, part{rule.Reason[at:m[0]], -1}, part{"", i})
		at = m[1]
		if !slices.Contains(rule.told, i) {
			rule.told = append(rule.told, i)
		}
	}
	if rule.parts != nil {
		rule.parts = append(rule.parts, part{rule.Reason[at:], -1})
		if !slices.ContainsFunc(rule.told, func(i int) bool { return l.facts[i].Type == audit.ListFact }) {
			rule.wordings = &wordings{remember[string](mostWordings)}
		}
	}
}

// finish prepares a dimension that was read.
func (l *language) finish(d *Dimension) {
	for i := range d.Rules {
		rule := &d.Rules[i]
		l.split(rule)
		for _, name := range rule.Facts {
			rule.reads = append(rule.reads, l.index[name])
		}
		rule.answers = &answers{remember[answer](mostAnswers)}
	}
	l.split(&d.Default)
	d.memo = newMemo(l, d)
}

// Remembered is how many outcomes the rubric has found so far by evaluating
// rules; all other judgements were looked up.
func (r *Rubric) Remembered() int {
	n := 0
	for i := range r.Dimensions {
		m := r.Dimensions[i].memo
		m.mutex.RLock()
		n += len(m.known)
		m.mutex.RUnlock()
	}
	return n
}

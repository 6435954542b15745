package rubric

import (
	"math"
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"

	"openness/audit"
)

// maxCompletions bounds how many ways of filling in unknown facts are tried.
const maxCompletions = 256

// settle handles rules that may hold and disagree. CEL looks at one rule at a
// time, so it cannot see that two rules exclude each other or that together
// they cover every case. Where the unknown facts have few values, each way of
// filling them in is tried: if all give one class, that is the answer, and
// otherwise only the facts that can change the class are named.
func (c *judging) settle(d *Dimension, open []*Rule, decided *Rule, matter []int) *outcome {
	classes := []Class{decided.Class}
	for _, rule := range open {
		classes = append(classes, rule.Class)
	}
	every := c.unknownIn(open)
	n := c.completions(every)
	if n == 0 { // too many cases: CEL's own account of what it lacks must do
		return leftOpen(classes, matter)
	}
	matter = every
	outcomes := make([]*Rule, n)
	filled := &completion{judging: c, facts: matter, values: make([]value, len(matter))}
	for k := range n {
		filled.choose(k)
		rule, ok := filled.first(d)
		if !ok { // a predicate fails in this case
			return leftOpen(classes, matter)
		}
		outcomes[k] = rule
	}
	if !slices.ContainsFunc(outcomes, func(r *Rule) bool { return r.Class != outcomes[0].Class }) {
		// Every case agrees; the one with the unknown facts absent gives the reason.
		return c.decide(d, outcomes[0], c.known(outcomes[0]))
	}
	return leftOpen(classesOf(outcomes), c.deciding(matter, outcomes))
}

// leftOpen is the outcome that the facts leave open between classes.
func leftOpen(classes []Class, facts []int) *outcome { return &outcome{classes: classes, facts: facts} }

// known lists the facts of a rule that are known: what its class can rest on.
func (c *judging) known(rule *Rule) []int {
	var facts []int
	for _, i := range rule.reads {
		if c.state(i).known {
			facts = append(facts, i)
		}
	}
	return facts
}

// unknownIn lists the unknown facts that the rules read.
func (c *judging) unknownIn(rules []*Rule) []int {
	var facts []int
	for _, rule := range rules {
		for _, i := range rule.reads {
			if !c.state(i).known {
				facts = append(facts, i)
			}
		}
	}
	return distinct(facts)
}

// possible lists the values that a fact may turn out to have: all of them, or,
// of one that was found while a source of it was not looked at, those from the
// one that was found. Of a number only "more" can be said.
func (c *judging) possible(i int) []value {
	s := c.state(i)
	if !s.known || s.doubt == 0 {
		return c.domains[i]
	}
	if c.facts[i].Type == audit.FloatFact {
		return []value{*s.value, {cel: types.Double(math.Inf(1)), rank: math.Inf(1)}}
	}
	domain := slices.Clone(c.domains[i])
	return slices.DeleteFunc(domain, func(v value) bool { return v.rank < s.rank })
}

// doubted is what becomes of a dimension that has its class by what was found,
// where more may be to be found: if some of it would give another class, the
// dimension is not settled. ok is false where nothing can change the class.
func (c *judging) doubted(d *Dimension, class Class) (o *outcome, ok bool) {
	var facts []int
	inDoubt := false
	for _, i := range d.memo.facts {
		s := c.state(i)
		rises := s.doubt != 0 && c.facts[i].Merge != "first" && c.facts[i].Merge != "union"
		inDoubt = inDoubt || rises
		if rises || !s.known && c.domains[i] != nil {
			facts = append(facts, i)
		}
	}
	if !inDoubt {
		return nil, false
	}
	n := c.completions(facts)
	if n == 0 {
		return leftOpen([]Class{Open, Partial, Closed}, facts), true
	}
	outcomes := make([]*Rule, n)
	filled := &completion{judging: c, facts: facts, values: make([]value, len(facts))}
	for k := range n {
		filled.choose(k)
		rule, settled := filled.first(d)
		if !settled {
			return leftOpen([]Class{Open, Partial, Closed}, facts), true
		}
		outcomes[k] = rule
	}
	if !slices.ContainsFunc(outcomes, func(r *Rule) bool { return r.Class != class }) {
		return nil, false
	}
	return leftOpen(classesOf(outcomes), c.deciding(facts, outcomes)), true
}

// completions counts the ways of filling in the facts; 0 means too many.
func (c *judging) completions(facts []int) int {
	n := 1
	for _, i := range facts {
		n *= len(c.possible(i)) // 0 where the values cannot be listed
		if n > maxCompletions {
			return 0
		}
	}
	return n
}

// deciding keeps the facts whose value alone can change the class.
func (c *judging) deciding(facts []int, outcomes []*Rule) []int {
	var kept []int
	stride := 1
	for _, f := range facts {
		size := len(c.possible(f))
		for k := range outcomes {
			first := k - (k/stride%size)*stride // the same case with f absent
			if outcomes[k].Class != outcomes[first].Class {
				kept = append(kept, f)
				break
			}
		}
		stride *= size
	}
	return kept
}

func classesOf(outcomes []*Rule) []Class {
	var classes []Class
	for _, r := range outcomes {
		if !slices.Contains(classes, r.Class) {
			classes = append(classes, r.Class)
		}
	}
	return classes
}

// A completion is the evidence with some unknown facts filled in.
type completion struct {
	*judging
	facts  []int
	values []value
	vars   cel.PartialActivation // hides the facts that stay unknown, whatever is filled in
}

// choose fills in the k-th combination; the 0th has every fact absent.
func (f *completion) choose(k int) {
	for at, i := range f.facts {
		domain := f.possible(i)
		size := len(domain)
		f.values[at] = domain[k%size]
		k /= size
	}
}

// ResolveName gives CEL the filled-in values before the observed ones.
func (f *completion) ResolveName(name string) (any, bool) { return f.resolve(f, name) }

// activation gives CEL the filled-in and the known facts, and hides the others from it.
func (f *completion) activation() cel.PartialActivation {
	if f.vars == nil {
		f.vars = f.partial(f)
	}
	return f.vars
}

// given is the value of a fact, filled in or known; nil of one that is neither.
func (f *completion) given(i int) *value {
	if at := slices.Index(f.facts, i); at >= 0 {
		return &f.values[at]
	}
	return f.judging.given(i)
}

// first returns the rule that holds first, or ok false where that cannot be told.
func (f *completion) first(d *Dimension) (rule *Rule, ok bool) {
	for i := range d.Rules {
		switch v, _ := f.holds(&d.Rules[i], f); v {
		case yes:
			return &d.Rules[i], true
		case maybe, failed:
			return nil, false
		}
	}
	return &d.Default, true
}

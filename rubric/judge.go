package rubric

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"

	"openness/audit"
)

// Judge gives the class of every dimension, in the rubric's order. It depends
// on the observations and the rubric alone, and changes neither. The rubric
// must come from Load, Parse or Builtin; it may be used concurrently.
func (r *Rubric) Judge(observations []audit.Observation) Assessment {
	a := r.JudgeReadings(r.language.readings(observations))
	for i := range a.Judgements {
		j := &a.Judgements[i]
		j.Observations = make([]audit.Observation, len(j.Rests))
		for k, at := range j.Rests {
			j.Observations[k] = observations[at]
		}
		j.Reason = withUnits(j.Reason, j.Observations)
	}
	return a
}

// withUnits puts behind the number of a threshold what it counts: users, employees, revenue.
func withUnits(reason string, observations []audit.Observation) string {
	for _, o := range observations {
		if unit := o.Counts(); unit != "" && o.Finding == audit.Present && !strings.Contains(reason, o.Value+" "+unit) {
			reason = strings.Replace(reason, o.Value, o.Value+" "+unit, 1)
		}
	}
	return reason
}

// JudgeReadings is Judge without the texts: each judgement says by position, in
// Rests, which readings it rests on, and has no observations; a reason gives the number
// of a threshold without what it counts. The readings'
// facts are positions in the table of facts, as package audit gives them.
func (r *Rubric) JudgeReadings(readings []audit.Reading) Assessment {
	var a Assessment
	r.JudgeInto(&a, readings)
	return a
}

// JudgeInto is JudgeReadings into the memory of an assessment that is not needed any
// more: whoever judges many models and keeps little of each makes no garbage.
func (r *Rubric) JudgeInto(a *Assessment, readings []audit.Reading) {
	c := newJudging(r.language, readings)
	defer c.release()
	judgements := slices.Grow(a.Judgements[:0], len(r.Dimensions))[:len(r.Dimensions)]
	c.rests = slices.Grow(a.rests[:0], max(len(readings), len(r.Dimensions)))
	for i := range r.Dimensions {
		d := &r.Dimensions[i]
		judgements[i] = c.write(d, d.memo.outcome(c, d))
	}
	*a = Assessment{Rubric: r.Ref, Score: ScoreOf(judgements), Judgements: judgements, rubric: r, rests: c.rests}
	a.Verdict = r.verdict(judgements)
}

// verdict is what the framework says on the whole, nil of an index.
func (r *Rubric) verdict(judgements []Judgement) *Ruling {
	if r == nil || r.Verdicts == nil {
		return nil
	}
	return r.Verdicts.rule(r.Dimensions, judgements)
}

// A judging holds what the dimensions of one assessment share.
type judging struct {
	*language
	readings []audit.Reading
	states   []factState
	vars     cel.PartialActivation // made when a predicate is evaluated
	rests    []int                 // of all judgements so far, one after another

	scratch
}

// scratch is memory that one judging leaves to the next.
type scratch struct {
	model          uint64   // numbers the models that were judged in this memory
	ends, observed []int    // of sort
	present        []*value // of merge
	values         []value  // of facts whose values cannot be listed
	items          []string // of lists
	shown          []int    // of all facts, one after another
	key            []byte   // of a memo, and of sentences
	spoken         []bool   // by observer: whether it read any source
}

var judgings = sync.Pool{New: func() any { return new(judging) }}

// newJudging merges readings fact by fact. Whoever is done with it releases it.
func newJudging(l *language, readings []audit.Reading) *judging {
	c := judgings.Get().(*judging)
	c.language, c.readings, c.vars, c.rests = l, readings, nil, nil
	c.sort()
	return c
}

// release leaves the memory of a judging to the next one.
func (c *judging) release() {
	c.language, c.readings, c.vars, c.rests = nil, nil, nil, nil
	judgings.Put(c)
}

// activation gives CEL the known facts, and hides the others from it.
func (c *judging) activation() cel.PartialActivation {
	if c.vars == nil {
		c.vars = c.partial(c)
	}
	return c.vars
}

// ResolveName gives CEL the value of a known fact.
func (c *judging) ResolveName(name string) (any, bool) { return c.resolve(c, name) }

// Parent is nil: there is no scope around the facts.
func (c *judging) Parent() cel.Activation { return nil }

// A verdict is what a predicate gives on evidence that may be incomplete.
type verdict int

const (
	no verdict = iota
	maybe
	failed // it could not be evaluated
	yes
)

// evaluate asks CEL for one rule. It also returns the alternatives that hold, or the
// facts that it depends on where they are unknown.
func (c *judging) evaluate(rule *Rule, vars cel.PartialActivation) (v verdict, facts []int) {
	v = no
	for i := range rule.alternatives {
		alt := &rule.alternatives[i]
		result, _, err := alt.program.Eval(vars)
		switch {
		case err != nil:
			if v != yes {
				v = failed
			}
		case result == types.True:
			if v != yes {
				facts = nil
			}
			v = yes
			facts = append(facts, alt.facts...)
		case types.IsUnknown(result) && v != yes:
			v = max(v, maybe)
			facts = append(facts, c.trails(result.(*types.Unknown))...)
		}
	}
	return v, facts
}

func (c *judging) trails(u *types.Unknown) []int {
	var facts []int
	for _, id := range u.IDs() {
		trails, _ := u.GetAttributeTrails(id)
		for _, t := range trails {
			if i, ok := c.index[t.Variable()]; ok {
				facts = append(facts, i)
			}
		}
	}
	return facts
}

// An outcome is what becomes of a dimension by the states of the facts that it
// reads. Values in the reason, and the evidence, are those of the model: write
// adds them.
type outcome struct {
	rule    *Rule   // that decided, or failed, or the default; nil where nothing did
	failed  bool    // the rule could not be evaluated
	bare    bool    // the rule holds, but no text shows it
	facts   []int   // that the class rests on or, undetermined, that could change it
	classes []Class // of an undetermined one: what it may turn out to be
	besides []int   // of such a one: the other facts that the reasons name

	mutex sync.RWMutex
	told  map[string]*openQuestion // of an undetermined one: by the causes of its facts
}

// An openQuestion is what a judgement says of a class that is not settled. It depends
// on nothing but the outcome and why its facts are not known, so that all models of
// which this is said share it.
type openQuestion struct {
	reason  string
	unknown []string
	cause   Cause
}

func (o *outcome) class() Class {
	if o.rule == nil || o.failed || o.bare {
		return Undetermined
	}
	return o.rule.Class
}

// judge gives the outcome of a dimension. What is closed or partial by what was
// found stays so only if nothing that was not looked at could raise it; what a strict demand
// finds met, only if nothing could break it.
func (c *judging) judge(d *Dimension) *outcome {
	o := c.walk(d)
	if class := o.class(); class == Closed || class == Partial || d.strict && class == Open {
		if unsettled, ok := c.doubted(d, class); ok {
			o = unsettled
		}
	}
	o.besides = d.besides(o.facts)
	return o
}

// walk goes through the rules until one holds. Rules that may hold are
// remembered: if they would give another class, the dimension is undetermined.
func (c *judging) walk(d *Dimension) *outcome {
	var open []*Rule // may hold
	var matter []int // facts that they depend on
	decided, facts := &d.Default, []int(nil)
walk:
	for i := range d.Rules {
		rule := &d.Rules[i]
		v, used := c.holds(rule, c)
		switch v {
		case failed:
			return &outcome{rule: rule, failed: true}
		case maybe:
			open, matter = append(open, rule), append(matter, used...)
		case yes:
			decided, facts = rule, used
			break walk
		}
	}
	if slices.ContainsFunc(open, func(r *Rule) bool { return r.Class != decided.Class }) {
		return c.settle(d, open, decided, distinct(matter))
	}
	return c.decide(d, decided, facts)
}

// decide is the outcome that the evidence settles.
func (c *judging) decide(d *Dimension, rule *Rule, facts []int) *outcome {
	if rule == &d.Default {
		facts = d.memo.facts
	}
	o := &outcome{rule: rule, facts: distinct(facts)}
	if class := rule.Class; class == Open || class == Partial {
		shown := c.evidence(nil, o.facts)
		o.bare = !c.quoted(shown) && !(d.demand && c.readInVain(shown))
	}
	return o
}

// write makes a judgement of an outcome: reason and evidence are the model's own.
func (c *judging) write(d *Dimension, o *outcome) Judgement {
	switch {
	case o.failed:
		return Judgement{Dimension: d.ID, Class: Undetermined, Origin: FromRule, Weight: d.Weight,
			Rule:  o.rule.Predicate,
			Cause: CauseRuleFailed, Reason: "A rule could not be evaluated: " + o.rule.Predicate + "."}
	case o.rule == nil:
		return c.undetermined(d, o)
	}
	rule := o.rule
	from := len(c.rests)
	c.rests = c.evidence(c.rests, o.facts)
	j := Judgement{Dimension: d.ID, Class: rule.Class, Origin: FromRule, Rule: rule.Predicate, Weight: d.Weight}
	if rule == &d.Default {
		j.Rule = "default"
	}
	if o.bare {
		j.Reason = "The rule for " + string(j.Class) + " holds, but no quoted text supports it."
		j.Class, j.Cause = Undetermined, CauseNothingSaid
		j.Rests = c.restsFrom(from)
		return j
	}
	j.Reason = c.wording(rule)
	c.rests = c.named(c.rests, rule, o.facts)
	j.Rests = c.restsFrom(from)
	if j.Class != Closed && len(j.Rests) > 1 {
		slices.SortStableFunc(j.Rests, func(a, b int) int {
			x, y := &c.readings[a], &c.readings[b]
			return cmp.Or(byProof(x, y), cmp.Compare(tellsReason(rule, y.Fact), tellsReason(rule, x.Fact)))
		})
	}
	if j.Class != Closed && len(j.Rests) > 0 && c.readings[j.Rests[0]].Indirect {
		j.Reason += inferred
	}
	return j
}

// inferred is added to a reason where the best of what was found only points to it:
// its reader must not take the quote for a statement.
const inferred = " No passage says this itself: it is inferred from what is quoted."

// restsFrom is what was added to rests from a place on: the memory of a judgement's own
// that nothing is added to.
func (c *judging) restsFrom(from int) []int {
	if len(c.rests) == from {
		return nil
	}
	return c.rests[from:len(c.rests):len(c.rests)]
}

// byProof puts what was found before what was read in vain, and of what was
// found the quotes that show it themselves before those that only point to it:
// the first observation of a judgement is the one that proves it.
func byProof(a, b *audit.Reading) int {
	rank := func(o *audit.Reading) int {
		switch {
		case o.Finding != audit.Present:
			return 2
		case o.Indirect:
			return 1
		}
		return 0
	}
	return cmp.Compare(rank(a), rank(b))
}

// tellsReason is 1 for a fact whose value the reason gives, and 0 for others: what
// the reason says must be seen first.
func tellsReason(rule *Rule, fact int) int {
	if slices.Contains(rule.told, fact) {
		return 1
	}
	return 0
}

// named adds the readings of the facts whose values a reason gives and that are not
// among the facts already shown: a reader who is told that there is a gate wants to see
// it. What was not found says nothing here.
func (c *judging) named(list []int, rule *Rule, shown []int) []int {
	for _, i := range rule.told {
		if !slices.Contains(shown, i) {
			list = c.ifKnown(list, i)
		}
	}
	return list
}

// ifKnown adds the readings of a fact if something is known of it.
func (c *judging) ifKnown(list []int, i int) []int {
	if s := c.state(i); s.known && !s.base {
		list = append(list, s.shown...)
	}
	return list
}

// besides lists the facts that the reasons of a dimension name beside some: of what leaves
// the dimension open a licence that a page states is seen, whatever else is not known.
func (d *Dimension) besides(facts []int) (others []int) {
	for k := range len(d.Rules) + 1 {
		rule := &d.Default
		if k < len(d.Rules) {
			rule = &d.Rules[k]
		}
		for _, i := range rule.told {
			if !slices.Contains(facts, i) && !slices.Contains(others, i) {
				others = append(others, i)
			}
		}
	}
	return others
}

// evidence adds the positions of the readings that give the facts their values.
func (c *judging) evidence(list, facts []int) []int {
	for _, i := range facts {
		list = append(list, c.state(i).shown...)
	}
	return list
}

// quoted reports whether some reading shows the text it was read from.
func (c *judging) quoted(rests []int) bool {
	return slices.ContainsFunc(rests, func(at int) bool { return c.readings[at].Quoted })
}

// readInVain reports whether all that was observed is that nothing is there.
func (c *judging) readInVain(rests []int) bool {
	return len(rests) > 0 && !slices.ContainsFunc(rests, func(at int) bool {
		return c.readings[at].Finding != audit.NotThere
	})
}

// undetermined writes down that the evidence leaves the class open.
func (c *judging) undetermined(d *Dimension, o *outcome) Judgement {
	wants := c.key[:0]
	for _, i := range o.facts {
		wants = append(wants, byte(c.why(i)))
	}
	c.key = wants
	o.mutex.RLock()
	q := o.told[string(wants)]
	o.mutex.RUnlock()
	if q == nil {
		key := string(wants)
		q = c.question(o)
		o.mutex.Lock()
		if o.told == nil {
			o.told = make(map[string]*openQuestion)
		}
		o.told[key] = q
		o.mutex.Unlock()
	}
	from := len(c.rests)
	c.rests = c.evidence(c.rests, o.facts)
	for _, i := range o.besides {
		c.rests = c.ifKnown(c.rests, i)
	}
	return Judgement{Dimension: d.ID, Class: Undetermined, Origin: FromRule, Weight: d.Weight, Possible: o.classes,
		Reason: q.reason, Unknown: q.unknown, Cause: q.cause, Rests: c.restsFrom(from)}
}

// sentence fills the placeholders of a rule's reason.
func (c *judging) sentence(rule *Rule) string {
	if rule.parts == nil {
		return rule.Reason
	}
	text := c.key[:0]
	for _, p := range rule.parts {
		switch {
		case p.fact < 0:
			text = append(text, p.text...)
		default:
			s := c.state(p.fact)
			words := cmp.Or(s.words(), "none named")
			if !s.known {
				words = "not known"
			}
			text = append(text, words...)
		}
	}
	c.key = text
	return string(text)
}

// distinct drops repeated facts and keeps the order of their first mention.
func distinct(facts []int) []int {
	var once []int
	for _, f := range facts {
		if !slices.Contains(once, f) {
			once = append(once, f)
		}
	}
	return once
}

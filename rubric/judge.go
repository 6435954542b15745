package rubric

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"

	"openness/audit"
)

// Judge gives the class of every dimension, in the rubric's order. It depends
// on the observations and the rubric alone, and changes neither. The rubric
// must come from Load, Parse or Builtin; it may be used concurrently.
func (r *Rubric) Judge(observations []audit.Observation) Assessment {
	c := newJudging(r.language, observations)
	judgements := make([]Judgement, len(r.Dimensions))
	for i := range r.Dimensions {
		judgements[i] = c.judge(&r.Dimensions[i])
	}
	a := Assessment{Rubric: r.Ref, Score: ScoreOf(judgements), Judgements: judgements, rubric: r}
	a.Verdict = r.verdict(judgements)
	return a
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
	observations []audit.Observation
	states       []factState
	vars         cel.PartialActivation
}

func newJudging(l *language, observations []audit.Observation) *judging {
	c := &judging{language: l, observations: observations, states: l.states(observations)}
	unknown := make([]*cel.AttributePatternType, 0, len(c.states))
	for i := range c.states {
		if !c.states[i].known {
			unknown = append(unknown, l.unknown[i])
		}
	}
	c.vars, _ = cel.PartialVars(c, unknown...) // refuses only what is no activation
	return c
}

// ResolveName gives CEL the value of a known fact.
func (c *judging) ResolveName(name string) (any, bool) {
	i, ok := c.index[name]
	if !ok || !c.states[i].known {
		return nil, false
	}
	return c.states[i].cel, true
}

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

// holds evaluates one rule. It also returns the alternatives that hold, or the
// facts that it depends on where they are unknown.
func (c *judging) holds(rule *Rule, vars cel.PartialActivation) (v verdict, facts []int) {
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

// judge gives the class of a dimension. What is closed or partial by what was
// found stays so only if nothing that was not looked at could raise it; what a strict demand
// finds met, only if nothing could break it.
func (c *judging) judge(d *Dimension) Judgement {
	j := c.walk(d)
	if j.Class == Closed || j.Class == Partial || d.strict && j.Class == Open {
		if unsettled, ok := c.doubted(d, j.Class); ok {
			return unsettled
		}
	}
	return j
}

// walk goes through the rules until one holds. Rules that may hold are
// remembered: if they would give another class, the dimension is undetermined.
func (c *judging) walk(d *Dimension) Judgement {
	var open []*Rule // may hold
	var matter []int // facts that they depend on
	decided, facts := &d.Default, []int(nil)
walk:
	for i := range d.Rules {
		rule := &d.Rules[i]
		v, used := c.holds(rule, c.vars)
		switch v {
		case failed:
			return c.failed(d, rule)
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

// decide writes down a judgement that the evidence settles.
func (c *judging) decide(d *Dimension, rule *Rule, facts []int) Judgement {
	j := Judgement{Dimension: d.ID, Class: rule.Class, Origin: FromRule, Rule: rule.Predicate, Weight: d.Weight,
		Reason: c.sentence(rule.Reason)}
	if rule == &d.Default {
		j.Rule = "default"
		facts = c.factsOf(d)
	}
	j.Observations = c.evidence(distinct(facts))
	if (j.Class == Open || j.Class == Partial) && !quoted(j.Observations) && !(d.demand && readInVain(j.Observations)) {
		j.Reason = fmt.Sprintf("The rule for %s holds, but no quoted text supports it.", j.Class)
		j.Class, j.Cause = Undetermined, CauseNothingSaid
		return j
	}
	j.Observations = append(j.Observations, c.evidence(c.named(rule.Reason, facts))...)
	if j.Class != Closed {
		told := placeholder.FindAllString(rule.Reason, -1)
		slices.SortStableFunc(j.Observations, func(a, b audit.Observation) int {
			return cmp.Or(byProof(a, b), cmp.Compare(tellsReason(told, b.Fact), tellsReason(told, a.Fact)))
		})
	}
	return j
}

// byProof puts what was found before what was read in vain, and of what was
// found the quotes that show it themselves before those that only point to it:
// the first observation of a judgement is the one that proves it.
func byProof(a, b audit.Observation) int {
	rank := func(o audit.Observation) int {
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
func tellsReason(told []string, fact string) int {
	if slices.Contains(told, "{"+fact+"}") {
		return 1
	}
	return 0
}

// named lists the facts whose values a reason gives and that are not among the
// facts already shown: a reader who is told that there is a gate wants to see it.
// What was not found says nothing here.
func (c *judging) named(reason string, shown []int) []int {
	var facts []int
	for _, m := range placeholder.FindAllStringSubmatch(reason, -1) {
		if i, ok := c.index[m[1]]; ok && c.states[i].known && !c.states[i].base && !slices.Contains(shown, i) {
			facts = append(facts, i)
		}
	}
	return distinct(facts)
}

// factsOf lists the facts that any rule of the dimension reads.
func (c *judging) factsOf(d *Dimension) []int {
	var facts []int
	for i := range d.Rules {
		for _, name := range d.Rules[i].Facts {
			facts = append(facts, c.index[name])
		}
	}
	return facts
}

// evidence collects the observations that give the facts their values. Where
// several texts say different things, those that gave the merged value are
// taken; a fact found nowhere is shown by the sources read in vain.
func (c *judging) evidence(facts []int) []audit.Observation {
	list := []audit.Observation{}
	for _, i := range facts {
		s := &c.states[i]
		quotes := 0
		for _, at := range s.observed {
			o := &c.observations[at]
			gave := o.Finding == audit.Present && (o.Value == s.text || c.facts[i].Type == audit.ListFact)
			vain := s.base && o.Finding != audit.Present
			if gave {
				quotes++
			}
			if gave && (quotes <= maxQuotes || c.facts[i].Type == audit.ListFact) || vain || !s.known {
				list = append(list, *o)
			}
		}
	}
	return list
}

// maxQuotes bounds the texts that a judgement shows for one fact: the record
// keeps them all, and a reader is not helped by the tenth sentence that says
// the same.
const maxQuotes = 6

// quoted reports whether some observation shows the text it was read from: in
// words, or by its place in a document where the words may not be shipped.
func quoted(observations []audit.Observation) bool {
	return slices.ContainsFunc(observations, func(o audit.Observation) bool {
		return o.Finding == audit.Present && (o.Quote != "" || o.SHA256 != "" && o.End > o.Start)
	})
}

// readInVain reports whether all that was observed is that nothing is there.
func readInVain(observations []audit.Observation) bool {
	return len(observations) > 0 && !slices.ContainsFunc(observations, func(o audit.Observation) bool { return o.Finding != audit.NotThere })
}

// undetermined writes down that the evidence leaves the class open.
func (c *judging) undetermined(d *Dimension, classes []Class, matter []int) Judgement {
	j := Judgement{Dimension: d.ID, Class: Undetermined, Origin: FromRule, Weight: d.Weight, Possible: classes}
	var causes []string
	for _, i := range matter {
		s := &c.states[i]
		j.Unknown = append(j.Unknown, c.names[i])
		cause := cmp.Or(s.cause, s.doubt)
		j.Cause = worse(j.Cause, cause)
		causes = append(causes, fmt.Sprintf("%s %s", c.names[i], causeWords[cause]))
	}
	var names []string
	for _, class := range []Class{Open, Partial, Closed} {
		if slices.Contains(classes, class) {
			names = append(names, string(class))
		}
	}
	j.Reason = fmt.Sprintf("Not settled between %s: %s.", strings.Join(names, " and "), strings.Join(causes, "; "))
	j.Observations = c.evidence(matter)
	return j
}

var causeWords = map[Cause]string{
	CauseNotCaptured: "was not looked at",
	CauseRefused:     "was refused to us",
	CauseUnreadable:  "could not be read",
	CauseNothingSaid: "is not spoken of in what was read",
}

func (c *judging) failed(d *Dimension, rule *Rule) Judgement {
	return Judgement{Dimension: d.ID, Class: Undetermined, Origin: FromRule, Weight: d.Weight, Rule: rule.Predicate,
		Cause: CauseRuleFailed, Reason: "A rule could not be evaluated: " + rule.Predicate + ".", Observations: []audit.Observation{}}
}

// sentence fills the placeholders of a reason.
func (c *judging) sentence(reason string) string {
	if !strings.Contains(reason, "{") {
		return reason
	}
	return placeholder.ReplaceAllStringFunc(reason, func(name string) string {
		s := &c.states[c.index[name[1:len(name)-1]]]
		if s.text == "" {
			return "unnamed"
		}
		return s.text
	})
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

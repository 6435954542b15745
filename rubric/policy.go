package rubric

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"openness/audit"
)

// A Policy is what an organisation demands of a model before it ships it: a
// YAML file of requirements, each a CEL predicate over the table of facts.
// It is judged as a rubric is, so a fact that could not be looked at leaves a
// requirement undetermined instead of met or violated.
type Policy struct {
	Ref
	Name         string
	About        string // what it is for, and what it leaves to people; may be empty
	Requirements []Requirement
	rubric       *Rubric
}

// A Requirement is one demand of a policy.
type Requirement struct {
	ID      string
	Require string // the predicate that must hold
	Message string // what a violation means, for people; {fact.name} is replaced by the fact's value
	Why     string // why it is demanded; may be empty
	Line    int    // of the file, from 1
}

// Standing says how a model stands to a requirement.
type Standing string

// The standings.
const (
	Met      Standing = "met"
	Violated Standing = "violated"
	Unknown  Standing = "undetermined"
)

// A Finding is the standing of a model to one requirement, and the judgement
// that it rests on.
type Finding struct {
	Requirement string
	Standing    Standing
	Reason      string
	Judgement   Judgement
}

func (r *reader) policy(n *yaml.Node) *Policy {
	fields := r.fields(n, "a policy", []string{"id", "version", "name", "requirements"}, "about")
	p := &Policy{
		Ref:    Ref{ID: r.id(fields["id"], "id"), Version: r.version(fields["version"])},
		Name:   r.text(fields["name"], "name"),
		About:  r.optional(fields["about"], "about"),
		rubric: &Rubric{language: r.language},
	}
	seen := make(map[string]bool)
	for _, node := range r.list(fields["requirements"], "requirements", maxDimensions) {
		q, d := r.requirement(node)
		if seen[q.ID] && q.ID != "" {
			r.fault(node, "requirement %q is there twice", q.ID)
		}
		seen[q.ID] = true
		p.Requirements = append(p.Requirements, q)
		p.rubric.Dimensions = append(p.rubric.Dimensions, d)
	}
	return p
}

// requirement reads a demand as a dimension that is open where it is met.
func (r *reader) requirement(n *yaml.Node) (Requirement, Dimension) {
	fields := r.fields(n, "a requirement", []string{"id", "require", "message"}, "why")
	q := Requirement{ID: r.id(fields["id"], "id"), Require: r.text(fields["require"], "require"),
		Message: r.reason(fields["message"]),
		Why:     r.optional(fields["why"], "why"), Line: n.Line}
	r.dimension = q.ID
	defer func() { r.dimension = "" }()
	met := Rule{Predicate: q.Require, Class: Open, Reason: "Met."}
	if node := fields["require"]; node != nil && q.Require != "" {
		before := len(r.faults)
		r.compile(node, &met)
		if len(r.faults) == before {
			r.usable(node, &met)
		}
	}
	d := Dimension{ID: q.ID, Weight: 1, demand: true, strict: true, Rules: []Rule{met}, Default: Rule{Class: Closed,
		Reason: q.Message}}
	r.language.finish(&d)
	return q, d
}

// unsettled puts what the judge says of classes into the words of a demand.
var unsettled = strings.NewReplacer("Not settled between open and closed: ", "Not settled: ",
	"The rule for open holds, but no quoted text supports it.",
	"The demand would be met, but nothing that was read supports it.")

// Check holds a model's observations against the policy, requirement by requirement.
func (p *Policy) Check(observations []audit.Observation) []Finding {
	var findings []Finding
	for i, j := range p.rubric.Judge(observations).Judgements {
		f := Finding{Requirement: j.Dimension, Standing: Violated, Reason: j.Reason, Judgement: j}
		switch j.Class {
		case Open:
			f.Standing = Met
			f.doubt(p.rubric, &p.rubric.Dimensions[i], observations)
		case Undetermined:
			f.Standing = Unknown
			f.Reason = unsettled.Replace(j.Reason)
		}
		findings = append(findings, f)
	}
	return findings
}

// doubt leaves a demand that would be met undetermined where its grounds are in doubt: statements that
// contradict each other or differ, or a model that it was made from and whose licence was not read.
func (f *Finding) doubt(r *Rubric, d *Dimension, observations []audit.Observation) {
	met := &d.Rules[slices.IndexFunc(d.Rules, func(r Rule) bool { return r.Class == Open })]
	if against := contradictions(met.Facts, observations); len(against) > 0 {
		f.contradict(against)
	} else if of := unreadParent(met.Facts, observations); of != nil {
		f.leaveOpen("Not settled: " + of.Note + "; nobody can grant more than they were granted.")
		f.Judgement.Observations = append(f.Judgement.Observations, *of)
	} else if against := r.disputed(d, met, observations); len(against) > 0 {
		f.dispute(against)
	}
}

// contradiction is the prefix of the facts that hold two statements against
// each other, and duties the kinds of them that only leave something undone:
// these put no term of a licence in doubt.
const contradiction = "license.conflict."

var duties = map[string]bool{"naming": true, "attribution": true, "missing_text": true}

// contradictions are the observations of statements on licences that cannot
// both hold and bear on the facts of a demand: whoever relies on one side of
// them relies on a guess.
func contradictions(facts []string, observations []audit.Observation) []audit.Observation {
	about := make(map[string]bool)
	for _, fact := range facts {
		if component, ok := strings.CutPrefix(fact, "license."); ok {
			component, _, _ = strings.Cut(component, ".")
			about[component] = true
		}
	}
	about["lineage"] = about["weights"]
	var against []audit.Observation
	for _, o := range observations {
		kind, ok := strings.CutPrefix(o.Fact, contradiction)
		component, _, _ := strings.Cut(o.Value, ":")
		if ok && o.Finding == audit.Present && !duties[kind] && about[component] {
			against = append(against, o)
		}
	}
	return against
}

// unreadParent is the first observation of a model that the judged one was made from and whose licence
// is not known, for a demand on what the licence of the weights grants; nil for none.
func unreadParent(facts []string, observations []audit.Observation) *audit.Observation {
	if !slices.ContainsFunc(facts, func(fact string) bool { return strings.HasPrefix(fact, "license.weights.") }) {
		return nil
	}
	for i, o := range observations {
		if o.Fact == "license.lineage" && o.Finding != audit.Present {
			return &observations[i]
		}
	}
	return nil
}

// contradict leaves a demand that would be met undetermined, with both sides of
// the first contradiction in words and of all of them as evidence.
func (f *Finding) contradict(against []audit.Observation) {
	f.leaveOpen("Not settled: two statements contradict each other (" + against[0].Value + ").")
	f.Judgement.Observations = append(f.Judgement.Observations, against...)
}

// leaveOpen makes a demand undetermined that would be met.
func (f *Finding) leaveOpen(reason string) {
	f.Standing, f.Reason = Unknown, reason
	f.Judgement.Class, f.Judgement.Reason, f.Judgement.Cause = Undetermined, reason, CauseUnreadable
}

package rubric

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// A Ruling is the verdict of a framework on a model, besides the classes of its
// dimensions.
type Ruling struct {
	ID             string   `json:"id"` // of an outcome of the rubric, or "undetermined"
	Name           string   `json:"name"`
	Reason         string   `json:"reason"`
	Missing        []string `json:"missing"`         // what keeps it from the next better outcome
	SmallestChange string   `json:"smallest_change"` // what would give that outcome; empty where nothing is better
	Possible       []string `json:"possible,omitempty"`
}

// RulingUndetermined is the id of a ruling that the evidence leaves open.
const RulingUndetermined = "undetermined"

// May reports whether the model may still be found to have this outcome.
func (r *Ruling) May(id string) bool { return r.ID == id || slices.Contains(r.Possible, id) }

// Rulings are the outcomes that a rubric can come to, the best first.
type Rulings struct {
	// Ladder is true where each outcome takes in those after it: one that is
	// reached is given, even if a better one is not settled.
	Ladder bool
	// Silent lists dimensions on which silence settles nothing: closed by
	// default there means "not found".
	Silent []string
	// Parts lists dimensions on which partial settles nothing: the rest was not
	// found, or a person has to judge it.
	Parts    []string
	Outcomes []RulingOutcome
	Note     string // said with every ruling: what stays, whatever the outcome
}

// A RulingOutcome is one of them, and what it takes.
type RulingOutcome struct {
	ID, Name, Reason string
	All              []Needed // all of these, or none where empty
	Any              []Needed // and one of these, or none where empty
	Asks             []string // what no fact tells: leaves the outcome open
}

// A Needed is a dimension and the classes that will do.
type Needed struct {
	Dimension string
	Classes   []Class
}

// ternary is an answer that may be missing.
type ternary int

const (
	isNot ternary = iota
	mayBe
	isSo
)

// rule gives the ruling on judgements. It reads classes alone, so that reviews
// count like rules.
func (r *Rulings) rule(dimensions []Dimension, judgements []Judgement) *Ruling {
	c := court{r, dimensions, make(map[string]*Judgement)}
	for i := range judgements {
		c.of[judgements[i].Dimension] = &judgements[i]
	}
	var possible []int
	at := -1
	for i := range r.Outcomes {
		answer := c.outcome(&r.Outcomes[i])
		if answer != isNot {
			possible = append(possible, i)
		}
		if answer == isSo {
			at = i
			break
		}
	}
	switch {
	case len(possible) == 0: // no outcome fits: the file has no last resort
		return &Ruling{ID: RulingUndetermined, Name: "Undetermined", Reason: "No outcome of the framework fits.",
			Missing: []string{}}
	case len(possible) == 1 && at >= 0 || r.Ladder && at >= 0 && at < len(r.Outcomes)-1:
		return c.ruling(at, possible)
	}
	return c.open(possible)
}

type court struct {
	*Rulings
	dimensions []Dimension
	of         map[string]*Judgement
}

func (c *court) outcome(o *RulingOutcome) ternary {
	answer := isSo
	for _, n := range o.All {
		answer = min(answer, c.needed(n))
	}
	if len(o.Any) > 0 {
		best := isNot
		for _, n := range o.Any {
			best = max(best, c.needed(n))
		}
		answer = min(answer, best)
	}
	if len(o.Asks) > 0 {
		answer = min(answer, mayBe)
	}
	return answer
}

// needed tells whether a dimension has one of the classes that will do.
func (c *court) needed(n Needed) ternary {
	j := c.of[n.Dimension]
	switch {
	case j == nil:
		return mayBe
	case j.Class == Partial && j.Origin == FromRule && slices.Contains(c.Parts, j.Dimension):
		return mayBe
	case j.Class == Undetermined:
		if slices.Contains(c.Parts, j.Dimension) || len(j.Possible) == 0 || j.Cause != CauseNothingSaid {
			return mayBe // a source that was not looked at may tell more than the facts that hang on it
		}
		will := 0
		for _, class := range j.Possible {
			if slices.Contains(n.Classes, class) {
				will++
			}
		}
		switch will {
		case 0:
			return isNot
		case len(j.Possible):
			return isSo
		}
		return mayBe
	case c.notFound(j):
		return mayBe
	case slices.Contains(n.Classes, j.Class):
		return isSo
	}
	return isNot
}

// notFound reports whether a dimension is closed by silence that settles nothing.
func (c *court) notFound(j *Judgement) bool {
	return j.Class == Closed && j.Rule == "default" && j.Origin == FromRule && slices.Contains(c.Silent, j.Dimension)
}

// ruling is an outcome that is settled.
func (c *court) ruling(at int, possible []int) *Ruling {
	o := &c.Outcomes[at]
	r := &Ruling{ID: o.ID, Name: o.Name, Reason: o.Reason, Missing: []string{}}
	if len(possible) > 1 { // of a ladder
		better := c.Outcomes[possible[0]].Name
		r.Reason += fmt.Sprintf(" Whether it is %s could not be determined.", better)
		for _, i := range possible {
			r.Possible = append(r.Possible, c.Outcomes[i].ID)
		}
	}
	for _, n := range o.Any { // what decided
		if j := c.of[n.Dimension]; c.needed(n) == isSo {
			r.Reason += fmt.Sprintf(" %s: %s", c.name(n.Dimension), j.Reason)
		}
	}
	if at > 0 {
		goal := 0
		if c.Ladder {
			goal = at - 1
		}
		c.way(r, &c.Outcomes[goal])
	}
	r.note(c.Note)
	return r
}

// open is a ruling that the evidence leaves open.
func (c *court) open(possible []int) *Ruling {
	r := &Ruling{ID: RulingUndetermined, Name: "Undetermined", Missing: []string{}}
	var names []string
	for _, i := range possible {
		names = append(names, c.Outcomes[i].Name)
		r.Possible = append(r.Possible, c.Outcomes[i].ID)
	}
	goal := possible[0]
	if c.Ladder { // the nearest
		for _, i := range possible {
			if len(c.Outcomes[i].All) > 0 {
				goal = i
			}
		}
	}
	c.way(r, &c.Outcomes[goal])
	unknown, are := c.unknown(possible), "is"
	if len(unknown) > 1 {
		are = "are"
	}
	r.Reason = fmt.Sprintf("Not settled between %s: %s %s not known.", strings.Join(names, " and "), listed(unknown),
		are)
	if len(possible) == 1 {
		r.Reason = fmt.Sprintf("Nothing that was read stands against %s, but this is not known: %s.", names[0],
			listed(unknown))
	}
	r.note(c.Note)
	return r
}

// listed puts names of dimensions in a row. They hold commas of their own.
func listed(names []string) string { return strings.Join(names, "; ") }

func (r *Ruling) note(s string) {
	if s != "" {
		r.Reason += " " + s
	}
}

// unknown names what keeps outcomes open.
func (c *court) unknown(possible []int) []string {
	var names []string
	add := func(s string) {
		if !slices.Contains(names, s) {
			names = append(names, s)
		}
	}
	for _, i := range possible {
		o := &c.Outcomes[i]
		for _, n := range slices.Concat(o.All, o.Any) {
			if c.needed(n) == mayBe {
				add(strings.ToLower(c.name(n.Dimension)))
			}
		}
		for _, a := range o.Asks {
			add(a)
		}
	}
	return names
}

// way fills in what is missing for an outcome, and the least that would give it.
func (c *court) way(r *Ruling, goal *RulingOutcome) {
	var change, look []string
	for _, n := range goal.All {
		j := c.of[n.Dimension]
		switch c.needed(n) {
		case isSo:
			continue
		case mayBe:
			said := "not determined"
			switch {
			case j == nil:
			case c.notFound(j):
				said = "not found"
			case j.Class == Partial:
				said = "settled in part (" + strings.TrimSuffix(j.Reason, ".") + ")"
			}
			r.Missing = append(r.Missing, fmt.Sprintf("%s: %s", c.name(n.Dimension), said))
			look = append(look, strings.ToLower(c.name(n.Dimension)))
		default:
			r.Missing = append(r.Missing, fmt.Sprintf("%s: %s (%s)", c.name(n.Dimension), j.Class,
				strings.TrimSuffix(j.Reason, ".")))
			change = append(change, fmt.Sprintf("%s (now %s)", strings.ToLower(c.name(n.Dimension)), j.Class))
		}
	}
	for _, a := range goal.Asks {
		r.Missing = append(r.Missing, capital(a)+": no fact tells it")
		look = append(look, a)
	}
	var parts []string
	if len(change) > 0 {
		parts = append(parts, "to be opened: "+listed(change))
	}
	if len(look) > 0 {
		parts = append(parts, "to be shown: "+listed(look))
	}
	if len(parts) > 0 {
		r.SmallestChange = fmt.Sprintf("For %s: %s.", goal.Name, strings.Join(parts, ", and "))
	}
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// name is a dimension's name.
func (c *court) name(id string) string {
	for i := range c.dimensions {
		if c.dimensions[i].ID == id {
			return c.dimensions[i].Name
		}
	}
	return id
}

// rulings reads the verdicts of a rubric file.
func (r *reader) rulings(n *yaml.Node, dimensions []Dimension) *Rulings {
	if n == nil {
		return nil
	}
	f := r.fields(n, "verdicts", []string{"outcomes"}, "ladder", "silent", "parts", "note")
	v := &Rulings{Note: r.optional(f["note"], "note")}
	if l := f["ladder"]; l != nil {
		v.Ladder = l.Value == "true"
		if l.Value != "true" && l.Value != "false" {
			r.fault(l, "ladder must be true or false")
		}
	}
	known := make([]string, len(dimensions))
	for i, d := range dimensions {
		known[i] = d.ID
	}
	for _, node := range r.list(f["silent"], "silent", maxDimensions) {
		v.Silent = append(v.Silent, r.dimensionID(node, known))
	}
	for _, node := range r.list(f["parts"], "parts", maxDimensions) {
		v.Parts = append(v.Parts, r.dimensionID(node, known))
	}
	for _, node := range r.list(f["outcomes"], "outcomes", maxRules) {
		g := r.fields(node, "an outcome", []string{"id", "name", "reason"}, "all", "any", "asks")
		o := RulingOutcome{ID: r.id(g["id"], "id"), Name: r.text(g["name"], "name"),
			Reason: r.text(g["reason"], "reason"),
			All:    r.needs(g["all"], known), Any: r.needs(g["any"], known)}
		for _, a := range r.list(g["asks"], "asks", maxRules) {
			o.Asks = append(o.Asks, r.text(a, "what is asked"))
		}
		if slices.ContainsFunc(v.Outcomes, func(other RulingOutcome) bool {
			return other.ID == o.ID
		}) || o.ID == RulingUndetermined {
			r.fault(node, "outcome %q is there twice, or is a word of the judge's own", o.ID)
		}
		v.Outcomes = append(v.Outcomes, o)
	}
	r.decides(n, v.Outcomes)
	return v
}

// decides finds outcomes that say the same of every model: one that takes nothing is the last resort, which
// stands last and after others.
func (r *reader) decides(n *yaml.Node, outcomes []RulingOutcome) {
	for i, o := range outcomes {
		resort := i == len(outcomes)-1 && i > 0
		if len(o.All)+len(o.Any)+len(o.Asks) == 0 && !resort {
			r.fault(n, "outcome %q takes nothing: every model would reach it, and none what follows", o.ID)
		}
	}
}

// needs reads a mapping from dimensions to the class that will do, or a list of them.
func (r *reader) needs(n *yaml.Node, known []string) []Needed {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		r.fault(n, "what an outcome takes must be a mapping from dimensions to classes")
		return nil
	}
	var list []Needed
	for i := 0; i+1 < len(n.Content); i += 2 {
		need := Needed{Dimension: r.dimensionID(n.Content[i], known)}
		classes := []*yaml.Node{n.Content[i+1]}
		if n.Content[i+1].Kind == yaml.SequenceNode {
			classes = n.Content[i+1].Content
		}
		for _, c := range classes {
			need.Classes = append(need.Classes, r.class(c))
		}
		if !slices.ContainsFunc([]Class{Open, Partial, Closed}, func(c Class) bool {
			return !slices.Contains(need.Classes, c)
		}) {
			r.fault(n.Content[i+1], "any class of %q will do: leave it out", need.Dimension)
		}
		list = append(list, need)
	}
	return list
}

func (r *reader) dimensionID(n *yaml.Node, known []string) string {
	id := r.text(n, "a dimension")
	if !slices.Contains(known, id) {
		r.fault(n, "no dimension %q%s", id, DidYouMean(id, known))
	}
	return id
}

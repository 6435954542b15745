// Package rubric turns observations into judgements.
//
// A Rubric is a YAML file: dimensions, each with an ordered list of rules, each
// rule a CEL predicate over the table of facts, the class it gives and a reason
// sentence. The first rule that holds decides. Judging is a pure function of
// observations and rubric: no clock, network, database or randomness, so the
// same evidence always gives the same answer.
//
// A fact that could not be looked at is passed to CEL as unknown. Where an
// unknown could change the class, the dimension is Undetermined and the reason
// names the fact; it is never Closed.
package rubric

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"openness/audit"
)

// Class is the answer on one dimension.
type Class string

// The classes, after Liesenfeld, Lopez and Dingemanse (2023), and the one for
// "we could not look".
const (
	Closed       Class = "closed"
	Partial      Class = "partial"
	Open         Class = "open"
	Undetermined Class = "undetermined"
)

// Points is the value of a class: open 1, partial 0.5, closed and undetermined 0.
func (c Class) Points() float64 {
	switch c {
	case Open:
		return 1
	case Partial:
		return 0.5
	}
	return 0
}

var classNames = []string{string(Open), string(Partial), string(Closed), string(Undetermined)}

// ParseClass reads a class as people and files write it.
func ParseClass(s string) (Class, error) {
	if !slices.Contains(classNames, s) {
		return "", fmt.Errorf("unknown class %q: use %s%s", s, strings.Join(classNames, ", "),
			DidYouMean(s, classNames))
	}
	return Class(s), nil
}

// Origin says who gave a class.
type Origin string

// The origins of a judgement.
const (
	FromRule   Origin = "rule"
	FromReview Origin = "review"
)

// A Judgement is the class of one dimension, why, and what it rests on.
type Judgement struct {
	Dimension    string              `json:"dimension"`
	Class        Class               `json:"class"`
	Reason       string              `json:"reason"`
	Origin       Origin              `json:"origin"`
	Rule         string              `json:"rule,omitempty"`       // the predicate that decided, or "default"
	Cause        Cause               `json:"cause,omitempty"`      // why undetermined
	Unknown      []string            `json:"unknown,omitempty"`    // facts that could have changed the class
	Possible     []Class             `json:"-"`                    // of an undetermined one: what it may turn out to be
	Review       *Review             `json:"review,omitempty"`     // the human review on top, if any
	Outlived     bool                `json:"-"`                    // the review is of what is no more
	RuleClass    Class               `json:"rule_class,omitempty"` // what the rule said, where a review replaced it
	Weight       float64             `json:"weight,omitempty"`     // of the dimension; 0 counts as 1
	Observations []audit.Observation `json:"observations"`         // never nil, but of JudgeReadings
	// their positions among what was judged, where the rule gave the class
	Rests []int `json:"-"`
}

// Cause says why a judgement is undetermined.
type Cause string

// The causes of undetermined judgements.
const (
	CauseNotCaptured Cause = "not_captured" // the source was never seen
	CauseRefused     Cause = "refused"
	CauseUnreadable  Cause = "unreadable"
	CauseNothingSaid Cause = "nothing_said" // sources were read, none speaks of it
	CauseRuleFailed  Cause = "rule_failed"  // the predicate could not be evaluated: a fault of the rubric
)

// A Review is a person's class for one dimension of one model. It sits on top
// of the rule's judgement and survives every re-run.
type Review struct {
	Model     string    `json:"model"`
	Dimension string    `json:"dimension"`
	Class     Class     `json:"class"`
	Reason    string    `json:"reason"`
	By        string    `json:"by"`
	Link      string    `json:"link,omitempty"`
	At        time.Time `json:"at"`
	// Over is what had been found when the review was made, where the model was looked at
	// again since; nil where that is not known.
	Over []audit.Observation `json:"-"`
}

// Ref identifies the exact rubric that gave a judgement.
type Ref struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	SHA256  string `json:"sha256"` // of the YAML file's bytes
}

// Score sums up an assessment in two ways: Strict counts undetermined as 0, as
// the published indexes do; Determined is the strict points scaled to the
// dimensions that were determined. Percent is Strict of Max. Range says between
// which totals the truth lies: from all that is undetermined closed to all of it
// open.
type Score struct {
	Strict     float64    `json:"strict"`
	Determined float64    `json:"determined"`
	Max        float64    `json:"max"`
	Percent    float64    `json:"percent"`
	Coverage   float64    `json:"coverage"` // share of weight that was determined, 0 to 1
	Range      [2]float64 `json:"range"`
	Ranked     bool       `json:"ranked"` // enough was determined for a place in a ranking
}

// An Assessment is the judgements of one subject under one rubric.
type Assessment struct {
	Rubric     Ref         `json:"rubric"`
	Score      Score       `json:"score"`
	Judgements []Judgement `json:"judgements"` // in the rubric's order of dimensions
	Verdict    *Ruling     `json:"verdict,omitempty"`

	rubric *Rubric // that gave it; nil of one that was read back
	rests  []int   // what the judgements rest on, one after another
}

// A Rubric is a loaded, type-checked rubric file.
type Rubric struct {
	Ref
	Name       string      `json:"name"`
	About      string      `json:"about,omitempty"` // a sentence or two for people
	Sources    []string    `json:"sources"`         // citations
	Aggregate  string      `json:"aggregate"`       // AggregateSum or AggregateMean: how published totals are formed
	Dimensions []Dimension `json:"dimensions"`
	Verdicts   *Rulings    `json:"-"` // nil of an index

	language *language // what its predicates were compiled against
}

// The ways in which an index forms a total from the points of the dimensions.
const (
	AggregateSum  = "sum"
	AggregateMean = "mean"
)

// A Dimension is one question of a rubric.
type Dimension struct {
	ID       string  `json:"id"`
	Name     string  `json:"name"`  // a short heading
	Group    string  `json:"group"` // column group: availability, documentation, access
	Question string  `json:"question"`
	Source   string  `json:"source,omitempty"` // where the question stands, if narrower than the rubric's sources
	Weight   float64 `json:"weight"`
	Rules    []Rule  `json:"rules"`
	Default  Rule    `json:"default"` // what holds where no rule does; Predicate is empty

	// demand marks a policy's requirement or a claim: it is met by what is
	// absent too ("no such clause"), where a class of a rubric is not.
	demand bool
	// strict leaves a demand unsettled where what was not looked at could break it.
	strict bool

	memo *memo
}

// A Rule gives a class and reason where its predicate holds.
type Rule struct {
	Predicate string   `json:"when,omitempty"` // CEL over the table of facts
	Class     Class    `json:"class"`
	Reason    string   `json:"reason"`          // a sentence; {fact.name} is replaced by the fact's value
	Facts     []string `json:"facts,omitempty"` // the facts that the predicate reads, in its order

	alternatives []alternative // the predicate, split at its top-level ||
	parts        []part        // the reason, split at its placeholders; nil where it has none
	reads        []int         // the facts that the predicate reads, each once
	answers      *answers      // nil where the predicate is evaluated each time
	told         []int         // the facts whose values the reason gives, each once
	wordings     *wordings     // the reason with values that it gave; nil where none are kept
}

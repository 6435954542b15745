package claims

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"openness/audit"
	"openness/rubric"
)

// Superlatives and comparisons are held against what is stored. That can find
// an example to the contrary; it cannot show that there is none elsewhere.

// notStored says how far a superlative was looked into.
const notStored = "models that are not stored were not looked at."

// unique judges "the only" and "the first".
func (k *Checker) unique(c *Claim, model Model, at time.Time, p *Part) (rubric.Verdict, string) {
	var own Part
	v, reason := verdictOf(c.Value, c.Aspect, c.inverse, model.Observations, &own)
	own.Verdict = v
	if v == rubric.Refuted {
		return flip(rubric.Refuted, c.Denied), "It is not so of the model itself. " + reason
	}
	if c.spanFirst {
		return rubric.NotCheckable, "It is the first for some time; what came before that time was not compared."
	}
	others, settled := 0, true
	for _, m := range k.Library.Models() {
		if m.ID == model.ID || k.tooEarly(m, at) != "" || len(c.Among) > 0 && !slices.Contains(c.Among, m.ID) {
			continue
		}
		if c.ownFirst && !sameMaker(m.ID, model.ID) {
			continue
		}
		others++
		if c.Predicate == "first" && (m.Released == "" || model.Released == "" || !before(m.Released, model.Released)) {
			continue
		}
		var other Part
		v, _ := verdictOf(c.Value, c.Aspect, c.inverse, m.Observations, &other)
		settled = settled && v == rubric.Refuted
		if v == rubric.Supported {
			p.Observations = append(p.Observations, other.Observations...)
			when := ""
			if c.Predicate == "first" {
				when = fmt.Sprintf(" and was released on %s, before %s", m.Released, model.Released)
			}
			return flip(rubric.Refuted, c.Denied), fmt.Sprintf("The same holds of %s%s.", m.ID, when)
		}
	}
	if own := own.Verdict; len(c.Among) > 0 && others == len(c.Among) && settled && own == rubric.Supported {
		return flip(rubric.Supported, c.Denied), "None of the others that are named is so."
	}
	return rubric.NotCheckable, fmt.Sprintf("None of the %d other stored models is known to be so%s; "+notStored,
		others, map[string]string{"first": " and to have come earlier"}[c.Predicate])
}

// sameMaker reports whether two models stand under one account.
func sameMaker(a, b string) bool {
	x, _, _ := strings.Cut(a, "/")
	y, _, _ := strings.Cut(b, "/")
	return x == y
}

// before reports whether one date is earlier than another, as far as both tell.
func before(a, b string) bool {
	n := min(len(a), len(b))
	return strings.Compare(a[:n], b[:n]) < 0
}

// A span of points that a model may have under the index.
type span struct{ low, high float64 }

// points is what a model's openness may come to under the index: with what is
// undetermined counted as closed, and as open.
func points(observations []audit.Observation) span {
	s := rubric.OpenSource().Index.Judge(observations).Score
	return span{s.Strict, s.Strict + s.Max*(1-s.Coverage)}
}

// compare judges "more open than Y", "less open than Y" and "the most open".
func (k *Checker) compare(c *Claim, model Model, at time.Time) (rubric.Verdict, string) {
	index := rubric.OpenSource().Index.ID
	if len(c.Among) > 0 {
		return k.compareAmong(c, model, at)
	}
	if (c.Aspect == "data" || c.Aspect == "license") && c.Value == "all" {
		return k.compareAspectOfAll(c, model, at)
	}
	if c.Aspect == "data" || c.Aspect == "license" {
		return k.compareAspect(c, model, at)
	}
	own := points(model.Observations)
	if c.Value == "all" {
		others := 0
		for _, m := range k.Library.Models() {
			if m.ID == model.ID || k.tooEarly(m, at) != "" || c.ownFirst && !sameMaker(m.ID, model.ID) {
				continue
			}
			others++
			more, fewer, moreID, fewerID := points(m.Observations), own, m.ID, model.ID
			if c.Less {
				more, fewer, moreID, fewerID = fewer, more, fewerID, moreID
			}
			if more.low > fewer.high {
				return flip(rubric.Refuted, c.Denied),
					fmt.Sprintf("Under %s, %s has at least %.3g points and %s at most %.3g.",
						index, moreID, more.low, fewerID, fewer.high)
			}
		}
		return rubric.NotCheckable, fmt.Sprintf("Under %s, none of the %d other stored models surely contradicts it; "+
			notStored,
			index, others)
	}
	than, ok := k.Library.Model(c.Than, at)
	if !ok {
		return rubric.Unverifiable, fmt.Sprintf("Nothing is stored of %s.", c.Than)
	}
	if reason := k.tooEarly(than, at); reason != "" {
		return rubric.Unverifiable, reason
	}
	other := points(than.Observations)
	mine, its := levelOf(model.Observations), levelOf(than.Observations)
	reason := fmt.Sprintf("Of what is stored, under %s: %s has %s points, %s has %s.", index, model.ID, own, than.ID,
		other)
	if c.Less {
		own, other, mine, its = other, own, its, mine
	}
	if c.Predicate == "as-open-as" {
		if own.high < other.low || c.Aspect == "both" && other.high < own.low || mine >= 0 && its >= 0 && mine < its ||
			c.Aspect == "both" && mine > its && its >= 0 {
			return flip(rubric.Refuted, c.Denied), reason
		}
		return rubric.Unverifiable, reason
	}
	switch {
	case mine > its && its >= 0 && own.low >= other.low: // one gives something out, and the other nothing
		return flip(rubric.Supported, c.Denied), reason + " One is " + levels[mine] + ", the other " + levels[its] + "."
	case own.low > other.high:
		return flip(rubric.Supported, c.Denied), reason
	case mine >= 0 && mine < its && own.low <= other.low:
		return flip(rubric.Refuted, c.Denied), reason + " One is " + levels[mine] + ", the other " + levels[its] + "."
	case own.high <= other.low:
		return flip(rubric.Refuted, c.Denied), reason
	}
	return rubric.Unverifiable, reason + " The two overlap."
}

// compareAmong judges "of X, Y and Z, X is the most open": it holds where the
// model is more open than each of the others.
func (k *Checker) compareAmong(c *Claim, model Model, at time.Time) (rubric.Verdict, string) {
	verdict, why := rubric.Supported, ""
	for _, id := range c.Among {
		one := *c
		one.Among, one.Value, one.Than, one.Denied = nil, id, id, false
		v, reason := k.compare(&one, model, at)
		if v == rubric.Refuted {
			return flip(v, c.Denied), reason
		}
		if v != rubric.Supported {
			verdict = rubric.Unverifiable
		}
		why += " " + reason
	}
	return flip(verdict, c.Denied), strings.TrimSpace(why)
}

func (s span) String() string {
	if s.low == s.high {
		return fmt.Sprintf("%.3g", s.low)
	}
	return fmt.Sprintf("%.3g to %.3g", s.low, s.high)
}

// levels of openness that cannot be mistaken for each other.
var levels = []string{"closed", "with published weights", "open source"}

// levelOf is the level of a model, or -1 where that is not settled.
func levelOf(observations []audit.Observation) int {
	var p Part
	weights, _ := verdictOf("open-weights", "", false, observations, &p)
	source, _ := verdictOf("open-source", "", false, observations, &p)
	switch {
	case weights == rubric.Refuted:
		return 0
	case source == rubric.Supported:
		return 2
	case weights == rubric.Supported && source == rubric.Refuted:
		return 1
	}
	return -1
}

// aspects are facts whose values have an order, the least open first.
var aspects = map[string]struct {
	fact   string
	values []string
	firm   bool // a page that was not seen does not raise what another one tells
}{
	"data":    {"data.pretraining.disclosure", []string{"none", "described", "listed", "downloadable"}, false},
	"license": {"license.weights.openness", []string{"none", "proprietary", "noncommercial", "restricted", "open"}, true},
}

// compareAspect compares two models by the value of one fact.
func (k *Checker) compareAspect(c *Claim, model Model, at time.Time) (rubric.Verdict, string) {
	than, ok := k.Library.Model(c.Than, at)
	if !ok {
		return rubric.Unverifiable, fmt.Sprintf("Nothing is stored of %s.", c.Than)
	}
	own, its := rank(model.Observations, c.Aspect), rank(than.Observations, c.Aspect)
	fact, values := aspects[c.Aspect].fact, aspects[c.Aspect].values
	reason := fmt.Sprintf("%s: %s of %s, %s of %s.", fact, own.among(values), model.ID, its.among(values), than.ID)
	if c.Less {
		own, its = its, own
	}
	same := 0
	if c.Predicate == "as-open-as" {
		same = 1
	}
	switch {
	case own.low+same > its.high:
		return flip(rubric.Supported, c.Denied), reason
	case own.high+same <= its.low:
		return flip(rubric.Refuted, c.Denied), reason
	}
	return rubric.Unverifiable, fmt.Sprintf("It was not settled for both (%s).", fact)
}

// compareAspectOfAll looks for a stored model that goes further in one fact.
func (k *Checker) compareAspectOfAll(c *Claim, model Model, at time.Time) (rubric.Verdict, string) {
	for _, m := range k.Library.Models() {
		other := *c
		other.Predicate, other.Denied, other.Than = "more-open-than", false, model.ID
		if m.ID == model.ID || k.tooEarly(m, at) != "" {
			continue
		}
		if v, reason := k.compareAspect(&other, m, at); v == rubric.Supported {
			return flip(rubric.Refuted, c.Denied), reason
		}
	}
	return rubric.NotCheckable, "No stored model is known to go further; " + notStored
}

// places are the lowest and the highest place that a model's value may have in the
// order of an aspect.
type places struct{ low, high int }

func (s places) among(values []string) string {
	if s.low == s.high {
		return values[s.low]
	}
	return values[s.low] + " to " + values[s.high]
}

// rank is where a model's value may stand in the order of an aspect: anywhere where it
// has no value, or several. Silence is the lowest only where every page was seen.
func rank(observations []audit.Observation, aspect string) places {
	a := aspects[aspect]
	anywhere, found := places{0, len(a.values) - 1}, -1
	seen, unseen := false, false
	for _, o := range observations {
		switch {
		case o.Fact != a.fact:
		case o.Finding == audit.Present:
			n := slices.Index(a.values, o.Value)
			if n < 0 || found >= 0 && n != found {
				return anywhere
			}
			found = n
		case o.Finding == audit.NotThere:
			seen = true
		default:
			unseen = true
		}
	}
	switch {
	case found >= 0 && (a.firm || !unseen):
		return places{found, found}
	case found >= 0:
		return places{found, anywhere.high}
	case seen && !unseen:
		return places{0, 0}
	}
	return anywhere
}

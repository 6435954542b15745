package metamorphic

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/observe"
	"openness/rubric"
)

// A reading is what the documents of a subject give: what was observed, and
// the judgements by rubric and dimension.
type reading struct {
	observed   []audit.Observation
	judgements map[[2]string]rubric.Judgement
}

func read(s audit.Subject, docs []audit.Document, rubrics []*rubric.Rubric) reading {
	r := reading{observe.All(s, docs), map[[2]string]rubric.Judgement{}}
	for _, by := range rubrics {
		for _, j := range by.Judge(r.observed).Judgements {
			r.judgements[[2]string{by.ID, j.Dimension}] = j
		}
	}
	return r
}

// A flip is one judgement that a change turned.
type flip struct {
	subject, kind, name string
	rubric, dimension   string
	before, after       rubric.Class
	gained, lost        []string // observed only after, only before, of the facts that the judgement rests on
}

func (f flip) String() string {
	return strings.Join([]string{f.subject, f.kind, f.name, f.rubric, f.dimension, string(f.before) + " -> " +
		string(f.after),
		"+ " + strings.Join(f.gained, " ; "), "- " + strings.Join(f.lost, " ; ")}, "\t")
}

// flips lists the judgements on which two readings differ, in a stable order.
func flips(before, after reading, differ func(before, after rubric.Class) bool) []flip {
	var all []flip
	for _, key := range slices.SortedFunc(maps.Keys(before.judgements), func(a, b [2]string) int {
		return cmp.Or(strings.Compare(a[0], b[0]), strings.Compare(a[1], b[1]))
	}) {
		was, is := before.judgements[key], after.judgements[key]
		if differ(was.Class, is.Class) {
			facts := restsOn(was, is)
			all = append(all, flip{rubric: key[0], dimension: key[1], before: was.Class, after: is.Class,
				gained: onlyIn(after.observed, before.observed, facts), lost: onlyIn(before.observed, after.observed,
					facts)})
		}
	}
	return all
}

// restsOn are the facts that two judgements of one dimension name.
func restsOn(list ...rubric.Judgement) map[string]bool {
	facts := map[string]bool{}
	for _, j := range list {
		for _, o := range j.Observations {
			facts[o.Fact] = true
		}
		for _, name := range j.Unknown {
			facts[name] = true
		}
	}
	return facts
}

const mostEvidence = 3 // observations shown of a flip, each way

// onlyIn are the observations of some facts that one reading has and another
// has not, whatever the form of their quotes.
func onlyIn(one, other []audit.Observation, facts map[string]bool) []string {
	has := map[string]bool{}
	for _, o := range other {
		has[shape(o)] = true
	}
	var list []string
	for _, o := range one {
		if facts[o.Fact] && !has[shape(o)] && len(list) < mostEvidence {
			has[shape(o)] = true
			list = append(list, shown(o))
		}
	}
	return list
}

func shape(o audit.Observation) string {
	return strings.ToLower(o.Fact + " " + string(o.Finding) + " " + o.Value + " " +
		strings.Join(strings.Fields(o.Quote), ""))
}

func shown(o audit.Observation) string {
	quote := []rune(strings.Join(strings.Fields(o.Quote), " "))
	if len(quote) > 160 {
		quote = append(quote[:160], '…')
	}
	if o.Finding != audit.Present {
		return fmt.Sprintf("%s %s (%s)", o.Fact, o.Finding, strings.Join(strings.Fields(o.Note), " "))
	}
	return fmt.Sprintf("%s=%s %q", o.Fact, o.Value, string(quote))
}

// turned is any change of class; a turn to or from undetermined counts.
func turned(before, after rubric.Class) bool { return before != after }

// raised is a better class than before.
func raised(before, after rubric.Class) bool { return after.Points() > before.Points() }

// opened is a better class than before, but for what is given on request: that
// alone is partial, where nothing else was known.
func opened(before, after rubric.Class) bool {
	return raised(before, after) && !(before == rubric.Undetermined && after == rubric.Partial)
}

// rises are the turns that count of each kind of saying.
var rises = map[string]func(before, after rubric.Class) bool{
	"promise": raised, "denial": raised, "request form": opened,
}

// moved is any class but the one before and undetermined: what a lost source
// may not bring about.
func moved(before, after rubric.Class) bool { return after != before && after != rubric.Undetermined }

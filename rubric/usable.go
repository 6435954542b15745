package rubric

import (
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"go.yaml.in/yaml/v4"

	"openness/audit"
)

// maxTries bounds how many ways of answering a requirement's facts are tried
// when a policy is read.
const maxTries = 1024

// usable finds requirements that no evidence could ever settle: those that ask
// nothing of the model, that fail whatever is observed, that nothing can meet or
// nothing violate. A gate that such a requirement stands in would wait for ever,
// or not be one.
func (r *reader) usable(n *yaml.Node, met *Rule) {
	if len(met.Facts) == 0 {
		r.fault(n, "the requirement reads no fact: it says the same of every model")
		return
	}
	t := r.language.try(met)
	switch {
	case t.evaluated == 0:
		r.fault(n, "the requirement can never be evaluated: it fails whatever is observed (%s)", t.failure)
	case t.whole && t.holds == 0:
		r.fault(n, "nothing that may be observed meets the requirement")
	case t.whole && t.holds == t.evaluated:
		r.fault(n, "nothing that may be observed violates the requirement")
	}
}

// A trial is what became of a predicate under many answers to its facts.
type trial struct {
	evaluated, holds int
	failure          string // of the last one that failed
	whole            bool   // every answer that there is was tried
}

func (l *language) try(rule *Rule) trial {
	sampled := *l
	sampled.domains = slices.Clone(l.domains)
	t := trial{whole: true}
	var facts []int
	n := 1
	for _, name := range rule.Facts {
		i := l.index[name]
		facts = append(facts, i)
		if sampled.domains[i] == nil {
			t.whole = false
			sampled.domains[i] = l.samples(i)
		}
		if n *= len(sampled.domains[i]); n > maxTries {
			t.whole, n = false, maxTries
		}
	}
	empty := newJudging(&sampled, nil)
	defer empty.release()
	filled := &completion{judging: empty, facts: facts, values: make([]value, len(facts))}
	vars, err := cel.PartialVars(filled)
	if err != nil {
		return trial{failure: err.Error()}
	}
	for k := range n {
		filled.choose(k)
		t.add(rule, vars)
	}
	return t
}

// add evaluates a predicate once.
func (t *trial) add(rule *Rule, vars cel.PartialActivation) {
	holds, ok := false, true
	for i := range rule.alternatives {
		result, _, err := rule.alternatives[i].program.Eval(vars)
		if err != nil {
			ok, t.failure = false, strings.TrimSpace(err.Error())
			continue
		}
		holds = holds || result == types.True
	}
	if !ok && !holds {
		return
	}
	t.evaluated++
	if holds {
		t.holds++
	}
}

// samples are a few values of a fact whose values cannot be listed.
func (l *language) samples(i int) []value {
	var texts []string
	switch l.facts[i].Type {
	case audit.IntFact:
		texts = []string{"0", "1", "700000000"}
	case audit.FloatFact:
		texts = []string{"0", "0.5", "1"}
	case audit.ListFact:
		return []value{*l.absent(i), {list: true, items: []string{"a"}}}
	default:
		texts = []string{"", "Apache-2.0"}
	}
	var values []value
	for _, text := range texts {
		if v, ok := l.read(i, text); ok {
			values = append(values, v)
		}
	}
	return values
}

package rubric

import (
	"encoding/binary"
	"math"

	"cel.dev/cel-go/cel"

	"openness/audit"
)

// answers remembers what a rule's predicate gave by the values that it reads. It is asked
// many times what becomes of the same few, above all where unknown facts are filled in
// one way after another.
type answers struct{ remembered[answer] }

// An answer is what evaluate gives.
type answer struct {
	verdict verdict
	facts   []int
}

// mostAnswers bounds the answers of a rule, as mostRemembered does outcomes.
const mostAnswers = 1 << 14

// A ground is what a predicate is evaluated on: what was found, or that with some
// unknown facts filled in.
type ground interface {
	cel.Activation
	given(fact int) *value // nil of a fact that is not known
	activation() cel.PartialActivation
}

// partial gives CEL the facts that a ground gives, and hides the others from it.
func (c *judging) partial(on ground) cel.PartialActivation {
	unknown := make([]*cel.AttributePatternType, 0, len(c.states))
	for i := range c.states {
		if on.given(i) == nil {
			unknown = append(unknown, c.unknown[i])
		}
	}
	vars, _ := cel.PartialVars(on, unknown...) // refuses only what is no activation
	return vars
}

// resolve gives CEL the value of a fact by its name, where a ground gives one.
func (c *judging) resolve(on ground, name string) (any, bool) {
	i, ok := c.index[name]
	if !ok {
		return nil, false
	}
	v := on.given(i)
	if v == nil {
		return nil, false
	}
	return v.val(), true
}

// given is the value of a known fact; nil of another.
func (c *judging) given(i int) *value {
	if s := c.state(i); s.known {
		return s.value
	}
	return nil
}

// holds looks up whether a rule holds, or evaluates it and keeps the answer.
func (c *judging) holds(rule *Rule, on ground) (verdict, []int) {
	kept := rule.answers
	if kept == nil {
		return c.evaluate(rule, on.activation())
	}
	key := c.key[:0]
	for _, i := range rule.reads {
		key = c.appendGiven(key, i, on.given(i))
	}
	c.key = key
	if a, ok := kept.get(key); ok {
		return a.verdict, a.facts
	}
	v, facts := c.evaluate(rule, on.activation())
	kept.keep(string(key), answer{v, facts})
	return v, facts
}

// appendGiven writes down all of a value that CEL can see.
func (c *judging) appendGiven(key []byte, i int, v *value) []byte {
	if v == nil {
		return append(key, 0)
	}
	key = c.appendValue(append(key, 1), i, v)
	if c.facts[i].Type == audit.FloatFact { // what is filled in has no text
		key = binary.LittleEndian.AppendUint64(key, math.Float64bits(v.rank))
	}
	return key
}

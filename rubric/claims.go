package rubric

import (
	_ "embed" // what has to hold for claims
	"fmt"
	"regexp"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"

	"openness/audit"
)

// A Measure says what has to hold for one kind of claim on a model.
type Measure struct {
	Predicate string // open-weights, open-data, ...
	Value     string // what exactly; may be empty
	says      string // in plain words, with {not} where a denial says so
	given     string // the rule that tells that what is taken for granted fails
	policy    *Policy
}

// A Definition is the rubric that "open source" is held against, and the index
// that it is compared with.
type Definition struct {
	Source   string
	Rubric   *Rubric
	Index    *Rubric
	Compared [][3]string // dimension of Rubric, of Index, a word for both
}

// A Verdict says whether evidence bears a claim out.
type Verdict string

// The verdicts.
const (
	Supported     Verdict = "supported"
	Refuted       Verdict = "refuted"
	Partly        Verdict = "partly"
	Unverifiable  Verdict = "undetermined"
	NotCheckable  Verdict = "not_checkable"  // nothing is asserted of the present or past
	NotRecognised Verdict = "not_recognised" // no claim was found
)

//go:embed claims.yaml
var claimsYAML []byte

var known = sync.OnceValue(func() *measures {
	r, root, err := open("claims.yaml", claimsYAML, audit.Facts(), trusted)
	if err != nil {
		panic(fmt.Sprintf("rubric: %v", err)) // embedded: a build that fails its own tests
	}
	m := r.measures(root)
	if len(r.faults) > 0 {
		panic(fmt.Sprintf("rubric: %v", r.faults.sorted()))
	}
	return m
})

type measures struct {
	list       []Measure
	words      []Measure // of claims that no measure judges by itself
	definition Definition
}

// Measures returns what is known to be checkable. The caller must not change it.
func Measures() []Measure { return known().list }

// MeasureOf finds the measure of a predicate and value.
func MeasureOf(predicate, value string) (*Measure, bool) {
	list := known().list
	for i := range list {
		if list[i].Predicate == predicate && list[i].Value == value {
			return &list[i], true
		}
	}
	return nil, false
}

// Says tells what is claimed in plain words; {value} and {it} stand for what the
// claim is on and of, where the predicate alone does not tell.
func Says(predicate, value string, denied bool) string {
	general := ""
	for _, list := range [][]Measure{known().list, known().words} {
		for _, m := range list {
			if m.Predicate == predicate && m.Value == value {
				return m.inWords(denied)
			}
			if m.Predicate == predicate && m.Value == "" {
				general = m.inWords(denied)
			}
		}
	}
	return general
}

// either matches the words of a denial and those of an assertion.
var either = regexp.MustCompile(`\{([^{}|]+)\|([^{}|]+)\}`)

func (m *Measure) inWords(denied bool) string {
	if denied {
		return strings.ReplaceAll(either.ReplaceAllString(m.says, "$1"), "{not}", " not")
	}
	return strings.ReplaceAll(either.ReplaceAllString(m.says, "$2"), "{not}", "")
}

// OpenSource returns the definition that "open source" is held against.
func OpenSource() *Definition { return &known().definition }

func (r *reader) measures(n *yaml.Node) *measures {
	fields := r.fields(n, "the claims", []string{"id", "version", "name", "definition", "words", "claims"})
	ref := Ref{ID: r.id(fields["id"], "id"), Version: r.text(fields["version"], "version"),
		SHA256: audit.Hash(claimsYAML)}
	m := &measures{definition: r.definition(fields["definition"])}
	for _, node := range r.list(fields["words"], "words", maxDimensions) {
		f := r.fields(node, "words", []string{"id", "says"}, "value")
		m.words = append(m.words, Measure{Predicate: r.id(f["id"], "id"), Value: r.optional(f["value"], "value"),
			says: r.text(f["says"], "says")})
	}
	for _, node := range r.list(fields["claims"], "claims", maxDimensions) {
		m.list = append(m.list, r.measure(node, ref))
	}
	return m
}

func (r *reader) definition(n *yaml.Node) Definition {
	f := r.fields(n, "the definition", []string{"rubric", "source", "index", "compared"})
	d := Definition{Source: r.text(f["source"], "source")}
	for _, row := range r.list(f["compared"], "compared", maxRules) {
		var three [3]string
		for i, cell := range r.list(row, "a row of compared", len(three)) {
			three[i] = r.text(cell, "a dimension")
		}
		d.Compared = append(d.Compared, three)
	}
	for _, named := range []struct {
		id string
		at **Rubric
	}{{r.text(f["rubric"], "rubric"), &d.Rubric}, {r.text(f["index"], "index"), &d.Index}} {
		for _, b := range Builtin() {
			if b.ID == named.id {
				*named.at = b
			}
		}
		if *named.at == nil {
			r.fault(n, "no built-in rubric %q", named.id)
		}
	}
	return d
}

// measure reads a kind of claim as a dimension of a rubric: it is open where
// the claim holds, partial where it holds in part, closed where it is refuted.
func (r *reader) measure(node *yaml.Node, ref Ref) Measure {
	f := r.fields(node, "a claim", []string{"id", "says", "require", "message"},
		"value", "given", "partly", "refute", "shy")
	m := Measure{Predicate: r.id(f["id"], "id"), Value: r.optional(f["value"], "value"),
		says: r.text(f["says"], "says")}
	d := Dimension{ID: m.Predicate, Weight: 1, demand: true, strict: true, Default: Rule{Class: Closed,
		Reason: r.reason(f["message"])}}
	rule := func(field, wrap string, class Class, reason string) string {
		if f[field] == nil {
			return ""
		}
		text := fmt.Sprintf(wrap, r.text(f[field], field))
		rule := Rule{Predicate: text, Class: class, Reason: reason}
		r.compile(f[field], &rule)
		d.Rules = append(d.Rules, rule)
		return text
	}
	m.given = rule("given", "!(%s)", Closed,
		"The claim takes for granted what is not so: no published weights were found.")
	rule("require", "%s", Open, "What was observed bears it out.")
	rule("partly", "%s", Partial, "It holds in part, or under conditions.")
	rule("refute", "%s", Closed, r.reason(f["message"]))
	if f["shy"] != nil {
		d.Default = Rule{Class: Undetermined, Reason: r.reason(f["shy"])}
	}
	r.language.finish(&d)
	m.policy = &Policy{Ref: ref, rubric: &Rubric{Ref: ref, language: r.language, Dimensions: []Dimension{d}}}
	return m
}

// Verdict holds a claim, or its denial, against a model's observations, as a policy would.
func (m *Measure) Verdict(denied bool, observations []audit.Observation) (Verdict, Judgement) {
	f := m.policy.Check(observations)[0]
	j := f.Judgement
	switch {
	case j.Class == Undetermined:
		j.Reason = f.Reason
		return Unverifiable, j
	case j.Rule == m.given && m.given != "":
		return Refuted, j
	case j.Class == Partial:
		return Partly, j
	case j.Class == Open && denied:
		j.Reason = "What was observed bears out what the claim denies."
		return Refuted, j
	case j.Class == Open || denied:
		return Supported, j
	}
	return Refuted, j
}

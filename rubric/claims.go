package rubric

import (
	_ "embed" // the known claims
	"fmt"
	"regexp"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"

	"openness/audit"
)

// A Claim is a statement on a model's openness that can be checked.
type Claim struct {
	ID     string
	Source string // the definition that the claim is held to; may be empty
	says   []*regexp.Regexp
	policy *Policy // of one requirement
}

//go:embed claims.yaml
var claimsYAML []byte

var knownClaims = sync.OnceValue(func() []Claim {
	r, root, err := open("claims.yaml", claimsYAML, audit.Facts(), trusted)
	if err != nil {
		panic(fmt.Sprintf("rubric: %v", err)) // embedded: a build that fails its own tests
	}
	list := r.claims(root)
	if len(r.faults) > 0 {
		panic(fmt.Sprintf("rubric: %v", r.faults.sorted()))
	}
	return list
})

// Claims returns the claims that can be checked. The caller must not change them.
func Claims() []Claim { return knownClaims() }

func (r *reader) claims(n *yaml.Node) []Claim {
	fields := r.fields(n, "the claims", []string{"id", "version", "name", "claims"})
	ref := Ref{ID: r.id(fields["id"], "id"), Version: r.text(fields["version"], "version"), SHA256: audit.Hash(claimsYAML)}
	var list []Claim
	for _, node := range r.list(fields["claims"], "claims", maxDimensions) {
		f := r.fields(node, "a claim", []string{"id", "says", "require", "message"}, "source")
		c := Claim{ID: r.id(f["id"], "id"), Source: r.optional(f["source"], "source")}
		for _, say := range r.list(f["says"], "says", maxRules) {
			pattern, err := regexp.Compile(r.text(say, "a pattern"))
			if err != nil {
				r.fault(say, "%v", err)
				continue
			}
			c.says = append(c.says, pattern)
		}
		rule := Rule{Predicate: r.text(f["require"], "require"), Class: Open, Reason: "What was observed bears the claim out."}
		r.compile(f["require"], &rule)
		d := Dimension{ID: c.ID, Weight: 1, demand: true, Rules: []Rule{rule}, Default: Rule{Class: Closed, Reason: r.reason(f["message"])}}
		c.policy = &Policy{Ref: ref, rubric: &Rubric{Ref: ref, language: r.language, Dimensions: []Dimension{d}}}
		list = append(list, c)
	}
	return list
}

// denies matches a negation that stands before a claim: "is not a fully open
// source model".
var denies = regexp.MustCompile(`\b(not|no|never|nor|neither|without|hardly|lacks?|lacking|far from|short of)\W+(\w+\W+){0,3}$`)

// plainly undoes what hides or feigns a negation: contractions, "not only", and
// "no doubt".
var plainly = []struct {
	pattern *regexp.Regexp
	with    string
}{
	{regexp.MustCompile(`[’‘]`), "'"},
	{regexp.MustCompile(`\bcan't\b|\bcannot\b`), "can not"},
	{regexp.MustCompile(`n't\b`), " not"},
	{regexp.MustCompile(`\bnot (only|just|merely|simply)\b`), "$1"},
	{regexp.MustCompile(`\bno (doubt|question)\b`), "$1"},
}

// Made reports whether a text makes the claim, and whether it denies it ("is
// not open source"). A pattern may hold the negation itself, as its group "no";
// where its group "other" or "about" matches, a part alone is meant ("open
// source licence"), which is another claim.
func (c *Claim) Made(text string) (made, denied bool) {
	text = strings.ToLower(text)
	for _, p := range plainly {
		text = p.pattern.ReplaceAllString(text, p.with)
	}
	for _, say := range c.says {
		for _, at := range say.FindAllStringSubmatchIndex(text, -1) {
			if !matched(say, at, "other") && !matched(say, at, "about") {
				return true, denies.MatchString(text[:at[0]]) != matched(say, at, "no")
			}
		}
	}
	return false, false
}

// matched reports whether a named group took part in a match.
func matched(pattern *regexp.Regexp, at []int, name string) bool {
	i := pattern.SubexpIndex(name)
	return i > 0 && at[2*i] >= 0
}

// A Verdict says whether evidence bears a claim out.
type Verdict string

// The verdicts.
const (
	Supported    Verdict = "supported"
	Refuted      Verdict = "refuted"
	Unverifiable Verdict = "undetermined"
)

// Verdict holds the claim, or its denial, against a model's observations.
func (c *Claim) Verdict(denied bool, observations []audit.Observation) (Verdict, Judgement) {
	f := c.policy.Check(observations)[0]
	switch {
	case f.Standing == Unknown:
		f.Judgement.Reason = f.Reason
		return Unverifiable, f.Judgement
	case f.Standing == Met && denied:
		f.Judgement.Reason = "What was observed bears out what the claim denies."
		return Refuted, f.Judgement
	case f.Standing == Met || denied:
		return Supported, f.Judgement
	}
	return Refuted, f.Judgement
}

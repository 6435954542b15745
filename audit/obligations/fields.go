package obligations

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"openness/audit/license"
	"openness/audit/pattern"
)

// A licence that restricts uses seldom forbids a field: it forbids military purposes as such,
// but of medicine the practice without a licence. What is forbidden as such may not be done;
// of what is forbidden in part, or on a condition, the company has to read the clause.

//go:embed fields.yaml
var fieldsYAML []byte

// A field is a field of use: its names in a profile and the words for it in licences.
type field struct {
	Names []string `yaml:"names"`
	Words string   `yaml:"words"`
	words *pattern.Regexp
}

// A fieldGuide is all that is known of fields of use.
type fieldGuide struct {
	Fields    []*field `yaml:"fields"`
	Ordinary  []string `yaml:"ordinary"`
	Generic   string   `yaml:"generic"`
	Qualified string   `yaml:"qualified"`
	Ban       string   `yaml:"ban"`
	Exempt    string   `yaml:"exempt"`
	Within    string   `yaml:"within"`
	Defined   string   `yaml:"defined"`

	generic, qualified, ban, exempt, within, defined *pattern.Regexp
}

var fieldsOfUse = sync.OnceValue(func() *fieldGuide {
	g := &fieldGuide{}
	if err := yaml.Load(fieldsYAML, g, yaml.WithKnownFields()); err != nil {
		panic(fmt.Sprintf("obligations: fields: %v", err)) // embedded: a build that fails its own tests
	}
	for _, f := range g.Fields {
		f.words = pattern.MustCompile(f.Words)
	}
	g.generic, g.qualified = pattern.MustCompile(g.Generic), pattern.MustCompile(g.Qualified)
	g.ban, g.exempt = pattern.MustCompile(g.Ban), pattern.MustCompile(g.Exempt)
	g.within, g.defined = pattern.MustCompile(g.Within), pattern.MustCompile(g.Defined)
	return g
})

// wordsOf are the words by which licences speak of a field, however a profile names it.
func (g *fieldGuide) wordsOf(name string) *pattern.Regexp {
	for _, f := range g.Fields {
		if slices.Contains(f.Names, name) {
			return f.words
		}
	}
	expr := regexp.QuoteMeta(name)
	if name[0] < utf8.RuneSelf { // before a letter of another script stands no boundary
		expr = `\b` + expr
	}
	return pattern.MustCompile(`(?i)` + expr)
}

// fields asks whether a field of use is one that the licence forbids.
func (d *decision) fields(l Licence) {
	const q = "use_policy"
	switch r := l.Terms.UseRestrictions; {
	case r == nil && license.Open(l.ID), r != nil && !*r:
		d.answer(l, q, May, l.Name+" forbids no field of use", "use_restrictions", "")
		return
	case r == nil:
		d.answer(l, q, NotDetermined,
			l.Name+" does not say, as far as it is known, whether fields of use are forbidden", "use_restrictions",
			"restrictions of use in the text")
		return
	case len(d.profile.Fields) == 0:
		d.answer(l, q, NotDetermined, l.Name+" forbids fields of use, and the profile names none", "use_restrictions",
			"fields of the profile, against the restrictions of use")
		return
	}
	for _, name := range d.profile.Fields {
		name = strings.ToLower(strings.TrimSpace(name))
		c, answer, reason, doubt := l.speaksOf(name)
		if answer != May {
			d.add(Question{Question: q, Answer: answer, Reason: reason, Licence: l.ID, Component: l.Component, Of: l.Of,
				Clause: c, Evidence: l.Evidence, LookUp: "whether the use is what the clause means"})
			continue
		}
		if slices.Contains(fieldsOfUse().Ordinary, name) && !doubt {
			d.answer(l, q, May, fmt.Sprintf("%s forbids fields of use, and %q is none of those that such licences forbid",
				l.Name, name), "use_restrictions", "")
			continue
		}
		d.answer(l, q, NotDetermined,
			fmt.Sprintf("%s forbids fields of use; whether %q is one was not found in what was read", l.Name, name),
			"use_restrictions", "the restrictions of use, or the policy that the licence takes in")
	}
}

// speaksOf finds what a licence's text says of a field of use: the worst of what it forbids.
// The answer is May where it does not speak of it, and there is doubt where words about it beside
// a ban were not taken for one.
func (l Licence) speaksOf(name string) (c Clause, worst Answer, reason string, doubt bool) {
	worst, at := May, -1
	if l.text == nil || name == "" {
		return c, worst, reason, false
	}
	g := fieldsOfUse()
	words := g.wordsOf(name)
	title := strings.ToLower(l.Name)
	own := strings.Fields(title)
	if words.MatchString(title) { // the field may be but a part of the name, where that is named
		own = nil
	}
	all := l.text.read(l.part())
	named := g.definedBy(all, words)
	for i, p := range all {
		apart := g.within.FindAllStringIndex(p.words, -1)
		for _, m := range words.FindAllStringIndex(p.words, -1) {
			if ofAnother(p.words, m, apart, named) {
				continue
			}
			if p.title || matches(clauses().definition, p.words) || g.spares(p.words, m) {
				doubt = doubt || g.banned(all, i)
				continue
			}
			answer, why := NotDetermined, fmt.Sprintf("it speaks of %q, and whether it forbids it was not understood", name)
			switch banned := g.banned(all, i); {
			case !banned && !g.banBefore(all, i):
				continue
			case banned && g.asSuch(p.words, m, own):
				answer, why = MayNot, fmt.Sprintf("its restrictions of use forbid %q", name)
			case banned:
				answer, why = Ask, fmt.Sprintf("its restrictions of use forbid something within %q, or on a condition", name)
			}
			if answer.Worse(worst) {
				worst, at, reason = answer, i, why
			}
		}
	}
	if at < 0 {
		return c, worst, reason, doubt
	}
	c = Clause{URL: l.text.doc.URL, SHA256: l.text.doc.SHA256, Section: l.Terms.Source["use_restrictions"],
		Certainty: Quoted}
	if worst == NotDetermined {
		c.Certainty = Doubtful
	}
	if all[at].label != "" {
		c.Section = all[at].label
	}
	c.cut(l.text.body, all[at].at, 0)
	return c, worst, reason, doubt
}

// maxDefined is how many names a text may define with words for one field.
const maxDefined = 20

// definedBy are the names of things that a text defines and that hold words for a field: "Research
// Materials". A name for a use ("Direct Marketing") is none: what is forbidden may be called so.
func (g *fieldGuide) definedBy(all []passage, words *pattern.Regexp) []string {
	var names []string
	for _, p := range all {
		for _, m := range g.defined.FindAllStringSubmatch(p.words, -1) {
			if words.MatchString(m[1]) && len(names) < maxDefined {
				names = append(names, m[1])
			}
		}
	}
	return names
}

// ofAnother reports whether the words at m are no mention of a field: they stand in a name that the
// text defines, or among those that name a part of another field.
func ofAnother(words string, m []int, apart [][]int, named []string) bool {
	covers := func(in []int) bool { return in[0] <= m[0] && m[1] <= in[1] }
	return slices.ContainsFunc(apart, covers) || slices.ContainsFunc(named, func(name string) bool {
		from := max(0, m[0]-len(name))
		at := strings.Index(words[from:min(len(words), m[1]+len(name))], name)
		return at >= 0 && covers([]int{from + at, from + at + len(name)})
	})
}

// banned reports whether a passage takes a use back: in its own words, in those that
// introduce it, or by the title that it stands under.
func (g *fieldGuide) banned(all []passage, i int) bool {
	if g.ban.MatchString(all[i].heading) {
		return true
	}
	top := i
	for steps := 0; i >= 0 && steps < 4; i, steps = all[i].lead, steps+1 {
		if g.ban.MatchString(all[i].words) {
			return true
		}
		top = i
	}
	for k := top - 1; k >= max(0, top-restrictionsReach) && !all[k].title; k-- {
		switch { // "You will not use it to:" above a list of lists
		case !opens(all[k].words):
		case g.ban.MatchString(all[k].words):
			return true
		case matches(clauses().force["permits"], all[k].words):
			return false
		}
	}
	return false
}

// restrictionsReach is how many passages before an entry of a list the words may stand that
// forbid all of them, where the text does not say what introduces what.
const restrictionsReach = 40

// banBefore reports whether something above a passage introduces what is forbidden: whether it
// goes on so far is not known.
func (g *fieldGuide) banBefore(all []passage, i int) bool {
	return slices.ContainsFunc(all[max(0, i-restrictionsReach):i], func(p passage) bool {
		return opens(p.words) && g.ban.MatchString(p.words)
	})
}

// itemMark matches where one thing of an enumeration within a sentence ends and another begins.
var itemMark = pattern.MustCompile(`;|[( ](?:[a-z]|[ivx]{1,5}|[0-9]{1,2})\) `)

// clauseMark matches where a clause of a sentence ends and another begins.
var clauseMark = pattern.MustCompile(itemMark.String() + `|(?i:\b(?:and|or|nor|but|yet)\b,? (?:\pL+ ){0,3}` +
	`(?:(?:may|must|shall|will|can|cannot|should|never)\b|(?:is|are) (?:\w+ )?(?:prohibited|forbidden)\b))`)

// spares reports whether the clause around the words at m is one that no ban means.
func (g *fieldGuide) spares(words string, m []int) bool {
	from, to := around(clauseMark, words, m)
	return g.exempt.MatchString(words[from:to])
}

// memberEnd matches where a member of a list ends.
var memberEnd = pattern.MustCompile(`[,;:()/.，、；。：]|\b(?:or|and|for)\b|或|和|及`)

// asSuch reports whether the words at m are themselves what a passage forbids: nothing but
// generic words and its own, those of the licence's name, which is the model's as a rule, stands
// with them in their list, and nothing in the item qualifies the ban.
func (g *fieldGuide) asSuch(words string, m []int, own []string) bool {
	from, to := around(itemMark, words, m)
	if g.qualified.MatchString(words[from:to]) {
		return false
	}
	from, to = around(memberEnd, words, m)
	rest := words[from:m[0]] + " " + words[m[1]:max(m[1], to)]
	return !slices.ContainsFunc(strings.Fields(g.generic.ReplaceAllString(rest, " ")), func(word string) bool {
		word = strings.Trim(word, ",;:.()/[]“”’")
		return word != "" && !slices.Contains(own, strings.ToLower(word))
	})
}

// around is the part of a text around m between the marks that divide it.
func around(mark *pattern.Regexp, text string, m []int) (from, to int) {
	to = len(text)
	for _, at := range mark.FindAllStringIndex(text, -1) {
		switch {
		case at[1] <= m[0]:
			from = at[1]
		case at[0] >= m[1]:
			return from, at[0]
		}
	}
	return from, to
}

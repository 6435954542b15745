package obligations

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"

	"openness/audit/pattern"
)

//go:embed clauses.yaml
var clausesYAML []byte

// A sought is how the clause on one question is known.
type sought struct {
	Force   []string `yaml:"force"` // any of obliges, forbids, permits; none for whatever
	Act     []string `yaml:"act"`
	Perhaps []string `yaml:"perhaps"`
	Prefer  string   `yaml:"prefer"`
	Under   string   `yaml:"under"`
	Not     string   `yaml:"not"`

	act, perhaps, prefer, under, not *pattern.Regexp
}

// A guide is all that is known of clauses.
type guide struct {
	Words map[string]string  `yaml:"words"`
	Force map[string]string  `yaml:"force"`
	Kinds map[string]*sought `yaml:"sought"`

	Definition string `yaml:"definition"`
	Liability  string `yaml:"liability"`
	Recital    string `yaml:"recital"`
	Licensor   string `yaml:"licensor"`
	Demand     string `yaml:"demand"`

	force                                            map[string]*pattern.Regexp
	definition, liability, recital, licensor, demand *pattern.Regexp
}

var clauses = sync.OnceValue(func() *guide {
	g := &guide{force: make(map[string]*pattern.Regexp)}
	if err := yaml.Load(clausesYAML, g, yaml.WithKnownFields()); err != nil {
		panic(fmt.Sprintf("obligations: clauses: %v", err)) // embedded: a build that fails its own tests
	}
	for name, expr := range g.Force {
		g.force[name] = g.compile(expr)
	}
	g.definition, g.liability = g.compile(g.Definition), g.compile(g.Liability)
	g.recital, g.licensor = g.compile(g.Recital), g.compile(g.Licensor)
	g.demand = g.compile(g.Demand)
	for _, s := range g.Kinds {
		s.act, s.perhaps = g.compile(s.Act...), g.compile(s.Perhaps...)
		s.prefer, s.under, s.not = g.compile(s.Prefer), g.compile(s.Under), g.compile(s.Not)
	}
	return g
})

// compile makes one expression of several, with the classes of words put in; nil of none.
func (g *guide) compile(exprs ...string) *pattern.Regexp {
	whole := strings.Join(exprs, "|")
	if whole == "" {
		return nil
	}
	for range 2 { // a class may name another
		for name, words := range g.Words {
			whole = strings.ReplaceAll(whole, "<"+name+">", words)
		}
	}
	return pattern.MustCompile(whole)
}

func matches(re *pattern.Regexp, words string) bool { return re != nil && re.MatchString(words) }

// The weights of what speaks for a passage, and how much is asked of one that is quoted.
// What is to be done, in words that mean nothing else, and the force of a duty make a
// clause together; either alone, or words that may mean it, is shown as doubtful.
const (
	weighAct      = 4
	weighPerhaps  = 2
	weighForce    = 2 // the sentence, or what introduces it, sets a duty, a ban or a permission
	weighSection  = 3 // it stands where our table says
	weighUnder    = 1
	weighPrefer   = 1
	againstOther  = 5 // a definition, the licensor's own acts, liability, another thing in such words
	againstProse  = 3 // a recital
	certainClause = 6
	doubtClause   = 4
	certainFirst  = 100 // what is certain goes before whatever is not
)

// weigh says how well a passage answers to what is sought.
func (g *guide) weigh(all []passage, i int, s *sought, inSection bool) int {
	p := all[i]
	w := 0
	switch {
	case p.title:
		return 0
	case matches(s.act, p.words):
		w = weighAct
	case matches(s.perhaps, p.words):
		w = weighPerhaps
	default:
		return 0
	}
	if g.forced(all, i, s) {
		w += weighForce
	} else {
		w -= weighForce
	}
	if inSection {
		w += weighSection
	}
	if matches(s.under, p.heading) {
		w += weighUnder
	}
	if matches(s.prefer, p.words) {
		w += weighPrefer
	}
	for _, re := range []*pattern.Regexp{g.definition, g.liability, s.not, g.licensor} {
		if re == g.licensor && slices.Contains(s.Force, "permits") {
			continue // the licensor is who grants
		}
		if matches(re, p.words) {
			w -= againstOther
		}
	}
	if len(s.Force) > 0 && matches(g.recital, p.heading) {
		w -= againstProse
	}
	return w
}

// forced reports whether a passage, or what introduces it, has the force that is asked.
func (g *guide) forced(all []passage, i int, s *sought) bool {
	if slices.Contains(s.Force, "forbids") && matches(g.force["forbids"], all[i].heading) {
		return true // an entry below "Prohibited uses"
	}
	for steps := 0; i >= 0 && steps < 4; i, steps = all[i].lead, steps+1 {
		if g.forces(s, all[i].words) {
			return true
		}
	}
	return false
}

// forces reports whether words have the force that is asked.
func (g *guide) forces(s *sought, words string) bool {
	return len(s.Force) == 0 || slices.ContainsFunc(s.Force, func(force string) bool {
		return matches(g.force[force], words)
	})
}

// demands reports whether a quote says in so many words that somebody must do something.
func (g *guide) demands(quote string) bool { return matches(g.demand, plainWords([]byte(quote))) }

package reports

import (
	"slices"
	"strings"

	"openness/audit"
)

// conflictFacts is what the facts of conflicts begin with; the kind follows.
const conflictFacts = "license.conflict."

// A Conflict is one disagreement about licences with both its sides.
type Conflict struct {
	Kind string `json:"kind"` // tag_text, claims_more, ...: what the table of facts lists under license.conflict.
	Fact string `json:"fact"`
	// Detail says in a sentence what stands against what.
	Detail string `json:"detail"`
	// Observations are the sides, each with the bytes it was read from.
	Observations []audit.Observation `json:"observations"`
}

// Meaning is what the table of facts says of this kind.
func (c Conflict) Meaning() string {
	f, _ := audit.FactNamed(c.Fact)
	return f.Meaning
}

// Conflicts gathers the observed disagreements, in the order of the
// observations. The sides of one conflict carry the same sentence.
func (m *Model) Conflicts() []Conflict {
	list := []Conflict{}
	for _, o := range m.Observations {
		kind, ok := strings.CutPrefix(o.Fact, conflictFacts)
		if !ok || o.Finding != audit.Present {
			continue
		}
		i := slices.IndexFunc(list, func(c Conflict) bool { return c.Fact == o.Fact && c.Detail == o.Value })
		if i < 0 {
			i = len(list)
			list = append(list, Conflict{Kind: kind, Fact: o.Fact, Detail: o.Value})
		}
		list[i].Observations = append(list[i].Observations, o)
	}
	return list
}

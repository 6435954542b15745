package census

import "time"

// ChangesSchema names the shape of the JSON of changes.
const ChangesSchema = "openness.census-diff/1"

// Changes are what became different between two censuses.
type Changes struct {
	Schema       string    `json:"schema"`
	Tool         Tool      `json:"tool"`
	Before       time.Time `json:"before"`
	After        time.Time `json:"after"`
	ModelsBefore int64     `json:"models_before"`
	ModelsAfter  int64     `json:"models_after"`
	Kinds        []Kind    `json:"kinds"`

	top int
}

// A Kind counts the changes of one kind, and shows some.
type Kind struct {
	Kind    string   `json:"kind"`
	Models  int64    `json:"models"`
	Changes []Change `json:"changes"` // the first of them
}

// A Change is what became different of one model.
type Change struct {
	Kind      string `json:"kind"`
	Model     string `json:"model"`
	Before    string `json:"before"`
	After     string `json:"after"`
	Downloads int64  `json:"downloads"` // -1 where not known
}

// NewChanges counts changes of some kinds and shows the first of each.
func NewChanges(top int, kinds []string) *Changes {
	c := &Changes{Schema: ChangesSchema, top: top}
	for _, k := range kinds {
		c.Kinds = append(c.Kinds, Kind{Kind: k, Changes: []Change{}})
	}
	return c
}

// Add counts a change.
func (c *Changes) Add(one Change) {
	for i := range c.Kinds {
		k := &c.Kinds[i]
		if k.Kind != one.Kind {
			continue
		}
		if k.Models++; len(k.Changes) < c.top {
			k.Changes = append(k.Changes, one)
		}
	}
}

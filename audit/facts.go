package audit

import (
	_ "embed" // the table of facts
	"fmt"
	"slices"
	"strconv"
	"sync"

	"go.yaml.in/yaml/v4"
)

// FactType is the type of a fact's value, as rubrics see it.
type FactType string

// The types of facts.
const (
	BoolFact   FactType = "bool"
	EnumFact   FactType = "enum"
	StringFact FactType = "string"
	ListFact   FactType = "list" // each observation adds one element
	IntFact    FactType = "int"
	FloatFact  FactType = "float"
)

// A Fact is one row of the table of facts: what may be observed and asked for.
type Fact struct {
	Name     string   `yaml:"name" json:"name"`
	Label    string   `yaml:"label" json:"label,omitempty"` // what a sentence calls it; without one, its name
	Type     FactType `yaml:"type" json:"type"`
	Values   []string `yaml:"values" json:"values,omitempty"`
	Merge    string   `yaml:"merge" json:"merge"` // any, most, union, first
	Meaning  string   `yaml:"meaning" json:"meaning"`
	Observer string   `yaml:"observer" json:"observer"`
	// Looks are the places that would say it, each a name of audit/observe.
	// Silence closes the fact only where all of them were looked at.
	Looks []string `yaml:"looks" json:"looks,omitempty"`
	// More are other places that may say it: one that was not looked at leaves
	// the fact open, and the silence of one that was says nothing.
	More []string `yaml:"more" json:"more,omitempty"`
	// Silence says, for people, what it means that they were read in vain. Where
	// it is empty their silence closes nothing.
	Silence string `yaml:"silence" json:"silence,omitempty"`
	// Narrows is true of a fact that says that less is open: missing it closes nothing.
	Narrows bool `yaml:"narrows" json:"narrows,omitempty"`
	// Firm is true of a fact of which the strictest statement wins: one that was found is
	// not raised by what a look that was not made might have shown.
	Firm bool `yaml:"firm" json:"firm,omitempty"`
}

//go:embed facts.yaml
var factsYAML []byte

var factTable = sync.OnceValue(func() []Fact {
	var facts []Fact
	if err := yaml.Load(factsYAML, &facts, yaml.WithKnownFields()); err != nil {
		panic(fmt.Sprintf("audit: facts.yaml: %v", err)) // embedded: a build that fails its own tests
	}
	return facts
})

// Facts returns the table of facts in its written order. The caller must not change it.
func Facts() []Fact { return factTable() }

var factIndex = sync.OnceValue(func() map[string]Fact {
	index := make(map[string]Fact)
	for _, f := range Facts() {
		index[f.Name] = f
	}
	return index
})

// FactNamed looks up one fact of the table.
func FactNamed(name string) (Fact, bool) {
	f, ok := factIndex()[name]
	return f, ok
}

// Check reports why value is no value of the fact, or nil.
func (f Fact) Check(value string) error {
	var err error
	switch f.Type {
	case BoolFact:
		if value != "true" && value != "false" {
			err = fmt.Errorf("want true or false")
		}
	case EnumFact:
		if !slices.Contains(f.Values, value) {
			err = fmt.Errorf("want one of %v", f.Values)
		}
	case IntFact:
		_, err = strconv.Atoi(value)
	case FloatFact:
		_, err = strconv.ParseFloat(value, 64)
	}
	if err != nil {
		return fmt.Errorf("fact %q: value %q: %w", f.Name, value, err)
	}
	return nil
}

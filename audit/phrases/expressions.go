package phrases

import (
	"embed"
	"fmt"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"

	textual "openness/audit/pattern"
)

// What is more than words in order, as where a clause may begin, is written as expressions. Their
// words are in files as well (expressions/*.yaml): a list of alternatives, and what stands around
// them, so that a wording is one more line and no Go.

//go:embed expressions/*.yaml
var expressionFiles embed.FS

// An Expression is a list of alternatives in small letters, unless around says (?i).
type Expression struct {
	Around string   `yaml:"around"` // with %s where one of them stands; empty for no more than them
	Say    []string `yaml:"say"`
	Yes    []string `yaml:"yes"` // texts that it matches
	No     []string `yaml:"no"`
}

// source is the whole expression.
func (e Expression) source() string {
	all := strings.Join(e.Say, "|")
	if e.Around == "" {
		return all
	}
	return strings.Replace(e.Around, "%s", all, 1)
}

// Expressions are those of the built-in files, by name.
var Expressions = sync.OnceValue(func() map[string]Expression {
	all := make(map[string]Expression)
	files, err := expressionFiles.ReadDir("expressions")
	if err != nil {
		panic(err) // embedded
	}
	for _, f := range files {
		data, err := expressionFiles.ReadFile("expressions/" + f.Name())
		if err != nil {
			panic(err)
		}
		if err := yaml.Load(data, &all, yaml.WithKnownFields()); err != nil {
			panic(fmt.Sprintf("phrases: %s: %v", f.Name(), err)) // a build that fails its own tests
		}
	}
	return all
})

// ExpressionOf is the expression of a name, which is looked up when it is first asked.
func ExpressionOf(name string) *textual.Regexp {
	return textual.Later(func() string {
		e, ok := Expressions()[name]
		if !ok {
			panic("phrases: no expression " + name) // a build that fails its own tests
		}
		return e.source()
	})
}

// A Labelled is an expression of a table by what it tells.
type Labelled struct {
	Label string
	*textual.Regexp
}

// TableOf is a table of expressions in the order of its labels: that of "model" in "observe.summary"
// is called observe.summary.model.
func TableOf(name string, labels ...string) []Labelled {
	table := make([]Labelled, len(labels))
	for i, label := range labels {
		table[i] = Labelled{label, ExpressionOf(name + "." + label)}
	}
	return table
}

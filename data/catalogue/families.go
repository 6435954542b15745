package catalogue

import (
	_ "embed" // the families
	"fmt"
	"sync"

	"go.yaml.in/yaml/v4"
)

// A Family is a line of models under one name, and what else it is called.
type Family struct {
	Name    string   `yaml:"family"`
	Vendor  string   `yaml:"vendor"`
	Aliases []string `yaml:"aliases"`
}

//go:embed families.yaml
var familiesYAML []byte

var families = sync.OnceValue(func() []Family {
	var list []Family
	if err := yaml.Load(familiesYAML, &list, yaml.WithKnownFields()); err != nil {
		panic(fmt.Sprintf("catalogue: families.yaml: %v", err)) // embedded: a build that fails its own tests
	}
	return list
})

// Families returns the families in their written order. The caller must not change them.
func Families() []Family { return families() }

package catalogue

import (
	"cmp"
	_ "embed" // the families
	"fmt"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"
)

// A Family is a line of models that people call by one name: "audit qwen".
type Family struct {
	Family  string   `yaml:"family"`
	Names   []string `yaml:"names"`
	Vendor  string   `yaml:"vendor"`
	Members []string `yaml:"members"` // names of entries
	Check   string   `yaml:"check"`   // where the names were checked
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

// Newest finds what the name of a family stands for: its newest model that the
// catalogue lists, and the names of the others, newest first. A name that is a
// model's as well means that model: others then are the rest of the family.
func Newest(name string) (newest Entry, others []string, ok bool) {
	key := Fold(name)
	for _, f := range Families() {
		if !slices.Contains(f.keys(), key) {
			continue
		}
		members := f.members()
		at := slices.IndexFunc(members, func(e Entry) bool { return slices.Contains(e.keys(), key) })
		newest = members[max(at, 0)]
		for _, e := range members {
			if e.Name != newest.Name {
				others = append(others, e.Name)
			}
		}
		return newest, others, true
	}
	return Entry{}, nil, false
}

// keys are the folded names of a family.
func (f Family) keys() []string {
	keys := []string{Fold(f.Family)}
	for _, n := range f.Names {
		keys = append(keys, Fold(n))
	}
	return keys
}

// members are the entries of a family, the newest first.
func (f Family) members() []Entry {
	var list []Entry
	for _, e := range Entries() {
		if slices.Contains(f.Members, e.Name) {
			list = append(list, e)
		}
	}
	slices.SortStableFunc(list, func(a, b Entry) int { return cmp.Compare(b.Released, a.Released) })
	return list
}

// inOtherWords finds the entry that a name gives with another name of the family in
// front: "通义千问2.5" is "qwen2.5". A version that is not listed finds none.
func inOtherWords(key string) (Entry, bool) {
	for _, f := range Families() {
		keys := f.keys()
		for _, k := range keys {
			version, ok := strings.CutPrefix(key, k)
			if !ok || version == "" {
				continue
			}
			for _, same := range keys {
				if e, ok := byKey(same + version); ok && slices.Contains(f.Members, e.Name) {
					return e, true
				}
			}
		}
	}
	return Entry{}, false
}

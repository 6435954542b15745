package identity

import (
	_ "embed" // the words
	"fmt"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"
)

// A vocabulary holds the words of names; words.yaml says what each list is for.
type vocabulary struct {
	MakerEndings []string `yaml:"maker_endings"`
	Tuned        []string `yaml:"tuned"`
	TunedInFront []string `yaml:"tuned_in_front"`
	Base         []string `yaml:"base"`
	Formats      []string `yaml:"formats"`
	Conversions  []string `yaml:"conversions"`
	Extents      []string `yaml:"extents"`
	Variants     []string `yaml:"variants"`
	Early        []string `yaml:"early"`
	Adapters     []string `yaml:"adapters"`
	Merges       []string `yaml:"merges"`
	Contents     []string `yaml:"contents"`
	Languages    []string `yaml:"languages"`
	Kinds        []string `yaml:"kinds"`
	Common       []string `yaml:"common"`
	Things       []string `yaml:"things"`
	Made         []string `yaml:"made"`
	NotNames     string   `yaml:"not_names"`

	kinds map[string]kind // of the words that tell variants apart
	set   map[string]bool // of common words
	none  map[string]bool // of words that are no names
}

//go:embed words.yaml
var wordsYAML []byte

var theWords = sync.OnceValue(func() *vocabulary {
	v := new(vocabulary)
	if err := yaml.Load(wordsYAML, v, yaml.WithKnownFields()); err != nil {
		panic(fmt.Sprintf("identity: words.yaml: %v", err)) // embedded: a build that fails its own tests
	}
	v.kinds = make(map[string]kind)
	for _, list := range []struct {
		words []string
		kind  kind
	}{
		{v.Contents, content}, {v.Extents, variant}, {v.Variants, variant}, {v.Merges, variant},
		{v.Conversions, conversion}, {v.Formats, format}, {v.Base, base},
		{v.Tuned, tuned},
	} {
		for _, w := range list.words {
			v.kinds[w] = list.kind
		}
	}
	v.set, v.none = WordSet(strings.Join(v.Common, " ")), WordSet(v.NotNames)
	return v
})

// WordSet makes a set of the words of a text.
func WordSet(list string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// CommonWord reports whether a lower-case word begins many models' names and
// tells no family on its own.
func CommonWord(word string) bool { return theWords().set[word] }

// VariantWord reports whether a part of a name tells variants of one model apart.
func VariantWord(part string) bool { return theWords().kinds[strings.ToLower(part)] != word }

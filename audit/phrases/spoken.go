package phrases

import (
	_ "embed" // the words
	"fmt"
	"strings"
	"sync"
	"unicode"

	"go.yaml.in/yaml/v4"
)

// Words of one language look like another's: "so" and "non" confine and deny in some,
// and mean nothing of the kind in English. A sentence that is plainly English is
// therefore not read for the words of its neighbours.

//go:embed languages/words.yaml
var languageWords []byte

// A grammar is the words of grammar of the languages that are told apart by them.
type grammar struct {
	known     map[string]bool     // the languages of which words are listed
	languages map[string][]string // of each word, those that have it
}

var grammars = sync.OnceValue(func() grammar {
	lists := make(map[string]string)
	if err := yaml.Load(languageWords, &lists); err != nil {
		panic(fmt.Sprintf("phrases: languages/words.yaml: %v", err)) // embedded: a build that fails its own tests
	}
	g := grammar{known: make(map[string]bool), languages: make(map[string][]string)}
	for lang, list := range lists {
		g.known[lang] = true
		for _, word := range strings.Fields(list) {
			g.languages[word] = append(g.languages[word], lang)
		}
	}
	return g
})

// enoughWords is how many words of grammar make a sentence plainly one of a language.
const enoughWords = 2

// LanguagesOf tells of a text in small letters in which languages it may be: a language
// of which it has no word of grammar is out where it is plainly another. English is
// never out: its words stand in every language.
func LanguagesOf(text string) func(lang string) bool {
	g, counts := grammars(), make(map[string]int)
	plainly := false
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		for _, lang := range g.languages[w] {
			counts[lang]++
			if counts[lang] >= enoughWords {
				plainly = true
			}
		}
	}
	return func(lang string) bool {
		out := plainly && g.known[lang] && counts[lang] == 0 && lang != "en"
		return !out
	}
}

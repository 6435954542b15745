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

// smallWords gives, to each word of grammar, the languages that have it.
var smallWords = sync.OnceValue(func() map[string][]string {
	lists := make(map[string]string)
	if err := yaml.Load(languageWords, &lists); err != nil {
		panic(fmt.Sprintf("phrases: languages/words.yaml: %v", err)) // embedded: a build that fails its own tests
	}
	languages := make(map[string][]string)
	for lang, list := range lists {
		for _, word := range strings.Fields(list) {
			languages[word] = append(languages[word], lang)
		}
		languages[""] = append(languages[""], lang) // those of which words are known
	}
	return languages
})

// enoughWords is how many words of grammar make a sentence plainly one of a language.
const enoughWords = 2

// LanguagesOf tells of a text in small letters in which languages it may be: a language
// of which it has no word of grammar is out where it is plainly another. English is
// never out: its words stand in every language.
func LanguagesOf(text string) func(lang string) bool {
	out := make(map[string]bool)
	counts, words := make(map[string]int), smallWords()
	plainly := false
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		for _, lang := range words[w] {
			counts[lang]++
			plainly = plainly || counts[lang] >= enoughWords
		}
	}
	for _, lang := range words[""] {
		out[lang] = plainly && counts[lang] == 0 && lang != "en"
	}
	return func(lang string) bool { return !out[lang] }
}

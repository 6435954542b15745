package licences

import (
	"strings"
	"unicode"

	"openness/audit/identity"
)

// Words of one language look like another's: "so" and "non" confine and deny in some,
// and mean nothing of the kind in English. A sentence that is plainly English is
// therefore not read for the words of its neighbours.

// smallWords are words of grammar that tell a language from English, which has none of
// them, and those of English.
var smallWords = map[string]map[string]bool{
	"en": identity.WordSet("the of and is are was were to for with this that these those it its be been from by " +
		"you your we our they on at or which " +
		"have has will can may should would not but as an if"),
	"de": identity.WordSet("der das den dem und ist sind nicht für von vom mit ein eine einer einen einem wird " +
		"werden darf dürfen im zu zum zur auf bei " +
		"sich oder auch nur sie wir wer ohne durch kann"),
	"fr": identity.WordSet("le la les du est et ou une un sont dans avec sur que qui au aux ce cette ces ne pas " +
		"vous nous elle"),
	"es": identity.WordSet("el la los las del es y para una un con por se que en su lo este esta ni si puede"),
	"it": identity.WordSet("il la lo gli le di del della dei è e una un con che da sono si questo questa senza può"),
	"pt": identity.WordSet("o os da dos das é e ou para uma um por que não em na são ao este esta sem pode à"),
}

// enoughWords is how many words of grammar make a sentence plainly one of a language.
const enoughWords = 2

// languagesOf tells of a text in small letters in which languages it may be: a language
// of which it has no word of grammar is out where it is plainly another. English is
// never out: its words stand in every language.
func languagesOf(text string) func(lang string) bool {
	counts := make(map[string]int)
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		for lang, words := range smallWords {
			if words[w] {
				counts[lang]++
			}
		}
	}
	plainly := false
	for _, n := range counts {
		plainly = plainly || n >= enoughWords
	}
	return func(lang string) bool {
		return lang == "en" || smallWords[lang] == nil || counts[lang] > 0 || !plainly
	}
}

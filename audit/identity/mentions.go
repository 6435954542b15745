package identity

import (
	"cmp"
	_ "embed" // the names that are known
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"openness/audit/pattern"
)

// A Mention is a model's name in a text.
type Mention struct {
	Start, End int
	Name       string
	// Sized is true where a number of parameters is part of the name, or the
	// family is a known one: then it can be nothing but a model.
	Sized bool
}

//go:embed known.txt
var knownText string

// known are the first words of known families, and the rest of each name.
var known = sync.OnceValue(func() map[string]bool { return listed(false) })

// networks are the families whose names also stand for a kind of network.
var networks = sync.OnceValue(func() map[string]bool { return listed(true) })

// listed are the names of the list with the mark of a kind of network, or those without.
func listed(network bool) map[string]bool {
	names := make(map[string]bool)
	for line := range strings.Lines(knownText) {
		name, marked := strings.CutPrefix(strings.TrimSpace(line), "~ ")
		if name != "" && name[0] != '#' && marked == network {
			names[name] = true
		}
	}
	return names
}

// knownInSmall are the first words of known families in small letters.
var knownInSmall = sync.OnceValue(func() map[string]bool {
	names := make(map[string]bool)
	for name := range known() {
		names[strings.ToLower(name)] = true
	}
	return names
})

// Known reports whether a name begins with that of a known family of models, as its makers write it, or with that of
// a kind of network.
func Known(name string) bool {
	first := name
	if end := strings.IndexFunc(name, func(r rune) bool { return r < 'A' || r > 'z' || r > 'Z' && r < 'a' }); end >= 0 {
		first = name[:end]
	}
	return known()[first] || networks()[strings.ToLower(first)]
}

// maxMentions bounds the names that are read from one sentence.
const maxMentions = 40

// Mentions finds the names of models in a sentence, by their shape: a known
// family ("GPT"), or a capitalised word with a size ("Falco-7B", "Falco 7B"), a
// version ("Falco 2.5", "Falco-v2") or capitals inside ("FalcoLM"). Machines,
// programs, licences and parts of a text that are numbered too are none.
func Mentions(text string) []Mention { return new(Names).Mentions(text) }

// Names are names that are known to be models', in small letters.
type Names struct {
	set  map[string]bool
	mark uint64
}

// NamesOf makes them of a set, which is not changed from then on.
func NamesOf(set map[string]bool) Names { return Names{set, pattern.Mark(set)} }

// Mentions is MentionsOf with these names. What stands in sentences that were asked about
// lately is remembered; the list is not to be changed.
func (n *Names) Mentions(text string) []Mention {
	return mentioned.Of(text, n.mark, func() []Mention { return MentionsOf(text, n.set) })
}

// Origins is OriginMentions with these names.
func (n *Names) Origins(text string) []Mention { return OriginMentions(text, n.set) }

var mentioned pattern.Memory[[]Mention]

// MentionsOf is Mentions with names that are known to be models', in small
// letters: those of the ids that a page links. They are found however they are
// written.
func MentionsOf(text string, names map[string]bool) []Mention {
	var found []Mention
	words := fields(text)
	for _, at := range hanName.FindAllStringSubmatchIndex(text, maxMentions) {
		found = append(found, Mention{Start: at[2], End: at[3], Name: text[at[2]:at[3]], Sized: true})
	}
	for i := 0; i < len(words) && len(found) < maxMentions; {
		if m, n := mentionAt(text, words[i:], names); n > 0 {
			found = append(found, m)
			i += n
		} else {
			i++
		}
	}
	slices.SortStableFunc(found, func(a, b Mention) int { return cmp.Compare(a.Start, b.Start) })
	return found
}

// hanName is a name in Chinese characters with a size behind a hyphen.
var hanName = pattern.MustCompile(`(\p{Han}{2,6}[-_]\d+(?:\.\d+)?[BbMm])(?:[^A-Za-z0-9]|$)`)

// A field is a word of a text: letters, figures, and what joins them in names.
type field struct{ start, end int }

// fields cuts a text into words. A full stop ends a word unless a figure or
// letter follows; Chinese and Japanese text between names is skipped.
func fields(text string) []field {
	var words []field
	start := -1
	for i, r := range text {
		if joins(text, i, r) && (start >= 0 || r != '-' && r != '.' && r != '_' && r != '/') {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			words = append(words, field{start, i})
			start = -1
		}
	}
	if start >= 0 {
		words = append(words, field{start, len(text)})
	}
	return words
}

func joins(text string, at int, r rune) bool {
	switch {
	case r < utf8.RuneSelf && alphanumeric(byte(r)):
		return true
	case unicode.Is(unicode.Han, r), unicode.Is(unicode.Hiragana, r), unicode.Is(unicode.Katakana, r):
		return false
	case unicode.IsLetter(r), unicode.IsDigit(r):
		return true
	case r == '+':
		if at+1 < len(text) && isWord(text[at+1]) {
			return digit(text[at+1]) // "Falco+Condor" are two
		}
		return improved(text[:at])
	case r == '-' || r == '_' || r == '/':
		return at+1 < len(text) && isWord(text[at+1])
	case r == '.':
		return at+1 < len(text) && isWord(text[at+1])
	}
	return false
}

// improved reports whether a text ends with a name that a plus makes another one: "Falco+", "FalcoT5+". Behind a number
// of its own a plus says "or more": "65k+", "Falco 2+". Only the last word is looked at: a page may be full of pluses.
func improved(text string) bool {
	if text != "" && digit(text[len(text)-1]) {
		text = text[:len(text)-1]
	}
	before := strings.TrimRightFunc(text, unicode.IsLetter)
	return before != text && (before == "" || !digit(before[len(before)-1]))
}

func isWord(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b >= utf8.RuneSelf
}

// mentionAt reads the name that begins with the first of the words, and gives
// how many words it takes; 0 where none begins.
func mentionAt(text string, words []field, names map[string]bool) (Mention, int) {
	first := words[0]
	word := text[first.start:first.end]
	name := word[strings.LastIndexByte(word, '/')+1:] // of a hub id
	first.start += len(word) - len(name)
	if strings.Contains(name, "-") {
		if at := likeWord.FindStringIndex(name); at != nil {
			name, first.end = name[:at[0]], first.end-(len(name)-at[0])
		}
	}
	head := strings.TrimRight(headOf(name), "0123456789.")
	if name == "" {
		return Mention{}, 0
	}
	listed := names[strings.ToLower(name)]
	if !capital(name) && !known()[name] && !listed && !smallName(name, head) {
		return Mention{}, 0
	}
	m := Mention{Start: first.start, End: first.end}
	n, isKnown := 1, listed || isFamily(name, head)
	switch {
	case isKnown:
		m.Sized = true
	case NotName(head), NotName(headOf(name)):
		return Mention{}, 0
	case hasSize(name):
		m.Sized = true
	case versioned(name), capitalsInside(name):
	default:
		// "Falco 7B", "Falco v2": the number stands apart.
		if len(words) < 2 || !adjacent(text, first, words[1]) {
			return Mention{}, 0
		}
		next := text[words[1].start:words[1].end]
		if !sizeWord(next) && !versionWord(next) || len(name) < 3 {
			return Mention{}, 0
		}
	}
	for n < len(words) && adjacent(text, words[n-1], words[n]) {
		next := text[words[n].start:words[n].end]
		size := sizeWord(next)
		if !size && !versionWord(next) && !strings.HasPrefix(next, "v") && !VariantWord(next) ||
			VariantWord(next) && !capital(next) {
			break
		}
		if versionWord(next) && !size && !capital(next) && next[0] != 'v' && !isKnown && n > 1 {
			break
		}
		if (VariantWord(next) || next[0] == 'v') && !size && !versionWord(next) && !capital(next) {
			break
		}
		if counted(text, words, n) ||
			n+1 < len(words) && strings.EqualFold(text[words[n+1].start:words[n+1].end], "language") {
			break // "Falco 7B Large Language Model"
		}
		m.End, m.Sized = words[n].end, m.Sized || size
		n++
	}
	if m.End == first.end && n == 1 && !isKnown && !hasSize(name) && !versioned(name) && !capitalsInside(name) {
		return Mention{}, 0
	}
	if hasSize(name) && counted(text, words, 0) {
		return Mention{}, 0
	}
	m.Name = text[m.Start:m.End]
	return m, n
}

// isFamily reports whether a name is a known family's, alone or with what tells
// its models apart. In a text all in capitals so are the names.
func isFamily(name, head string) bool {
	all := known()
	if name == strings.ToUpper(name) {
		all = knownInSmall()
		name, head = strings.ToLower(name), strings.ToLower(head)
	}
	return all[name] || (all[head] || all[headOf(name)]) && furtherWords(name)
}

// smallName reports whether a name in small letters can be nothing but a
// model's: it tells a size ("falco-7b"), or a known family's number ("t5-3").
func smallName(name, head string) bool {
	if head == name || !plainWord(head) {
		return false // most words: no number, and nothing behind a joint
	}
	telling := false
	for part := range strings.FieldsFuncSeq(name, func(r rune) bool { return r == '-' || r == '_' || r == '.' }) {
		part = strings.TrimRight(part, "0123456789")
		telling = telling || len(part) >= minSmall && plainWord(part) && !CommonWord(part) && !VariantWord(part) &&
			!NotName(part)
	}
	return telling && (hasSize(name[len(headOf(name)):]) || knownInSmall()[head] && furtherWords(name))
}

// plainWord reports whether a text is made of letters.
func plainWord(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
}

// minSmall is the length from which a word in small letters before a size is a name.
const minSmall = 3

// likeWord is what is joined to a name to tell of what is like it.
var likeWord = pattern.MustCompile(
	`(?i)-(?:like|style|styled|based|compatible|inspired|derived|family|series|generated|specific|formatted)$`,
)

// headOf is a name up to the first joint: "Falco" of "Falco-7B".
func headOf(name string) string {
	if i := strings.IndexAny(name, "-_"); i > 0 {
		return name[:i]
	}
	return name
}

// furtherWords reports whether all that follows the head of a name is what tells
// the models of a family apart; "LLaMA-Factory" is something else.
func furtherWords(name string) bool {
	for part := range strings.FieldsFuncSeq(name[len(headOf(name)):], func(r rune) bool {
		return r == '-' || r == '_'
	}) {
		if strings.TrimPrefix(part, "un") == "cased" {
			continue // of an encoder's letters
		}
		if !VariantWord(part) && !sizeWord(part) && !numbered.MatchString(strings.ToLower(part)) && !versionWord(part) {
			return false
		}
	}
	return true
}

func capital(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

// capitalsInside reports whether a word is written as names are: "FalcoLM",
// "OpenFalco". A word all in capitals is an abbreviation of anything.
func capitalsInside(word string) bool {
	lower, inside := false, false
	for i, r := range word {
		if unicode.IsLower(r) {
			lower = true
		} else if i > 0 && unicode.IsUpper(r) && lower {
			inside = true
		}
	}
	return lower && inside && !strings.ContainsAny(word, "_/")
}

// adjacent reports whether only one blank or hyphen lies between two words.
func adjacent(text string, a, b field) bool {
	between := text[a.end:b.start]
	return between == " " || between == "-"
}

// sizeWord reports whether a word is a number of parameters: "7B", "1.5B", "8x7b".
func sizeWord(word string) bool {
	if !StartsWithDigit(word) {
		return false
	}
	if m := sizeOfVersion.FindStringSubmatch(strings.ToLower(word)); m != nil {
		word = m[1]
	}
	return modelSize.MatchString(word) && (strings.HasSuffix(word, "B") || strings.HasSuffix(word, "b") ||
		strings.HasSuffix(word, "M") || strings.HasSuffix(word, "m"))
}

// hasSize reports whether a part of a name is such a number.
func hasSize(name string) bool {
	for part := range strings.FieldsFuncSeq(name, func(r rune) bool { return r == '-' || r == '_' }) {
		if sizeWord(part) {
			return true
		}
	}
	return false
}

// versionWord reports whether a word is a version: "2", "2.5", "v3".
func versionWord(word string) bool {
	word = strings.TrimPrefix(strings.TrimPrefix(word, "v"), "V")
	return word != "" && len(word) <= 4 && strings.Trim(word, "0123456789.") == "" && StartsWithDigit(word)
}

// versioned reports whether a name carries a version: "Falco2", "Falco-v1.5".
func versioned(name string) bool {
	parts := strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' })
	for i, part := range parts {
		if i > 0 && (versionWord(part) || numbered.MatchString(strings.ToLower(part)) && !VariantWord(part)) {
			return true
		}
	}
	first := strings.TrimRight(parts[0], "0123456789.")
	return len(first) >= 3 && len(first) < len(parts[0]) && len(parts[0])-len(first) <= 4
}

// counted reports whether the number in a word counts something: "300B tokens".
func counted(text string, words []field, n int) bool {
	if n+1 >= len(words) || !adjacent(text, words[n], words[n+1]) {
		return false
	}
	next := strings.ToLower(text[words[n+1].start:words[n+1].end])
	for _, unit := range []string{"token", "param", "sample", "example", "image", "document", "sentence", "word",
		"pair", "hour", "step", "video", "clip", "row", "record", "instruction", "character", "gpu", "tpu", "node",
		"gb", "tb"} {
		if strings.HasPrefix(next, unit) {
			return true
		}
	}
	return false
}

// NotName reports whether a word that is numbered or written with capitals inside is no model.
func NotName(word string) bool {
	w := strings.ToLower(word)
	none := theWords().none
	return none[w] || none[strings.TrimRight(w, "0123456789.")]
}

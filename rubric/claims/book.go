package claims

import (
	"embed"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

//go:embed words/*.yaml
var wordFiles embed.FS

// A wording is one entry of the book: ways to say one thing in one language.
type wording struct {
	Tag       string   `yaml:"tag"`                 // what the words are in a sentence
	Predicate string   `yaml:"predicate,omitempty"` // of a claim, or of a component
	Value     string   `yaml:"value,omitempty"`
	Denied    bool     `yaml:"denied,omitempty"` // the words hold their own negation
	Mood      Mood     `yaml:"mood,omitempty"`   // that the words hold: "publiera" is said of what is to come
	Say       []string `yaml:"say"`
	Yes       []string `yaml:"yes,omitempty"` // examples that hold it
	No        []string `yaml:"no,omitempty"`  // and that do not

	pattern func() *regexp.Regexp // compiled when a text first holds one of its words
	words   map[string]bool       // one of which a text that holds it must have; nil where any may
	names   map[string]string     // of its file
	file    string
	topical bool // from a file of topics
}

// The tags of the book.
const (
	tagClaim       = "claim"   // a property of the model: "open source"
	tagState       = "state"   // a property of a component: "public", "released"
	tagPart        = "part"    // a component: "weights"
	tagSubject     = "subject" // what stands for a model named before: "it"
	tagLink        = "link"    // joins subject and property in the present or past: "is", "has"
	tagNot         = "not"     // denies what follows
	tagDenial      = "denial"  // denies the sentence: "it is not true that"
	tagBut         = "but"     // ends a denial
	tagAnd         = "and"
	tagFuture      = "future"
	tagConditional = "conditional"
	tagQuestion    = "question"
	tagOrder       = "order" // what should be
	tagHedge       = "hedge"
	tagSaid        = "said"  // somebody says so
	tagDoubt       = "doubt" // somebody doubts it
	tagFormer      = "former"
	tagAway        = "away"    // the model named next is not what is spoken of: "unlike"
	tagAgain       = "again"   // what was said holds of the component that follows
	tagOf          = "of"      // joins a component and its model
	tagOnly        = "only"    // "the only"
	tagFirst       = "first"   // "the first"
	tagMost        = "most"    // "the most open"
	tagMore        = "more"    // "more open than"
	tagLess        = "less"    // "less open than"
	tagAs          = "as"      // "as open as"; with value "both": "equally open"
	tagLicence     = "licence" // the name of one, which says something only behind "its licence is"
	tagTopic       = "topic"   // what a frame is about: "approval", "commercial use"
	tagNeed        = "need"    // that a topic is required: "needs", "after"
	tagTerms       = "terms"   // conditions: "restrictions"
	tagOther       = "other"   // is about something else: "open source community"
	tagNeutral     = "neutral" // says nothing on openness
	tagAside       = "aside"   // of people, places, times and manner: not checked, and no bar to a verdict
	tagUnknown     = ""        // not in the book
	tagMark        = "mark"
	tagModel       = "model"
	tagMaker       = "maker"
)

var tagNames = []string{tagClaim, tagState, tagPart, tagSubject, tagLink, tagNot, tagDenial, tagBut, tagAnd, tagFuture,
	tagConditional, tagQuestion, tagOrder, tagHedge, tagSaid, tagDoubt, tagFormer, tagAway, tagOf, tagOnly, tagFirst,
	tagMost, tagMore, tagLess, tagLicence, tagAgain, tagOther, tagNeutral, tagTopic, tagNeed, tagTerms, tagAs, tagAside}

// A wordFile is one YAML file: short names for alternatives, and wordings.
type wordFile struct {
	Names    map[string]string `yaml:"names"`
	Wordings []wording         `yaml:"wordings"`
	// Forms are the ways to say that a model is under a licence, for each of Licences.
	Forms    []string      `yaml:"forms"`
	Licences []licenceName `yaml:"licences"`
	// Lists are words by what they do in a sentence; see lists.go.
	Lists map[string][]string `yaml:"lists"`
	// Traits are what its language does that others do not; see lists.go.
	Traits []string `yaml:"traits"`

	name string
}

var book = sync.OnceValue(func() []wording {
	list, err := readBook()
	if err != nil {
		panic(fmt.Sprintf("claims: %v", err)) // embedded: a build that fails its own tests
	}
	return list
})

func readBook() ([]wording, error) {
	files, err := readFiles()
	if err != nil {
		return nil, err
	}
	var list []wording
	for _, file := range files {
		for _, w := range append(file.licences(), file.Wordings...) {
			if !slices.Contains(tagNames, w.Tag) {
				return nil, fmt.Errorf("%s: unknown tag %q of %q", file.name, w.Tag, w.Say)
			}
			w.file = language(file.name)
			w.topical = w.file != file.name
			for _, w := range withMoods(w) {
				pattern, err := compile(w.Say, file.Names, w.file)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", file.name, err)
				}
				w.names = file.Names
				w.pattern = sync.OnceValue(func() *regexp.Regexp {
					compiled := regexp.MustCompile(pattern) // the tests try every wording
					compiled.Longest()
					return compiled
				})
				list = append(list, w)
			}
		}
	}
	needWords(list)
	return list, nil
}

// withMoods are a wording and, where it holds verbs of a language that tells by
// the form of the verb that something is to come or would be, those forms of it.
func withMoods(w wording) []wording {
	var future, supposed []string
	for _, say := range w.Say {
		if verb, ok := strings.CutPrefix(say, "~"); ok && w.Mood == Asserted {
			f, s := moodForms(w.file, verb)
			future, supposed = append(future, f...), append(supposed, s...)
		}
	}
	list := []wording{w}
	for n, forms := range [][]string{future, supposed} {
		if len(forms) > 0 {
			m := w
			m.Mood, m.Say, m.Yes, m.No = []Mood{Foretold, Supposed}[n], forms, []string{forms[0]}, nil
			list = append(list, m)
		}
	}
	return list
}

// readFiles are the files of words.
var readFiles = sync.OnceValues(func() ([]wordFile, error) {
	files, err := wordFiles.ReadDir("words")
	if err != nil {
		return nil, err
	}
	list := make([]wordFile, len(files))
	for i, f := range files {
		data, err := wordFiles.ReadFile("words/" + f.Name())
		if err != nil {
			return nil, err
		}
		if err := yaml.Load(data, &list[i], yaml.WithKnownFields()); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name(), err)
		}
		list[i].name = f.Name()
	}
	return list, nil
})

// language is the file of a language that a file of wordings belongs to: "topics.en.yaml" to "en.yaml".
func language(file string) string {
	if parts := strings.Split(file, "."); len(parts) == 3 {
		return parts[1] + "." + parts[2]
	}
	return file
}

// compile turns ways to say something into one pattern over joined tokens. A
// way to say is words with alternatives in brackets; "??" after a word or a
// bracket makes it optional, "*" at the end of a word stands for any ending,
// __n__ for up to n words, $name for alternatives named at the head of the file,
// "^" at the start for the start of the sentence, "~" before a verb for all its
// forms (the whole of a way to say something; see forms.go).
func compile(say []string, names map[string]string, file string) (string, error) {
	var all []string
	for _, s := range say {
		if verb, ok := strings.CutPrefix(s, "~"); ok {
			s = strings.Join(formsOf(file, verb), " | ")
		}
		p, err := translate(s, names, 0)
		if err != nil {
			return "", fmt.Errorf("%q: %w", s, err)
		}
		all = append(all, p)
	}
	return "(?:" + strings.Join(all, "|") + ")", nil
}

// piece cuts a way to say into its pieces: brackets, bars, and words.
var piece = regexp.MustCompile(`\(|\)(?:\?\?)?|\||[^\s()|]+`)

// sentenceStart is what may stand before the first word of a sentence.
const sentenceStart = `^(?:<["¿(–]>)*`

// gapWord is one word that a gap may hold: no mark that ends a clause.
const gapWord = `<(?:[^<>]{2,}|[^<>.;?!:])>`

func translate(s string, names map[string]string, depth int) (string, error) {
	if depth > 4 {
		return "", fmt.Errorf("names refer to each other")
	}
	var b strings.Builder
	for _, p := range piece.FindAllString(s, -1) {
		optional := strings.HasSuffix(p, "??")
		word := strings.TrimSuffix(p, "??")
		var part string
		switch {
		case word == "(":
			part = "(?:"
		case word == ")", word == "|":
			part = word
		case word == "^":
			part = sentenceStart
		case strings.HasPrefix(word, "$"):
			meaning, ok := names[word[1:]]
			if !ok {
				return "", fmt.Errorf("no name %s", word)
			}
			inner, err := translate(meaning, names, depth+1)
			if err != nil {
				return "", err
			}
			part = "(?:" + inner + ")"
		case strings.HasPrefix(word, "__"):
			n, err := strconv.Atoi(strings.Trim(word, "_"))
			if err != nil {
				return "", err
			}
			part = fmt.Sprintf("(?:%s){0,%d}", gapWord, n)
		default:
			part = wordPattern(word)
		}
		if optional && word != ")" {
			part = "(?:" + part + ")?"
		} else if optional {
			part = ")?"
		}
		b.WriteString(part)
	}
	return b.String(), nil
}

// wordPattern is the pattern of one word, which is cut as a text is.
func wordPattern(word string) string {
	if word == modelToken || word == makerToken {
		return "<" + word + ">"
	}
	if strings.HasSuffix(word, "'") || strings.HasPrefix(word, "'") {
		return "<" + regexp.QuoteMeta(word) + ">"
	}
	open := strings.HasSuffix(word, "*")
	var b strings.Builder
	list := tokens(strings.TrimSuffix(word, "*"), nil)
	for i, t := range list {
		b.WriteString("<" + regexp.QuoteMeta(t.text))
		if open && i == len(list)-1 {
			b.WriteString("[^<>]*")
		}
		b.WriteString(">")
	}
	return b.String()
}

// An item is a stretch of tokens and what the book says that it is.
type item struct {
	tag        string
	w          *wording
	first, end int // tokens
	name       int // of a model or maker, else -1
}

// items reads tokens as stretches. Where wordings overlap, the longest counts;
// what it leaves over is read once more, for a shorter way to say something.
func items(list []token) []item {
	found := oneLanguage(list, wordings(list, 0, len(list)))
	owner := make([]int, len(list)) // 1 + position in found
	settle(found, 0, owner)
	for from := 0; from < len(list); from++ {
		to := from
		for to < len(list) && owner[to] == 0 {
			to++
		}
		if to > from && to-from < len(list) {
			more := wordings(list, from, to)
			more = slices.DeleteFunc(more, func(f item) bool { return small(f.tag) && !sameLanguage(found, f) })
			found = append(found, more...)
			settle(found, len(found)-len(more), owner)
		}
		from = to
	}
	var out []item
	for i := 0; i < len(list); {
		if owner[i] > 0 {
			f := found[owner[i]-1]
			out = append(out, aroundNames(list, f)...)
			i = f.end
			continue
		}
		out = append(out, plainItem(list, i))
		i++
	}
	return out
}

// wordings finds every wording in a stretch of tokens.
func wordings(list []token, from, to int) []item {
	text, starts := joined(list[from:to])
	if from > 0 { // keeps "^" from taking the stretch for a sentence
		var prefix int
		text, prefix = "<…>"+text, len("<…>")
		for i := range starts {
			starts[i] += prefix
		}
	}
	var found []item
	foreign := foreignFile(list)
	for i := range book() {
		w := &book()[i]
		if foreign[w.file] {
			continue
		}
		if w.words != nil && !slices.ContainsFunc(list[from:to], func(t token) bool { return w.words[t.text] }) {
			continue
		}
		for _, at := range w.pattern().FindAllStringIndex(text, -1) {
			first, ok := slices.BinarySearch(starts, at[0])
			end, ended := slices.BinarySearch(starts, at[1])
			if ok && ended && end > first {
				found = append(found, item{w.Tag, w, skipMarks(list, from+first, w), from + end, -1})
			}
		}
	}
	return found
}

// foreignFile are the files of languages that a text cannot be in, by its writing: those
// that share characters are told apart by the ones that they do not share.
func foreignFile(list []token) map[string]bool {
	written := func(scripts ...*unicode.RangeTable) bool {
		return slices.ContainsFunc(list, func(t token) bool {
			r, _ := utf8.DecodeRuneInString(t.text)
			return unicode.In(r, scripts...)
		})
	}
	kana := written(unicode.Hiragana, unicode.Katakana)
	return map[string]bool{"ja.yaml": !kana, "zh.yaml": kana, "ko.yaml": !written(unicode.Hangul)}
}

// settle gives tokens to the wordings from a position on, the longest first.
func settle(found []item, from int, owner []int) {
	slices.SortStableFunc(found[from:], func(a, b item) int { return b.weight() - a.weight() })
	for n := from; n < len(found); n++ {
		f := found[n]
		if !slices.ContainsFunc(owner[f.first:f.end], func(o int) bool { return o != 0 }) {
			for i := f.first; i < f.end; i++ {
				owner[i] = n + 1
			}
		}
	}
}

// sameLanguage reports whether small words of a wording's language were kept.
func sameLanguage(found []item, f item) bool {
	return !slices.Contains(european, f.w.file) || slices.ContainsFunc(found, func(o item) bool {
		return small(o.tag) && o.w.file == f.w.file
	})
}

// aroundNames cuts a wording at the models that it holds: "may use X
// commercially" is said of X, which has to be seen.
func aroundNames(list []token, f item) []item {
	var out []item
	from := f.first
	for i := f.first; i < f.end; i++ {
		if list[i].text != modelToken {
			continue
		}
		if i > from {
			out = append(out, item{f.tag, f.w, from, i, -1})
			f.tag = tagNeutral
		}
		out = append(out, plainItem(list, i))
		from = i + 1
	}
	if from < f.end {
		out = append(out, item{f.tag, f.w, from, f.end, -1})
	}
	return out
}

// weight ranks wordings that overlap: the longer counts, and of two as long the
// one that frames are made of. A licence that is not
// known by name counts little more than a word, so as not to hide one that is.
func (it item) weight() int {
	if it.w.Value == unnamed {
		return 3
	}
	weight := 2 * (it.end - it.first)
	if it.w.topical {
		weight++
	}
	return weight
}

// european are the files whose words look alike: "fast" is quick in one
// language and almost in another.
var european = []string{"en.yaml", "de.yaml", "fr.yaml", "es.yaml"}

// borrowed are words that every language takes over from English.
var borrowed = []string{"open", "source", "weight", "weights"}

// oneLanguage finds the language that most wordings of a sentence are in and drops
// the small words of the others. Properties and components stay: they are
// borrowed from one language by another.
func oneLanguage(list []token, found []item) []item {
	count := make(map[string]int)
	seen := make(map[string]map[int]int) // by file and token
	for _, f := range found {
		if seen[f.w.file] == nil {
			seen[f.w.file] = make(map[int]int)
		}
		for i := f.first; i < f.end; i++ {
			says := 1
			if small(f.tag) {
				says = 2
			}
			if !slices.Contains(borrowed, list[i].text) {
				count[f.w.file] += max(0, says-seen[f.w.file][i])
				seen[f.w.file][i] = max(says, seen[f.w.file][i])
			}
		}
	}
	most := 0
	for _, file := range european {
		most = max(most, count[file])
	}
	return slices.DeleteFunc(found, func(f item) bool {
		return small(f.tag) && slices.Contains(european, f.w.file) && count[f.w.file] < most
	})
}

// small reports whether a tag is of words that a language does not lend.
func small(tag string) bool {
	return !slices.Contains([]string{tagClaim, tagState, tagPart, tagLicence, tagOther, tagTopic}, tag)
}

// skipMarks leaves out the marks that "^" let stand before the first word.
func skipMarks(list []token, first int, w *wording) int {
	for first+1 < len(list) && strings.Contains(`"¿(–`, list[first].text) && strings.HasPrefix(w.Say[0], "^") {
		first++
	}
	return first
}

// plainItem is a token that no wording holds.
func plainItem(list []token, i int) item {
	t := list[i]
	it := item{tagUnknown, nil, i, i + 1, t.name}
	switch {
	case t.text == modelToken:
		it.tag = tagModel
	case t.text == makerToken:
		it.tag = tagMaker
	case len([]rune(t.text)) == 1 && strings.ContainsAny(t.text, `,;:.?!()"–¿%`):
		it.tag = tagMark
	case t.text == "'s":
		it.tag = tagOf
	}
	return it
}

// Known reports whether the book holds a word: such a word is a poor name.
func Known(word string) bool {
	for _, it := range items(tokens(word, nil)) {
		if it.tag == tagUnknown {
			return false
		}
	}
	return true
}

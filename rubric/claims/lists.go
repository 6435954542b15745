package claims

import (
	"strings"
	"sync"
)

// A wordList is a list of the files of words, over all languages: words that
// say how a clause hangs together with the rest of its sentence. "stem*" stands
// for any ending, "*ending" for any beginning, "*stem*" for any word that holds
// the stem.
type wordList struct {
	words  map[string]bool
	longer []string // of several words, parted by spaces
	stems  []string
	inner  []string
	ends   []string
}

// lists are the lists by name, over all languages, and by name and file of one
// language; see words/clauses.*.yaml and words/general.*.yaml.
var lists = sync.OnceValue(func() map[string]*wordList {
	files, err := readFiles()
	if err != nil {
		panic("claims: " + err.Error()) // embedded: a build that fails its own tests
	}
	all := make(map[string]*wordList)
	for _, f := range files {
		for name, entries := range f.Lists {
			for _, key := range []string{name, name + " " + language(f.name)} {
				if all[key] == nil {
					all[key] = &wordList{words: make(map[string]bool)}
				}
				for _, e := range entries {
					all[key].add(e)
				}
			}
		}
	}
	return all
})

func (l *wordList) add(entry string) {
	stem, open := strings.CutSuffix(entry, "*")
	inner := strings.HasPrefix(entry, "*")
	words := make([]string, 0, 1)
	for _, t := range tokens(strings.TrimPrefix(stem, "*"), nil) {
		words = append(words, t.text)
	}
	switch text := strings.Join(words, " "); {
	case inner && !open:
		l.ends = append(l.ends, text)
	case inner:
		l.inner = append(l.inner, text)
	case open:
		l.stems = append(l.stems, text)
	case len(words) > 1:
		l.longer = append(l.longer, text)
	default:
		l.words[text] = true
	}
}

// has reports whether a word is in the list.
func (l *wordList) has(word string) bool {
	if l == nil {
		return false
	}
	if l.words[word] {
		return true
	}
	for _, s := range l.stems {
		if strings.HasPrefix(word, s) {
			return true
		}
	}
	for _, s := range l.inner {
		if strings.Contains(word, s) {
			return true
		}
	}
	for _, s := range l.ends {
		if strings.HasSuffix(word, s) && word != s {
			return true
		}
	}
	return false
}

// takes is how many words an entry takes at the head of a stretch.
func (l *wordList) takes(stretch []token) int {
	n := l.length(stretch)
	if n == 0 && l.has(stretch[0].text) {
		return 1
	}
	return n
}

// among reports whether a word is in the list of a name.
func among(list, word string) bool { return lists()[list].has(strings.ToLower(word)) }

// amongTokens reports whether a stretch of words holds an entry of a list.
func amongTokens(list string, stretch []token) bool {
	l := lists()[list]
	for i := range stretch {
		if l.has(stretch[i].text) || l.begins(stretch[i:]) {
			return true
		}
	}
	return false
}

// beginsWith reports whether a stretch of words begins with an entry of a list.
func beginsWith(list string, stretch []token) bool {
	l := lists()[list]
	return len(stretch) > 0 && (l.has(stretch[0].text) || l.begins(stretch))
}

// begins reports whether a stretch begins with an entry of several words.
func (l *wordList) begins(stretch []token) bool { return l.length(stretch) > 0 }

// length is how many words an entry of several words takes at the head of a
// stretch, the longest counting; 0 where none begins it.
func (l *wordList) length(stretch []token) int {
	if l == nil {
		return 0
	}
	longest := 0
	for _, e := range l.longer {
		rest, at := e, 0
		for at < len(stretch) && rest != "" {
			word := stretch[at].text
			if !strings.HasPrefix(rest+" ", word+" ") {
				break
			}
			rest = strings.TrimPrefix(rest[len(word):], " ")
			at++
		}
		if rest == "" {
			longest = max(longest, at)
		}
	}
	return longest
}

// What a language does that others do not, as the head of its file of words says.
const (
	twoDenials   = "two-denials"   // two around one verb deny once: "n'a rien publié"
	capitalNames = "capital-names" // and nothing else within a sentence
	noInversion  = "no-inversion"  // a verb in front asks nothing
	deniesBehind = "denies-behind" // what denies stands behind what it denies
)

// trait reports whether the language of a file does something.
func trait(file, name string) bool { return traits()[file+" "+name] }

var traits = sync.OnceValue(func() map[string]bool {
	files, _ := readFiles() // lists tells of an error
	all := make(map[string]bool)
	for _, f := range files {
		for _, t := range f.Traits {
			all[f.name+" "+t] = true
		}
	}
	return all
})

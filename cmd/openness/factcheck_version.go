package main

import (
	"cmp"
	"path"
	"strings"
	"unicode"

	"openness/data"
	"openness/data/catalogue"
	"openness/rubric/claims"
)

// version is the end of a version that stands behind a name as a word of its
// own, a letter or two and a number: the "K2" of "Quo K2"; or the place itself.
func (s *sentence) version(at int) int {
	i := at
	for i < len(s.runes) && (s.runes[i] == ' ' || s.runes[i] == '-') {
		i++
	}
	from := i
	for i < len(s.runes) && i < from+2 && unicode.IsUpper(s.runes[i]) {
		i++
	}
	letters := i
	for i < len(s.runes) && (unicode.IsDigit(s.runes[i]) ||
		s.runes[i] == '.' && i+1 < len(s.runes) && unicode.IsDigit(s.runes[i+1])) {
		i++
	}
	if from == at || letters == from || i == letters ||
		i < len(s.runes) && unicode.IsLetter(s.runes[i]) && !claims.WordByItself(s.runes[i]) {
		return at
	}
	return i
}

// versionOf is the newest model of a family whose name begins as was said. Where
// there is none, the name stands for one of which nothing is known.
func (n *namer) versionOf(f *family, said string) (id, key string) {
	begins := func(name string) bool {
		rest, ok := strings.CutPrefix(fold(name), fold(said))
		return ok && (rest == "" || !unicode.IsDigit([]rune(rest)[0]))
	}
	for _, s := range f.members {
		if begins(path.Base(s.ID)) && (id == "" || releasedOf(s) > n.released[id]) {
			id, key = s.ID, data.Key(s)
		}
	}
	newest := ""
	for _, e := range catalogue.Entries() {
		if key == "" && (begins(e.Title) || begins(e.Name)) && e.Released > newest {
			id, newest = cmp.Or(e.Hub, "catalogue:"+e.Name), e.Released
		}
	}
	return cmp.Or(id, "catalogue:"+strings.ReplaceAll(strings.ToLower(said), " ", "-")), key
}

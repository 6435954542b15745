package catalogue

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"unicode"
)

// Lookup finds an entry by a name that people type: its name, an alias, its
// title, or the audited model's name without its organisation. Case and what
// separates the parts do not matter: "Llama 3", "llama3" and "llama-3" are one,
// and so are "3.5" and "3-5"; a family may go by any of its names. A family without
// a version is no entry: see Newest.
func Lookup(name string) (Entry, bool) {
	key := Fold(name)
	if e, ok := byKey(key); ok {
		return e, true
	}
	return inOtherWords(key)
}

// byKey finds the entry that has a folded name.
func byKey(key string) (Entry, bool) {
	for _, e := range Entries() {
		if slices.Contains(e.keys(), key) {
			return e, true
		}
	}
	return Entry{}, false
}

// keys are the folded names of an entry.
func (e Entry) keys() []string {
	keys := []string{Fold(e.Name), Fold(e.Title)}
	if e.Hub != "" {
		keys = append(keys, Fold(path.Base(e.Hub)))
	}
	for _, alias := range e.Aliases {
		keys = append(keys, Fold(alias))
	}
	return keys
}

// Fold reduces a name to what two spellings of it share: its letters and digits in
// small letters. A separator between two digits is the point of a version; all others are dropped.
func Fold(name string) string {
	runes := []rune(strings.ToLower(strings.TrimSpace(name)))
	var kept []rune
	for i, r := range runes {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r):
			kept = append(kept, r)
		case i > 0 && i+1 < len(runes) && unicode.IsDigit(runes[i-1]) && unicode.IsDigit(runes[i+1]):
			kept = append(kept, '.')
		}
	}
	return string(kept)
}

// maxSuggestions is how many names a suggestion gives at most.
const maxSuggestions = 4

// Suggest names the entries that a name which is none may have meant, the
// likeliest first: those a slip of the pen away, those of its family, and those of the
// maker that it names or whose names begin with it.
func Suggest(name string) []string {
	key := Fold(name)
	type near struct {
		name     string
		distance int
	}
	var found []near
	for _, e := range Entries() {
		least := -1
		for _, k := range e.keys() {
			if d, ok := closeness(key, k); ok && (least < 0 || d < least) {
				least = d
			}
		}
		if least >= 0 {
			found = append(found, near{e.Name, least})
		}
	}
	for _, f := range Families() { // another version, by another name, or a word before it
		if slices.ContainsFunc(f.keys(), func(k string) bool { return strings.HasSuffix(letters(key), k) }) {
			for i, e := range f.members() {
				if !slices.ContainsFunc(found, func(n near) bool { return n.name == e.Name }) {
					found = append(found, near{e.Name, 10 + len(key) + i})
				}
			}
		}
	}
	for i, e := range begun(key) { // after what lies near
		if !slices.ContainsFunc(found, func(n near) bool { return n.name == e.Name }) {
			found = append(found, near{e.Name, 100 + len(key) + i})
		}
	}
	slices.SortStableFunc(found, func(a, b near) int { return cmp.Compare(a.distance, b.distance) })
	var names []string
	for _, n := range found[:min(len(found), maxSuggestions)] {
		names = append(names, n.name)
	}
	return names
}

// begun lists the entries of the maker that goes by a folded name, and those of which a name begins with it,
// the newest first.
func begun(key string) []Entry {
	if len([]rune(key)) < minBegun {
		return nil
	}
	maker := Fold(MakerOf(key))
	var list []Entry
	for _, e := range Entries() {
		if Fold(e.Vendor) == maker || slices.ContainsFunc(e.keys(), func(k string) bool {
			return strings.HasPrefix(k, key)
		}) {
			list = append(list, e)
		}
	}
	slices.SortStableFunc(list, func(a, b Entry) int { return cmp.Compare(b.Released, a.Released) })
	return list
}

// minBegun is the length of the shortest name that is taken for a maker's or for the beginning of one.
const minBegun = 2

// maxCompared bounds what is compared letter by letter, in bytes.
const maxCompared = 200

// closeness tells how far apart two folded names are, and whether they are
// close at all: few slips for their length, or the same family and then
// anything.
func closeness(typed, known string) (distance int, ok bool) {
	if len(typed) > maxCompared {
		return 0, false
	}
	slips := distanceOf([]rune(typed), []rune(known))
	if slips <= max(1, len([]rune(typed))/4) {
		return slips, true
	}
	family := letters(typed)
	if len([]rune(family)) >= 2 && family == letters(known) {
		return 10 + slips, true
	}
	return 0, false
}

// letters is the run of letters that a folded name starts with.
func letters(key string) string {
	for i, r := range key {
		if !unicode.IsLetter(r) {
			return key[:i]
		}
	}
	return key
}

// distanceOf counts the letters to insert, drop, change or swap with their
// neighbour to make one name of the other.
func distanceOf(a, b []rune) int {
	before, last := []int(nil), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}

package main

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"openness/audit"
	"openness/audit/pattern"
	"openness/data"
	"openness/data/catalogue"
	"openness/rubric/claims"
)

// A claim that is held against the wrong model ends in print. A name therefore
// counts only as a whole: "Phi" is named neither by "philosophy" nor by "Phi-3"
// or "Phi 3", which are other models.

// A mention is a place in a sentence that names a stored model.
type mention struct {
	start, end int    // runes of the sentence
	id, key    string // the model's id, and what the store knows it by
}

// A namer finds the names of stored models and their makers in sentences.
type namer struct {
	subjects  []audit.Subject
	keys      map[string]string   // by id: what the store knows a model by
	released  map[string]string   // by id: when it was released
	makers    map[string][]string // by folded name: what each made
	families  map[string]*family
	lines     map[string]line // by folded name
	preferred string          // the id that a person said is meant
}

func newNamer(subjects []audit.Subject) *namer {
	n := &namer{subjects: subjects, keys: make(map[string]string), released: make(map[string]string),
		makers:   make(map[string][]string),
		families: familiesOf(subjects), lines: linesOf(subjects)}
	for _, s := range subjects {
		if _, ok := n.keys[s.ID]; !ok {
			n.keys[s.ID] = data.Key(s)
			n.released[s.ID] = s.Released
		}
		n.made(s.Organisation, s.ID)
		n.made(account.ReplaceAllString(s.Organisation, ""), s.ID)
	}
	for _, e := range catalogue.Entries() {
		for _, id := range []string{e.Hub, "catalogue:" + e.Name} {
			if _, ok := n.keys[id]; ok {
				n.released[id] = cmp.Or(e.Released, n.released[id])
			}
			for _, maker := range shorter(e.Vendor) {
				n.made(maker, id)
			}
		}
	}
	n.otherNames()
	return n
}

// prefer sets the model that is meant, by whatever name.
func (n *namer) prefer(s audit.Subject) {
	n.preferred = s.ID
	n.keys[s.ID] = data.Key(s)
}

// names lists the names in a text, in order. Where one name may mean several
// models, they are given in unclear and the name stands for none.
func (n *namer) names(text string) (names []claims.Name, unclear string) {
	s := newSentence(text)
	at := s.byteOffsets(text)
	found := n.makersFirst(text, at, longest(n.mentions(text)))
	slices.SortStableFunc(found, func(a, b mention) int { return cmp.Compare(a.start, b.start) })
	for i := 0; i < len(found); {
		var ids []string
		end := i
		for ; end < len(found) && found[end].start == found[i].start; end++ {
			if !slices.Contains(ids, found[end].id) {
				ids = append(ids, found[end].id)
			}
		}
		name := claims.Name{Start: at[found[i].start], End: at[found[i].end]}
		switch {
		case len(ids) == 1:
			name.ID = ids[0]
		case slices.Contains(ids, n.preferred):
			name.ID = n.preferred
		default:
			unclear = strings.Join(ids, ", ")
		}
		if len(names) == 0 || names[len(names)-1].End <= name.Start {
			names = append(names, name)
		}
		i = end
	}
	return n.withMakers(names, s, at), unclear
}

// makersFirst drops a family's name where a maker is called so too and another model
// of that maker is named: in "Quo publishes the code of Quo-7B", Quo is the firm.
func (n *namer) makersFirst(text string, at []int, found []mention) []mention {
	return slices.DeleteFunc(slices.Clone(found), func(m mention) bool {
		said := fold(text[at[m.start]:at[m.end]])
		return n.families[said] != nil && slices.ContainsFunc(found, func(o mention) bool {
			return o.start != m.start && slices.Contains(n.makers[said], o.id)
		})
	})
}

// notes says which model a name was taken for, where that is not plain.
func (n *namer) notes(text string, names []claims.Name) []string {
	var notes []string
	for _, name := range names {
		if said := text[name.Start:name.End]; !name.Maker && name.ID != "" && fold(said) != fold(name.ID) &&
			fold(said) != fold(path.Base(name.ID)) {
			note := fmt.Sprintf("%q was taken for %s", said, name.ID)
			if r := n.released[name.ID]; r != "" {
				note += ", released " + r
			}
			if f := n.families[fold(said)]; f != nil && len(f.members) > 1 {
				note += fmt.Sprintf(", one of %d stored models of the family", len(f.members))
			}
			if _, ok := n.keys[name.ID]; !ok {
				note = fmt.Sprintf("%q is known as %s, of which nothing is stored: audit it first", said, name.ID)
			}
			if note += "."; !slices.Contains(notes, note) {
				notes = append(notes, note)
			}
		}
	}
	return notes
}

func fold(s string) string { return string(newSentence(s).squashed) }

// byteOffsets maps runes of a text to bytes of it.
func (s *sentence) byteOffsets(text string) []int {
	at := make([]int, 0, len(s.runes)+1)
	for i := range text {
		at = append(at, i)
	}
	return append(at, len(text))
}

// mentions lists every place that names a model, by each of its names.
func (n *namer) mentions(text string) []mention {
	sentence := newSentence(text)
	var found []mention
	consider := func(name, id, key string) {
		for _, at := range sentence.find(name) {
			if m := (mention{at[0], at[1], id, key}); !slices.Contains(found, m) {
				found = append(found, m)
			}
		}
	}
	stored := make(map[string]string)
	for _, s := range n.subjects {
		stored[s.ID] = data.Key(s)
		consider(s.ID, s.ID, data.Key(s))
		for _, name := range []string{s.Name, s.Label} {
			if !claims.Known(strings.ToLower(name)) { // a name such as "model" is said of every model
				consider(name, s.ID, data.Key(s))
			}
		}
	}
	for _, e := range catalogue.Entries() {
		known := false
		for _, id := range []string{e.Hub, "catalogue:" + e.Name} {
			if key, ok := stored[id]; ok {
				known = true
				for _, name := range append([]string{e.Name, e.Title}, e.Aliases...) {
					consider(name, id, key)
				}
			}
		}
		for _, name := range append([]string{e.Name, e.Title}, e.Aliases...) {
			if id := cmp.Or(e.Hub, "catalogue:"+e.Name); !known && sentence.properly(name) {
				consider(name, id, "")
			}
		}
	}
	found = storedFirst(found)
	found = append(found, n.inLines(sentence, found)...)
	return append(found, n.inFamilies(sentence, found)...)
}

// storedFirst drops models of which nothing is stored where the same name means
// one that is.
func storedFirst(found []mention) []mention {
	return slices.DeleteFunc(slices.Clone(found), func(m mention) bool {
		return m.key == "" && slices.ContainsFunc(found, func(o mention) bool {
			return o.key != "" && o.start == m.start && o.end == m.end
		})
	})
}

// A family is what stored models have in common by name.
type family struct {
	names   []string
	members []audit.Subject
	id, key string // of the newest member, which its names stand for
}

// numbered matches a model's name that begins with a family's and goes on with
// a number: "Quo-7B", "Quo2.5", "Quo-V3".
var numbered = pattern.MustCompile(`^(\pL{3,})[-_ .]?[vVkKrR]?\d`)

// familiesOf groups stored models by what their names begin with, and adds the
// other names that the catalogue has for a family.
func familiesOf(subjects []audit.Subject) map[string]*family {
	families := make(map[string]*family)
	for _, s := range subjects {
		if m := numbered.FindStringSubmatch(path.Base(s.ID)); m != nil && !claims.Known(m[1]) {
			name := strings.ToLower(m[1])
			if families[name] == nil {
				families[name] = &family{names: []string{m[1]}}
			}
			families[name].members = append(families[name].members, s)
		}
	}
	for _, known := range catalogue.Families() {
		f := families[known.Family]
		if f == nil { // nothing of it is stored, which is worth saying
			f = &family{names: []string{known.Family}}
			families[known.Family] = f
		}
		f.names = append(f.names, known.Names...)
	}
	for name, f := range families {
		f.id = "catalogue:" + name
		if len(f.members) > 0 {
			newest := slices.MaxFunc(f.members, func(a, b audit.Subject) int {
				return cmp.Or(cmp.Compare(releasedOf(a), releasedOf(b)), cmp.Compare(len(b.ID), len(a.ID)),
					cmp.Compare(a.ID, b.ID))
			})
			f.id, f.key = newest.ID, data.Key(newest)
		}
	}
	return families
}

// inFamilies finds names of families where no model's own name stands. The
// newest model of the family is taken; notes say so.
func (n *namer) inFamilies(s *sentence, found []mention) []mention {
	var more []mention
	for _, f := range n.families {
		for _, name := range f.names {
			for _, at := range s.find(name) {
				if overlaps(found, at) || !s.capital(at[0]) {
					continue
				}
				id, key := f.id, f.key
				if end := s.version(at[1]); end > at[1] { // "Quo K2" is not just any Quo
					at[1] = end
					id, key = n.versionOf(f, string(s.runes[at[0]:end]))
				}
				more = append(more, mention{at[0], at[1], id, key})
			}
		}
	}
	return more
}

// releasedOf is when a model came out, by the catalogue or as it says itself.
func releasedOf(s audit.Subject) string {
	for _, e := range catalogue.Entries() {
		if e.Hub == s.ID || "catalogue:"+e.Name == s.ID {
			return e.Released
		}
	}
	return s.Released
}

// capital reports whether a name begins as names do: with no small letter.
func (s *sentence) capital(at int) bool { return !unicode.IsLower(s.runes[at]) }

// properly reports whether every place of a name is written as a name: one that
// is a plain word ("falcon") needs a capital, one with a number does not.
func (s *sentence) properly(name string) bool {
	if strings.ContainsAny(name, "0123456789") {
		return true
	}
	return !slices.ContainsFunc(s.find(name), func(at [2]int) bool { return !s.capital(at[0]) })
}

// longest drops mentions that lie within longer ones: "Qwen Coder" names no "Qwen".
func longest(found []mention) []mention {
	slices.SortStableFunc(found, func(a, b mention) int {
		return cmp.Or(cmp.Compare(b.end-b.start, a.end-a.start), cmp.Compare(a.start, b.start))
	})
	var kept []mention
	for _, m := range found {
		within := func(k mention) bool {
			return k.start <= m.start && m.end <= k.end && k.end-k.start > m.end-m.start
		}
		if !slices.ContainsFunc(kept, within) {
			kept = append(kept, m)
		}
	}
	return kept
}

// A sentence is a text in which names are looked for without case, spaces and
// punctuation.
type sentence struct {
	runes    []rune
	squashed []rune
	at       []int // where in runes each squashed one stands
}

func newSentence(text string) *sentence {
	s := &sentence{runes: []rune(text)}
	for i, r := range s.runes {
		if nameRune(r) {
			s.squashed, s.at = append(s.squashed, unicode.ToLower(r)), append(s.at, i)
		}
	}
	return s
}

func nameRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// shortestName is the length from which a name is looked for in a sentence.
const shortestName = 3

// find lists the places of a name, as ranges of runes.
func (s *sentence) find(name string) [][2]int {
	want := newSentence(name).squashed
	// 百度 is a whole name
	if len(want) == 0 || len(want) < shortestName && !(len(want) == shortestName-1 && claims.WordByItself(want[0])) {
		return nil
	}
	var found [][2]int
	for i := 0; i+len(want) <= len(s.squashed); i++ {
		start, end := s.at[i], s.at[i+len(want)-1]+1
		if slices.Equal(s.squashed[i:i+len(want)], want) && s.begins(start) && s.ends(end) {
			found = append(found, [2]int{start, end})
		}
	}
	return found
}

// begins reports whether a word begins here, and none is joined in front.
func (s *sentence) begins(at int) bool {
	if at == 0 {
		return true
	}
	return claims.WordByItself(s.runes[at-1]) || !nameRune(s.runes[at-1]) && (!joins(s.runes[at-1]) || at == 1 ||
		!nameRune(s.runes[at-2]))
}

// ends reports whether a word ends here, with no word joined behind and no
// number after it, which would make it another version's name.
func (s *sentence) ends(at int) bool {
	next := func(i int) rune {
		if i < len(s.runes) {
			return s.runes[i]
		}
		return ' '
	}
	switch {
	case claims.WordByItself(next(at)): // no word of the name's writing goes on
	case nameRune(next(at)), joins(next(at)) && nameRune(next(at+1)):
		return false
	case next(at) == ' ' && unicode.IsDigit(next(at+1)):
		return false
	}
	return true
}

// joins reports whether a character joins the parts of one name.
func joins(r rune) bool { return strings.ContainsRune("-_/.:@", r) }

package main

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"openness/audit"
	"openness/data"
	"openness/data/catalogue"
)

// A claim that is held against the wrong model ends in print. A name therefore
// counts only as a whole: "Phi" is named neither by "philosophy" nor by "Phi-3"
// or "Phi 3", which are other models.

// A mention is a place in a sentence that names a stored model.
type mention struct {
	start, end int    // runes of the sentence
	id, key    string // the model's id, and what the store knows it by
}

// modelIn finds the stored model that a sentence names. What names none, or
// more than one, is bad usage: it is for a person to say which is meant.
func modelIn(ctx context.Context, db *data.DB, text string) (string, error) {
	subjects, err := db.Subjects(ctx)
	if err != nil {
		return "", err
	}
	found := longest(mentions(text, subjects))
	if len(found) == 0 {
		return "", usagef("no audited model is named in %q: audit it first, or name it with --model", text)
	}
	var ids []string
	for _, m := range found {
		if !slices.Contains(ids, m.id) {
			ids = append(ids, m.id)
		}
	}
	if len(ids) > 1 {
		return "", usagef("%q may speak of %s: say which with --model", text, strings.Join(ids, ", "))
	}
	return found[0].key, nil
}

// mentions lists every place that names a model, by each of its names.
func mentions(text string, subjects []audit.Subject) []mention {
	sentence := newSentence(text)
	var found []mention
	consider := func(name, id, key string) {
		for _, at := range sentence.find(name) {
			found = append(found, mention{at[0], at[1], id, key})
		}
	}
	stored := make(map[string]string)
	for _, s := range subjects {
		stored[s.ID] = data.Key(s)
		for _, name := range []string{s.ID, s.Name, s.Label} {
			consider(name, s.ID, data.Key(s))
		}
	}
	for _, e := range catalogue.Entries() {
		for _, id := range []string{e.Hub, "catalogue:" + e.Name} {
			if key, ok := stored[id]; ok {
				for _, name := range append([]string{e.Name, e.Title}, e.Aliases...) {
					consider(name, id, key)
				}
			}
		}
	}
	return found
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
	if len(want) < shortestName {
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
	return !nameRune(s.runes[at-1]) && (!joins(s.runes[at-1]) || at == 1 || !nameRune(s.runes[at-2]))
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
	case nameRune(next(at)), joins(next(at)) && nameRune(next(at+1)):
		return false
	case next(at) == ' ' && unicode.IsDigit(next(at+1)):
		return false
	}
	return true
}

// joins reports whether a character joins the parts of one name.
func joins(r rune) bool { return strings.ContainsRune("-_/.:@", r) }

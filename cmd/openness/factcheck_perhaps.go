package main

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"openness/data/catalogue"
	"openness/rubric/claims"
)

// maxPerhaps is how many models are named where a sentence may mean several.
const maxPerhaps = 5

// perhaps says what a sentence in which no stored model was recognised may
// mean: stored models whose names begin as a name of the sentence does, or a
// release that the catalogue knows and nothing is stored of. It is empty where
// neither is known.
func (n *namer) perhaps(text string) string {
	for _, said := range namesSaid(text) {
		var ids []string
		for _, s := range n.subjects {
			if strings.HasPrefix(fold(path.Base(s.ID)), fold(said)) || strings.HasPrefix(fold(s.Name), fold(said)) {
				ids = append(ids, s.ID)
			}
		}
		if slices.Sort(ids); len(ids) > 0 {
			return fmt.Sprintf("%q may mean %s: say which with --model", said, listed(slices.Compact(ids)))
		}
		var known []string
		for _, r := range catalogue.Releases() {
			if strings.HasPrefix(catalogue.Fold(r.Model), catalogue.Fold(said)) {
				known = append(known, fmt.Sprintf("%s (%s, %s)", r.Model, r.Maker, r.Released))
			}
		}
		if len(known) > 0 {
			return fmt.Sprintf("%q is known as %s, of which nothing is stored: audit it first", said, listed(known))
		}
	}
	return ""
}

func listed(names []string) string {
	if more := len(names) - maxPerhaps; more > 0 {
		return fmt.Sprintf("%s or %d more", strings.Join(names[:maxPerhaps], ", "), more)
	}
	return strings.Join(names, ", ")
}

// shortestSaid is the length from which a word is looked up as part of a name.
const shortestSaid = 4

// namesSaid lists stretches of words of a text that may name a model: words
// that begin with a capital or a number, and the first of which the book of
// wordings does not hold; and the same without a size or version at their end.
func namesSaid(text string) []string {
	var list []string
	words := strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",;:()\"“”'’?!", r)
	})
	for i := 0; i < len(words); i++ {
		end := i
		for end < len(words) && begins(words[end], unicode.IsUpper, unicode.IsDigit) {
			end++
		}
		if end > i && begins(words[i], unicode.IsUpper) && !claims.Known(words[i]) {
			for to := end; to > i && (to == end || begins(words[to], unicode.IsDigit)); to-- {
				if said := strings.TrimRight(strings.Join(words[i:to], " "), "."); len(said) >= shortestSaid {
					list = append(list, said)
				}
			}
			i = end
		}
	}
	return list
}

func begins(word string, is ...func(rune) bool) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return slices.ContainsFunc(is, func(f func(rune) bool) bool { return f(first) })
}

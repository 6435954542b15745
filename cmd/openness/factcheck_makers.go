package main

import (
	"cmp"
	"slices"
	"strings"

	"openness/audit/pattern"
	"openness/data/catalogue"
	"openness/rubric/claims"
)

// otherNames adds the names that the catalogue has for makers, in any language,
// and those of their laboratories.
func (n *namer) otherNames() {
	of := make(map[string][]string)
	for _, s := range n.subjects {
		maker := catalogue.MakerOf(s.Organisation)
		of[maker] = append(of[maker], s.ID)
	}
	for _, e := range catalogue.Entries() {
		maker := catalogue.MakerOf(e.Vendor)
		of[maker] = append(of[maker], cmp.Or(e.Hub, "catalogue:"+e.Name), "catalogue:"+e.Name)
	}
	for _, f := range catalogue.Families() {
		maker := catalogue.MakerOf(f.Vendor)
		of[maker] = append(of[maker], "catalogue:"+f.Family)
	}
	for _, m := range catalogue.Makers() {
		for _, name := range slices.Concat([]string{m.Maker}, m.Names) {
			for _, id := range of[m.Maker] {
				n.made(name, id)
			}
		}
	}
}

// shortMaker is the length up to which a maker's name may be a plain word.
const shortMaker = 4

// findMaker lists the places of a maker's name: with a capital, or all in
// capitals where it may be a plain word, and with the "s" of the German genitive.
func (s *sentence) findMaker(name string) [][2]int {
	var found [][2]int
	for _, form := range []string{name, name + "s"} {
		for _, at := range s.find(form) {
			word := string(s.runes[at[0]:at[1]])
			if s.capital(at[0]) && (len(name) > shortMaker || !claims.Known(strings.ToLower(word)) ||
				strings.ToUpper(word) == word) {
				found = append(found, at)
			}
		}
	}
	return found
}

// shorter gives a maker's name and the one that people use for it: "Quo" of "Quo AI".
func shorter(vendor string) []string {
	first, rest, _ := strings.Cut(vendor, " ")
	if slices.Contains([]string{"AI", "Cloud", "DeepMind", "Labs", "Research"}, rest) {
		return []string{vendor, first}
	}
	return []string{vendor}
}

// account matches what makers add to their names for an account on a hub:
// "quo-community", "quo-ai".
var account = pattern.MustCompile(`(?i)[-_](?:community|ai|inc|org|labs?|research|tech|hf|team|llm)$`)

// withMakers adds the makers that are named beside the models.
func (n *namer) withMakers(names []claims.Name, s *sentence, at []int) []claims.Name {
	for maker, ids := range n.makers {
		for _, place := range s.findMaker(maker) {
			m := claims.Name{Start: at[place[0]], End: at[place[1]], ID: maker, Maker: true, Of: ids}
			clash := func(o claims.Name) bool { return o.Start < m.End && m.Start < o.End }
			if !slices.ContainsFunc(names, clash) {
				names = append(names, m)
			}
		}
	}
	slices.SortFunc(names, func(a, b claims.Name) int { return cmp.Compare(a.Start, b.Start) })
	return names
}

// made notes who made a model. One maker is written in several ways: the
// account "quo" is Quo.
func (n *namer) made(maker, id string) {
	if key := fold(maker); key != "" && !slices.Contains(n.makers[key], id) {
		n.makers[key] = append(n.makers[key], id)
	}
}

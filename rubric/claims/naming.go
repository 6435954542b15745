package claims

import (
	"slices"
	"strings"
)

// Words that only tell who or what a name stands for: "the Australian start-up Y",
// "X, Y's small but capable model, ...". What they tell is no part of what is said of a
// model. Their place shows it (in one phrase with the name; see speakers.go for those
// around a verb of saying), and so do the kinds of words that make up such a phrase; a
// word of no such kind stays unchecked.
//
// A maker has more room: what is said of it between commas ("Acme, a small laboratory
// in the mountains, ...") claims nothing of a model, its data, licence or weights as long
// as it holds no word on them. What is said of a model itself is no such thing: "the
// winner of every ranking" is a claim.

// maxNaming is how many items stand in such a phrase beside its name.
const maxNaming = 8

// namings takes what tells who a maker or which model is named out of the reading.
func (p *parser) namings() {
	for i := range p.items {
		kind := map[string]string{tagMaker: "firm", tagModel: "model"}[p.tag(i)]
		if kind == "" {
			continue
		}
		for from := max(0, i-maxNaming); from < i; from++ {
			if p.tag(from-1) != tagUnknown && p.tag(from-1) != tagNot && p.tells(kind, from, i) {
				p.offices(from, i)
				break
			}
		}
		if k := p.prev(i-2, tagLink); kind == "model" && p.tag(i-1) == tagAnd && p.tag(k) == tagNeutral &&
			among("model-noun", p.words(k)) {
			p.items[k].tag = tagUnknown // "the new model and X": of the other nothing is known
		}
		p.otherName(i)
		if word := p.words(i + 1); kind == "model" && (word == "," || word == "(") {
			end := i + 2
			for end < len(p.items) && p.tag(end) != tagMark {
				end++
			}
			if p.tells(kind, i+2, end) {
				p.offices(i+2, end)
				for k := i + 2; k < end; k++ {
					if p.tag(k) == tagPart {
						p.setAside(k)
					}
				}
			}
		}
	}
}

// tells reports whether the items from one to another are a phrase around a noun
// for a firm or a model, with words alone that tell where it is from, how large, how
// old or how well known it is.
func (p *parser) tells(kind string, from, to int) bool {
	noun := kind == "model" && p.words(from-1) == "," && among("shaped", p.words(from)) // ", trained by"
	for i := max(0, from-1); i < to; i++ {
		if among("for-whom", p.words(i)) {
			return false // "for small developers Y": they are not Y
		}
	}
	for i := from; i < to; i++ {
		last := p.list[p.items[i].end-1].text
		noun = noun || among(kind+"-noun", last)
		switch p.tag(i) {
		case tagNeutral, tagOf, tagMaker:
			continue
		case tagAnd: // "small and capable", and not "the new assistant and X"
			if i+1 < to && !noun {
				continue
			}
			return false
		case tagAway: // "trained by the collective Y", and not "for researchers"
			if among("agent", p.words(i)) || p.words(i) == "at" {
				continue
			}
		case tagPart: // "a 1.1-billion-parameter model"
			if kind == "model" && p.sizeAt(i) {
				continue
			}
		case tagBut: // "small but capable"
			if p.tag(i-1) != tagUnknown && !p.aside(i-1) {
				return false
			}
			continue
		case tagSubject: // "le modèle"
			if among(kind+"-noun", last) || i == from {
				continue
			}
		case tagUnknown:
			if p.figure(i) || noun && p.person(i) && p.tag(p.prev(i-1, tagNeutral)) != tagPart {
				continue // "built at the University of Y"
			}
			n, rest := 0, p.list[p.items[i].first:p.items[to-1].end]
			for _, list := range []string{kind + "-telling", kind + "-noun"} {
				n = max(n, lists()[list].takes(rest))
			}
			if n = p.wholeItems(i, n); n > 0 {
				for k := i; k < i+n; k++ {
					noun = noun || among(kind+"-noun", p.words(k))
				}
				i += n - 1
				continue
			}
		}
		return false
	}
	return noun
}

// sizeAt reports whether an item names the parameters that a size is told of, which is
// not another than that in the model's name.
func (p *parser) sizeAt(i int) bool {
	size := sized().FindString(strings.TrimRight(p.text[:p.at(i)], " -"))
	unit := p.list[max(0, p.items[i].first-2):p.items[i].first]
	if p.part(i) != "open-weights" || size == "" || !amongTokens("billion", unit) {
		return false // sizes in names are in billions
	}
	for k := i - 1; k >= 0 && k > i-maxNaming; k-- {
		if p.figure(k) {
			return !slices.ContainsFunc(p.modelsBefore(len(p.items)), func(id string) bool {
				told, same := p.sizeTold(id, k)
				return told && !same
			})
		}
	}
	return false
}

// otherName takes the name that stands in brackets behind another name of the same
// model out of the reading: "Y's Quokka (Quokka-7B)".
func (p *parser) otherName(i int) {
	if p.tag(i) != tagModel || p.words(i-1) != "(" || p.words(i+1) != ")" || i < 2 {
		return
	}
	before := i - 2
	same := p.tag(before) == tagModel && p.names[p.items[before].name].ID == p.names[p.items[i].name].ID
	if !same && !(p.tag(before) == tagUnknown && p.capital(p.list[p.items[before].first]) && len(p.modelsBefore(before)) == 0) {
		return
	}
	p.items[i-1].tag, p.items[i+1].tag = tagNeutral, tagNeutral
	if same {
		p.items[i].tag = tagNeutral
		return
	}
	p.setAside(before)
}

// makerPronouns begin a clause on a maker.
var makerPronouns = []string{"which", "who", "whose", "das", "die", "der", "dessen", "deren", "qui", "dont", "que",
	"cuyo", "cuya", "cuyos", "cuyas"}

// appositions takes such words out of the reading.
func (p *parser) appositions() {
	for i := range p.items {
		if p.tag(i) != tagMaker || i+2 >= len(p.items) || p.tag(i+1) != tagMark ||
			p.words(i+1) != "," && p.words(i+1) != "(" {
			continue
		}
		if end := p.appositionEnd(i + 2); end > 0 {
			for k := i + 2; k < end; k++ {
				p.setAside(k)
			}
		}
	}
}

// appositionEnd is the mark that ends an apposition which begins at an item, or
// 0 where none does or where it speaks of openness.
func (p *parser) appositionEnd(i int) int {
	word := p.list[p.items[i].first].text
	relative := slices.Contains(makerPronouns, word)
	if !relative && (!among("article", word) || slices.Contains([]string{"que", "cual"}, p.words(i+1))) {
		return 0
	}
	own := false
	for k := i; k < len(p.items); k++ {
		switch it := p.items[k]; it.tag {
		case tagMark:
			if p.words(k) == "%" {
				continue
			}
			if word := p.words(k); (word == "," || word == ")") && own {
				return k
			}
			return 0
		case tagUnknown, tagMaker:
			own = true
		case tagNeutral, tagOf, tagAway, tagAside, tagAnd, tagModel:
		case tagSubject: // "whose headcount"
			if !relative || k > i {
				return 0
			}
		case tagLink:
			if !relative {
				return 0
			}
		case tagPart: // "a model with seven billion parameters"
			if it.w.Predicate != "open-weights" || !sized().MatchString(strings.TrimRight(p.text[:p.at(k)], " -")) {
				return 0
			}
			own = true
		default:
			return 0
		}
	}
	return 0
}

package claims

import (
	"slices"
	"strings"
)

// What more is said of a maker between commas: "Acme, a small laboratory in the
// mountains, ...". It claims nothing of a model, its data, licence or weights as
// long as it holds no word on them, and is then an aside. What is said of a
// model itself is not: "the winner of every ranking" is a claim.

// makerPronouns begin a clause on a maker.
var makerPronouns = []string{"which", "who", "whose", "das", "die", "der", "dessen", "deren", "qui", "dont", "que",
	"cuyo", "cuya", "cuyos", "cuyas"}

// sized matches how large a model is said to be, before the word "parameters".
var sized = lazily(`(?i)(billion|million|milliard|millones|亿|\bbn|\d+b?)\S*$`)

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

// appositionWording is what the words of one are read as.
var appositionWording = &wording{Tag: tagAside}

// setAside makes an item an aside, unless it is a name.
func (p *parser) setAside(i int) {
	it := &p.items[i]
	if it.tag == tagModel || it.tag == tagMaker {
		return
	}
	it.tag, it.w = tagNeutral, appositionWording
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

package claims

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Figures and the names of firms and places: "14 of the 40 integrators", "a note by
// Larkfield Securities". They say nothing of a model where they belong to a general
// word, and are named as not checked.

// figures takes them out of the reading.
func (p *parser) figures() {
	titled := p.titled()
	for i := range p.items {
		if end := p.ownSize(i); end > i {
			for ; i < end; i++ {
				p.setAside(i)
			}
		}
	}
	for i := len(p.items) - 1; i >= 0; i-- { // "three and a half years" is read from its end
		many := among("quantity", p.words(i)) && (p.tag(i) == tagHedge || p.tag(i) == tagUnknown && p.countsPeople(i))
		if (p.tag(i) == tagUnknown && p.figure(i) || many) && p.counts(i) {
			p.setAside(i)
		}
	}
	for i := range p.items {
		if p.tag(i) == tagUnknown && !titled && p.firm(i) {
			p.setAside(i)
		}
	}
}

// sized matches how large a model is said to be, before the word "parameters".
var sized = lazily(`(?i)(billion|million|milliard|millones|亿|\bbn|\d+b?)\S*$`)

// sizeInName matches the size that a model's name tells.
var sizeInName = lazily(`(?i)-(\d+)B\b`)

// ownSize is where words end that tell the size which the name of the only model
// tells too: "the seven-billion-parameter model X-7B"; 0 where none begin.
func (p *parser) ownSize(i int) int {
	if p.tag(i) != tagUnknown || i+2 >= len(p.items) || !among("billion", p.words(i+1)) {
		return 0
	}
	ids := p.modelsBefore(len(p.items))
	if len(ids) == 0 || slices.ContainsFunc(ids, func(id string) bool { _, same := p.sizeTold(id, i); return !same }) {
		return 0
	}
	end := p.next(i+2, tagOf)
	if p.part(end) == "open-weights" && p.items[end].w.Value == "" {
		return end + 1
	}
	return 0
}

// sizeTold reports whether the name of a model tells a size, in billions, and whether the
// number at an item is that size.
func (p *parser) sizeTold(id string, i int) (told, same bool) {
	m := sizeInName().FindStringSubmatch(id)
	if m == nil {
		return false, false
	}
	return true, m[1] == p.words(i) || among("number-"+m[1], p.words(i))
}

// figure reports whether an item is a number or a mark of money.
func (p *parser) figure(i int) bool {
	word := p.list[p.items[i].first].text
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsDigit(first) || strings.ContainsAny(word, "$€£¥~") ||
		lists()["general-number "+p.mainLanguage()].has(word)
}

// countsPeople reports whether people stand behind a word for how many: "several
// researchers".
func (p *parser) countsPeople(i int) bool {
	n := p.next(i+1, tagOf)
	return p.aside(n) && lists()["general-people "+p.mainLanguage()].has(p.list[p.items[n].end-1].text)
}

// gathers reports whether an item names people or where they meet.
func (p *parser) gathers(i int) bool {
	if i < 0 || !p.aside(i) {
		return false
	}
	word := p.list[p.items[i].end-1].text
	return lists()["general-people "+p.mainLanguage()].has(word) || among("audience", word)
}

// counts reports whether a number counts what a general word names, or stands at
// the end of its clause: not "three sources", "150 checkpoints".
func (p *parser) counts(i int) bool {
	if p.notBefore(i) || p.owned(i) || p.tag(i-1) == tagUnknown && !p.figure(i-1) {
		return false // "Claude 3"
	}
	if k := p.prev(i-1, tagNeutral); p.granted(i) && !p.aside(k) && !p.aside(p.prev(i-1, tagAway)) {
		return false // "for 40 firms", but "joined by 40 firms"
	}
	n := i + 1
	for p.tag(n) == tagNeutral && !p.aside(n) || p.tag(n) == tagOf || p.tag(n) == tagSubject ||
		p.words(n) == "%" || p.words(n) == "," &&
		n+1 < len(p.items) && p.figure(n+1) {
		n++
	}
	return p.aside(n) || p.tag(n) == tagMark
}

// titled reports whether most words begin with a capital letter, as those of
// headlines do, or nouns in German, so that a capital marks no name.
func (p *parser) titled() bool {
	if !trait(p.mainLanguage(), capitalNames) {
		return true
	}
	capital, all := 0, 0
	for _, t := range p.list {
		if t.name < 0 && len(t.text) > minTitled {
			all++
			if p.capital(t) {
				capital++
			}
		}
	}
	return 2*capital > all
}

// minTitled is how long the words are that a headline writes with a capital.
const minTitled = 3

func (p *parser) capital(t token) bool {
	first, _ := utf8.DecodeRuneInString(p.text[t.start:])
	return unicode.IsUpper(first)
}

// firm reports whether a word is written as a name and belongs to a general word
// or to another such name beside it: "analysts at Larkfield Securities".
func (p *parser) firm(i int) bool {
	if !p.capital(p.list[p.items[i].first]) || p.notBefore(i) || among("limit", p.words(i)) {
		return false
	}
	if k := i - 1; k >= 0 && among("place", p.words(k)) && p.words(k) != "at" && !p.gathers(k-1) {
		return false // "servers in Berlin", but "researchers in Berlin"
	}
	before := p.prev(i-1, tagOf, tagAway)
	for p.tag(before) == tagNeutral && !p.aside(before) {
		before = p.prev(before-1, tagOf, tagAway)
	}
	after := i + 1
	for p.tag(after) == tagOf || p.tag(after) == tagUnknown && p.capital(p.list[p.items[after].first]) {
		after++
	}
	if p.tag(after) == tagSaid { // who says it
		return true
	}
	return p.aside(before) && !p.figure(before) || p.aside(after) && !p.figure(after)
}

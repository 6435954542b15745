package claims

import (
	"slices"
	"strings"
)

// General words tell who, where, when and how, or praise: "customers", "on the
// table", "straight away", "generously". They say nothing on openness and limit
// nothing, and are named as not checked without keeping a claim from being
// read. The files words/general.*.yaml hold them by what they tell, for each
// language. A word that is in none of them stays unknown.

// generalKinds are the lists of general words, those by their endings last.
var generalKinds = []string{"general-manner", "general-place", "general-thing", "general-time", "general-verb",
	"general-judgement", "general-people", "general-day", "making", "manner-ending", "with-object"}

// general takes general words out of the reading.
func (p *parser) general() {
	file := p.mainLanguage()
	for i := 0; i < len(p.items); i++ {
		if p.tag(i) != tagUnknown || p.notBefore(i) {
			continue
		}
		n := p.generalFrom(i, file)
		for k := i; k < i+n; k++ {
			p.setAside(k)
		}
		i += max(0, n-1)
	}
}

// maxGeneral is how many words the longest general word has.
const maxGeneral = 8

// generalFrom is how many items a general word takes from an item on.
func (p *parser) generalFrom(i int, file string) int {
	var stretch []token
	for k := i; k < len(p.items) && (p.tag(k) == tagUnknown || p.tag(k) == tagNeutral) && len(stretch) < maxGeneral; k++ {
		stretch = append(stretch, p.tokensOf(k)...)
	}
	n := 0
	for _, kind := range generalKinds {
		if p.generalHere(kind, i) {
			n = max(n, lists()[kind+" "+file].takes(stretch))
		}
	}
	return p.wholeItems(i, n)
}

// generalHere reports whether words of a kind say nothing where they stand.
// What tells for whom or for how long something is, or whose it is, limits it.
func (p *parser) generalHere(kind string, i int) bool {
	switch kind {
	case "general-place": // not "the code of the website", nor "in every country"
		return !p.ofSomebody(i) && !p.owned(i) && (i == 0 || !p.quantifies(i-1))
	case "general-thing": // nor "for games"
		return !p.ofSomebody(i) && !p.owned(i) && !p.granted(i)
	case "general-time": // nor "for a week"
		return (!p.ofSomebody(i) || p.saidNext(i)) && !p.owned(i) && !p.granted(i)
	case "general-people": // nor "for researchers"
		return !p.granted(i) && !p.ofSomebody(i)
	case "making": // "built by Y"
		return p.tag(p.next(i+1, tagNeutral, tagAway, tagOf)) == tagMaker ||
			p.tag(p.prev(i-1, tagNeutral, tagAway, tagOf)) == tagMaker
	case "manner-ending": // not "theoretically", "selectively"
		word := p.list[p.items[i].first].text
		return !among("limit", word) && !among("adverb-limit", word)
	case "with-object":
		return !among("limit", p.list[p.items[i].first].text)
	}
	return true
}

// wholeItems is how many items n words from an item on are, or 0 where they end
// within one.
func (p *parser) wholeItems(i, n int) int {
	taken := 0
	for k := i; k < len(p.items) && n > 0; k++ {
		n -= p.items[k].end - p.items[k].first
		taken++
	}
	if n < 0 {
		return 0
	}
	return taken
}

// granted reports whether people stand behind a word that says for whom
// something is: "for researchers" limits what is given out.
func (p *parser) granted(i int) bool {
	grant := lists()["grant "+p.mainLanguage()]
	k := i - 1
	for k >= 0 && (p.tag(k) == tagNeutral || p.tag(k) == tagSubject) && !grant.has(strings.ToLower(p.words(k))) {
		k--
	}
	// "circulated to lenders" tells of no model
	return k >= 0 && grant.has(strings.ToLower(p.words(k))) && (k == 0 || !p.aside(k-1) || p.tag(k) != tagAway ||
		among("agent", p.words(k)))
}

// ofSomebody reports whether people are those of a model or a maker: "the team
// behind X", "Y's engineers". What is said of them is not said of the model.
func (p *parser) ofSomebody(i int) bool {
	is := func(k int) bool { return p.tag(k) == tagModel || p.tag(k) == tagMaker }
	if p.saidNext(i) {
		return true // "a rival claims that"
	}
	if n := i + 1; p.tag(n) == tagNeutral && p.items[n].w != nil && p.items[n].w.Value == "factive" {
		return false // "analysts note that Y"
	}
	return is(p.next(i+1, tagNeutral, tagOf, tagAway)) && p.next(i+1) != p.next(i+1, tagNeutral, tagOf, tagAway) ||
		p.tag(i-1) == tagOf && is(i-2)
}

// saidNext reports whether a word of saying stands right behind an item.
func (p *parser) saidNext(i int) bool {
	n := p.tag(p.next(i+1, tagNeutral))
	return n == tagSaid || n == tagDoubt
}

// owned reports whether a noun stands right behind a component and "of".
func (p *parser) owned(i int) bool {
	k := p.prev(i-1, tagNeutral)
	return p.tag(k) == tagOf && p.tag(p.prev(k-1, tagNeutral)) == tagPart
}

// notBefore reports whether a negation stands right before an item.
func (p *parser) notBefore(i int) bool { return p.tag(p.prev(i-1, tagNeutral)) == tagNot }

// mainLanguage is the file of the language that most small words are in.
func (p *parser) mainLanguage() string {
	count := make(map[string]int)
	best := ""
	for _, it := range p.items {
		if it.w == nil || slices.Contains([]string{"", "licences.yaml"}, it.w.file) {
			continue
		}
		count[it.w.file]++
		if count[it.w.file] > count[best] {
			best = it.w.file
		}
	}
	return best
}

// tellsWhen reports whether a general word tells a time or a place, and is no verb.
func (p *parser) tellsWhen(i int) bool {
	for k := i; k >= 0 && k > i-maxGeneral && p.aside(k); k-- { // characters are words
		stretch := p.list[p.items[k].first:p.items[i].end]
		for _, kind := range []string{"general-time ", "general-place ", "general-day "} {
			if lists()[kind+p.mainLanguage()].takes(stretch) == len(stretch) {
				return true
			}
		}
	}
	return false
}

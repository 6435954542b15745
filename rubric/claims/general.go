package claims

import (
	"regexp"
	"slices"
)

// General words tell who, where, when and how, or praise: "customers", "on the
// table", "straight away", "generously". They say nothing on openness and limit
// nothing, and are named as not checked without keeping a claim from being
// read. The files words/general.*.yaml hold them by what they tell, for each
// language. A word that is in none of them stays unknown.

// generalKinds are the lists whose words are general wherever they stand.
var generalKinds = []string{"general-manner", "general-place", "general-time", "general-verb", "general-judgement"}

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

// generalFrom is how many items a general word takes from an item on.
func (p *parser) generalFrom(i int, file string) int {
	var stretch []token
	for k := i; k < len(p.items) && (p.tag(k) == tagUnknown || p.tag(k) == tagNeutral) && len(stretch) < 8; k++ {
		stretch = append(stretch, p.list[p.items[k].first:p.items[k].end]...)
	}
	n := 0
	for _, kind := range generalKinds {
		if nouns := kind == "general-place" || kind == "general-time"; nouns && (p.ofSomebody(i) || p.owned(i)) ||
			kind == "general-time" && p.granted(i) {
			continue // "the code of the website", "for a week"
		}
		n = max(n, lists()[kind+" "+file].length(stretch))
		if lists()[kind+" "+file].has(stretch[0].text) {
			n = max(n, 1)
		}
	}
	if lists()["general-people "+file].has(stretch[0].text) && !p.granted(i) && !p.ofSomebody(i) {
		n = max(n, 1)
	}
	if lists()["making "+file].has(stretch[0].text) && (p.tag(p.next(i+1, tagNeutral, tagAway, tagOf)) == tagMaker ||
		p.tag(p.prev(i-1, tagNeutral, tagAway, tagOf)) == tagMaker) {
		n = max(n, 1) // "built by Y"
	}
	if n == 0 && adverb(file, stretch[0].text) {
		n = 1
	}
	if file == "es.yaml" && n == 0 && withPronoun().MatchString(stretch[0].text) && !among("limit", stretch[0].text) {
		n = 1
	}
	// whole items only
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

// adverbs are the endings of words of manner, by the file of a language.
var adverbs = map[string]func() *regexp.Regexp{"en.yaml": lazily(`^\pL{4,}ly$`), "de.yaml": lazily(`erweise$`),
	"fr.yaml": lazily(`(emment|amment|[eu]usement|ivement|alement|èrement|iblement|ablement|iquement)$`),
	"es.yaml": lazily(`mente$`)}

// adverb reports whether a word tells by its ending how something was done, and
// does not take back or limit what is said ("theoretically", "selectively").
func adverb(file, word string) bool {
	ending, ok := adverbs[file]
	return ok && ending().MatchString(word) && !among("limit", word) && !among("adverb-limit", word)
}

// withPronoun matches Spanish infinitives that hold their object: "instalarlo".
var withPronoun = lazily(`^\pL+([aáeéií]r(se)?|ndo)l[oa]s?$`)

// granted reports whether people stand behind a word that says for whom
// something is: "for researchers" limits what is given out.
func (p *parser) granted(i int) bool {
	k := i - 1
	for k >= 0 && p.tag(k) == tagNeutral && !among("grant", p.words(k)) {
		k--
	}
	return k >= 0 && among("grant", p.words(k))
}

// ofSomebody reports whether people are those of a model or a maker: "the team
// behind X", "Y's engineers". What is said of them is not said of the model.
func (p *parser) ofSomebody(i int) bool {
	is := func(k int) bool { return p.tag(k) == tagModel || p.tag(k) == tagMaker }
	if n := p.tag(p.next(i+1, tagNeutral)); n == tagSaid || n == tagDoubt {
		return true // "a rival claims that"
	}
	return is(p.next(i+1, tagNeutral, tagOf, tagAway)) && p.next(i+1) != p.next(i+1, tagNeutral, tagOf, tagAway) ||
		p.tag(i-1) == tagOf && is(i-2)
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

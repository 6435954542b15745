package claims

import "slices"

// Words on openness that stand before a noun and are said of that noun alone: "the
// data of its open model X" calls X open, and not the data; "unlike closed models"
// says nothing of X.

// An attribute is what a model is called in passing, where something else is said of it.
type attribute struct {
	item, model int
	w           *wording
}

// attributes takes such words out of the reading. What they say of a model that is
// named is claimed of it; what they say of others is an aside.
func (p *parser) attributes() {
	for i := range p.items {
		if !p.attributive(i) {
			continue
		}
		if m := p.calls(i); m >= 0 {
			p.called = append(p.called, attribute{i, m, p.items[i].w})
			p.take(i)
		} else if end := p.ofOtherModels(i); end > i {
			for k := i; k < end; k++ {
				p.setAside(k)
			}
		}
	}
}

// attributive reports whether an item is a word on the openness of a whole model.
func (p *parser) attributive(i int) bool {
	if t := p.tag(i); t != tagState && t != tagClaim || p.items[i].w == nil {
		return false
	}
	w := p.items[i].w
	switch w.Predicate {
	case "open-source":
		return w.Value != onlyThese && w.Value != "definition"
	case "open-weights":
		return w.Value == "open-weights"
	case "other":
		return w.Value == "closed" || w.Value == "open"
	}
	return false
}

// maxBetween is how many words that the book does not hold stand between what a model
// is called and its name.
const maxBetween = 3

// calls is the model that an item is an attribute of, where a component of that model is
// what is spoken of; else -1.
func (p *parser) calls(i int) int {
	m, n := i+1, 0
	for ; p.tag(m) == tagNeutral || p.tag(m) == tagUnknown && m < len(p.items) && n < maxBetween; m++ {
		if p.tag(m) == tagUnknown {
			n++
		}
	}
	if p.tag(m) != tagModel {
		return -1
	}
	if p.partBefore(i) >= 0 {
		return m
	}
	if n := p.next(m+1, tagOf, tagNeutral); p.tag(m+1) == tagOf && p.tag(n) == tagPart {
		return m // "the open model X's data"
	}
	return -1
}

// partBefore is the component whose model the phrase is that an item stands in, or -1:
// "the code of Y's small X", "die Daten seines kleinen X".
func (p *parser) partBefore(i int) int {
	joined, unknown := false, 0
	for k := i - 1; k >= 0; k-- {
		switch p.tag(k) {
		case tagPart:
			if joined {
				return k
			}
			return -1
		case tagOf, tagSubject:
			joined = true
		case tagNeutral:
			if among("relative", p.words(k)) && !among("genitive", p.words(k)) || among("that", p.words(k)) {
				return -1
			}
			joined = joined || among("genitive", p.words(k))
		case tagUnknown:
			if unknown++; unknown > maxBetween {
				return -1
			}
		case tagMaker:
		default:
			return -1
		}
	}
	return -1
}

// ofOtherModels is the item behind a phrase on others, of which an item tells how open
// they are: "closed rivals"; 0 where it may be said of a model that is named.
func (p *parser) ofOtherModels(i int) int {
	noun := func(k int) bool {
		return k >= 0 && k < len(p.items) && amongTokens("other-models", p.tokensOf(k))
	}
	from, end := i, i+1
	for k := i + 1; p.tag(k) == tagUnknown || p.tag(k) == tagNeutral; k++ {
		if noun(k) {
			end = k + 1
			break
		}
	}
	if end == i+1 && noun(i-1) { // "modèles fermés"
		from = i - 1
	}
	if end == i+1 && from == i && !noun(i) {
		return 0
	}
	k := p.prev(from-1, tagNeutral)
	heads := (k < 0 || p.tag(k) == tagMark) && p.mainLanguage() != "zh.yaml" // a language that marks no plural
	if among("other-word", p.words(from-1)) || !heads && !p.setBeside(from) {
		return 0
	}
	if n := p.next(end, tagNeutral, tagAway, tagOf); p.tag(n) == tagModel || p.tag(n) == tagMaker {
		return 0
	}
	return end
}

// setBeside reports whether words right before an item set what follows against
// what is spoken of: "unlike", "competes with", "an alternative to".
func (p *parser) setBeside(i int) bool {
	for k := i - 1; k >= 0 && k >= i-maxBetween-1; k-- {
		if !slices.Contains([]string{tagNeutral, tagUnknown, tagAway, tagOf, tagAnd}, p.tag(k)) {
			break
		}
		if amongTokens("set-beside", p.tokensOf(k)) {
			return true
		}
	}
	return false
}

// claimAttributes claims what models are called in passing.
func (p *parser) claimAttributes() {
	if len(p.called) == 0 {
		return
	}
	clauses := p.clausesOfItems()
	for _, a := range p.called {
		p.Claims = append(p.Claims, Claim{Start: p.at(a.item), End: p.list[p.items[a.item].end-1].end,
			Predicate: a.w.Predicate, Value: aloneValue(a.w), Denied: a.w.Denied != p.denial, Tense: p.tense,
			clause: clauses[a.item], first: a.item, last: a.item, subject: a.model, inPassing: true})
	}
	slices.SortStableFunc(p.Claims, func(a, b Claim) int { return a.first - b.first })
}

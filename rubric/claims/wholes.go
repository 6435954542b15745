package claims

import "slices"

// "Tout est public chez X", "todo en X es secreto", "everything about X": a word that is
// all there is of a model. A small word is that where a verb is said of it alone, and not
// in "tout le monde", or where a component is excepted from it: "all of X but its code".

// wholes takes such words for a component that is the whole, and the word between
// it and its model for "of".
func (p *parser) wholes() {
	for i := range p.items {
		if p.tag(i) == tagNeutral && (among("whole-word", p.words(i)) && p.wholeSaid(i) || p.allBut(i)) {
			p.items[i].tag = tagPart
			p.items[i].w = &wording{Tag: tagPart, Predicate: "fully-open", file: p.mainLanguage()}
		}
		if p.part(i) != "fully-open" {
			continue
		}
		s := p.segmentOf(i)
		for k := s.start + 1; k < s.end; k++ {
			if p.tag(k) == tagModel && p.tag(k-1) == tagAway && among("whole-of", p.words(k-1)) {
				p.items[k-1].tag = tagOf
			}
		}
	}
}

// wholeSaid reports whether a verb stands behind a small word, or behind the model that
// it is all of, and something is said there of it and of no component.
func (p *parser) wholeSaid(i int) bool {
	verb := i + 1
	if of := p.next(verb, tagAway, tagOf); of <= verb+1 && p.tag(of) == tagModel {
		verb = of + 1
	}
	s := p.segmentOf(i)
	rest := p.items[min(verb, s.end):s.end]
	return p.tag(verb) == tagLink &&
		slices.ContainsFunc(rest, func(it item) bool { return it.tag == tagState || it.tag == tagClaim }) &&
		!slices.ContainsFunc(rest, func(it item) bool { return it.tag == tagPart || it.tag == tagUnknown })
}

// allBut reports whether "all of X" stands at an item, and an exception behind it.
func (p *parser) allBut(i int) bool {
	if !among("universal", p.words(i)) || p.tag(i+1) != tagOf {
		return false
	}
	m := p.next(i+2, tagNeutral, tagMaker, tagOf)
	if p.tag(m) != tagModel || m+1 >= len(p.items) {
		return false
	}
	return beginsWith("except", p.list[p.items[m+1].first:]) ||
		among("but-word", p.words(m+1)) && p.tag(p.next(m+2, tagNeutral, tagSubject)) == tagPart
}

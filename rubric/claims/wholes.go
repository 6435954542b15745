package claims

import "slices"

// "Tout est public chez X", "todo en X es secreto", "everything about X": a word that is
// all there is of a model. A small word is that where a verb is said of it alone, and not
// in "tout le monde".

// wholes takes such words for a component that is the whole, and the word between
// it and its model for "of".
func (p *parser) wholes() {
	for i := range p.items {
		if among("whole-word", p.words(i)) && p.tag(i) == tagNeutral && p.wholeSaid(i) {
			p.items[i].tag = tagPart
			p.items[i].w = &wording{Tag: tagPart, Predicate: "fully-open", file: p.mainLanguage()}
		}
		if p.part(i) != "fully-open" || p.tag(i) != tagPart {
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

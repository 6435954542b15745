package claims

import (
	"slices"
)

// Who says something, and to whom: "an engineer of Y said in an interview",
// "Y's general counsel told investors that". Such words say nothing of a model.

// reporting takes the words for who speaks for the maker of a model, and to
// whom, out of the reading.
func (p *parser) reporting() {
	for _, s := range p.stretches() {
		if p.asidePlace(s) {
			p.offices(s.start, s.end)
		}
		for i := s.start; i < s.end; i++ {
			if p.tag(i) != tagSaid || !p.speaksFor(s.start, i) && !p.speaksFor(i+1, s.end) {
				continue
			}
			if p.tellsWho(s.start, i) {
				p.offices(s.start, i)
			}
			if p.tellsWho(i+1, s.end) {
				p.offices(i+1, s.end)
			}
		}
	}
}

// asidePlace reports whether a stretch set off by marks in the words of somebody
// only tells where they were said: ", in a footnote,".
func (p *parser) asidePlace(s stretch) bool {
	return s.apart && s.start > 0 && p.tag(s.end) == tagMark && among("place", p.list[p.items[s.start].first].text) &&
		p.tellsWho(s.start, s.end) && slices.ContainsFunc(p.items, func(it item) bool { return it.tag == tagSaid })
}

// speaksFor reports whether the maker of a model that is spoken of is named
// between two items, and nobody who only deals with it.
func (p *parser) speaksFor(from, to int) bool {
	maker := false
	for i := from; i < to; i++ {
		if among("outsider", p.list[p.items[i].first].text) {
			return false
		}
		maker = maker || p.ownMaker(i)
	}
	return maker
}

// tellsWho reports whether nothing but people, their offices, places and times
// is named between two items.
func (p *parser) tellsWho(from, to int) bool {
	for i := from; i < to; i++ {
		switch it := p.items[i]; it.tag {
		case tagUnknown, tagNeutral, tagOf, tagAway, tagAside, tagAnd, tagMaker, tagModel, tagLink, tagSaid:
		case tagMark:
			if p.words(i) != `"` {
				return false
			}
		default:
			return false
		}
		if p.tag(i) == tagUnknown && !p.office(i) && !p.audience(i) {
			return false
		}
	}
	return true
}

// office reports whether an item names what somebody is at a maker's.
func (p *parser) office(i int) bool { return i >= 0 && i < len(p.items) && among("office", p.words(i)) }

// audience reports whether an item names people, a place or a time.
func (p *parser) audience(i int) bool {
	if among("audience", p.words(i)) {
		return true
	}
	for _, kind := range []string{"general-people ", "general-place ", "general-time ", "general-manner "} {
		if lists()[kind+p.mainLanguage()].has(p.list[p.items[i].first].text) {
			return true
		}
	}
	return false
}

// offices makes asides of what is named there.
func (p *parser) offices(from, to int) {
	for i := from; i < to; i++ {
		if p.tag(i) == tagUnknown {
			p.setAside(i)
		}
	}
}

// factive reports whether a verb of saying takes what is said for granted, whoever
// says it: "analysts note that X is closed" says that it is, "claim that" does not.
func (p *parser) factive(i int) bool {
	source := p.items[i].w != nil && p.items[i].w.Value == "source" && i+1 < len(p.items) // "as Y recalls"
	if !beginsWith("factive", p.list[p.items[i].first:]) &&
		!(source && beginsWith("factive", p.list[p.items[i+1].first:])) {
		return false
	}
	for k := i - 1; k >= 0 && p.tag(k) != tagMark; k-- {
		switch p.tag(k) {
		case tagNot, tagHedge, tagFuture, tagConditional, tagOrder, tagDoubt:
			return false // "nobody noted that"
		}
	}
	return true
}

// acrossBut reports whether a word for what somebody says or doubts stands on the
// other side of an adversative clause: "Y calls X open, but its data is secret" says
// the latter itself, and "X has a licence, but it is unclear how it came by it" the
// former.
func (p *parser) acrossBut(i int, c *Claim) bool {
	if c == nil || p.tag(i) != tagSaid && p.tag(i) != tagDoubt {
		return false
	}
	for k := min(i, c.last) + 1; k < max(i, c.first); k++ {
		set := among("coordinate", p.opener(k)) || beginsWith("concession", p.list[p.items[k].first:])
		if p.tag(k) != tagBut || p.tag(k-1) != tagMark || !set || !p.ownClause(k) {
			continue // "because" goes on with what is said
		}
		if i < k {
			return p.segmentOf(c.first).start >= k
		}
		end := p.list[p.items[i].end-1:]
		return c.last < k && p.tag(i) == tagDoubt && amongTokens("asking", end[:min(2, len(end))]) &&
			p.telling(i+1, p.segmentOf(i).end) >= minBeside // not "unclear how long"
	}
	return false
}

// ownClause reports whether "but" begins a clause with a subject of its own.
func (p *parser) ownClause(but int) bool {
	n := but + 1
	for ; n < len(p.items) && p.tag(n) == tagNeutral; n++ {
		if among("that", p.list[p.items[n].first].text) { // "but that its data is secret"
			return false
		}
	}
	switch p.tag(n) {
	case tagModel, tagMaker, tagSubject, tagPart, tagUnknown:
	default:
		return false
	}
	s := p.segmentOf(n)
	return slices.ContainsFunc(p.items[n:s.end], func(it item) bool {
		return it.tag == tagLink || it.tag == tagState || it.tag == tagHedge || it.tag == tagNot || it.tag == tagClaim
	})
}

// sources takes words of saying whose speaker is a licence out of the reading: it
// is what is looked at. "According to its licence", "the licence says that".
func (p *parser) sources() {
	for i, it := range p.items {
		if it.tag != tagSaid {
			continue
		}
		from, to := i, i
		if k := p.licenceFrom(i, 1); k >= 0 {
			to = k
		} else if k := p.licenceFrom(i, -1); k >= 0 {
			from = k
		} else {
			continue
		}
		for k := from; k <= to; k++ {
			switch p.tag(k) {
			case tagSaid, tagPart, tagUnknown, tagTerms:
				p.take(k)
			}
		}
	}
}

// licenceFrom is the licence that stands before or behind a word of saying, with
// small words alone between, or -1.
func (p *parser) licenceFrom(i, step int) int {
	source := p.items[i].w.Value == "source" || beginsWith("according", p.list[p.items[i].first:])
	if step > 0 && !source {
		return -1
	}
	for k := i + step; k >= 0 && k < len(p.items); k += step {
		switch p.tag(k) {
		case tagNeutral, tagSubject, tagOf, tagModel, tagMaker, tagTerms:
			continue
		case tagPart:
			if p.part(k) == "license" {
				return k
			}
		}
		break
	}
	return -1
}

// describedAs reports whether "as" follows a verb in its segment: what is described
// "as" something is somebody's word on it.
func (p *parser) describedAs(i int) bool {
	for k := i + 1; k < p.segmentOf(i).end; k++ {
		if among("as-word", p.words(k)) {
			return true
		}
	}
	return false
}

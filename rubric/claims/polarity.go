package claims

import (
	"slices"
	"strings"
)

// framedOr is the polarity of a claim: a frame has counted its denials already.
func (p *parser) framedOr(i int, own bool) bool {
	if p.framed[i] {
		p.byNot = false
		return own != p.denial
	}
	return p.reversed(own)
}

// deniedBehind joins what denies to what it stands behind, in languages that put it
// there, and a word that sets a model apart to the place before that model. Around a
// topic the place of a denial does not count. One behind a name or an unread word may
// be of that or of what follows, which leaves open what is said.
func (p *parser) deniedBehind() {
	for i := range p.items {
		it := p.items[i]
		if it.w == nil || !trait(it.w.file, deniesBehind) {
			continue
		}
		if it.tag == tagAway && p.tag(i-1) == tagModel {
			p.items[i], p.items[i-1] = p.items[i-1], p.items[i]
		}
		if it.tag != tagNot {
			continue
		}
		k := p.prev(i-1, tagNeutral, tagLink)
		switch p.tag(k) {
		case tagModel, tagMaker, tagLicence, tagAway, tagUnknown:
			p.backward = p.words(i) // "not X but Y"
		case tagState, tagClaim:
			if p.deniedByTopic(k) {
				continue
			}
			w := *p.items[k].w
			w.Denied = !w.Denied
			p.items[k].w = &w
			p.take(i)
		}
	}
}

// deniedByTopic reports whether what denies a state is read with the topic that the state
// is said of.
func (p *parser) deniedByTopic(k int) bool {
	switch p.items[k].w.Value {
	case "get":
		return true
	case "allowed", "forbidden":
		return slices.ContainsFunc(p.items[:k], func(it item) bool {
			return it.tag == tagTopic && it.w.Predicate == "commercial-use"
		})
	}
	return false
}

// severalBehind finds what is said several times in one clause, not always denied, in
// languages that put what denies behind it: what each is said of is not taken apart.
func (p *parser) severalBehind() {
	for _, s := range p.cutSegments() {
		var said []int
		denied := false
		for i := s.start; i < s.end; i++ {
			it := p.items[i]
			says := it.tag == tagState && it.w.Value != "get" && it.w.Value != "allowed" ||
				it.tag == tagClaim && it.w.Predicate != "license"
			if says && trait(it.w.file, deniesBehind) {
				said = append(said, i)
				denied = denied || it.w.Denied || it.w.Value == "closed"
			}
		}
		if len(said) > 1 && denied {
			p.several = append(p.several, said...)
		}
	}
}

// denials counts what denies the whole sentence. "That is wrong: X is not open"
// denies what went before and asserts what follows, as the correction; "wrong is:
// X is open" denies what follows.
func (p *parser) denials() {
	for i, it := range p.items {
		if it.tag != tagDenial {
			continue
		}
		if k := p.prev(i-1, tagNeutral); p.tag(k) == tagNot && p.segmentOf(k) == p.segmentOf(i) { // "it is no myth that"
			p.take(i)
			p.take(k)
			continue
		}
		if !p.pointsBackward(i) {
			p.denial = !p.denial
			continue
		}
		p.take(i)
		if !p.after && !slices.ContainsFunc(p.items[i:], func(it item) bool { return it.tag == tagNot }) {
			p.backward = p.words(i)
		}
	}
}

// beyondDenial tells of each item whether the one denial of a sentence does not reach it: "the claim
// that X is closed is false, and its code is public", "X is open, and it is false that Y is".
func (p *parser) beyondDenial() []bool {
	beyond := make([]bool, len(p.items))
	i := slices.IndexFunc(p.items, func(it item) bool { return it.tag == tagDenial })
	if i < 0 || p.telling(0, i) == 0 || p.prevOf(len(p.items)-1, tagDenial) != i {
		return beyond
	}
	start, end := 0, p.next(i+1, tagNeutral)
	switch t := p.tag(end); {
	case p.endsWithThat(i): // what it denies stands behind it
		start, end = i, len(p.items)
	case t == tagMark, t == tagAnd, t == tagBut: // and here before it
		for k := range i {
			if p.tag(k) == tagBut || p.words(k) == ";" {
				start = k
			}
		}
	default:
		return beyond
	}
	for k := range p.items {
		beyond[k] = k < start || k > end
	}
	return beyond
}

// reasons tells of each item whether it stands in a clause of reason, which a denial
// of the sentence does not reach: "it is wrong to call X closed, since it is open".
func (p *parser) reasons() []bool {
	in, inside, called := make([]bool, len(p.items)), false, false
	for _, s := range p.segments() {
		first := min(p.next(s.start, tagMark, tagNeutral), len(p.items)-1)
		word := p.opener(min(p.next(s.start, tagMark), len(p.items)-1))
		switch {
		case among("reason", word) || among("reason", p.opener(first)) || called && p.words(s.start) == ":":
			inside = true
		case inside && (p.reasonAtHead(s) || p.words(s.start) == ";" || among("coordinate", word)):
			inside = false
		}
		for k := s.start; k < s.end; k++ { // "wrong to call X closed: ..."
			called = called || p.tag(k) == tagDenial && p.telling(k, s.end) > 0
		}
		for k := s.start; k < s.end; k++ {
			in[k] = inside
		}
	}
	return in
}

// reasonAtHead reports whether the sentence begins with a clause of reason that ends
// where a segment begins.
func (p *parser) reasonAtHead(s segment) bool {
	first := p.segments()[0]
	return s.start == first.end && among("reason", p.opener(min(p.next(0, tagMark), len(p.items)-1)))
}

// pointsBackward reports whether a denial says "that" of something before the
// sentence: it opens the sentence, and what it stands before is set off by a mark.
func (p *parser) pointsBackward(i int) bool {
	first := p.next(0, tagMark)
	mark := i + 1
	return first < len(p.items) && p.next(first, tagNeutral) >= i &&
		beginsWith("pointing", p.list[p.items[first].first:]) && p.tag(mark) == tagMark &&
		strings.Contains(":：,，–—;", p.words(mark)) && mark+1 < len(p.items)
}

// besideOpenSource reports whether the sentence says "open source" besides the
// name of the definition at an item.
func (p *parser) besideOpenSource(i int) bool {
	for k, it := range p.items {
		if k != i && it.w != nil && (it.w.Predicate == "open-source" ||
			it.w.Predicate == "fully-open") && it.w.Value != "definition" {
			return true
		}
	}
	return false
}

// nameOfLicence reports whether a licence's name stands where one is said to
// hold: behind a mark, "is", "under" or a component, in capitals.
func (p *parser) nameOfLicence(i int) bool {
	if name := p.words(i); strings.ToUpper(name[:1]) != name[:1] || name == strings.ToLower(name) {
		return false
	}
	switch p.tag(p.prev(i-1, tagNeutral)) {
	case tagLink, tagMark, tagAnd, tagState, tagPart, tagLicence, tagClaim, tagNot, tagOf, tagMaker, tagModel:
		return true
	}
	k := p.prev(i-1, tagNeutral)
	return k < 0 || slices.Contains([]string{"under", "unter", "sous", "bajo", "con", "in", "as", "on"},
		strings.ToLower(p.words(p.prev(i-1))))
}

// reversed is the polarity of what is said here.
func (p *parser) reversed(own bool) bool {
	denied := own != p.not
	p.byNot = p.not
	if p.not {
		p.notUsed, p.twice = true, p.doubled()
		for _, i := range p.nots {
			p.used[i] = true
		}
		p.nots = nil
	}
	return denied != p.denial
}

// doubled reports whether two negations stand before a claim in a language
// where they undo each other.
func (p *parser) doubled() bool {
	n := 0
	for at, i := range p.nots {
		if at > 0 && slices.ContainsFunc(p.items[p.nots[at-1]:i], func(it item) bool { return it.tag == tagAnd }) {
			continue // "is not, and never was"
		}
		if !p.joinsDenied(i) && !p.pairs(i) {
			n++
		}
	}
	return n > 1
}

// joinsDenied reports whether an item joins what is denied together: "neither X nor Y".
func (p *parser) joinsDenied(i int) bool {
	return p.tag(i) == tagNot && slices.Contains([]string{"nor", "noch", "neither", "weder", "ni"},
		strings.ToLower(p.words(i)))
}

// withoutOther reports whether a word for "without" stands before terms, or before a
// word that the book does not hold: it is that which is lacking, and nothing behind it.
func (p *parser) withoutOther(i int) bool {
	lacking := p.tag(p.next(i+1, tagNeutral))
	return slices.Contains([]string{"without", "ohne", "sans", "sin"}, p.list[p.items[i].first].text) &&
		(p.items[i].end == p.items[i].first+1 || strings.HasSuffix(p.words(i), " much as")) &&
		(lacking == tagUnknown || lacking == tagTerms)
}

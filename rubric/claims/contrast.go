package claims

import (
	"slices"
	"strings"
)

// A component that is set against others: "its weights, unlike its data, are
// public", "everything is public except its code". What is said of the others is
// denied of it.

// A setApart is such a component.
type setApart struct {
	from, end int   // items of the phrase
	parts     []int // and the components that it names
	except    bool  // from all that is spoken of
}

// exceptLeft leaves open what is claimed in a segment that makes an exception of a
// component which was not read as one: it may be said of all but that.
func (p *parser) exceptLeft() {
	for i := range p.items {
		if p.tag(i) == tagMark || !beginsWith("except", p.list[p.items[i].first:]) ||
			slices.ContainsFunc(p.apartParts, func(s setApart) bool { return s.from <= i && i < s.end }) {
			continue
		}
		n := p.next(i+1, tagNeutral, tagOf, tagSubject, tagAway, tagUnknown)
		if p.tag(n) != tagPart {
			continue
		}
		s := p.segmentOf(i)
		for k := range p.Claims {
			if c := &p.Claims[k]; c.Vague == "" && s.start <= c.first && c.first < s.end {
				c.Vague = "what is excepted from it was not understood"
			}
		}
	}
}

// contrasts takes such phrases out of the reading. They are set off by a mark, or
// stand at the head or the end of the sentence.
func (p *parser) contrasts() {
	for i := 0; i < len(p.items); i++ {
		s, ok := p.setApartAt(i)
		if !ok {
			continue
		}
		p.apartParts = append(p.apartParts, s)
		for k := s.from; k < s.end; k++ {
			if t := p.tag(k); t != tagModel && t != tagMaker {
				p.items[k].tag = tagNeutral
			}
		}
		i = s.end
	}
}

func (p *parser) setApartAt(i int) (setApart, bool) {
	s := setApart{from: i}
	it := p.items[i]
	if it.tag == tagMark || it.tag == tagModel || it.tag == tagMaker {
		return s, false
	}
	words := lists()["set-apart"].takes(p.list[it.first:])
	if words == 0 {
		words = lists()["except"].takes(p.list[it.first:])
		if i > 0 && words == 0 && among("but-word", p.words(i)) && slices.Contains(nothing, p.list[it.first-1].text) {
			words = 1 // "hides nothing but its data"
		}
		all := p.prev(i-1, tagNeutral, tagModel, tagMaker, tagOf, tagAway)
		everything := p.part(all) == "fully-open"
		if words == 0 && everything && among("but-word", p.words(i)) {
			words = 1 // "everything in X but its data"
		}
		s.except = words > 0
	}
	before := p.prev(i-1, tagAnd)
	bounded := before < 0 || p.tag(before) == tagMark
	if words == 0 || !s.except && !bounded {
		return s, false
	}
	k := p.behindWords(i, words)
	for ; k < len(p.items); k++ {
		switch p.tag(k) {
		case tagPart:
			if p.part(k) == "license" {
				return s, false
			}
			s.parts = append(s.parts, k)
			continue
		case tagNeutral, tagOf, tagSubject, tagModel, tagMaker:
			continue
		case tagAnd:
			if len(s.parts) > 0 && p.tag(p.next(k+1, tagNeutral, tagSubject, tagOf)) == tagPart {
				continue
			}
		case tagUnknown, tagLink: // 除……以外
			if s.except && strings.Contains("以外", p.words(k)) {
				continue
			}
		}
		break
	}
	s.end = k
	verb := s.except && p.tag(k) == tagLink && slices.ContainsFunc(p.items[:i], func(it item) bool {
		return it.tag == tagPart && it.w.Predicate == "fully-open" // "everything but its data is secret"
	})
	return s, len(s.parts) > 0 && (k == len(p.items) || p.tag(k) == tagMark || verb)
}

// denyApart claims of the components that were set apart the opposite of what is
// said of the others. Where all is said to be open but these, the others are claimed
// one by one. Where nothing is said that they could be held against, they are left.
func (p *parser) denyApart() {
	for _, s := range p.apartParts {
		n := p.comparedWith(s)
		if n < 0 {
			for k := s.from; k < s.end; k++ {
				if p.tag(k) == tagNeutral {
					p.items[k].tag = tagUnknown
				}
			}
			continue
		}
		base := p.Claims[n]
		if base.Predicate == "other" { // "but for its weights, X is closed"
			base.Predicate, base.Value, base.Denied = "fully-open", "", base.Denied != (base.Value == "closed")
		}
		given := *publishedWording
		if k := base.last; p.tag(k) == tagState {
			given = *p.items[k].w
		} else if k := base.first; p.tag(k) == tagState {
			given = *p.items[k].w
		}
		all := base.Predicate == "fully-open" || base.Predicate == "downloadable" && base.Value == ""
		if all {
			given = *publishedWording
		}
		say := func(part *wording, at int, denied bool) {
			c := base
			c.Predicate, c.Value = ofPart(part, &given)
			if c.Predicate == "" {
				return
			}
			c.Denied, c.only, c.toAll, c.every = denied, false, false, false
			if at >= 0 {
				c.first, c.last, c.Start, c.End = at, at, p.at(at), p.list[p.items[at].end-1].end
			}
			p.Claims = append(p.Claims, c)
		}
		named := make(map[string]bool)
		for _, k := range s.parts {
			p.used[k] = true
			named[p.items[k].w.Predicate] = true
			say(p.items[k].w, k, !base.Denied)
		}
		if all {
			for _, rest := range []string{"open-weights", "open-data", "open-code"} {
				if !named[rest] {
					say(&wording{Predicate: rest}, -1, base.Denied)
				}
			}
			p.Claims = append(p.Claims[:n], p.Claims[n+1:]...)
		}
	}
}

// comparedWith is the claim that a component is set against: that on all of the
// model, else the nearest on a component in its sentence; or -1.
func (p *parser) comparedWith(s setApart) int {
	best := -1
	for n := range p.Claims {
		c := &p.Claims[n]
		closed := s.except && c.Predicate == "other" && (c.Value == "closed" || c.Value == "open")
		open := strings.HasPrefix(c.Predicate, "open-") || c.Predicate == "fully-open" ||
			c.Predicate == "downloadable" || closed
		if !open || c.super() || s.except && c.Predicate == "open-source" {
			continue
		}
		if c.Predicate == "fully-open" || closed {
			return n
		}
		if best < 0 || c.first < s.from {
			best = n
		}
	}
	return best
}

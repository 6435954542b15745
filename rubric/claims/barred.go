package claims

import (
	"fmt"
	"slices"
	"strings"
)

// "X may not be sold without a licence", "ohne Anmeldung lässt X sich nicht laden":
// what is denied as long as something lacks is no denial, and no permission
// either. Two negations do not undo each other where one says what lacks: the use
// is had with a licence, the download behind a gate.

// A barrier is a phrase that says what lacks, with the clause that it stands in.
type barrier struct {
	start, end int // items of the phrase
	object     int // what lacks, where that is a gate, a licence or terms; or -1
	scope      segment
	denials    []int // of the clause, outside the phrase
	use        int   // the commercial use, or what is had of the model
	commercial bool
}

// barred reads such clauses before anything else counts their negations.
func (p *parser) barred() {
	for i := range p.items {
		if !p.lacks(i) {
			continue
		}
		b := p.barrierAt(i)
		if b.scope = p.scopeOf(b); !p.findDenied(b) {
			continue
		}
		switch other := p.holdsOther(b); {
		case b.object < 0 || other:
			p.hung = append(p.hung, b.use)
		case b.commercial:
			p.bar(b, b.use, wording{Tag: tagClaim, Predicate: "commercial-use", Value: "bound"})
		default:
			value := ""
			if p.tag(b.object) == tagTopic {
				value = p.items[b.object].w.Value
			}
			p.bar(b, b.object, wording{Tag: tagClaim, Predicate: "gated", Value: value})
		}
	}
}

// lacks reports whether an item begins a phrase for what lacks. A negation that
// says more than that ("不能" and "不") begins none.
func (p *parser) lacks(i int) bool {
	it := p.items[i]
	n := lists()["lacking"].takes(p.list[it.first:])
	switch it.tag {
	case tagNot:
		return n > 0 && it.end <= it.first+n
	case tagState, tagUnknown, tagNeutral, tagTopic:
		return n > 0
	}
	return false
}

// barrierAt is the phrase that begins at an item: up to a mark, a verb, a model
// or another negation.
func (p *parser) barrierAt(i int) *barrier {
	b := &barrier{start: i, end: i + 1, object: -1, use: -1}
	ends := p.items[i].first + lists()["lacking"].takes(p.list[p.items[i].first:])
	if t := p.tag(i); t == tagState || t == tagTopic {
		b.object = i
	}
	for ; b.end < len(p.items); b.end++ {
		k := b.end
		if p.items[k].first < ends {
			continue
		}
		leave := beginsWith("leave", p.list[p.items[k].first:])
		if b.object < 0 && leave {
			b.object = k
		}
		switch p.tag(k) {
		case tagNeutral, tagOf, tagMaker, tagUnknown, tagAside, tagSubject, tagAway:
			continue
		case tagState: // a noun and a verb in one: "许可"
			if leave {
				continue
			}
		case tagNot: // "sin trámites ni aprobaciones"
			if p.joinsDenied(k) {
				continue
			}
		case tagAnd:
			if p.items[k].w.Value == "or" {
				continue
			}
		case tagTopic, tagNeed, tagTerms, tagPart:
			gate := p.tag(k) != tagTopic || p.items[k].w.Predicate == "gated"
			if gate && (p.tag(k) != tagPart || p.part(k) == "license") {
				if b.object < 0 || p.tag(k) == tagTopic {
					b.object = k
				}
				continue
			}
			if p.tag(k) == tagPart && b.object < 0 {
				continue // "without its code"
			}
		}
		break
	}
	return b
}

// scopeOf is the clause that a phrase belongs to: its own, or the one beside it
// where a comma sets it off.
func (p *parser) scopeOf(b *barrier) segment {
	s := p.segmentOf(b.start)
	head := p.next(s.start, tagMark) == b.start
	tail := b.end >= s.end
	switch {
	case !head || !tail:
	case s.end < len(p.items) && p.isComma(s.end):
		return segment{start: s.start, end: p.segmentOf(s.end).end}
	case s.start > 0 && p.isComma(s.start):
		return segment{start: p.segmentOf(s.start - 1).start, end: s.end}
	}
	return s
}

func (p *parser) isComma(i int) bool {
	return p.tag(i) == tagMark && strings.Contains(",，、", p.words(i))
}

// findDenied finds the use that the clause of a phrase denies, once, and reports
// whether there is one with nothing else between it and the denial.
func (p *parser) findDenied(b *barrier) bool {
	count, pair := 0, false
	for k := b.scope.start; k < b.scope.end; k++ {
		if b.start <= k && k < b.end {
			continue
		}
		switch it := p.items[k]; it.tag {
		case tagTopic:
			if it.w.Predicate == "commercial-use" && !it.w.Denied {
				b.use, b.commercial = k, true
			}
		case tagPart:
			if b.use < 0 && it.w.Predicate == "open-weights" {
				b.use = k
			}
		case tagState:
			had := it.w.Value == "get" || it.w.Predicate == "downloadable"
			if had && !b.commercial && (b.use < 0 || p.tag(b.use) == tagPart) {
				b.use = k
			}
		}
		if p.denies(k) {
			b.denials = append(b.denials, k)
			if p.pairs(k) {
				pair = true
			} else {
				count++
			}
		}
	}
	if pair {
		count++
	}
	return b.use >= 0 && count == 1 && p.oneSaying(b)
}

// denies reports whether an item denies or forbids.
func (p *parser) denies(k int) bool {
	switch it := p.items[k]; it.tag {
	case tagNot:
		return true
	case tagState:
		return it.w.Denied || it.w.Value == "forbidden"
	}
	return false
}

// oneSaying reports whether nothing is joined or said between a use, its denial
// and what lacks.
func (p *parser) oneSaying(b *barrier) bool {
	from, to := min(b.use, b.start), max(b.use, b.start)
	for _, k := range b.denials {
		from, to = min(from, k), max(to, k)
	}
	for k := from; k <= to; k++ {
		switch p.tag(k) {
		case tagBut, tagClaim, tagLicence:
			return false
		case tagAnd:
			if !p.alsoBoth(k) {
				return false
			}
		case tagMark:
			if !p.isComma(k) || k != b.end && k+1 != b.start {
				return false
			}
		}
	}
	return true
}

// holdsOther reports whether the clause is on data or code, of which no gate is known.
func (p *parser) holdsOther(b *barrier) bool {
	return slices.ContainsFunc(p.items[b.scope.start:b.scope.end], func(it item) bool {
		return it.tag == tagPart && it.w.Predicate != "open-weights" && it.w.Predicate != "license"
	})
}

// bar puts one claim in the place of all that a barrier and what it bars say.
func (p *parser) bar(b *barrier, at int, w wording) {
	w.file = p.mainLanguage()
	for k := b.scope.start; k < b.scope.end; k++ {
		inside := b.start <= k && k < b.end
		switch it := p.items[k]; it.tag {
		case tagNot, tagNeed, tagTerms:
			p.take(k)
		case tagHedge, tagOrder:
			if it.w.Value == hedgeModal {
				p.take(k)
			}
		case tagState, tagTopic, tagPart, tagLink:
			if inside || it.tag != tagTopic || it.w.Predicate == "gated" {
				p.take(k)
			}
		case tagUnknown:
			if known := beginsWith("lacking", p.list[it.first:]) || among("leave", p.words(k)) ||
				among("leave-manner", p.words(k)); inside && known {
				p.take(k)
			}
		}
	}
	p.items[at].tag, p.items[at].w, p.framed[at] = tagClaim, &w, true
}

// hang leaves open what is only denied of what lacks something that was not
// understood, and all that may be denied or asserted.
func (p *parser) hang() {
	for n := range p.Claims {
		c := &p.Claims[n]
		within := func(i int) bool { return c.first <= i && i <= c.last }
		if p.backward != "" {
			c.Vague = fmt.Sprintf("%q may deny what was said before or what follows", p.backward)
		}
		if slices.ContainsFunc(p.hung, within) {
			c.Vague = "it is denied only without something that was not understood"
		}
		if slices.ContainsFunc(p.several, within) {
			c.Vague = "what is denied and what is not was not taken apart"
		}
	}
}

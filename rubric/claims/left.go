package claims

import (
	"slices"
)

// unchecked names what no claim covers.
func (p *parser) unchecked() {
	clauses := p.clausesOfItems()
	var run []int // the items not covered so far
	add := func(i int) { run = append(run, i) }
	flush := func() {
		if len(run) > 0 {
			words := p.joined(run)
			p.Unchecked = append(p.Unchecked, words)
			p.leftovers = append(p.leftovers, leftover{words, p.echoesOf(run), slices.ContainsFunc(run, p.weighs)})
			run = nil
		}
	}
	for i := range p.items {
		if p.aside(i) {
			p.Asides = append(p.Asides, p.words(i))
		}
	}
	for i, it := range p.items {
		if p.givesLicence(i) {
			continue
		}
		switch it.tag {
		case tagUnknown, tagOther, tagLicence, tagOnly, tagFirst, tagPart, tagState, tagTopic, tagTerms:
			if !p.used[i] && !p.gateOf(i) {
				add(i)
				continue
			}
		case tagNot:
			if !p.used[i] {
				add(i)
				continue
			}
		case tagHedge, tagFuture, tagOrder, tagFormer: // of a clause that claims nothing
			if !slices.ContainsFunc(p.Claims, func(c Claim) bool { return c.clause == clauses[i] }) {
				add(i)
				continue
			}
		case tagMaker:
			if !p.own(i) {
				add(i)
				continue
			}
		case tagModel:
			if !p.spokenOf(p.names[it.name].ID) {
				add(i)
				continue
			}
		case tagNeutral, tagOf, tagAway:
			continue // does not part what was not understood
		}
		flush()
	}
	flush()
}

// givesLicence reports whether an item only says that a model has a licence of which
// more is said: "comes with a license that".
func (p *parser) givesLicence(i int) bool {
	n := p.next(i+1, tagNeutral)
	return p.tag(i) == tagState && p.items[i].w.Value == "published" && !p.items[i].w.Denied && n < len(p.items) &&
		p.items[n].w != nil && p.items[n].w.Predicate == "license" && len(p.claimsIn(p.segmentOf(n)))+
		len(p.claimsIn(p.segmentOf(p.segmentOf(n).end))) > 0
}

// weighs reports whether an item names a model, a component or something else that
// is said of openness.
func (p *parser) weighs(i int) bool {
	switch p.tag(i) {
	case tagModel, tagPart, tagState, tagTopic, tagTerms, tagNot, tagLicence:
		return true
	}
	return false
}

// limitedDenials marks what is denied of a use where words of its clause, or of one
// before it that claims nothing, are not understood: they may say to whom it is denied.
func (p *parser) limitedDenials() {
	for n := range p.Claims {
		c := &p.Claims[n]
		if c.Predicate != "commercial-use" || !c.Denied || c.Value != "" {
			continue
		}
		s := p.segmentOf(c.first)
		for s.start > 0 {
			before := p.segmentOf(s.start - 1)
			first := p.next(before.start, tagMark)
			if len(p.claimsIn(before)) > 0 || p.tag(first) != tagAway && !among("grant", p.opener(first)) {
				break
			}
			s.start = before.start // "for military purposes, ..."
		}
		for k := s.start; k < c.first; k++ {
			if p.endsWithThat(k) { // "buyers should note that"
				s.start = k + 1
			}
		}
		if slices.ContainsFunc(p.items[s.start:s.end], func(it item) bool { return it.tag == tagSaid }) {
			continue // they tell who says so
		}
		for i := s.start; i < s.end; i++ {
			if i > c.last && !p.granted(i) { // "for hospitals", and not "or anything derived from it"
				continue
			}
			if t := p.tag(i); t == tagUnknown && !p.used[i] || t == tagMaker && !p.own(i) || p.aside(i) && p.tellsWhere(i) {
				c.limited = true
			}
		}
	}
}

// tellsWhere reports whether a general word is one for places or things that nothing
// sets apart.
func (p *parser) tellsWhere(i int) bool {
	word := p.list[p.items[i].first].text
	for _, kind := range []string{"general-place ", "general-thing "} {
		if lists()[kind+p.mainLanguage()].has(word) {
			return !slices.Contains(p.behind, i)
		}
	}
	return false
}

// joined are the words of items; characters that stand together are one word.
func (p *parser) joined(run []int) string {
	words, end := "", 0
	for _, i := range run {
		if words != "" && p.at(i) > end {
			words += " "
		}
		words += p.words(i)
		end = p.list[p.items[i].end-1].end
	}
	return words
}

// gateOf reports whether an item names the weights in a sentence on what stands
// before them: "whoever wants the weights has to ask".
func (p *parser) gateOf(i int) bool {
	gate := slices.ContainsFunc(p.Claims, func(c Claim) bool { return c.Predicate == "gated" })
	if p.tag(i) == tagState { // "to download it, one has to ask"
		w := p.items[i].w
		return gate && (w.Value == "get" || w.Value == "use" || w.Predicate == "downloadable")
	}
	return gate && p.part(i) == "open-weights" && p.items[i].w.Value == ""
}

// own reports whether a maker made the model that stands beside it, or, where
// none does, all that the claims are about.
func (p *parser) own(i int) bool {
	of := p.names[p.items[i].name].Of
	for _, step := range []int{1, -1} {
		k := i + step
		for k >= 0 && k < len(p.items) && (p.tag(k) == tagOf || p.tag(k) == tagNeutral || p.words(k) == "(" ||
			p.tag(k) == tagAway) {
			k += step
		}
		if p.tag(k) == tagModel && (step > 0 || k < i-1) {
			return slices.Contains(of, p.names[p.items[k].name].ID)
		}
	}
	foreign := func(c Claim) bool {
		return !c.again && !slices.Contains(of, c.Model) && (c.Than == "" || !slices.Contains(of, c.Than))
	}
	if here := p.claimsIn(p.segmentOf(i)); len(here) > 0 {
		return !slices.ContainsFunc(here, foreign)
	}
	return !slices.ContainsFunc(p.Claims, foreign)
}

// spokenOf reports whether some claim is about a model or compares with it.
func (p *parser) spokenOf(id string) bool {
	return slices.ContainsFunc(p.Claims, func(c Claim) bool {
		return c.Model == id || c.Than == id || slices.Contains(c.Among, id)
	})
}

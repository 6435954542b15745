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
			p.leftovers = append(p.leftovers, leftover{words, p.echoesOf(run)})
			run = nil
		}
	}
	for i := range p.items {
		if p.aside(i) {
			p.Asides = append(p.Asides, p.words(i))
		}
	}
	for i, it := range p.items {
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

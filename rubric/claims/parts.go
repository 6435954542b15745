package claims

import (
	"slices"
	"strings"
)

// atPart meets a component: it is what a property before it is said of, or
// waits for one.
func (p *parser) atPart(i int) {
	p.lastPart = i
	if n := len(p.Claims); n > 0 && p.part(i) == "license" && p.Claims[n-1].Predicate == "license" &&
		p.Claims[n-1].clause == p.clause && !p.said {
		p.used[i] = true // "MIT is the licence of X"
	}
	if n := len(p.Claims); n > 0 {
		c := &p.Claims[n-1]
		if c.Predicate == "license" && c.Component == "" && c.clause == p.clause && p.part(i) == "open-weights" &&
			p.property < 0 && releaseVerb().MatchString(p.words(c.last)) && len(p.parts) == 0 {
			p.used[i] = true // "has released under the MIT licence its weights"
			return
		}
		if p.covered(i) {
			return
		}
		if c.Predicate == "license" && c.Component == "" && c.Value != "open" && c.clause == p.clause &&
			p.part(i) != "license" && p.licenceBetween(c.last, i) {
			p.setComponent(c, i) // "MIT is the licence of its code"
			p.used[i] = true
			return
		}
	}
	after := p.next(i+1, tagNeutral, tagOf, tagModel, tagMaker, tagNot)
	if p.property >= 0 && p.tag(after) != tagLink {
		denied := p.denied
		if p.not && !p.notUsed {
			denied = p.reversed(p.items[p.property].w.Denied)
		}
		p.emitPart(i, p.property, denied)
		return
	}
	p.property = -1
	if p.said {
		p.parts, p.said, p.joint = nil, false, false
	}
	if before := p.items[:i]; len(p.parts) == 0 && len(before) >= 2 {
		k := p.prev(i-1, tagNeutral, tagSubject, tagAway) // "X and its data", "X along with the data"
		along := slices.ContainsFunc(p.items[k+1:i], func(it item) bool { return among("along", p.list[it.first].text) })
		itsOwn := p.tag(k) == tagAnd && p.tag(p.prev(i-1, tagNeutral)) == tagSubject
		p.joint = (along || itsOwn) && p.tag(p.prev(k, tagAnd, tagLink, tagState)) == tagModel
	}
	p.parts = append(p.parts, i)
}

// covered makes a licence that was claimed that of the component at an item too.
func (p *parser) covered(i int) bool {
	for n := len(p.Claims) - 1; n >= 0; n-- {
		c := &p.Claims[n]
		if c.Predicate != "license" || c.Value == "open" {
			continue
		}
		if !p.covers(c, i) {
			return false
		}
		if c.Component != "" || c.covering { // "covers both the weights and the code"
			p.Claims = append(p.Claims, *c)
			c = &p.Claims[len(p.Claims)-1]
		}
		p.setComponent(c, i)
		if c.Component == "open-weights" {
			c.Component = ""
		}
		c.covering, p.used[i] = true, true
		return true
	}
	return false
}

// covers reports whether a licence that was claimed is said to be that of the
// component at an item: "MIT for the weights", "Apache-2.0 covers the code".
func (p *parser) covers(c *Claim, i int) bool {
	if p.part(i) == "license" {
		return false
	}
	found := false
	for k := c.last + 1; k < i; k++ {
		switch t := p.tag(k); {
		case among("covering", p.words(k)), c.last+1 == k && p.words(k) == "for":
			found = true
		case t == tagPart && c.covering:
			found = true
		case t == tagMark && p.words(k) == "," && !found, t == tagClaim && p.items[k].w.Predicate == "osi-approved":
		case t != tagNeutral && t != tagAnd && t != tagOf && t != tagModel && !(t == tagMark && p.words(k) == ","):
			return false
		}
	}
	return found
}

// atState meets a property that components have.
func (p *parser) atState(i int) {
	it := &p.items[i]
	if it.w.Value == "general" || it.w.Value == "unconditional" {
		p.atManner(i)
		return
	}
	denied := p.reversed(it.w.Denied)
	p.last, p.lastDenied = i, denied
	if it.w.Denied && it.w.Value == "disclosed" { // "says nothing about"
		p.nothing = i
	}
	if n := p.nextPart(i + 1); n >= 0 {
		p.property, p.denied = i, denied
		return
	}
	if p.said && (it.w.Value == "get" || it.w.Value == "use") && slices.Contains([]string{tagSubject, tagModel},
		p.tag(p.next(i+1, tagNeutral))) {
		return // "the weights are public, and people reach the model"
	}
	if p.toldAgain(i) { // "offers the data for download"
		p.used[i] = true
		return
	}
	if p.holdsObject(i) && p.lastPart >= 0 && (len(p.parts) == 0 || p.said) {
		p.emitPart(p.lastPart, i, denied)
		return
	}
	if part := p.relativeOf(i); part >= 0 && len(p.parts) == 0 {
		p.emitPart(part, i, denied)
		return
	}
	if len(p.parts) > 0 {
		for _, part := range p.parts {
			p.emitPart(part, i, denied)
		}
		if p.joint && it.w.Predicate != "" {
			p.emit(i, i, it.w.Predicate, aloneValue(it.w), denied)
		}
		p.said = true
		return
	}
	if it.w.Predicate != "" {
		p.emit(i, i, it.w.Predicate, aloneValue(it.w), denied)
	} else if it.w.Value == "get" && p.tag(p.prev(i-1, tagNeutral, tagLink, tagNot)) == tagHedge {
		p.emit(i, i, "downloadable", "", denied)
		// "nothing of X is published"
	} else if p.withheld(i, denied) {
		p.emit(i, i, "open-weights", "", true)
	} else if it.w.Value == "published" && denied && p.passiveOf(i) { // "X has never been released"
		p.emit(i, i, "open-weights", "", true)
	} else if !denied && among("opening", p.words(i)) && p.ofModel(i) { // "opens X to the public"
		p.emit(i, i, "other", "open", false)
	} else if !denied && it.w.Value == "closed" && p.ofModel(i) { // "keeps X behind closed doors"
		p.emit(i, i, "other", "closed", false)
	} else if n := len(p.nots); it.w.Value == "published" && denied && n == 0 && p.nothing >= 0 {
		p.used[i] = true
		p.emit(i, i, "other", "closed", false)
	} else if it.w.Value == "published" { // "releases X": what is said of X follows
		p.used[i] = true
	}
}

// relativeOf is the component that a relative clause stands behind in which a property
// is told, or -1: "the data of X, which Y keeps under wraps".
func (p *parser) relativeOf(i int) int {
	first := p.next(p.segmentOf(i).start, tagMark)
	if first >= i || !p.opensRelativeAt(first) {
		return -1
	}
	k := p.prev(first-1, tagMark, tagModel, tagOf, tagMaker, tagNeutral)
	if p.tag(k) != tagPart || p.part(k) == "license" {
		return -1
	}
	return k
}

// passiveOf reports whether a verb of giving out ends a clause on a model that it
// is said of.
func (p *parser) passiveOf(i int) bool {
	if p.subject < 0 || p.tag(p.subject) != tagModel || p.tag(p.subject+1) == tagOf ||
		p.tag(p.prev(i-1, tagNeutral, tagNot)) != tagLink {
		return false
	}
	n := p.next(i+1, tagNeutral)
	return n >= len(p.items) || p.tag(n) == tagMark
}

// toldAgain reports whether a property only says once more that the component
// before it is given out, with nothing but its model between.
func (p *parser) toldAgain(i int) bool {
	n := len(p.Claims)
	if n == 0 || p.lastPart < 0 || p.Claims[n-1].last != p.lastPart || p.Claims[n-1].clause != p.clause ||
		p.items[i].w.Value != "published" || len(p.nots) > 0 {
		return false
	}
	return p.next(p.lastPart+1, tagNeutral, tagOf, tagModel, tagAway) == i
}

// ofModel reports whether a model is what something is done with: it stands next
// to the verb, with nothing between that says something.
func (p *parser) ofModel(i int) bool {
	is := func(k int) bool { return p.tag(k) == tagModel && p.tag(k+1) != tagOf && p.tag(k-1) != tagOf }
	return is(p.next(i+1, tagNeutral)) || is(p.prev(i-1, tagNeutral, tagLink))
}

// holdsObject reports whether a verb holds the pronoun of what it is done with,
// or has it before it: "sin ofrecerlos", "ne les publie pas".
func (p *parser) holdsObject(i int) bool {
	if lists()["with-object "+p.items[i].w.file].has(strings.ToLower(p.words(i))) {
		return true
	}
	k := p.prev(i-1, tagLink)
	return k >= 0 && lists()["object "+p.items[i].w.file].has(strings.ToLower(p.words(k))) &&
		p.tag(p.prev(k-1, tagLink)) == tagNot
}

// withheld reports whether it is the model itself that is not given out: "does
// not hand out the model", with nothing said behind it.
func (p *parser) withheld(i int, denied bool) bool {
	n := p.next(i+1, tagNeutral)
	if !denied || p.items[i].w.Value != "published" || p.tag(n) != tagModel && p.tag(n) != tagSubject {
		return false
	}
	after := p.next(n+1, tagNeutral)
	return p.tag(after) == tagMark && !strings.Contains(`"(`, p.words(after)+" ")
}

// nextPart is the component that a property from item i is said of, or -1: what
// stands between says nothing of its own.
func (p *parser) nextPart(i int) int {
	for ; i < len(p.items); i++ {
		switch it := p.items[i]; it.tag {
		case tagPart:
			return i
		case tagSubject:
			if !among("pronoun", p.words(i)) || p.ownsModel(i) { // "a closed model whose weights"
				continue
			}
		case tagNeutral, tagOnly, tagNot, tagModel, tagMaker, tagOf:
			continue
		case tagMark: // "hat offengelegt, womit es trainiert wurde"
			if n := p.next(i+1, tagNeutral); p.words(i) == "," && p.tag(n) == tagPart && p.asksFor(n) {
				continue
			}
		case tagAnd: // "posted both the corpus and the code"
			if p.alsoBoth(i) {
				continue
			}
		case tagHedge:
			if it.w.Value == hedgeOnly {
				continue
			}
		case tagAway:
			if slices.Contains(about, strings.ToLower(p.words(i))) {
				continue
			}
		}
		break
	}
	return -1
}

// ownsModel reports whether a possessive stands before a model: "其 X 的权重".
func (p *parser) ownsModel(i int) bool {
	n := p.next(i+1, tagNeutral)
	return p.tag(n) == tagModel && p.tag(n+1) == tagOf
}

// asksFor reports whether a component is named by a word that asks for it: "what
// it was trained on".
func (p *parser) asksFor(i int) bool {
	words := p.tokensOf(i)
	return amongTokens("asking", words[:min(2, len(words))])
}

// alsoBoth reports whether an item is "both", which joins nothing yet.
func (p *parser) alsoBoth(i int) bool {
	return slices.Contains([]string{"both", "sowohl"}, strings.ToLower(p.words(i)))
}

// atManner meets how something is described: "only in general terms" changes
// what was said of the component just before, or says it.
func (p *parser) atManner(i int) {
	if n := p.nextPart(i + 1); p.items[i].w.Value == "general" && n >= 0 && p.part(n) == "open-data" {
		p.emit(i, n, "open-data", "general", p.reversed(false)) // "only a rough description of the data"
		p.said = true
		return
	}
	if n := len(p.Claims); n > 0 && p.Claims[n-1].Predicate == "open-data" && p.Claims[n-1].clause == p.clause {
		c := &p.Claims[n-1]
		c.Value, c.last, c.End = "general", i, p.list[p.items[i].end-1].end
		p.used[i] = true
		return
	}
	for _, part := range p.parts {
		if p.part(part) == "open-data" && !p.said {
			p.emit(part, i, "open-data", "general", p.reversed(false))
			p.said = true
		}
	}
}

// headed reports whether an item stands in a list that a model and a colon are
// the heading of, with no verb: "X in brief: a request form, no code".
func (p *parser) headed(i int) bool {
	colon := i - 1
	for ; colon > 0 && p.words(colon) != ":" && p.words(colon) != "："; colon-- {
		if t := p.tag(colon); t == tagLink || t == tagState && p.items[colon].w.Predicate == "" || t == tagHedge {
			return false
		}
	}
	if colon <= 0 {
		return false
	}
	return slices.ContainsFunc(p.items[:colon], func(it item) bool { return it.tag == tagModel }) &&
		!slices.ContainsFunc(p.items[:colon], func(it item) bool { return it.tag == tagSaid || it.tag == tagLink })
}

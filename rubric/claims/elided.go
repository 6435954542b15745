package claims

import (
	"slices"
	"strings"
)

// What a sentence leaves out, since it was said before.

// elided reads "but its data is not": what was said before is denied of the
// component that waits.
func (p *parser) elided() {
	if p.said || len(p.parts) == 0 || p.last < 0 || !p.deniedOnce() && !p.deniedTogether() {
		return
	}
	if last := p.parts[len(p.parts)-1]; p.nots[0] < last && !p.givenWithout() && !p.deniedTogether() ||
		p.nots[0] > last && p.tag(p.next(p.nots[0]+1, tagNeutral)) == tagUnknown { // "which it has refused to approve"
		return
	}
	for _, not := range p.nots {
		p.used[not] = true
	}
	p.nots = nil
	for _, part := range p.parts {
		p.emitPart(part, p.last, !p.denial)
	}
	p.parts, p.said, p.not = nil, false, false
}

// deniedOnce reports whether one negation waits, which is two words in some languages: "ne l'est pas".
func (p *parser) deniedOnce() bool {
	return len(p.nots) == 1 || len(p.nots) == 2 && p.pairs(p.nots[0]) && p.pairs(p.nots[1])
}

// lackVerbs takes "lacks its code" for what is said of the code, and not for a negation that may
// reach further.
func (p *parser) lackVerbs() {
	for i := range p.items {
		it := &p.items[i]
		if it.tag != tagNot || !beginsWith("lack-verb", p.list[it.first:]) {
			continue
		}
		if k := p.prevOf(i-1, tagNot); k >= p.segmentOf(i).start {
			continue // "no model lacks it"
		}
		n := p.next(i+1, tagNeutral, tagSubject, tagHedge, tagAnd) // "lacks both its data and its code"
		if p.tag(i+1) == tagMark {
			n = p.prev(i-1, tagNeutral, tagOf, tagModel) // "der Code von X fehlt"
		}
		if p.tag(n) == tagPart && p.part(n) != "license" {
			it.tag, it.w = tagState, &wording{Tag: tagState, Value: "published", Denied: true, file: it.w.file}
		}
	}
}

// notOnlySaid takes a negation of "only" before what is given out for no more than that
// more is to come: "n'a pas seulement publié les poids".
func (p *parser) notOnlySaid() {
	for i := range p.items {
		if p.tag(i) != tagNot || p.tag(i+1) != tagHedge || p.items[i+1].w.Value != hedgeOnly {
			continue
		}
		n := p.next(i+2, tagNeutral)
		if p.moreBehind(i) && (p.tag(n) == tagPart || p.tag(n) == tagState && p.nextPart(n+1) >= 0) {
			for k := i; k <= i+1; k++ {
				p.take(k)
			}
		}
	}
}

// alsoSaid reads "not only the weights are public, but also the data": what was said
// before is said of the component that waits too. i is the mark that ends its clause.
func (p *parser) alsoSaid(i int) {
	n := len(p.parts)
	if p.said || n == 0 || p.last < 0 || p.last > p.parts[0] || len(p.nots) > 0 ||
		p.next(p.parts[n-1]+1, tagNeutral, tagOf, tagModel) != i {
		return
	}
	k := p.prev(p.parts[0]-1, tagNeutral, tagSubject)
	if p.tag(k) != tagAnd || p.tag(k-1) != tagBut || !amongTokens("not-only", p.list[:p.items[k].first]) {
		return
	}
	for _, part := range p.parts {
		p.emitPart(part, p.last, p.lastDenied)
	}
	p.parts, p.said = nil, false
}

// deniedTogether reports whether components wait for a verb alone, which ends their
// clause, and are denied together: "but neither its data nor its code is".
func (p *parser) deniedTogether() bool {
	if len(p.nots) < 2 || slices.ContainsFunc(p.nots, func(i int) bool { return !p.joinsDenied(i) }) {
		return false
	}
	link := p.next(p.parts[len(p.parts)-1]+1, tagNeutral, tagOf, tagModel)
	return p.tag(link) == tagLink && p.tag(p.next(link+1, tagNeutral)) == tagMark
}

// listedWithout reads "X in brief: no code, no data": what is denied in a list
// without a verb is not given out. i is the mark that ends the entry.
func (p *parser) listedWithout(i int) {
	n := len(p.parts)
	if p.said || n == 0 || len(p.nots) == 0 || len(p.nots) > n ||
		p.next(p.parts[n-1]+1, tagNeutral, tagOf, tagModel, tagMaker, tagAway) != i {
		return
	}
	denied := p.parts[n-len(p.nots):] // "no code and no data"
	for k, not := range p.nots {
		if p.next(not+1, tagNeutral, tagModel, tagMaker, tagOf) != denied[k] {
			return
		}
	}
	not := p.nots[0]
	if !p.headed(denied[0]) && !p.verbless(i) && !(beginsWith("without", p.list[p.items[not].first:]) &&
		(p.givesOut(not) || p.tag(p.prev(not-1, tagNeutral)) == tagLink)) {
		return
	}
	for k, part := range denied {
		p.used[p.nots[k]] = true
		predicate, value := ofPart(p.items[part].w, publishedWording)
		p.emit(part, part, predicate, value, true)
	}
	p.nots, p.parts, p.said, p.not = nil, nil, false, false
}

// verbless reports whether nothing but names, small words and what is denied stands
// before a mark in its segment: "not a line of code from Y".
func (p *parser) verbless(i int) bool {
	for k := i - 1; k >= 0 && p.tag(k) != tagMark && p.tag(k) != tagBut; k-- {
		if !slices.Contains([]string{tagNot, tagPart, tagNeutral, tagOf, tagModel, tagMaker, tagAway, tagAnd}, p.tag(k)) {
			return false
		}
	}
	return true
}

// alongWith reads "releases X with its training data", "the code, configurations
// included": what goes with what is given out is given out too. i is the mark that ends it.
func (p *parser) alongWith(i int) {
	n := len(p.parts)
	if p.said || n == 0 || len(p.nots) > 0 || p.part(p.parts[0]) == "license" {
		return
	}
	first, last := p.parts[0], p.parts[n-1]
	before := p.prev(first-1, tagNeutral, tagSubject, tagOf, tagModel, tagMaker)
	after := p.next(last+1, tagNeutral)
	with := before >= 0 && among("along", p.words(before)) && (after == i || among("included", p.words(after)))
	if k := first - 1; k >= 0 && p.tag(k) == tagNeutral && among("along", p.words(k)) {
		with, before = after == i, k
	}
	listed := after < i && among("included", p.words(after)) && p.next(after+1, tagNeutral) == i
	if !(with || listed) || !p.givesOut(before) {
		return
	}
	for _, part := range p.parts {
		predicate, value := ofPart(p.items[part].w, publishedWording)
		p.emit(part, part, predicate, value, p.denial)
	}
	if listed && after < len(p.items) {
		p.used[after] = true
	}
	p.parts, p.said = nil, false
}

// givesOut reports whether the clause up to an item claims that something is given out.
func (p *parser) givesOut(i int) bool {
	if p.last >= 0 && p.last < i && p.items[p.last].w.Value == "published" && !p.lastDenied {
		return true
	}
	n := len(p.Claims)
	if n == 0 {
		return false
	}
	c := &p.Claims[n-1]
	return c.Predicate == "license" || !c.Denied && c.component() && c.Predicate != "commercial-use" &&
		c.Predicate != "osi-approved"
}

// givenWithout reports whether what waits was only denied, behind what is given
// out: "comes with its weights, but without the code".
func (p *parser) givenWithout() bool {
	w := p.items[p.last].w
	return (w.Value == "published" || w.Value == "open-weights") && !p.lastDenied &&
		p.next(p.nots[0]+1, tagNeutral, tagOf, tagSubject) == p.parts[0] &&
		(p.tag(p.prev(p.nots[0]-1, tagNeutral)) == tagBut || p.tag(p.prev(p.nots[0]-1, tagNeutral)) == tagMark)
}

// atEnd reads the negation that German puts at the end of a clause, behind what
// it denies: "womit X trainiert wurde, verrät Y nicht". i is the mark that ends
// the clause.
func (p *parser) atEnd(i int) {
	k := i - 1
	if n := len(p.nots); n == 0 || p.tag(k) != tagNot || p.nots[n-1] != k || p.words(k) != "nicht" {
		return
	}
	start := k
	for start > 0 && p.tag(start-1) != tagMark {
		start--
	}
	for n := range p.Claims {
		if c := &p.Claims[n]; start <= c.last && c.last < k && !p.framed[c.first] && !p.framed[c.last] {
			if c.Predicate == tagOnly || c.Predicate == tagFirst {
				c.inverse = !c.inverse
			} else {
				c.Denied = !c.Denied
			}
			c.End = p.list[p.items[k].end-1].end
			p.used[k] = true
		}
	}
	if p.used[k] {
		p.nots, p.not = nil, false
	}
}

// nothing are words for none of what is spoken of.
var nothing = []string{"nothing", "none", "nichts", "keine", "rien", "aucune", "aucun", "nada", "ninguna", "ninguno"}

func firstWord(s string) string {
	first, _, _ := strings.Cut(strings.ToLower(s), " ")
	return first
}

// elidedObject reads "X names its sources, Y names none": what is denied is the
// component that was named before.
func (p *parser) elidedObject(i int) {
	k := p.prev(i-1, tagNeutral)
	if k < 0 || p.tag(k) != tagState || p.lastPart < 0 || len(p.parts) > 0 && !p.said || p.nextPart(i+1) >= 0 ||
		p.tag(p.next(i+1, tagNeutral)) == tagOf {
		return
	}
	switch p.items[k].w.Value {
	case "disclosed", "described", "published":
		p.used[i] = true
		p.emitPart(p.lastPart, k, !p.denial)
		p.nots, p.not = nil, false
	}
}

// onlyParts reports whether nothing but components stands from item i to the
// end of the sentence: "everything: weights, code and data".
func (p *parser) onlyParts(i int) bool {
	for k := i + 1; k < len(p.items); k++ {
		switch p.tag(k) {
		case tagPart, tagNeutral, tagAnd, tagMark, tagSubject:
		default:
			return false
		}
	}
	return true
}

// licenceBetween reports whether a licence is spoken of between two items, and
// no other component.
func (p *parser) licenceBetween(from, to int) bool {
	found := false
	for k := from + 1; k < to; k++ {
		switch p.tag(k) {
		case tagPart:
			if p.part(k) != "license" {
				return false
			}
			found = true
		case tagMark, tagAnd, tagBut:
			return false
		}
	}
	return found
}

// elidedModel reads "..., but X is not": what was said last of one model is
// denied of the one that this clause, which ends at item i, names and says
// nothing else of.
func (p *parser) elidedModel(i int) {
	if p.subject < 0 || p.items[p.subject].tag != tagModel || p.subject < p.clauseStarts[p.clause] || p.spoken() ||
		len(p.Claims) == 0 || len(p.nots) != 1 || p.nots[0] < p.subject || p.byNot || len(p.parts) > 0 {
		return
	}
	k := p.next(p.subject+1, tagNeutral, tagOf)
	if p.tag(k) != tagLink || p.nots[0]+1 < i {
		return
	}
	c := p.Claims[len(p.Claims)-1]
	c.Denied, c.clause, c.subject, c.again = !c.Denied, p.clause, p.subject, true
	p.used[p.nots[0]] = true
	p.nots, p.not = nil, false
	p.Claims = append(p.Claims, c)
}

// soIsModel reads "..., and so is X", "..., X non plus": what was said last holds of the model
// too that this clause, which ends at item i, names and says nothing else of.
func (p *parser) soIsModel(i int) {
	k, again, denied := p.tooBehind(i)
	if k < 0 {
		k, again, denied = p.againBefore(i)
	}
	if k < 0 || len(p.Claims) == 0 || len(p.parts) > 0 {
		return
	}
	c := p.Claims[len(p.Claims)-1]
	if c.last > min(k, again) || c.super() || denied && !c.Denied {
		return
	}
	if again > k && c.Denied && !denied {
		return // "X is not open, Y too"
	}
	if c.Value == "conditional" {
		return // the conditions are those of the other model
	}
	c.clause, c.subject, c.again, c.too = p.clause, k, true, true
	for n := again; n < i; n++ {
		p.used[n] = true
	}
	p.nots, p.not = nil, false
	p.Claims = append(p.Claims, c)
}

// againBefore is the model that ends a clause which item i ends, where "so is" or "nor is" begins
// before it, and whether that denies; the model is -1 where neither does.
func (p *parser) againBefore(i int) (model, again int, denied bool) {
	model = p.prev(i-1, tagNeutral, tagOf, tagMaker)
	again = p.prev(model-1, tagNeutral, tagMaker, tagOf)
	if p.tag(again) == tagLink {
		again = p.prev(again-1, tagNeutral)
		denied = p.joinsDenied(again)
	}
	if p.tag(model) != tagModel || !denied && (p.tag(again) != tagAgain || len(p.nots) > 0) {
		return -1, -1, false
	}
	return model, again, denied
}

// tooBehind is the model of a clause that ends at item i and has nothing else but words for
// "too" or "neither", where these begin, and whether they deny; the model is -1 where there is more.
func (p *parser) tooBehind(i int) (model, again int, denied bool) {
	model = i - 1
	for model >= 0 && p.tag(model) != tagModel && p.tag(model) != tagMark {
		model--
	}
	before := p.tag(p.prev(model-1, tagNeutral, tagMaker))
	if p.tag(model) != tagModel || before != tagMark && before != tagAnd && before != tagBut || model+1 >= i {
		return -1, -1, false
	}
	words := p.list[p.items[model+1].first:p.items[i-1].end]
	denied = lists()["neither-behind"].takes(words) == len(words)
	if !denied && lists()["too-behind"].takes(words) != len(words) {
		return -1, -1, false
	}
	return model, model + 1, denied
}

// makersNot takes a maker for its model where a clause only denies of it what was
// said before: "Y gives you its code, Z doesn't".
func (p *parser) makersNot() {
	for i := range p.items {
		link := p.next(i+1, tagNeutral, tagOf)
		if p.tag(i) != tagMaker || p.tag(i-1) != tagMark && p.tag(i-1) != tagBut || p.tag(link) != tagLink ||
			p.tag(link+1) != tagNot || link+2 < len(p.items) && p.tag(link+2) != tagMark {
			continue
		}
		made := p.names[p.items[i].name].Of
		if named := slices.DeleteFunc(p.modelsBefore(len(p.items)), func(id string) bool {
			return !slices.Contains(made, id)
		}); len(named) > 0 {
			made = named
		}
		if len(made) == 1 {
			p.names = append(slices.Clone(p.names), Name{ID: made[0]})
			p.items[i].tag, p.items[i].name, p.items[i].w = tagModel, len(p.names)-1, byMaker
		}
	}
}

// byMaker is what a maker reads as that stands for its model by itself.
var byMaker = &wording{Tag: tagModel}

// apart adds what "unlike X" says of X: the opposite of what is said of the
// model that is spoken of, which makes a false claim on that one no truer.
func (p *parser) apart(claims []Claim) []Claim {
	var more []Claim
	for i, it := range p.items {
		if it.tag != tagModel {
			continue
		}
		k := p.prev(i-1, tagNeutral)
		if p.tag(k) != tagAway || p.items[k].w == nil || p.items[k].w.Value != "unlike" {
			continue
		}
		id, clause := p.names[it.name].ID, p.clausesOfItems()[i]
		for _, c := range claims {
			if c.Model == "" || c.Model == id || c.Than != "" || c.super() || clause != c.clause {
				continue
			}
			c.Model, c.Denied, c.inPassing = id, !c.Denied, true
			more = append(more, c)
		}
	}
	return append(claims, more...)
}

// super reports whether a claim is on being the only one, the first or the most open.
func (c *Claim) super() bool {
	return slices.Contains([]string{tagOnly, tagFirst, tagMost, "more-open-than", "as-open-as"}, c.Predicate)
}

// againOf reads "its data are too": what was said last is said of the
// components that wait.
func (p *parser) againOf(i int) bool {
	if p.last < 0 || p.said || len(p.parts) == 0 || p.parts[0] < p.last || p.parts[len(p.parts)-1] > i {
		return false
	}
	for _, part := range p.parts {
		p.emitPart(part, p.last, p.lastDenied)
	}
	p.said, p.used[i] = true, true
	return true
}

// atHub reads "has put its code on GitHub": what waits is published there.
func (p *parser) atHub(i int) {
	it := p.items[i]
	if it.w == nil || it.w.Tag != tagAside || it.w.Value != "hub" || p.said || len(p.parts) == 0 ||
		p.parts[0] < p.clauseStarts[p.clause] {
		return
	}
	denied := p.reversed(false)
	p.items[i].w = publishedWording
	for _, part := range p.parts {
		p.emitPart(part, i, denied)
	}
	p.items[i].w = it.w
	p.said, p.last, p.lastDenied = true, -1, denied
}

var publishedWording = &wording{Tag: tagState, Value: "published", file: "en.yaml"}

// pronouns takes "them" for the component that was named before, and "the
// first" of several models for a model.
func (p *parser) pronouns() {
	of := len(p.modelsBefore(len(p.items))) > 1 && among("oneof", p.list[0].text)
	for i := range p.items {
		if it := &p.items[i]; of && p.tag(i) == tagFirst && p.tag(i+1) == tagLink {
			it.tag, it.w = tagSubject, &wording{Tag: tagSubject, Value: "former", file: it.w.file}
		} else if of && p.tag(i) == tagUnknown && (p.words(i) == "last" || p.words(i) == "letzte") {
			it.tag, it.w = tagSubject, &wording{Tag: tagSubject, Value: "latter", file: "en.yaml"}
		}
		own := i > 0 && p.words(i) == "own" && p.tag(i-1) == tagSubject && p.tag(p.next(i+1, tagNeutral)) == tagState
		if !own && (p.tag(i) != tagUnknown || !p.stands(i)) {
			continue
		}
		if k := p.prevOf(i-1, tagPart); k >= 0 {
			w := *p.items[k].w
			if w.Value == "sources" { // "names its sources and offers them": the data
				w.Value = ""
			}
			p.items[i].tag, p.items[i].w = tagPart, &w
		}
	}
}

// stands reports whether an item stands for components that were named before.
func (p *parser) stands(i int) bool {
	return slices.Contains([]string{"them", "它们"}, p.list[p.items[i].first].text)
}

package claims

import (
	"slices"
	"strings"
)

const (
	unsureNot = "it is not clear whether the negation reaches this far"
	unsureOr  = "one or the other is claimed, which is not taken apart"

	notOnlyThat = "it is denied that nothing else is so, which is not taken apart"
)

// emitPart says a property of a component.
func (p *parser) emitPart(part, state int, denied bool) {
	predicate, value := ofPart(p.items[part].w, p.items[state].w)
	if p.items[state].w.Value == "disclosed" && among("source-word", p.words(part)) { // "names a single source"
		predicate, value = "open-data", "disclosed"
	}
	if predicate == "" {
		return
	}
	if predicate == "open-code" && value == "training" {
		value = p.stageOf(part)
	}
	if denied && predicate == "open-data" && (value == "disclosed" || value == "described") &&
		p.items[part].w.Value != "sources" {
		value = p.untold(part, state, value)
	}
	if predicate == "fully-open" && p.items[state].w.Value == "closed" {
		predicate, value = "other", "closed" // "all of it is secret", and not only some
	} else if slices.Contains([]string{"closed", "forbidden", "noncommercial"}, p.items[state].w.Value) {
		denied = !denied
	}
	if value == publicTuned && denied { // "on data that is not public"
		value = tunedData
	}
	first, last := min(part, state), max(part, state)
	before := len(p.Claims)
	p.emit(first, last, predicate, value, denied)
	for n := before; n < len(p.Claims); n++ {
		p.Claims[n].every = p.every(part)
		p.Claims[n].toAll = predicate == "open-weights" && !denied && amongTokens("public", p.tokensOf(state))
	}
	p.used[part], p.used[state] = true, true
}

// stageOf is the stage whose code a component names: that of the whole training, that
// of tuning, or, where it tells none or both, that of training.
func (p *parser) stageOf(part int) string {
	words := p.tokensOf(part)
	switch pre, tuned := amongTokens("pretraining-word", words), amongTokens("tuning-word", words); {
	case pre && !tuned:
		return "pretraining"
	case tuned && !pre:
		return "finetuning"
	}
	return "training"
}

// untold is what is denied where somebody says that data is not told of. "Says
// nothing of it" is false of data that is described at all; "does not disclose
// it" is not; and that nobody knows it is more than a silent page can show.
func (p *parser) untold(part, state int, value string) string {
	holds := func(list string, i int) bool {
		return i >= 0 && p.items[i].w != nil && amongTokens(list+" "+p.items[i].w.file,
			p.tokensOf(i))
	}
	switch {
	case holds("knowing", state), holds("knowing", p.nothing):
		return "known"
	case !p.asksFor(part) && (holds("nothing-told", state) || holds("nothing-told", p.nothing)):
		return "something"
	}
	return value
}

// every reports whether all of a component is meant.
func (p *parser) every(part int) bool {
	for k := part - 1; k >= 0 && (p.tag(k) == tagNeutral || p.tag(k) == tagOf); k-- {
		if slices.Contains(quantifiers, strings.ToLower(p.words(k))) {
			return true
		}
	}
	return false
}

var quantifiers = []string{"all", "all the", "entire", "whole", "complete", "every", "todo", "toda", "tout", "toute",
	"alle", "gesamte", "sämtlicher", "全部", "所有"}

// emit adds a claim that stands from one item to another, and one on being
// the only or the first where that was said before.
func (p *parser) emit(first, last int, predicate, value string, denied bool) {
	ofLicence := predicate == "license"
	if several := len(p.parts) > 1 || len(p.parts) == 1 && p.joint; ofLicence && value != "open" && several &&
		p.component < 0 {
		p.emitEach(first, last, value, denied)
		return
	}
	c := Claim{Start: p.at(first), End: p.list[p.items[last].end-1].end, Predicate: predicate, Value: value,
		Denied: denied, Vague: p.unclear(last, value),
		Tense: p.tense, clause: p.clause, first: first, last: last, subject: p.subject}
	if ofLicence && value != "open" {
		p.licensed(&c)
	}
	if slices.Contains(licenceSays, predicate) { // "its licence allows"
		for _, part := range p.parts {
			if p.items[part].w.Predicate == "license" {
				p.used[part], p.said = true, true
			}
		}
	}
	if ofLicence { // "licence of X: MIT"
		for k := range p.items[:first] {
			p.used[k] = p.used[k] || p.part(k) == "license"
		}
	}
	if predicate == "osi-approved" && !denied && !p.ofLicence(last) {
		c.Vague = "it approves licences, not models"
	}
	p.used[first], p.used[last] = true, true
	if p.super >= 0 && value != unnamed { // "the only one with a licence that ..."
		s := p.superlative(c)
		p.Claims = append(p.Claims, s)
		if s.Denied {
			return
		}
		c.Denied = s.inverse
	}
	if value == onlyThese {
		c.Value, c.only = "", true
		if denied {
			c.Vague = notOnlyThat
		}
	}
	p.Claims = append(p.Claims, c)
}

// unclear says what makes a claim vague that ends at an item, or "".
func (p *parser) unclear(last int, value string) string {
	switch {
	case p.twice && p.not:
		return "it is denied twice"
	case value == "any" && last+1 < len(p.items) && p.opensRelative(last+1):
		return "what is said of it is limited by what follows" // "for anything that the licence does not forbid"
	case p.unsure && !p.not:
		return unsureOr
	case p.unsure:
		return unsureNot
	}
	return ""
}

// emitEach adds the claim of a licence for each of several components: "weights and code are under the MIT licence".
func (p *parser) emitEach(first, last int, value string, denied bool) {
	parts := p.parts
	for n := range parts {
		p.component = n
		p.emit(first, last, "license", value, denied)
	}
	p.component, p.said = -1, true
	if p.joint { // "X and its code"
		p.parts = nil
		p.emit(first, last, "license", value, denied)
		p.parts = parts
	}
}

// licensed gives the claim of a licence the component that it is for.
func (p *parser) licensed(c *Claim) {
	if len(p.parts) > 0 && !p.licenceItself(c.first) {
		n := len(p.parts) - 1
		if p.component >= 0 {
			n = p.component
		}
		p.setComponent(c, p.parts[n])
		p.used[p.parts[n]], p.said = true, true
	}
	if len(p.parts) == 0 && c.Component == "" {
		if part := p.componentBefore(c.first); part >= 0 {
			p.setComponent(c, part)
		}
	}
}

// superlative is the claim that a model is the only or the first one of which a claim holds.
func (p *parser) superlative(c Claim) Claim {
	s := c
	s.Predicate, s.Value, s.Aspect, s.Start = p.items[p.super].tag, c.Predicate, c.Value, p.at(p.super)
	s.ownFirst, s.spanFirst = p.firstOf(p.super)
	p.used[p.super] = true
	// "is not the only one", and "the only one that does not"
	s.Denied, s.inverse = (len(p.superNots) > 0) != p.denial, c.Denied != p.denial
	if p.framed[c.last] && p.items[p.super].tag == tagFirst { // the frame has counted what stands before it
		s.Denied, s.inverse = c.Denied, false
	}
	if k := p.prev(p.super-1, tagNeutral, tagLink, tagNot); s.Predicate == tagFirst && p.tag(k) == tagMaker &&
		p.tag(k+1) == tagLink && k < p.super-1 {
		s.Vague = "it is said of the maker, and not of the model" // "Y was the first to publish X"
	}
	if amongTokens("here", p.list[p.items[p.super].first:p.items[c.last].end]) {
		s.Vague = "what it is compared with is not named" // "the only model here that"
	}
	for _, k := range p.superNots {
		p.used[k] = true
	}
	p.super, p.superNots = -1, nil
	return s
}

// licenceSays are the predicates of what a licence says.
var licenceSays = []string{"osi-approved", "commercial-use", "license", "use-limits", "user-threshold"}

// ofLicence reports whether a licence is spoken of up to an item or right
// behind: "the MIT licence, which the OSI has approved".
func (p *parser) ofLicence(i int) bool {
	s := p.segmentOf(i)
	for k := s.start; k < s.end; k++ { // "has blessed the community licence"
		if p.tag(k) == tagClaim && p.items[k].w.Predicate == "license" {
			return true
		}
	}
	if k := p.prev(s.start-1, tagMark); p.opensRelativeAt(p.next(s.start, tagMark)) && (p.tag(k) == tagLicence ||
		p.tag(k) == tagClaim && p.items[k].w.Predicate == "license") {
		return true // "Apache-2.0, which the OSI has approved"
	}
	of := func(k int) bool {
		return (p.tag(k) == tagPart || p.tag(k) == tagClaim) && p.items[k].w.Predicate == "license"
	}
	words := strings.ToLower(p.text[:p.list[p.items[i].end-1].end])
	return slices.ContainsFunc(p.parts, of) || of(p.next(i+1, tagNeutral, tagOf)) || p.super >= 0 || p.ofPart[i] ||
		slices.ContainsFunc([]string{"licen", "lizenz", "许可", "协议"}, func(w string) bool {
			return strings.Contains(words, w)
		})
}

// onlyThese is the value of a claim that this is open, and the rest is not:
// "only the weights are open".
const onlyThese = "only"

// licenceItself reports whether a claim on a licence begins a clause of its own
// behind what was said of the components: "..., and the MIT licence permits".
func (p *parser) licenceItself(first int) bool {
	k := p.prev(first-1, tagNeutral)
	if !p.said || p.tag(k) != tagAnd || p.tag(k-1) != tagMark {
		return false
	}
	return !slices.Contains([]string{"under", "unter", "sous", "bajo", "con"}, p.list[p.items[first].first].text)
}

// setComponent makes a claim on a licence one on that of the component at an item.
func (p *parser) setComponent(c *Claim, part int) {
	c.Component, c.Stage = ofPart(p.items[part].w, publishedWording)
	if c.Stage == "training" {
		c.Stage = p.stageOf(part)
	}
	if c.Component == "license" {
		c.Component, c.Stage = "", ""
	}
}

// componentBefore is the item of the data or code that was said to be given out just
// before a licence, or -1: "has published its training data under ODC-By".
func (p *parser) componentBefore(first int) int {
	part := p.part(p.lastPart)
	if p.lastPart < p.clauseStarts[p.clause] || part != "open-data" && part != "open-code" || !p.spoken() ||
		p.Claims[len(p.Claims)-1].last != p.lastPart {
		return -1
	}
	for k := p.lastPart + 1; k < first; k++ {
		if t := p.tag(k); t == tagMark || t == tagBut || t == tagPart {
			return -1
		}
	}
	return p.lastPart
}

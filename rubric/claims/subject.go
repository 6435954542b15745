package claims

import (
	"fmt"
	"slices"
	"strings"
)

// resolve says which model each claim is about, and marks those of which that
// cannot be told.
func (p *parser) resolve() {
	var all []Claim
	for _, c := range p.Claims {
		models, vague := p.subjectsOf(&c)
		if w := p.madeBy(&c); w != "" && c.Vague == "" {
			c.Vague = fmt.Sprintf("what %q does to it was not settled", w)
		}
		if c.Vague == "" {
			c.Vague = vague
			c.stray = vague != "" && len(models) == 1 && c.Value != unnamed && c.Than == "" && c.Value != "all" &&
				!p.deniedAround(&c) && (strings.HasSuffix(vague, understood) || strings.HasSuffix(vague, notModel))
		}
		if len(models) == 0 {
			models = []string{""}
		}
		for _, m := range models {
			c.Model = m
			all = append(all, c)
		}
	}
	p.amongNamed(all)
	p.amongRoster(all)
	p.Claims = p.apart(all)
	for i := range p.Claims {
		p.Claims[i].background = p.inBackground(&p.Claims[i])
	}
}

// madeBy is the verb that the book does not hold whose object a claim only names,
// with nothing that tells whose it is: "writes open source code". It is empty where
// there is none.
func (p *parser) madeBy(c *Claim) string {
	if c.Predicate != "open-code" || p.tag(c.first) != tagState || p.tag(c.last) != tagPart || c.Denied ||
		!strings.HasPrefix(p.items[c.first].w.Value, "open") {
		return ""
	}
	if k := p.prev(c.first-1, tagAway); k >= 0 && (p.tag(k) == tagUnknown || p.aside(k)) && !p.tellsWhen(k) {
		return p.words(k)
	}
	if n := c.last + 1; n < len(p.items) && (p.tag(n) == tagUnknown || p.aside(n)) && p.mainLanguage() == "de.yaml" {
		return p.words(n) // the verb ends the clause
	}
	return ""
}

// deniedAround reports whether a negation that no claim was denied by stands in
// the segment of a claim.
func (p *parser) deniedAround(c *Claim) bool {
	s := p.segmentOf(c.first)
	for i := s.start; i < s.end; i++ {
		if p.tag(i) == tagNot && !p.used[i] {
			return true
		}
	}
	return false
}

// amongNamed finds the models that "of X, Y and Z, X is the most open" compares.
func (p *parser) amongNamed(claims []Claim) {
	ids := p.modelsBefore(len(p.items))
	for n := range claims {
		if c := &claims[n]; c.Predicate == tagOnly && len(c.Among) == 0 && c.subject >= 0 &&
			p.tag(c.subject) == tagSubject && p.items[c.subject].w.Value != "" { // "only the former"
			c.Among = slices.DeleteFunc(p.modelsBefore(c.subject), func(id string) bool { return id == c.Model })
		}
	}
	first := p.next(0, tagMark)
	if len(ids) < 2 || first >= len(p.items) || !among("oneof", p.list[p.items[first].first].text) {
		return
	}
	for n := range claims {
		if c := &claims[n]; c.Predicate == "more-open-than" && c.Value == "all" {
			c.Among = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == c.Model })
		}
	}
}

// subjectsOf are the models that a claim is about, and what is unclear of it.
func (p *parser) subjectsOf(c *Claim) (models []string, vague string) {
	switch {
	case c.again:
		return p.together(c.subject), ""
	case c.residual:
		models = p.modelsBefore(len(p.items))
		if len(models) == 0 && p.fallback != "" {
			models = []string{p.fallback}
		}
		return models[:min(1, len(models))], ""
	case p.othersModel(c) != "":
		return []string{p.othersModel(c)}, ""
	case p.paired && c.Than != "" && c.subject >= 0:
		return []string{p.names[p.items[c.subject].name].ID}, ""
	}
	// what a claim was made of may have been read as something else since
	if c.subject < 0 || p.tag(c.subject) != tagSubject && p.items[c.subject].name < 0 {
		models, vague = p.subjectAfter(c)
		if len(models) == 0 && len(p.names) == 0 && p.fallback != "" && amongTokens("itself", p.list) {
			return []string{p.fallback}, "" // "there is no paper on it"
		}
		return models, vague
	}
	s := p.items[c.subject]
	if s.tag == tagSubject {
		before := p.spokenBefore(c.subject)
		head := p.next(p.segmentOf(c.subject).start, tagMark, tagBut, tagAnd, tagNeutral, tagAway, tagModel) == c.subject &&
			!p.opensRelative(c.subject)
		if own := p.comparedFrom(before); head && len(before) > 1 && s.w.Value == "" && own != "" {
			before = []string{own}
		}
		switch {
		case len(before) >= 2 && s.w.Value == "former":
			models = before[:1]
		case len(before) >= 2 && s.w.Value == "latter":
			models = before[len(before)-1:]
		case len(before) == 1 && p.othersOwn(c, before[0]):
			vague = fmt.Sprintf("%q may stand for another model", p.words(c.subject))
		case len(before) == 1:
			models = before
		case len(before) > 1 && p.antecedent(c.subject) != "":
			models = []string{p.antecedent(c.subject)}
		// "X and Y publish their weights"
		case len(before) > 1 && (slices.Contains(plural, strings.ToLower(p.words(c.subject))) || p.neither()) &&
			len(p.together(p.lastModel(c.subject))) == len(before):
			models = p.together(p.lastModel(c.subject))
		case len(before) > 1 && p.onlyIn(p.segmentOf(c.subject), c.subject) != "":
			models = []string{p.onlyIn(p.segmentOf(c.subject), c.subject)}
		case len(before) > 1 && s.w.Value == "" && p.ofClauseBefore(c.subject) != "":
			models = []string{p.ofClauseBefore(c.subject)}
		case len(before) > 1:
			vague = fmt.Sprintf("%q may stand for several models", p.words(c.subject))
		case p.fallback != "":
			models = []string{p.fallback}
		case len(p.modelsBefore(len(p.items))) == 1: // "despite its open weights, X is"
			return p.modelsBefore(len(p.items)), ""
		default:
			return p.subjectAfter(c)
		}
	} else {
		models = p.together(c.subject)
	}
	if vague == "" {
		vague = p.unlinked(c)
	}
	return models, vague
}

// ofClauseBefore is the model that the clause right before begins with and says something of, where
// what stands for a model is behind a semicolon or gives a reason: "X is closed; Y is open, because
// its data is". It is empty where there is none.
func (p *parser) ofClauseBefore(i int) string {
	s := p.segmentOf(i)
	first := p.next(s.start, tagMark)
	if s.start == 0 || p.words(s.start) != ";" && !among("reason", p.opener(first)) {
		return ""
	}
	before := p.segmentOf(max(0, p.prev(s.start-1, tagMark)))
	k := p.next(before.start, tagMark, tagAnd, tagBut, tagNeutral)
	if p.tag(k) != tagModel || !slices.ContainsFunc(p.Claims, func(c Claim) bool { return c.subject == k }) {
		return ""
	}
	return p.onlyIn(before, s.start)
}

// comparedFrom is the one of several models that the others are only set against, or
// empty: "X is more open than Y, but its licence".
func (p *parser) comparedFrom(ids []string) string {
	own := ""
	for i, it := range p.items {
		if it.tag != tagModel || p.contrasted(i) || !slices.Contains(ids, p.names[it.name].ID) {
			continue
		}
		if id := p.names[it.name].ID; own == "" || own == id {
			own = id
			continue
		}
		return ""
	}
	return own
}

// neither reports whether models are denied together, each of which "its" stands for.
func (p *parser) neither() bool {
	for i := range p.items {
		if p.joinsDenied(i) && p.tag(p.prev(i-1, tagNeutral)) == tagModel {
			return true
		}
	}
	return false
}

// Ends of what is unclear of a claim for a word that stands beside it.
const (
	understood = "was not understood"
	notModel   = "not the model by itself"
)

// component reports whether a claim is on a part of a model, which a sentence
// on one model can only mean of that model.
func (c *Claim) component() bool {
	return slices.Contains([]string{"open-weights", "open-data", "open-code", "gated", "downloadable", "license",
		"commercial-use", "published", "osi-approved", "venue", "user-threshold"}, c.Predicate)
}

// lightlyApart reports whether nothing but a word like "with" or "of" stands
// before the one model of a sentence: not "a rival to X", "derived from X".
func (p *parser) lightlyApart(c *Claim) bool {
	i := slices.IndexFunc(p.items, func(it item) bool { return it.tag == tagModel })
	k := p.prev(i-1, tagNeutral, tagMaker)
	if k < 0 || p.tag(k) != tagAway {
		return c.component() || k >= 0 && (p.tag(k) == tagMark || p.tag(k) == tagDenial) // "kann bei X"
	}
	word := strings.ToLower(p.words(k))
	return slices.Contains(light, word) ||
		(c.Predicate == "published" || c.Predicate == "venue") && slices.Contains(about, word)
}

var (
	light = []string{"in", "before", "vor", "avant", "antes", "with", "for", "behind", "to", "mit", "bei", "zu", "für",
		"avec", "pour", "con", "para", "chez", "à", "en", "对", "在"}
	about = []string{"about", "on", "over", "über", "zu", "sur", "sobre", "acerca", "关于"}
)

// plural are possessives that may stand for several models.
var plural = []string{"their", "they", "leur", "leurs", "su", "sus", "ihre", "ihren", "ihr", "其"}

// othersOwn reports whether the nearest maker before what stands for a model, in
// its clause, is not the one who made that model.
func (p *parser) othersOwn(c *Claim, id string) bool {
	s := p.segmentOf(c.subject)
	k := p.prevOf(c.subject-1, tagMaker)
	return k >= s.start && !slices.Contains(p.names[p.items[k].name].Of, id) && p.prevOf(c.subject-1, tagModel) < k &&
		c.Said == ""
}

// unlinked is why what is said between a model and a property is not understood.
func (p *parser) unlinked(c *Claim) string {
	from := c.subject
	if c.last <= from || c.first < from && c.last > from { // "the weights of X are public"
		from = max(c.first, from)
	}
	next := p.next(from+1, tagOf)
	if p.items[c.subject].tag == tagModel && c.subject < c.first && next < c.first && p.stranger(next) &&
		!p.verbJoined(next, c.first) {
		return fmt.Sprintf("%q may be about %q, not the model", p.text[p.at(c.first):c.End], p.words(next))
	}
	start := from
	// "...: weights and code are public"
	if begins := p.clauseStarts[c.clause]; begins > from && p.tag(c.first) == tagPart {
		start = begins
	}
	for k := start + 1; k < c.first; k++ {
		if p.items[k].tag == tagLink {
			start = k
		}
	}
	if w := p.governedBy(c); w != "" {
		return fmt.Sprintf("what %q does to it was not settled", w)
	}
	if w := p.leadIn(c.first); w != "" && !p.tellsOf(c, w) {
		return fmt.Sprintf("%q "+understood, w)
	}
	if p.tag(start) == tagLink && p.items[start].w.Value == "uses" && c.Predicate != "license" &&
		c.Predicate != "osi-approved" && c.Predicate != "commercial-use" {
		return fmt.Sprintf("what it %s need not be its own", p.words(start))
	}
	// its words are not checked all the same
	if !c.Denied && p.ownSubject(c) && len(p.modelsBefore(len(p.items))) == 1 {
		return ""
	}
	for k := start + 1; k < c.first; k++ {
		if p.stranger(k) || start == from && p.presented(k) && c.Said == "" && c.Weak == "" {
			return fmt.Sprintf("%q "+understood, p.words(k))
		}
	}
	return ""
}

// verbJoined reports whether a verb of its own begins a clause behind "and" between two
// items: "X supports 119 languages and has open training code".
func (p *parser) verbJoined(from, to int) bool {
	for k := from; k < to; k++ {
		if p.tag(k) == tagAnd && p.tag(p.next(k+1, tagNeutral)) == tagLink {
			return true
		}
	}
	return false
}

// joinedBehind reports whether the model stands behind a component that is
// claimed something of, joined by a small word: "names the sources of the data of X".
func (p *parser) joinedBehind(c *Claim) bool {
	i := slices.IndexFunc(p.items, func(it item) bool { return it.tag == tagModel })
	if i < c.first {
		return false
	}
	for k := i - 1; k > c.first; k-- {
		switch p.tag(k) {
		case tagNeutral, tagOf, tagPart, tagMaker, tagAnd, tagState:
			continue
		case tagAway:
			if slices.Contains(light, strings.ToLower(p.words(k))) ||
				slices.Contains(about, strings.ToLower(p.words(k))) {
				continue
			}
		}
		return false
	}
	return p.ownSubject(c)
}

// ownSubject reports whether a claim names the component that it is about, so
// that what stands in an earlier clause does not change it.
func (p *parser) ownSubject(c *Claim) bool {
	return p.tag(c.first) == tagPart || p.tag(c.last) == tagPart || c.Predicate == "gated" ||
		c.Predicate == "published" || c.Predicate == "commercial-use" || c.Predicate == "osi-approved" ||
		c.Predicate == "license" && c.Value == "open"
}

// tellsOf reports whether a word only says what is told, or not told, of: "says
// nothing about the data".
func (p *parser) tellsOf(c *Claim, word string) bool {
	return p.part(c.first) == "open-data" && slices.Contains(about, strings.ToLower(word)) &&
		(c.Denied || slices.Contains([]string{"general", "described", "something", "disclosed"}, c.Value))
}

// withModel reports whether the one model of a sentence is what a maker claims
// something with: "With X, Acme has released an open-source model".
func (p *parser) withModel(c *Claim) bool {
	if len(p.modelsBefore(len(p.items))) != 1 || !slices.ContainsFunc(p.items[:c.first], func(it item) bool {
		return it.tag == tagMaker
	}) {
		return false
	}
	i := slices.IndexFunc(p.items, func(it item) bool { return it.tag == tagModel })
	k := p.prev(i-1, tagNeutral)
	if i > c.first || k < 0 || !slices.Contains(with, strings.ToLower(p.words(k))) || p.tag(i+1) == tagOf {
		return false
	}
	for k := i + 1; k < c.first; k++ {
		if p.stranger(k) {
			return false
		}
	}
	return true
}

// with are the words for "with".
var with = []string{"with", "mit", "avec", "con"}

// beside are words that may join a model and a property without changing what is said.
var beside = []string{"with", "as", "in", "by", "mit", "als", "im", "avec", "comme", "en", "con", "como", "à"}

// leadIn is the word before a claim, where it is one that makes the claim part
// of something else: "based on open source", "abandons open source".
func (p *parser) leadIn(first int) string {
	k, that := first-1, false
	for k >= 0 && p.items[k].tag == tagNeutral {
		that = that || among("that", p.words(k))
		k--
	}
	if k < 0 || that && p.tag(k) == tagAway && p.aside(k+1) { // "confirmed on Tuesday that"
		return ""
	}
	switch word := p.words(k); {
	case p.tag(k) == tagUnknown, p.tag(k) == tagAway && !slices.Contains(beside, strings.ToLower(word)):
		return word
	}
	return ""
}

// putForward reports whether a model is only presented as what is claimed.
func (p *parser) putForward(c *Claim) bool {
	for k := c.first - 1; k > c.subject && c.subject >= 0 && p.tag(k) != tagLink; k-- {
		if p.presented(k) {
			return true
		}
	}
	return false
}

// presented reports whether a model is put forward "as" something other than
// by being released so.
func (p *parser) presented(k int) bool {
	if !among("as-word", p.words(k)) || k > 0 && amongTokens("above", p.list[p.items[k-1].first:p.items[k].end]) {
		return false // "mehr als"
	}
	return !slices.ContainsFunc(p.items[:p.segmentOf(k).end], func(it item) bool { // before it, or at its end
		return it.tag == tagState && it.w.Value == "published" && !among("presenting", p.list[it.end-1].text)
	})
}

// stranger reports whether an item is a word that the book does not hold.
func (p *parser) stranger(i int) bool {
	t := p.tag(i)
	return i < len(p.items) && (t == tagUnknown || t == tagOther || t == tagLicence)
}

// subjectAfter looks for the model that a property stands before: "the
// open-source model X".
func (p *parser) subjectAfter(c *Claim) (models []string, vague string) {
	if w := p.leadIn(c.first); w != "" && p.fallback == "" && c.Mood == Asserted {
		vague = fmt.Sprintf("%q "+understood, w)
	}
	k := p.next(c.last+1, tagNeutral, tagOf, tagMaker, tagPart, tagSubject)
	for p.tag(k) == tagAnd || p.tag(k) == tagMark && p.words(k) == "," { // "the weights, code and data of X"
		n := p.next(k+1, tagNeutral, tagAnd, tagSubject)
		if p.tag(n) != tagPart {
			break
		}
		k = p.next(n, tagNeutral, tagOf, tagMaker, tagPart, tagSubject)
	}
	if p.tag(k) == tagModel && !p.away(k) || p.tag(k) == tagModel && p.tag(k-1) == tagOf {
		n := p.next(k+1, tagOf)
		if p.tag(k+1) == tagOf && p.stranger(n) || p.stranger(k+1) && p.tag(k+1) == tagUnknown {
			return []string{p.names[p.items[k].name].ID}, fmt.Sprintf("%q "+understood, p.words(n))
		}
		return []string{p.names[p.items[k].name].ID}, vague
	}
	if vague == "" && p.withModel(c) {
		return p.modelsBefore(len(p.items)), ""
	}
	if ids := p.modelsBefore(len(p.items)); c.Value == "all" && len(ids) == 1 { // "no other model is as open as X"
		return ids, ""
	}
	if p.tag(k) == tagAway && slices.Contains(with, p.words(k)) && p.tag(p.next(k+1, tagNeutral)) == tagModel &&
		// "Acme goes open source with X"
		slices.ContainsFunc(p.items[:c.first], func(it item) bool { return it.tag == tagMaker }) {
		return p.modelsBefore(p.next(k+1, tagNeutral) + 1), ""
	}
	if ids := p.modelsBefore(len(p.items)); len(ids) == 1 {
		// "with X, the weights are public": nothing else is named
		if vague == "" && (!p.strangers(c) || p.joinedBehind(c)) && p.lightlyApart(c) {
			return ids, ""
		}
		// "Acme names the sources that went into X"
		if c.component() && !c.Denied && p.ownMakerIn(p.segmentOf(c.first), ids[0]) {
			return ids, ""
		}
		return ids, "what is said of is " + notModel
	} else if len(ids) > 1 {
		if all := p.togetherBehind(c.last + 1); len(all) == len(ids) { // "OSI-approved licences cover X and Y"
			return all, vague
		}
		if id := p.nearby(c); id != "" {
			return []string{id}, vague
		}
		return nil, "which of the models is meant is not clear"
	}
	if id := p.makersModel(c); id != "" {
		return []string{id}, vague
	}
	part := slices.ContainsFunc(p.items[c.first:c.last+1], func(it item) bool { return it.tag == tagPart })
	if p.fallback == "" || !p.alone && !part {
		return nil, "no model that is stored is named"
	}
	start := 0
	for i := range p.items[:c.first] {
		if p.items[i].tag == tagLink {
			start = i + 1
		}
	}
	for i := start; i < c.first; i++ {
		if p.stranger(i) {
			return []string{p.fallback}, fmt.Sprintf("%q "+understood, p.words(i))
		}
	}
	return []string{p.fallback}, ""
}

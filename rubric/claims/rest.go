package claims

import (
	"slices"
	"strings"
)

// What a sentence says beyond claims that were taken apart.

// residual adds a claim that is not understood where a sentence speaks of a
// model's openness and no claim was read out of it: a question or a promise is
// not checkable whatever it says, and a statement on a licence, a gate or
// training data is at least not passed over.
func (p *parser) residual() {
	if len(p.Claims) > 0 || p.opinion() || p.fallback == "" && len(p.modelsBefore(len(p.items))) == 0 {
		return
	}
	whole, _ := p.wholeMood(nil)
	t := p.tracesOf(whole)
	mood := p.moodOfRest(whole)
	if mood == Asserted && len(p.Dates) > 0 && p.releaseClaim() {
		return
	}
	if !t.enough(p, mood) {
		return
	}
	c := Claim{Start: p.at(t.at), End: p.list[p.items[t.at].end-1].end, Predicate: "other", Value: unnamed,
		Tense: p.tense, Mood: mood, first: t.at, last: t.at, subject: p.subject, residual: true,
		Vague: "it was not understood"}
	if t.super && mood == Asserted {
		c.Predicate, c.Value, c.Vague = tagMost, "", ""
	}
	p.Claims = append(p.Claims, c)
}

// traces are what shows that a sentence speaks of openness though no claim was read.
type traces struct {
	at         int  // the item that shows it best, or -1
	super      bool // a superlative
	vocabulary bool // a word on openness
	strong     bool // one that speaks of nothing else
}

func (p *parser) tracesOf(mood Mood) traces {
	t := traces{at: -1}
	for i, it := range p.items {
		switch it.tag {
		case tagQuestion:
			if it.w.Predicate == "openness" {
				t.vocabulary, t.at = true, i
			}
		case tagMost, tagFirst, tagOnly:
			t.super = t.super || p.mentionsOpenness(i)
			t.at = i
		case tagPart, tagTopic, tagState, tagClaim, tagTerms:
			t.vocabulary = true
			if weighty(it.w, p.words(i)) && !(t.at >= 0 && t.super) {
				t.strong, t.at = true, i
			} else if t.at < 0 {
				t.at = i
			}
		}
	}
	if (mood == Asked || mood == Attributed) && ofTraining().MatchString(p.text) ||
		mood == Asked && amongTokens("limit", p.list) { // "has anybody rebuilt X?"
		t.vocabulary, t.strong, t.at = true, t.strong || mood == Attributed, max(t.at, 0)
	}
	if i := p.praise(); !t.strong && mood == Asserted && i >= 0 {
		t.super, t.at = true, i
	}
	return t
}

// enough reports whether a sentence surely speaks of openness: "writes code", "is
// said to be fast" need not.
func (t traces) enough(p *parser, mood Mood) bool {
	switch {
	case t.at < 0:
		return false
	case t.super, t.strong, mood == Doubted && p.openwashing():
		return true
	case mood == Asserted, (mood == Attributed || mood == Doubted) && !p.speaksOfParts(mood == Attributed):
		return false
	}
	return t.vocabulary
}

// moodOfRest is the mood of a sentence without claims: that of the whole, else of any of its clauses.
func (p *parser) moodOfRest(mood Mood) Mood {
	for _, it := range p.items {
		if m, ok := clauseMoods[it.tag]; ok && mood == Asserted && it.tag != tagHedge {
			mood = m
		}
	}
	return mood
}

// opinion adds a claim that is not checkable where somebody only tells what they
// think of a model or of its maker.
func (p *parser) opinion() bool {
	at := slices.IndexFunc(p.items, func(it item) bool { return it.tag == tagModel || it.tag == tagMaker })
	if at < 0 || !amongTokens("opinion", p.list) {
		return false
	}
	p.Claims = append(p.Claims, Claim{Start: p.at(at), End: p.list[p.items[at].end-1].end, Predicate: "other",
		Value: unnamed, Tense: p.tense, Mood: Attributed, first: at, last: at, subject: p.subject, residual: true,
		opinion: true, Vague: "it is somebody's opinion"})
	return true
}

// praise is the item of a superlative of which a model is the subject, or -1:
// whatever it is the most of, the others would have to be looked at.
func (p *parser) praise() int {
	for i, it := range p.items {
		if it.tag != tagModel && beginsWith("superlative", p.list[it.first:]) {
			return i
		}
	}
	return -1
}

// speaksOfParts reports whether a component, a topic or a claim is named; strictly,
// "code" is none, since models write it.
func (p *parser) speaksOfParts(strictly bool) bool {
	return slices.ContainsFunc(p.items, func(it item) bool {
		if strictly && it.tag == tagPart && it.w.Predicate == "open-code" && it.w.Value == "" {
			return false
		}
		return it.tag == tagPart || it.tag == tagTopic || it.tag == tagClaim
	})
}

// releaseClaim adds "X was released in 2024" where that is all that is said.
func (p *parser) releaseClaim() bool {
	models := p.modelsBefore(len(p.items))
	if len(models) != 1 || slices.ContainsFunc(p.items, func(it item) bool {
		return it.tag == tagPart || it.tag == tagTopic || it.tag == tagNot
	}) {
		return false
	}
	for i, it := range p.items {
		exists := it.tag == tagLink && beginsWith("existence", p.list[it.first:])
		if !exists && (it.tag != tagState || it.w.Value != "published") {
			continue
		}
		for n := range p.Dates {
			if d := &p.Dates[n]; d.release {
				p.used[i] = true
				at := slices.IndexFunc(p.items, func(it item) bool { return it.tag == tagModel })
				p.Claims = append(p.Claims, Claim{Start: p.at(i), End: p.list[it.end-1].end, Predicate: "open-weights",
					Tense: Past, clause: d.clause,
					first: i, last: i, subject: at})
				return true
			}
		}
	}
	return false
}

func (p *parser) openwashing() bool {
	return slices.ContainsFunc(p.items, func(it item) bool { return it.w != nil && it.w.Value == "openwashing" })
}

// mentionsOpenness reports whether a superlative is about openness, by its own
// words or by others of the sentence.
func (p *parser) mentionsOpenness(i int) bool {
	if p.items[i].w.Predicate == "openness" {
		return true
	}
	return slices.ContainsFunc(p.items, func(it item) bool {
		return it.w != nil && (it.tag == tagPart || it.tag == tagState || it.tag == tagTopic || it.tag == tagClaim)
	})
}

// ofTraining matches words for what a model was trained on.
var ofTraining = lazily(`(?i)train|entraîn|entren|训练`)

// weighty reports whether a word by itself shows that openness is spoken of;
// "data", "code" and "parameters" do not.
func weighty(w *wording, words string) bool {
	switch w.Tag {
	case tagPart:
		return w.Predicate == "license" || w.Value != "" || ofTraining().MatchString(words)
	case tagTopic:
		return w.Predicate == "gated" && w.Value != "" || w.Predicate == "osi-approved"
	}
	return false
}

var clauseMoods = map[string]Mood{tagFuture: Foretold, tagOrder: Demanded, tagHedge: Hedged, tagFormer: FormerState}

// restrictive reads "ne ... que", which says "only" and denies nothing.
func (p *parser) restrictive() {
	for i, it := range p.items {
		if it.tag != tagNot || it.end > it.first+1 || !slices.Contains([]string{"ne", "n'"}, p.list[it.first].text) {
			continue
		}
		for k := i + 1; k < len(p.items) && k <= i+maxRestricted && p.tag(k) != tagMark; k++ {
			if p.tag(k) == tagNot {
				break
			}
			if word := p.list[p.items[k].first].text; word == "que" || word == "qu'" {
				p.items[i].tag = tagNeutral
				if p.tag(k) != tagClaim { // "qu'à travers une API" says it already
					p.items[k].tag, p.items[k].w = tagHedge, onlyWording
				}
				break
			}
		}
	}
}

// maxRestricted is how far "que" stands behind "ne".
const maxRestricted = 8

var onlyWording = &wording{Tag: tagHedge, Value: hedgeOnly, file: "fr.yaml"}

// describing takes "describes the data" for a property of the data, and not
// for somebody's words.
func (p *parser) describing() {
	for i := range p.items {
		it := &p.items[i]
		if strings.EqualFold(p.words(i), "peut-être") { // "perhaps", and not "can be"
			it.tag, it.w = tagHedge, &wording{Tag: tagHedge, file: "fr.yaml"}
		}
		if it.tag == tagClaim && it.w.Value == unnamed && p.unnamedLicence(i) {
			it.tag, it.w = tagPart, &wording{Tag: tagPart, Predicate: "license", file: it.w.file}
		}
		if it.tag == tagLink && p.nextPart(i+1) >= 0 && p.saysPartsExist(i) {
			it.tag, it.w = tagState, &wording{Tag: tagState, Value: "published", file: it.w.file} // "there is code"
		}
		if it.tag == tagState && among("containing", p.words(i)) && p.nextPart(i+1) < 0 {
			it.tag, it.w = tagUnknown, nil // "the data contains names", and not "the archive contains the code"
		}
		if it.tag == tagFirst && p.words(i) == "first" && (i == 0 || p.tag(i-1) == tagLink || p.tag(i-1) == tagSubject ||
			p.aside(i+1)) {
			p.setAside(i) // "was first trained", "in its first year"
			continue
		}
		if it.tag == tagSaid && p.words(i) == "call" && i > 0 && among("article", p.words(i-1)) {
			p.setAside(i) // "told analysts on a call"
			continue
		}
		if next := p.tag(i + 1); it.tag == tagFuture && p.words(i) == "将" && (next == tagModel || next == tagPart ||
			next == tagSubject) {
			p.setAside(i) // "takes X and opens it", and not "will"
			continue
		}
		if it.tag == tagNeed && p.tag(i+1) == tagPart && among("whole", p.words(i)) {
			p.setAside(i) // "ships the complete training code", and not "complete a form"
			continue
		}
		if it.tag == tagUnknown && p.words(i) == "要" && p.tag(i+1) == tagTopic {
			it.tag, it.w = tagNeed, &wording{Tag: tagNeed, file: "zh.yaml"} // "needs approval", and not "wants"
		}
		if it.tag == tagHedge && p.nextPart(i+1) >= 0 && beginsWith("except", p.list[it.first:]) {
			// "open except for its data"
			it.tag, it.w = tagState, &wording{Tag: tagState, Value: "published", Denied: true, file: it.w.file}
		}
		if answer := p.words(i + 1); it.tag == tagPart && p.tag(p.next(i+2, tagNeutral)) == tagMark &&
			(among("yes", answer) || among("no", answer)) { // "weights yes, data no"
			p.items[i+1].tag = tagState
			p.items[i+1].w = &wording{Tag: tagState, Value: "published", Denied: among("no", answer),
				file: p.mainLanguage()}
		}
		if it.tag == tagState && it.first > 1 && strings.EqualFold(p.words(i), "public") &&
			p.list[it.first-2].text == "from" && p.tag(i+1) == tagMark { // "keeps its code from the public"
			it.w = &wording{Tag: tagState, Value: "closed", file: it.w.file}
		}
		if n := i + 1; it.tag == tagState && it.w.Value == "closed" && p.words(i) == "closed" &&
			p.tag(i-1) == tagMaker && n < len(p.items) && among("article", p.words(n)) && p.nextPart(n) < 0 {
			it.tag, it.w = tagUnknown, nil // "Y closed a round of funding"
		}
		if it.tag == tagTopic && it.w.Predicate == "gated" && among("giving", p.words(i)) && p.ofGivenPart(i) {
			it.tag, it.w = tagState, &wording{Tag: tagState, Value: "published", file: it.w.file} // "Daten freigegeben"
		}
		if it.tag == tagTopic && beginsWith("act-of-giving", p.list[it.first:it.end]) && p.nextPart(i+1) >= 0 {
			// "die Veröffentlichung der Daten", and no paper
			it.tag, it.w = tagState, &wording{Tag: tagState, Value: "published", file: it.w.file}
		}
		if p.particle(i) {
			it.tag, it.w = tagState, &wording{Tag: tagState, Value: "published", file: p.mainLanguage()}
		}
		if it.tag == tagSaid && among("asking", p.list[min(it.end, len(p.list)-1)].text) &&
			(p.tag(i+1) == tagTopic || p.tag(i+1) == tagPart) { // "says what it was trained on"
			it.tag, it.w = tagState, &wording{Tag: tagState, Value: "disclosed", file: it.w.file}
			continue
		}
		if it.tag != tagSaid || !slices.Contains(describes, strings.ToLower(p.words(i))) {
			continue
		}
		if next := p.next(i+1, tagNeutral, tagModel, tagOf, tagSubject); p.tag(next) == tagPart {
			it.tag, it.w = tagState, &wording{Tag: tagState, Value: "described", file: it.w.file}
		}
	}
}

// saysPartsExist reports whether the link in front of components says that they exist or
// are given out: "there is code", "offers code", "has no code".
func (p *parser) saysPartsExist(i int) bool {
	it := p.items[i]
	switch {
	case beginsWith("existence", p.list[it.first:]), among("offering", p.words(i)):
		return true
	case it.w.Value != "has":
		return false
	}
	return (p.tag(i+1) == tagNot || p.tag(i-1) == tagNot) && p.endsWithParts(i+1)
}

// endsWithParts reports whether a clause names components from an item on and nothing else,
// so that it is they which it has: "has no training data of X", and not "no data problem",
// "no data from the web".
func (p *parser) endsWithParts(i int) bool {
	part := p.nextPart(i)
	if part < 0 {
		return false
	}
	n := part + 1
	for p.tag(n) == tagNeutral && !p.aside(n) { // a word that was set aside is still another word
		n++
	}
	switch p.tag(n) {
	case tagMark, tagBut:
		return true
	case tagAway:
		return p.items[n].w.Value == "unlike"
	case tagAnd, tagNot:
		return p.nextPart(n+1) < 0 || p.endsWithParts(n+1)
	case tagOf:
		named := p.next(n+1, tagNeutral)
		return p.tag(named) == tagModel || p.tag(named) == tagSubject
	}
	return false
}

// ofGivenPart reports whether the data or the code stands in the segment of a
// word that may mean that it was given out or that somebody was let in.
func (p *parser) ofGivenPart(i int) bool {
	s := p.segmentOf(i)
	for k := s.start; k < s.end; k++ {
		if part := p.part(k); part == "open-data" || part == "open-code" {
			return true
		}
	}
	return false
}

var describes = []string{"describe", "describes", "describing", "lists", "states", "beschreibt", "décrit", "describe"}

// besides reports whether a word between a model and a property says something
// else of the clause that keeps a claim with a subject of its own from being read.
func (p *parser) strangers(c *Claim) bool {
	clauses := p.clausesOfItems()
	for i := range p.items {
		if clauses[i] == c.clause && p.stranger(i) && !p.used[i] {
			return true
		}
	}
	return false
}

// ranges takes what a model is said to be open in for a part of that: "everything
// is public, from the data to the code".
func (p *parser) ranges() {
	whole := slices.ContainsFunc(p.items, func(it item) bool { return it.w != nil && it.w.Predicate == "fully-open" })
	for i := range p.items {
		if !whole || !among("from", p.words(i)) {
			continue
		}
		first := p.next(i+1, tagNeutral)
		to := first + 1
		for to < len(p.items) && p.tag(to) != tagMark && !among("upto", p.words(to)) {
			to++
		}
		last := p.next(to+1, tagNeutral)
		if p.tag(first) != tagPart || p.tag(last) != tagPart || p.tag(to) == tagMark {
			continue
		}
		for k := i; k <= last; k++ {
			if p.tag(k) != tagModel && p.tag(k) != tagUnknown {
				p.take(k)
			}
		}
	}
}

// described takes data that is said to be described, but not given out, for
// something that is said of it, however much that is.
func (p *parser) described() {
	if !slices.ContainsFunc(p.Claims, func(c Claim) bool {
		return c.Predicate == "open-data" && (c.Value == "" || c.Value == "disclosed") && c.Denied
	}) {
		return
	}
	for n := range p.Claims {
		if c := &p.Claims[n]; c.Predicate == "open-data" && c.Value == "described" && !c.Denied {
			c.Value = "something"
		}
	}
}

// particle reports whether an item is the end of a verb of giving out: "gibt die
// Gewichte unter einer Lizenz frei". The lists "particle-..." hold the verbs of each.
func (p *parser) particle(i int) bool {
	verbs := lists()["particle-"+strings.ToLower(p.words(i))]
	if verbs == nil || i == 0 || p.tag(i+1) != tagMark && p.tag(i+1) != tagAnd && i+1 < len(p.items) {
		return false
	}
	people := lists()["general-people "+p.mainLanguage()]
	for k := i - 1; k >= 0 && p.tag(k) != tagMark; k-- {
		if verbs.has(strings.ToLower(p.words(k))) {
			return true
		}
		if people.has(p.list[p.items[k].first].text) { // "liegen der Behörde vor"
			return false
		}
	}
	return false
}

// unnamedLicence reports whether the words for a licence hold no name: "under a licence".
func (p *parser) unnamedLicence(i int) bool {
	for _, t := range p.tokensOf(i) {
		if !slices.Contains(sayNothing, t.text) {
			return false
		}
	}
	return true
}

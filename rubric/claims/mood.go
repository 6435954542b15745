package claims

import (
	"slices"
	"strings"
	"sync"
)

// moods finds what keeps claims from being assertions. A question, a condition
// and somebody who says so reach over the whole sentence; what is to come, what
// should be and a hedge reach over their clause.
func (p *parser) moods() {
	defer p.noSurer()
	clauses := p.clausesOfItems()
	for n := range p.Claims {
		c := &p.Claims[n]
		if c.opinion {
			continue
		}
		if c.last < p.asked {
			c.Denied = c.Denied == p.yes
			continue
		}
		c.Mood, c.Said = p.wholeMood(c)
		who := c.Said
		for i, it := range p.items {
			if clauses[i] != c.clause || p.elsewhere(i, c) || p.passive(i) || p.beforeReason(i, c) {
				continue
			}
			if it.tag == tagOrder && it.w.Value == "" && p.opensRelativeAt(i-1) { // "whoever reads, a person who wants it"
				continue
			}
			mood, ok := map[string]Mood{tagFuture: Foretold, tagOrder: Demanded, tagHedge: Hedged,
				tagFormer: FormerState}[it.tag]
			if it.tag == tagHedge && it.w.Value != "" {
				ok = p.weakens(i, c)
			}
			if it.tag == tagHedge && c.Predicate == "gated" && !c.Denied && i < c.first &&
				beginsWith("only-word", p.list[it.first:]) && p.prevOf(c.first, tagModel) < i &&
				!strings.Contains(p.text[p.at(i):p.at(c.first)], ":") {
				ok = false // "only to applicants"
			}
			// "a form must be filled in"
			if it.tag == tagOrder && p.gateAsked(c) && (it.w.Value == hedgeModal ||
				p.ownMaker(p.prev(i-1, tagNeutral)) && !among("norm", p.words(i))) {
				ok = false
			}
			if it.w != nil && it.w.Mood != Asserted {
				mood, ok = it.w.Mood, true
			}
			// "Acme to open-source X", and not "the first to open-source X"
			if it.tag == tagAway && p.words(i) == "to" && i+1 == c.first && !p.superBefore(i) {
				mood, ok = Foretold, true
			}
			if ok && (c.Mood == Asserted || c.Mood == Attributed) && !p.ownStretch(i, c) {
				c.Mood = mood
			}
		}
		if c.Mood == Foretold {
			c.Tense = Future
		}
		switch {
		case c.Mood != Asserted || who != "":
		case p.scareQuoted(c), p.putForward(c) && !p.ownMakerIn(p.segmentOf(c.first), p.about(c)):
			c.Mood = Attributed
		case p.putForward(c): // "Y presents X as open" is false where X is not
			c.Weak = hedgeDegree
		}
	}
}

// noSurer takes what "too" alone says of a model for said as it was of the model before: where
// "X may be open" only supposes, "Y too" does no more.
func (p *parser) noSurer() {
	for n := range p.Claims {
		c := &p.Claims[n]
		if !c.too || c.Mood != Asserted {
			continue
		}
		k := slices.IndexFunc(p.Claims, func(o Claim) bool { return !o.too && o.first == c.first && o.last == c.last })
		if k < 0 {
			continue
		}
		clause, subject := c.clause, c.subject
		*c = p.Claims[k]
		c.clause, c.subject, c.again, c.too = clause, subject, true, true
	}
}

// superBefore reports whether "the first" or "the only" stands before an item in its segment.
func (p *parser) superBefore(i int) bool {
	for k := i; k >= p.segmentOf(i).start; k-- {
		if p.tag(k) == tagFirst || p.tag(k) == tagOnly {
			return true
		}
	}
	return false
}

// about is the model that a claim is about as far as its subject tells.
func (p *parser) about(c *Claim) string {
	if c.subject >= 0 && p.tag(c.subject) == tagModel {
		return p.names[p.items[c.subject].name].ID
	}
	return ""
}

// minOwn is how many words of its own a statement has that says more than who said it.
const minOwn = 3

// ownStretch reports whether a word that weakens a claim stands behind it, past
// a comma, among words of its own: "..., so a hospital can use it". Those are
// not checked, so that the sentence is not supported whatever they say.
func (p *parser) ownStretch(i int, c *Claim) bool {
	comma := false
	for k := c.last + 1; k < i; k++ {
		comma = comma || p.tag(k) == tagMark && p.words(k) != `"`
	}
	if !comma {
		return false
	}
	own := 0
	for k := i; k < len(p.items); k++ {
		if p.tag(k) == tagUnknown {
			own++
		}
	}
	return own >= minOwn
}

// participle matches German words of what is done to something.
var participle = lazily(`(?i)^(ge|be|ver|er|ent|zer|über|unter|ab|an|auf|aus|ein|vor)\pL+(t|en)$`)

// passive reports whether "werden" at the end of a clause, behind a participle,
// is of the passive and not of what is to come: "kann geladen werden".
func (p *parser) passive(i int) bool {
	word := p.words(i)
	if p.tag(i) != tagFuture || word != "werden" && word != "wird" {
		return false
	}
	if p.tag(i+1) == tagMark || p.tag(i+1) == tagAnd || i+1 == len(p.items) || p.tag(i+1) == tagHedge &&
		p.items[i+1].w.Value == hedgeModal { // "heruntergeladen werden können"
		return i > 0 && (word == "werden" && p.tag(i-1) != tagModel || participle().MatchString(p.words(i-1)))
	}
	last := p.segmentOf(i).end - 1 // "wird unter der MIT-Lizenz vertrieben"
	for last > i && (p.tag(last) == tagMark || p.tag(last) == tagAnd) {
		last--
	}
	return last > i && pastParticiple(p.words(last))
}

// pastParticiple reports whether a German word is surely a participle, and no infinitive.
func pastParticiple(word string) bool {
	word = strings.ToLower(word)
	return participle().MatchString(word) && strings.HasSuffix(word, "t") || strings.HasPrefix(word, "ge") &&
		strings.HasSuffix(word, "en") || strongParticiples()[word]
}

// strongParticiples are those of the verbs of the book that change their stem.
var strongParticiples = sync.OnceValue(func() map[string]bool {
	files, _ := readFiles()
	found := make(map[string]bool)
	for _, f := range files {
		if language(f.name) != "de.yaml" {
			continue
		}
		for _, w := range f.Wordings {
			for _, say := range w.Say {
				prefix, rest, parted := strings.Cut(strings.TrimPrefix(say, "~"), "+")
				if !parted {
					prefix, rest = "", prefix
				}
				if stems := strings.Split(rest, "/"); strings.HasPrefix(say, "~") && len(stems) == 4 {
					found[prefix+stems[3]] = true
				}
			}
		}
	}
	return found
})

// gateAsked reports whether a claim is on what has to be done for the weights,
// or stands in a clause with one: "before X can be downloaded, one must ask".
func (p *parser) gateAsked(c *Claim) bool {
	return slices.ContainsFunc(p.Claims, func(o Claim) bool { return o.clause == c.clause && o.Predicate == "gated" })
}

// wholeMood is the mood of the sentence, and who says it. Where a claim is
// given, what stands in a subordinate clause beside it is left out.
func (p *parser) wholeMood(c *Claim) (Mood, string) {
	answer := c != nil && p.answers(c)
	if !answer && p.asks() {
		return Asked, ""
	}
	first := p.next(0, tagMark)
	if p.tag(first) == tagState && slices.Contains(bare, strings.ToLower(p.words(first))) &&
		p.list[len(p.list)-1].text == "!" {
		return Demanded, ""
	}
	if p.tag(first) == tagMaker && p.words(first+1) == ":" { // "Acme: X is open source"
		return p.attributed(p.ownMaker(first)), p.words(first)
	}
	maker := ""
	for _, m := range []struct {
		tag  string
		mood Mood
	}{{tagQuestion, Asked}, {tagConditional, Supposed}, {tagDoubt, Doubted}, {tagSaid, Attributed}} {
		for i, it := range p.items {
			if it.tag != m.tag || p.named(i) || m.mood == Asked && (answer || p.relative(i)) ||
				m.mood == Attributed && (p.saidWrongly(i) || p.onlyDone(i) || p.words(i-1) == "to") || c != nil && (p.elsewhere(i, c) ||
				m.mood != Attributed && m.mood != Doubted && p.beforeReason(i, c) || p.ownVerb(i, c) || p.saysNext(i, c) ||
				p.acrossBut(i, c)) {
				continue
			}
			if m.mood == Attributed && (p.saidByMaker(i) || p.factive(i)) {
				maker = p.speaker(i)
				continue
			}
			return m.mood, p.speaker(i)
		}
	}
	return Asserted, maker
}

// saidWrongly reports whether what anybody says is called wrong by the sentence
// itself: "说X是闭源是错误的".
func (p *parser) saidWrongly(i int) bool {
	s := p.segmentOf(i)
	claimed := false
	for k := i + 1; k < s.end; k++ {
		switch p.tag(k) {
		case tagState, tagClaim:
			claimed = true
		case tagDenial: // it stands behind what is said, and is not part of it
			return claimed && p.next(s.start, tagMark, tagNeutral) == i
		}
	}
	return false
}

// saysNext reports whether somebody is said to say only what follows, in a clause
// that "and" joins to that of a claim: "X may be sold, and Y reckons that some do".
func (p *parser) saysNext(i int, c *Claim) bool {
	s := p.segmentOf(i)
	that := p.endsWithThat(i) || p.opensRelativeAt(i+1) && among("that", p.list[min(p.items[i].end, len(p.list)-1)].text)
	return that && p.items[i].tag == tagSaid && c.last < s.start && p.tag(s.start) == tagMark &&
		p.tag(p.next(s.start+1, tagNeutral)) == tagAnd
}

// ownVerb reports whether a word like "would" is the verb of a clause that the
// claim is not in: only "if" and its like reach further.
func (p *parser) ownVerb(i int, c *Claim) bool {
	s := p.segmentOf(i)
	outside := c.last < s.start || c.first >= s.end
	return outside && s.subordinate && p.tag(i) == tagConditional && among("modal", p.words(i))
}

// named reports whether "called" gives a name to something else: "a collection called the Pile".
func (p *parser) named(i int) bool {
	words := strings.ToLower(p.words(i))
	return slices.Contains([]string{"called", "known as", "genannt", "namens", "appelé", "llamado"}, words) &&
		p.tag(p.next(i+1, tagNeutral)) == tagUnknown && (i == 0 || p.tag(i-1) == tagUnknown)
}

// onlyDone reports whether a verb that puts words in somebody's mouth where "as"
// follows says here that something is done: "sells access", but "sells it as open".
func (p *parser) onlyDone(i int) bool {
	if that := p.prev(i-1, tagOf); p.opensRelativeAt(that) && p.publishes(p.prev(that-1, tagMark)) {
		return true // "a paper that explains the architecture"
	}
	if n := p.next(i+1, tagNeutral, tagNot, tagUnknown); n > i+1 && p.part(n) == "license" && p.tag(n+1) == tagMark {
		return true // "states no clear licence"
	}
	if !slices.Contains(doing, strings.ToLower(p.words(i))) {
		return false
	}
	s := p.segmentOf(i)
	for k := i + 1; k < s.end; k++ {
		if slices.Contains([]string{"as", "als", "comme", "como", "that"}, strings.ToLower(p.words(k))) ||
			p.words(k) == `"` {
			return false
		}
	}
	return i+1 < s.end
}

// doing are such verbs.
var doing = []string{"sells", "sold", "sell", "selling", "describes", "describe", "described", "describing", "markets",
	"marketed", "lists", "listed", "promotes", "promoted", "rates", "rate", "feels", "sees", "see", "views", "verkauft",
	"beschreibt", "vend", "décrit", "vende", "describe", "vermarktet"}

// publishes reports whether an item names a paper, a card or a datasheet.
func (p *parser) publishes(i int) bool {
	return (p.tag(i) == tagTopic || p.tag(i) == tagClaim) && p.items[i].w.Predicate == "published"
}

// relative reports whether a word that may ask begins a clause of a sentence
// that goes on behind a comma: "When Y brought out X, it did so under ...".
func (p *parser) relative(i int) bool {
	word := strings.ToLower(p.words(i))
	if s := p.segmentOf(i); word == "wie" && p.words(s.end) == "," && p.tag(s.end-1) == tagSaid {
		return true // "wie Y mitteilte, ist"
	}
	// "what X was trained on is not known"
	if slices.Contains(fronted, word) && slices.Contains([]string{tagMaker, tagModel}, p.tag(p.next(i+1, tagNeutral))) {
		return p.list[len(p.list)-1].text != "?"
	}
	return slices.Contains(relatives, word) || slices.Contains(fronted, word) && p.list[len(p.list)-1].text == "." &&
		p.words(i+1) != "makes" && slices.ContainsFunc(p.items[i:], func(it item) bool {
		return p.list[it.first].text == ","
	})
}

// fronted begin a clause that the sentence goes on behind.
var fronted = []string{"what", "which", "when", "where", "was", "wo", "cuando"}

// relatives begin a question only where a mark ends it: "who needs X has to ask".
var relatives = []string{"who", "whoever", "wer", "qui", "quien", "quién"}

// bare are verbs that begin an order: "Release the weights!"
var bare = []string{"release", "publish", "share", "open", "open source", "open-source"}

// answers reports whether a claim stands in a sentence of its own behind a
// question, with a verb or a mark of its own: "Is it open? No, Y withholds it."
func (p *parser) answers(c *Claim) bool {
	behind := p.answerStart()
	return behind >= 0 && c.first > behind
}

// plainAnswers notes that a question is answered by "yes" or "no" alone, which denies
// nothing of what is said behind it: "Is it closed? No, it is open."
func (p *parser) plainAnswers() {
	p.asked = -1
	for i := 0; i+1 < len(p.items); i++ {
		word := p.words(i + 1)
		if p.list[p.items[i].first].text != "?" || i+2 < len(p.items) && p.tag(i+2) != tagMark ||
			!among("yes", word) && !among("no", word) || among("asking", p.list[p.items[p.next(0, tagMark)].first].text) {
			continue
		}
		p.asked, p.yes = i, among("yes", word)
		p.setAside(i + 1)
		return
	}
}

// answerStart is the mark of a question that a sentence stands behind, or -1.
func (p *parser) answerStart() int {
	behind, words := -1, 0
	for i := range p.items {
		switch word := p.words(i); {
		case word == "?" || word == "？":
			behind, words = i, 0
		case p.tag(i) != tagMark:
			words++
		}
	}
	if words < minOwnWords {
		return -1
	}
	return behind
}

// onlyAnswers drops what a question asks where an answer claims something.
func (p *parser) onlyAnswers() {
	behind := p.answerStart()
	if behind < 0 || !slices.ContainsFunc(p.Claims, func(c Claim) bool {
		return c.first > behind && p.ownSubject(&c) && slices.ContainsFunc(p.items[behind:], func(it item) bool {
			return it.tag == tagPart
		})
	}) {
		return
	}
	p.Claims = slices.DeleteFunc(p.Claims, func(c Claim) bool { return c.first < behind })
	for i := range behind {
		p.setAside(i)
	}
}

// asks reports whether the sentence is a question, by its mark or by a verb
// that stands before its subject.
func (p *parser) asks() bool {
	for _, t := range p.list {
		if t.text == "?" || t.text == "¿" {
			return true
		}
	}
	i := p.next(0, tagMark)
	n := p.next(i+1, tagNeutral)
	if i < len(p.items) && p.items[i].w != nil && trait(p.items[i].w.file, noInversion) {
		return false
	}
	if t := p.tag(i); t != tagLink && t != tagFuture && t != tagHedge && t != tagOrder {
		return false
	}
	if p.tag(i) == tagHedge && p.items[i].w.Value != hedgeModal && !among("modal", p.words(i)) { // "parts of its data"
		return false
	}
	return slices.Contains([]string{tagModel, tagSubject, tagPart, tagMaker}, p.tag(n))
}

// maxSpeaker is how many words before "says" are taken as who says it.
const maxSpeaker = 6

// speaker is who says something: the words before the verb, or those behind
// "according to" up to the next mark.
func (p *parser) speaker(i int) string {
	var who []string
	if w := p.items[i].w; w != nil && w.Value == "source" {
		for k := i + 1; k < len(p.items) && p.items[k].tag != tagMark && p.items[k].tag != tagLink; k++ {
			who = append(who, p.words(k))
		}
	} else {
		for k := i - 1; k >= 0 && p.items[k].tag != tagMark; k-- {
			who = append([]string{p.words(k)}, who...)
		}
		if len(who) == 0 {
			for k := i + 1; k < len(p.items) && p.items[k].tag != tagMark && len(who) < maxSpeaker; k++ {
				who = append(who, p.words(k))
			}
		}
	}
	if len(who) > maxSpeaker {
		return ""
	}
	return strings.Join(who, " ")
}

// clausesOfItems numbers the clause of every item, after the claims: an item
// belongs to the clause of the claims next to it.
func (p *parser) clausesOfItems() []int {
	clauses := make([]int, len(p.items))
	at := 0
	for i := range p.items {
		for at+1 < len(p.clauseStarts) && p.clauseStarts[at+1] <= i {
			at++
		}
		clauses[i] = at
	}
	return clauses
}

// scareQuoted reports whether marks of quotation stand around a claim but not
// around the sentence.
func (p *parser) scareQuoted(c *Claim) bool {
	var open int
	inside := false
	for i, it := range p.items {
		if it.tag != tagMark || p.list[it.first].text != `"` {
			continue
		}
		if !inside {
			open, inside = i, true
			continue
		}
		inside = false
		whole := p.tag(p.next(0, tagMark)) == p.tag(open+1) && p.next(0, tagMark) == open+1 &&
			p.next(i+1, tagMark) == len(p.items)
		if open < c.last && c.first < i && !whole && !p.quotedByMaker(open, i) {
			return true
		}
	}
	return false
}

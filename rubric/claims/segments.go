package claims

import (
	"slices"
	"strings"
)

// A segment is a stretch of a sentence between two marks, or between a mark and
// a word that begins a clause of its own. What is unsure, said or wished in a
// subordinate clause is not so in the clause that it stands beside.
type segment struct {
	start, end  int  // items; the end is the first one behind
	subordinate bool // it begins with a word that makes it so
}

// segments cuts the sentence. A comma that a clause of its own does not follow
// ends one too, for the clause before it ends there.
func (p *parser) segments() []segment {
	if p.cut == nil {
		p.cut = p.cutSegments()
	}
	return p.cut
}

func (p *parser) cutSegments() []segment {
	list := []segment{}
	start := 0
	cut := func(end int) {
		if end > start {
			first := p.next(start, tagMark, tagAnd)
			list = append(list, segment{start, end, first < end && p.opens(first)})
		}
		start = end
	}
	for i, it := range p.items {
		switch {
		case it.tag == tagMark && !strings.Contains(`"%¿`, p.words(i)):
			cut(i)
		case it.tag == tagBut, p.tellsMore(i):
			cut(i)
		}
	}
	cut(len(p.items))
	return list
}

// tellsMore reports whether an item begins a clause on the noun before it:
// "the code that users need".
func (p *parser) tellsMore(i int) bool {
	if !slices.Contains([]string{"that", "which", "who", "whose"}, p.list[p.items[i].first].text) || i == 0 {
		return false
	}
	return p.tag(i-1) == tagAnd && p.words(i) != "that" || p.tag(i-1) == tagPart || p.tag(i-1) == tagUnknown ||
		p.tag(i-1) == tagTopic
}

// opens reports whether an item begins a subordinate clause.
func (p *parser) opens(i int) bool {
	word := p.opener(i)
	if p.tag(i) == tagAway && p.opensRelativeAt(i+1) || among("indefinite", word) && p.relativeWithin(i) {
		return true // "on which", "a point on which"
	}
	if p.tag(i) == tagBut {
		return !among("coordinate", word)
	}
	return p.tag(i) != tagConditional && among("openers", word)
}

// maxNounPhrase is how many items stand between an article and the relative word
// of an apposition.
const maxNounPhrase = 3

// relativeWithin reports whether a relative word stands right behind a noun: "a
// point on which".
func (p *parser) relativeWithin(i int) bool {
	for k := i + 1; k < len(p.items) && k <= i+maxNounPhrase && p.tag(k) != tagMark; k++ {
		if p.opensRelative(k) && p.tag(k) != tagPart {
			return true
		}
	}
	return false
}

// opener is the first word of an item, past the comma that it may begin with.
func (p *parser) opener(i int) string {
	it := p.items[i]
	if word := p.list[it.first].text; word != "," || it.first+1 >= it.end {
		return word
	}
	return p.list[it.first+1].text
}

// segmentOf is the segment of an item.
func (p *parser) segmentOf(i int) segment {
	for _, s := range p.segments() {
		if s.start <= i && i < s.end {
			return s
		}
	}
	return segment{0, len(p.items), false}
}

// minBeside is how many words of its own a subordinate clause has that says
// something itself, and does not only comment on what stands beside it.
const minBeside = 2

// elsewhere reports whether a word stands in a subordinate clause (a hedge: in
// any) that a claim is not in, and that says something of its own. Its words are not checked with
// the claim, so that they keep the sentence from being supported.
func (p *parser) elsewhere(i int, c *Claim) bool {
	s := p.segmentOf(i)
	if !s.subordinate && p.tag(i) != tagHedge || c.last >= s.start && c.first < s.end {
		return false
	}
	return p.telling(s.start, s.end) >= minBeside
}

// telling counts the items of a stretch that say something.
func (p *parser) telling(from, to int) int {
	own := 0
	for k := from; k < to; k++ {
		switch p.tag(k) {
		case tagUnknown, tagPart, tagState, tagClaim, tagTopic, tagLicence:
			own++
		}
	}
	return own
}

// claimsIn are the claims that begin in a segment.
func (p *parser) claimsIn(s segment) []Claim {
	var list []Claim
	for _, c := range p.Claims {
		if s.start <= c.first && c.first < s.end {
			list = append(list, c)
		}
	}
	return list
}

// nearby is the one model that the clause of a claim is about where the
// sentence names several: the only one that is named there, the one that a
// relative clause stands behind, or the one whose maker is the only one named.
func (p *parser) nearby(c *Claim) string {
	s := p.segmentOf(c.first)
	if id := p.antecedent(s.start); id != "" {
		return id
	}
	var models, made []string
	add := func(list []string, id string) []string {
		if slices.Contains(list, id) {
			return list
		}
		return append(list, id)
	}
	all := p.modelsBefore(len(p.items))
	for i := s.start; i < s.end; i++ {
		switch p.tag(i) {
		case tagModel:
			if p.contrasted(i) {
				return ""
			}
			models = add(models, p.names[p.items[i].name].ID)
		case tagMaker:
			for _, id := range all {
				if slices.Contains(p.names[p.items[i].name].Of, id) {
					made = add(made, id)
				}
			}
		}
	}
	switch {
	case len(models) == 1 && (len(made) == 0 || len(made) == 1 && made[0] == models[0]):
		return models[0]
	case len(models) == 0 && len(made) == 1:
		return made[0]
	}
	return ""
}

// contrasted reports whether a word before a model sets another against it.
func (p *parser) contrasted(i int) bool {
	k := p.prev(i-1, tagNeutral)
	if slices.Contains([]string{tagMore, tagLess, tagAs}, p.tag(k)) {
		return true
	}
	return p.tag(k) == tagAway && !slices.Contains(light, strings.ToLower(p.words(k))) &&
		!slices.Contains(about, strings.ToLower(p.words(k)))
}

// antecedent is the model that stands right before a relative clause which
// begins at an item, or at the mark before it.
func (p *parser) antecedent(i int) string {
	first := p.next(i, tagMark)
	if first >= len(p.items) || !among("pronoun", p.list[p.items[first].first].text) {
		return ""
	}
	k := first - 1
	for k >= 0 && (p.tag(k) == tagMark && p.words(k) == "," || p.tag(k) == tagMaker) {
		k--
	}
	if p.tag(k) != tagModel {
		return ""
	}
	return p.names[p.items[k].name].ID
}

// ownMakerIn reports whether the maker of a model is named in a segment, and
// nobody else's.
func (p *parser) ownMakerIn(s segment, id string) bool {
	found := false
	for i := s.start; i < s.end; i++ {
		if p.tag(i) == tagMaker {
			if !slices.Contains(p.names[p.items[i].name].Of, id) {
				return false
			}
			found = true
		}
	}
	return found
}

// reasonBefore is where the clause of reason begins that a claim stands in, or -1.
func (p *parser) reasonBefore(c *Claim) int {
	at := -1
	for _, s := range p.segments() {
		if s.start > c.first {
			break
		}
		first := p.next(s.start, tagMark)
		switch word := p.opener(min(first, len(p.items)-1)); {
		case among("reason", word):
			at = s.start
		case p.words(s.start) == ";" || among("coordinate", word):
			at = -1
		}
	}
	return at
}

// beforeReason reports whether a word stands before the clause of reason that a
// claim is in, past a mark.
func (p *parser) beforeReason(i int, c *Claim) bool {
	at := p.reasonBefore(c)
	if slices.ContainsFunc(p.Claims, func(o Claim) bool { return o.first < at }) && p.tag(i) == tagConditional {
		return false // "if it were open, duties would be milder, because ..."
	}
	return at > 0 && i < at && (p.tag(at) == tagMark || p.tag(at-1) == tagMark || strings.HasPrefix(p.words(at), ","))
}

// inBackground reports whether a claim is only what another rests on: the
// reason for it, or the licence that it is said of by name.
func (p *parser) inBackground(c *Claim) bool {
	if c.inPassing || p.ownReason(c) || p.givenOutUnder(c) || p.purpose(c) || p.ungated(c) {
		return true
	}
	if c.Predicate == "license" && c.Value != "open" && p.presupposed(c) {
		return true
	}
	if c.Predicate == "osi-approved" { // "under the GPL, a licence approved by the OSI"
		s := p.segmentOf(c.first)
		return p.tag(s.start) == tagMark && slices.ContainsFunc(p.Claims, func(o Claim) bool {
			return o.Predicate == "license" && o.last < s.start && p.segmentOf(o.last).end == s.start
		}) && !p.linked(s.start, c.first)
	}
	if c.Predicate == "license" && c.Value == "open" && c.Denied && slices.ContainsFunc(p.Claims, func(o Claim) bool {
		return o.Predicate == "osi-approved" && o.last < c.first && p.segmentOf(o.first) == p.segmentOf(c.first)
	}) {
		return true // "the OSI has blessed the community licence of X"
	}
	if c.Predicate == "license" && c.Value == "open" && c.Denied && p.onlyNamed(c) {
		return true // "the community licence, which Y wrote, was recognised by the OSI"
	}
	if c.Predicate != "license" || c.Value != "open" || !c.Denied || p.linked(p.segmentOf(c.first).start, c.first) {
		return false
	}
	return slices.ContainsFunc(p.Claims, func(o Claim) bool {
		return o.Predicate == "osi-approved" && o.clause == c.clause
	})
}

// onlyNamed reports whether the segment of a licence says nothing of it, and the
// next claim is that the OSI approves of it.
func (p *parser) onlyNamed(c *Claim) bool {
	s := p.segmentOf(c.first)
	n := slices.IndexFunc(p.Claims, func(o Claim) bool { return o.first > c.last })
	return !p.linked(s.start, s.end) && s.start == 0 && n >= 0 && p.Claims[n].Predicate == "osi-approved"
}

// givenOutUnder reports whether a claim only says that the weights were given
// out, under the licence that is claimed next.
func (p *parser) givenOutUnder(c *Claim) bool {
	if !slices.Contains([]string{"open-weights", "open-data", "open-code"}, c.Predicate) || c.Denied || c.only ||
		c.Predicate == "open-weights" && c.Value != "" {
		return false
	}
	verb := c.Predicate != "open-weights" || slices.ContainsFunc(p.items[c.first:c.last+1], func(it item) bool {
		return it.tag == tagState && it.w.Value == "published" && it.w.Predicate == ""
	})
	return verb && slices.ContainsFunc(p.Claims, func(o Claim) bool {
		return o.Predicate == "license" && o.Value != "open" && o.clause == c.clause && o.first > c.first &&
			p.segmentOf(o.first) == p.segmentOf(c.first)
	})
}

// presupposed reports whether a licence is only named as that of which more is
// said: "X's MIT licence is not approved".
func (p *parser) presupposed(c *Claim) bool {
	s := p.segmentOf(c.first)
	return !c.Denied && slices.ContainsFunc(p.Claims, func(o Claim) bool {
		if o.clause != c.clause || p.segmentOf(o.first) != s {
			return false
		}
		if o.Predicate == "osi-approved" && o.last < c.first { // "has not approved X's MIT licence"
			return p.prev(c.first-1, tagNeutral, tagModel, tagOf) == o.last
		}
		return o.first > c.last && !p.linked(s.start, c.first) &&
			(o.Predicate == "osi-approved" || o.Predicate == "commercial-use" || o.Predicate == "license")
	})
}

// ungated reports whether a claim only says what can be had, and the next words
// that nothing stands before it: "a one-click download, no approval required".
func (p *parser) ungated(c *Claim) bool {
	if c.Predicate != "open-weights" && c.Predicate != "downloadable" || c.Denied || c.only {
		return false
	}
	return slices.ContainsFunc(p.Claims, func(o Claim) bool {
		free := o.Predicate == "downloadable" && o.Value == "free" && !o.Denied && c.Value != "free"
		if !free && (o.Predicate != "gated" || !o.Denied) || o.Model != c.Model || o.first < c.last {
			return false
		}
		for i := c.last + 1; i < o.first; i++ {
			if t := p.tag(i); t == tagAnd || t == tagBut || t == tagPart && p.part(i) != "open-weights" {
				return false
			}
		}
		return true
	})
}

// purpose reports whether a claim only names what something has to be done for:
// "before the weights can be downloaded, a form must be filled in".
func (p *parser) purpose(c *Claim) bool {
	if c.Predicate != "open-weights" && c.Predicate != "downloadable" || c.Denied {
		return false
	}
	first := p.next(p.segmentOf(c.first).start, tagMark)
	return first <= c.first && among("purpose", p.opener(first)) &&
		slices.ContainsFunc(p.Claims, func(o Claim) bool {
			return o.Predicate == "gated" && p.segmentOf(o.first) != p.segmentOf(c.first)
		})
}

// ownReason reports whether a claim is the reason that is given for another.
func (p *parser) ownReason(c *Claim) bool {
	at := p.reasonBefore(c)
	if at < 0 || at == 0 && p.segmentOf(0).end <= c.first {
		return false
	}
	return slices.ContainsFunc(p.Claims, func(o Claim) bool {
		return p.reasonBefore(&o) < 0 || at == 0 && o.first >= p.segmentOf(0).end
	})
}

// linked reports whether a verb or "under" stands between two items.
func (p *parser) linked(from, to int) bool {
	for k := from; k < to; k++ {
		if p.tag(k) == tagLink || p.tag(k) == tagState ||
			slices.Contains([]string{"under", "unter", "sous", "bajo", "with"}, strings.ToLower(p.words(k))) {
			return true
		}
	}
	return false
}

// closesRelative reports whether a comma ends a relative clause behind a model, and
// the verb of the model's own clause follows.
func (p *parser) closesRelative(i int) bool {
	k := i - 1
	for k >= 0 && !(p.tag(k) == tagMark && p.words(k) == ",") {
		k--
	}
	if k < 1 || !among("relative", p.list[p.items[k+1].first].text) || p.tag(k-1) != tagModel {
		return false
	}
	if t := p.tag(p.prev(k-2, tagNeutral, tagMaker)); t == tagOf || t == tagAway || t == tagPart {
		return false // "the corpus of X, which"
	}
	switch p.tag(p.next(i+1, tagNeutral, tagNot)) {
	case tagLink, tagState, tagClaim, tagFuture:
		return true
	}
	return false
}

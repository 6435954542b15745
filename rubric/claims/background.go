package claims

import (
	"slices"
	"strings"
)

// What a sentence says beside its claims: people and why they care, what
// followed from it, what is granted, how something is thought of. Such words
// need not be understood, as they change nothing of what is claimed, wherever
// their place in the sentence shows that they stand outside of it: in a clause
// of their own with a word at its head that tells how it hangs together with
// the rest. Words within a claim's own clause are never taken for background,
// nor is a clause that holds a word on openness, on somebody's opinion, or one
// that may limit a claim: a condition, an exception, a part, a price.

// A stretch is part of a sentence up to a mark or to a word that opens a clause.
type stretch struct {
	start, end int  // items; the end is the first one behind
	apart      bool // a mark sets it off
}

// background takes such clauses out of the reading.
func (p *parser) background() {
	if len(p.items) == 0 || p.list[len(p.list)-1].text == "?" {
		return
	}
	list := p.stretches()
	person, claimed, front := p.beginsWithPeople(), false, true
	aside := false // the stretch before hangs together with a claim, and this may be more of it
	for n, s := range list {
		goesOn := aside && (s.apart && !p.joins(s) || !s.apart && p.peopleSee(s)) // "a gap" "that many see"
		aside = false
		if p.contrary(s) {
			p.setAsideAll(s)
			continue
		}
		if n == 0 && p.unlikeOthers(s) {
			continue
		}
		if p.tellsOfLicence(s) || n > 0 && (p.stresses(list[n-1], s) || p.ofOthers(list, n)) {
			p.setAsideAll(s)
			continue
		}
		if p.speaksOfOpenness(s) {
			front, claimed = false, true
			continue
		}
		if p.limits(s) {
			continue
		}
		switch {
		case claimed && (goesOn || p.followsOn(list, n)):
			p.setAsideAll(s)
			aside = p.complete(list[:n])
		case !claimed && p.leadsIn(s), front && person && p.claimedBehind(list[n+1:]) && !p.membersOnly():
			p.setAsideAll(s)
		}
	}
}

// joins reports whether a stretch begins with a word that joins a clause of its own
// to what was claimed: ", and cures cancer".
func (p *parser) joins(s stretch) bool {
	first := p.next(s.start, tagNeutral, tagMark)
	return first >= s.end || p.tag(first) == tagAnd || p.tag(first) == tagBut || p.tag(s.start) == tagAnd ||
		p.tag(first) == tagSubject || p.tag(first) == tagLink || p.tag(first) == tagModel
}

// peopleSee reports whether a stretch is a relative clause whose subject are people:
// "that auditors have flagged", and not "that was reversed".
func (p *parser) peopleSee(s stretch) bool {
	people := lists()["general-people "+p.mainLanguage()]
	for k := s.start + 1; p.opensRelative(s.start) && k < s.end && p.tag(k) == tagNeutral; k++ {
		if people.has(p.list[p.items[k].first].text) {
			return true
		}
	}
	return false
}

// complete reports whether something is said of openness in stretches, and not
// only named: behind "the weights of X, which Y built," their verb is to come.
func (p *parser) complete(list []stretch) bool {
	return slices.ContainsFunc(list, func(s stretch) bool {
		return slices.ContainsFunc(p.items[s.start:s.end], func(it item) bool {
			return it.tag == tagState || it.tag == tagClaim
		})
	})
}

// maxNear is how many items stand between a licence and what more is said of it.
const maxNear = 10

// tellsOfLicence reports whether a stretch is an apposition of a licence that was
// named just before, and says nothing of what it allows: "the MIT licence, a
// text short enough to fit on a napkin".
func (p *parser) tellsOfLicence(s stretch) bool {
	words := p.stretchTokens(s)
	if !s.apart || len(words) < minOwnWords || !among("article", words[0].text) && words[0].text != "one" {
		return false
	}
	named, text := false, false
	for k := max(0, s.start-maxNear); k < s.start; k++ {
		named = named || p.items[k].w != nil && p.items[k].w.Predicate == "license" &&
			(p.tag(k) == tagClaim || p.tag(k) == tagLicence)
	}
	for i := s.start; i < s.end; i++ {
		switch it := p.items[i]; it.tag {
		case tagUnknown, tagNeutral, tagOf, tagAway, tagFuture, tagAside, tagAnd:
			text = text || among("text", p.words(i))
		case tagHedge, tagState, tagLink:
			if w := strings.ToLower(p.words(i)); w != "enough" && w != "legal" && w != "one of" {
				return false
			}
		case tagPart:
			if it.w.Predicate != "license" {
				return false
			}
			text = true
		default:
			return false
		}
	}
	words = slices.DeleteFunc(slices.Clone(words), func(t token) bool { return t.text == "legal" })
	return named && text && !amongTokens("limit", slices.DeleteFunc(words, func(t token) bool {
		return licenceWord().MatchString(t.text)
	}))
}

// stresses reports whether a stretch only says once more that nothing is given
// out: "has released no code, not so much as a demo".
func (p *parser) stresses(before, s stretch) bool {
	if !s.apart || p.tag(s.start) != tagNot || !beginsWith("stress", p.list[p.items[s.start].first:]) {
		return false
	}
	denied := slices.ContainsFunc(p.items[before.start:before.end], func(it item) bool { return it.tag == tagNot })
	for i := s.start + 1; i < s.end; i++ {
		switch p.tag(i) {
		case tagUnknown, tagNeutral, tagOf, tagAside:
			if among("document", p.words(i)) {
				return false
			}
		default:
			return false
		}
	}
	return denied
}

// setAsideAll makes asides of the words of a stretch.
func (p *parser) setAsideAll(s stretch) {
	for i := s.start; i < s.end; i++ {
		if p.tag(i) != tagMark && p.tag(i) != tagBut {
			p.setAside(i)
			p.behind = append(p.behind, i)
		}
	}
}

// contrary reports whether a stretch set off by a mark only tells what somebody
// says, in spite of which something else is so: "despite the marketing, ...",
// "contrary to what Y claims, ...". Whatever is said there is not asserted.
func (p *parser) contrary(s stretch) bool {
	words := p.list[p.items[s.start].first:p.items[s.end-1].end]
	if !beginsWith("contrary", words) || s.start > 0 && p.tag(s.start-1) != tagMark ||
		s.end < len(p.items) && p.tag(s.end) != tagMark {
		return false
	}
	said := false
	for i := s.start; i < s.end; i++ {
		said = said || p.tag(i) == tagSaid || among("saying", p.words(i))
	}
	return said
}

// unlikeOthers takes a hedge at the head of a sentence that is only set against others
// for a word that is not checked: "unlike many of its rivals," weakens nothing.
func (p *parser) unlikeOthers(s stretch) bool {
	if p.tag(s.start) != tagAway || !beginsWith("set-apart", p.list[p.items[s.start].first:]) || p.tag(s.end) != tagMark {
		return false
	}
	if n := p.next(s.start, tagAway, tagNeutral, tagOf, tagHedge, tagSubject, tagUnknown); n < s.end {
		return false // a model or a component is named
	}
	found := false
	for i := s.start + 1; i < s.end; i++ {
		if it := &p.items[i]; it.tag == tagHedge {
			it.tag, it.w, found = tagUnknown, nil, true
		}
	}
	return found
}

// membersOnly reports whether people stand at the head of a sentence as those for
// whom something is, and not as those who want it: "for those who belong to it".
func (p *parser) membersOnly() bool {
	return among("grant", p.list[0].text) && !amongTokens("wish", p.list)
}

// claimedBehind reports whether some stretch speaks of openness.
func (p *parser) claimedBehind(list []stretch) bool {
	return slices.ContainsFunc(list, p.speaksOfOpenness)
}

// stretches cuts the sentence at marks and before words that open a clause.
func (p *parser) stretches() []stretch {
	var list []stretch
	start, apart := 0, true
	cut := func(end, next int, mark bool) {
		if end > start {
			list = append(list, stretch{start, end, apart})
		}
		start, apart = next, mark
	}
	for i, it := range p.items {
		word := p.list[it.first].text
		switch {
		case it.tag == tagMark && !strings.Contains(`"%¿`, word):
			cut(i, i+1, true)
		case it.tag == tagBut, word == "," && it.end > it.first+1:
			cut(i, i, true)
		case i > start && it.end == it.first+1 && among("bound", word) && p.opensClause(i) &&
			!(apart && p.heads(start, i)):
			behind := p.tag(i-1) == tagAnd && p.opensRelative(start) // "which ... and which ..."
			cut(i, i, apart && behind)
		case i > start && p.endsWithThat(i-1):
			cut(i, i, false)
		}
	}
	cut(len(p.items), len(p.items), false)
	return list
}

// maxHead is how many items stand before the relative word of a clause of which they are
// part: "a step that", "lo que", "on which".
const maxHead = 2

// heads reports whether the items from a mark to a relative word only lead up to it.
func (p *parser) heads(from, to int) bool {
	return to-from <= maxHead && !slices.ContainsFunc(p.items[from:to], func(it item) bool {
		return among("relative", p.list[it.first].text) ||
			!slices.Contains([]string{tagNeutral, tagUnknown, tagAway, tagOf}, it.tag)
	})
}

// maxSubject is how far behind a relative word the people stand who do something.
const maxSubject = 8

// ofOthers reports whether a stretch is a relative clause, finished and set off, whose
// subject are neither the model nor its maker but people: "on which 12 of the 20 dealers
// polled have built", "a step that the jury praised". What they do or think of it is
// no more of what is claimed, whoever says so.
func (p *parser) ofOthers(list []stretch, n int) bool {
	s := list[n]
	relative := p.relativeAtHead(s)
	if !s.apart || relative < 0 || p.limits(s) || n+1 < len(list) && p.complete(list[:n]) {
		return false // "keeps the code, on which ..., shut"
	}
	if relative == s.start && !p.oblique(relative) && !p.peopleNext(relative+1) {
		return false // "which takes a password"
	}
	for k := relative; k < s.end; k++ {
		switch p.tag(k) {
		case tagSaid: // "that critics called overdue", and not "which critics say"
			if !among("judging", p.list[p.items[k].first].text) && p.next(k+1, tagNeutral) >= s.end {
				return false
			}
		case tagNeed: // "nach Schätzung von"
			if !among("viewed-by", p.words(k)) {
				return false
			}
		default:
			if !p.quietItem(k, s, false) {
				return false
			}
		}
	}
	for k := relative + 1; k < min(s.end, relative+maxSubject); k++ {
		if p.tag(k) == tagMaker || p.tag(k) == tagModel {
			return false
		}
		if p.people(k) {
			return true
		}
	}
	return false
}

// relativeAtHead is the relative word at the head of a stretch, or -1.
func (p *parser) relativeAtHead(s stretch) int {
	for k := s.start; k < s.end && p.heads(s.start, k); k++ {
		if p.opensRelative(k) || p.oblique(k) {
			return k
		}
	}
	return -1
}

// oblique reports whether an item is a relative word that is no subject: "worüber", "dont".
func (p *parser) oblique(i int) bool { return among("oblique", p.list[p.items[i].first].text) }

// peopleNext reports whether people, or a number of them, stand at an item.
func (p *parser) peopleNext(i int) bool {
	i = p.next(i, tagOf)
	return p.people(i) || p.people(i+1) || p.people(i+2) && p.tag(i+1) != tagLink
}

// people reports whether an item names people: by a word for them, by one for what is
// done to people alone ("polled"), or by a name of two words.
func (p *parser) people(i int) bool {
	if i < 0 || i >= len(p.items) || p.tag(i) != tagNeutral && p.tag(i) != tagUnknown {
		return false
	}
	language := p.mainLanguage()
	word := p.list[p.items[i].first].text
	return lists()["general-people "+language].has(word) || lists()["polled "+language].has(word) ||
		p.tag(i+1) == p.tag(i) && p.capital(p.list[p.items[i].first]) && p.capital(p.list[p.items[i+1].first])
}

// opensClause reports whether a word that may open a clause does, and is not
// part of what the book holds.
func (p *parser) opensClause(i int) bool {
	return slices.Contains([]string{tagNeutral, tagUnknown, tagSubject, tagQuestion, tagAway}, p.tag(i))
}

// opensRelative reports whether a stretch from an item on begins with a relative word.
func (p *parser) opensRelative(i int) bool { return among("relative", p.list[p.items[i].first].text) }

// opensRelativeAt is opensRelative of an item that may not be there.
func (p *parser) opensRelativeAt(i int) bool { return i >= 0 && i < len(p.items) && p.opensRelative(i) }

// endsWithThat reports whether an item is of several words and introduces a
// clause: "users should know that".
func (p *parser) endsWithThat(i int) bool {
	it := p.items[i]
	return it.end > it.first+1 && slices.Contains([]string{"that", "dass", "que"}, p.list[it.end-1].text)
}

// stretchTokens are the words of a stretch that the book does not take for asides.
func (p *parser) stretchTokens(s stretch) []token {
	var list []token
	for _, it := range p.items[s.start:s.end] {
		if it.w == nil || it.w.Tag != tagAside {
			list = append(list, p.list[it.first:it.end]...)
		}
	}
	return list
}

// quiet reports whether a stretch says nothing of openness, nothing of what
// somebody thinks or doubts, and nothing that may limit a claim.
func (p *parser) quiet(s stretch) bool { return !p.speaksOfOpenness(s) && !p.limits(s) }

// limits reports whether a stretch holds a word that may limit a claim, in the language
// of the sentence: "firm" is one in Spanish alone.
func (p *parser) limits(s stretch) bool {
	list := "limit " + p.mainLanguage()
	if lists()[list] == nil {
		list = "limit"
	}
	return amongTokens(list, p.stretchTokens(s))
}

// speaksOfOpenness reports whether a stretch says something of openness, or of
// what somebody thinks or doubts, by what the book holds.
func (p *parser) speaksOfOpenness(s stretch) bool {
	denied := false
	for i := s.start; i < s.end; i++ {
		denied = denied || p.tag(i) == tagNot
	}
	for i := s.start; i < s.end; i++ {
		if !p.quietItem(i, s, denied) {
			return true
		}
	}
	return false
}

func (p *parser) quietItem(i int, s stretch, denied bool) bool {
	it := p.items[i]
	word := p.list[it.first].text
	switch it.tag {
	case tagUnknown, tagOther:
		return !slices.Contains(initiative, strings.ToLower(p.words(i)))
	case tagNeutral, tagOf, tagAway, tagAside, tagAnd, tagMark, tagModel, tagMaker, tagLink:
		return true
	case tagNot: // "which Y chose not to show"
		return !p.opensRelative(s.start)
	case tagSubject, tagFuture:
		return !denied
	case tagSaid: // "which many find a pity"
		return !denied && among("judging", word)
	case tagQuestion:
		return it.w.Predicate != "openness"
	case tagBut:
		return i == s.start
	case tagOrder: // "though one has to kneel"
		return it.w.Value == hedgeModal && denied || among("modal", word)
	case tagHedge, tagConditional:
		return it.w.Value == hedgeModal || among("modal", word) || among("quantity", word)
	case tagState:
		return !denied && (it.w.Value == "get" || it.w.Value == "use")
	case tagPart: // "a model with seven billion parameters"
		return it.w.Predicate == "open-weights" && sized().MatchString(strings.TrimRight(p.text[:p.at(i)], " -"))
	}
	return false
}

// minOwnWords is how many words a clause has that is background and not a remark
// on the claim ("or so they say").
const minOwnWords = 3

// followsOn reports whether a stretch behind a claim hangs together with it as a
// reason, a consequence, a concession, or as what more is said of something.
func (p *parser) followsOn(list []stretch, n int) bool {
	s := list[n]
	words := p.list[p.items[s.start].first:p.items[s.end-1].end]
	if words[0].text == "," {
		words = words[1:]
	}
	if k := p.relativeAtHead(s); len(words) < minOwnWords || k > s.start && among("bound", p.words(k)) {
		return false // "to which": see ofOthers
	}
	for _, kind := range []string{"concession", "result", "comment", "reason"} {
		if beginsWith(kind, words) {
			return true
		}
	}
	last := n+1 == len(list)
	if among("relative", words[0].text) {
		return s.apart && (last || !p.narrows(s.start))
	}
	// ", a courtesy for which Y deserves credit"
	listed := slices.ContainsFunc(p.items[s.start:s.end], func(it item) bool { return it.tag == tagAnd })
	told := slices.ContainsFunc(words[1:], func(t token) bool { return among("relative", t.text) }) ||
		!last && !list[n+1].apart && p.quiet(list[n+1])
	return s.apart && !listed && among("indefinite", words[0].text) && told
}

// narrows reports whether a relative clause stands right behind a component and
// its word may say which is meant, though a comma sets it off, as in German.
func (p *parser) narrows(i int) bool {
	k := p.prev(i-1, tagMark, tagModel, tagOf, tagMaker, tagNeutral)
	return (p.tag(k) == tagPart || p.tag(k) == tagState) && among("narrowing", p.list[p.items[i].first].text)
}

// leadsIn reports whether a stretch before all claims grants something, or tells
// how long after something else it was.
func (p *parser) leadsIn(s stretch) bool {
	words := p.list[p.items[s.start].first:p.items[s.end-1].end]
	if len(words) < minOwnWords || s.end >= len(p.items) || p.tag(s.end) != tagMark {
		return false
	}
	return beginsWith("concession", words) || beginsWith("introduction", words) && amongTokens("time", words)
}

// maxPerson is how far into a sentence the word for people stands.
const maxPerson = 5

// beginsWithPeople reports whether the first words of a sentence are on people.
func (p *parser) beginsWithPeople() bool {
	for i, t := range p.list[:min(maxPerson, len(p.list))] {
		switch {
		case t.name >= 0:
			return false
		case t.text == "who", i < maxPerson/2 && beginsWith("person", p.list[i:]):
			return true
		}
	}
	return false
}

package claims

import (
	"slices"
	"strings"
)

// What a sentence says of people before it comes to a model, and what it grants
// behind it: "Whoever looks for a small assistant can turn to X, since ...",
// "..., although few newspapers noticed". Both are asides where no word of them
// is on openness.

// persons show that a sentence begins with people.
var persons = []string{
	"who", "whoever", "anyone", "everyone", "those", "people", "wer", "alle", "quiconque", "ceux", "celui", "celles",
	"quien", "quienes", "cualquiera", "aquellos",
	"companies", "company", "firm", "firms", "business", "businesses", "hospital", "hospitals", "school", "schools",
	"university", "universities", "team", "teams", "start", "developers", "researchers",
	"unternehmen", "firmen", "firma", "behörde", "behörden", "entwickler", "forscher", "entreprise", "entreprises",
	"chercheurs", "développeurs", "empresa", "empresas", "investigadores", "desarrolladores",
}

// maxPerson is how far into a sentence the word for them stands.
const maxPerson = 5

// concessions begin a clause that grants something and takes nothing back.
var concessions = []string{"although", "though", "obwohl", "obgleich", "wenngleich", "quoique", "aunque", "虽", "尽"}

// ofPeople takes such clauses out of the reading.
func (p *parser) ofPeople() {
	if len(p.items) == 0 || p.list[len(p.list)-1].text == "?" {
		return
	}
	person := p.beginsWithPeople()
	start, claimed := 0, false
	for _, s := range p.cutSegments() {
		if s.start > 0 && p.concedes(s) && p.silentOn(s.start, s.end) {
			p.allAside(s)
		}
		if claimed || !person {
			continue
		}
		if claimed = !p.silentOn(start, s.end); claimed {
			p.allAside(segment{start: 0, end: start})
		}
		if s.end < len(p.items) && p.tag(s.end) == tagMark {
			start = s.end
		}
	}
}

// beginsWithPeople reports whether the first words of a sentence are on people.
func (p *parser) beginsWithPeople() bool {
	for i, t := range p.list[:min(maxPerson, len(p.list))] {
		switch {
		case t.name >= 0:
			return false
		case t.text == "who", i < maxPerson/2 && slices.Contains(persons, t.text):
			return true
		}
	}
	return false
}

// concedes reports whether a segment begins with a word that grants something.
func (p *parser) concedes(s segment) bool {
	first := p.next(s.start, tagMark)
	return first < s.end && (slices.Contains(concessions, p.list[p.items[first].first].text) ||
		strings.EqualFold(p.words(first), "bien que"))
}

// silentOn reports whether no item from one to another speaks of openness, or of
// what somebody says, doubts or denies.
func (p *parser) silentOn(from, to int) bool {
	for i := from; i < to; i++ {
		switch it := p.items[i]; it.tag {
		case tagUnknown, tagNeutral, tagOf, tagAway, tagAside, tagAnd, tagMark, tagModel, tagMaker, tagLink, tagSubject:
		case tagQuestion:
			if !p.relative(i) {
				return false
			}
		case tagFuture:
			if !p.passive(i) {
				return false
			}
		case tagBut:
			if !p.concedes(segment{start: i, end: to}) {
				return false
			}
		case tagHedge, tagOrder:
			if it.w.Value != hedgeModal {
				return false
			}
		case tagState:
			if it.w.Value != "get" && it.w.Value != "use" {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// allAside takes the words of a segment out.
func (p *parser) allAside(s segment) {
	for i := s.start; i < s.end; i++ {
		if p.tag(i) != tagMark && p.tag(i) != tagBut {
			p.setAside(i)
		}
	}
}

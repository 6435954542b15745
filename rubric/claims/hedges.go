package claims

import (
	"slices"
	"strings"
)

// attributed is the mood of what somebody says: a maker's own words on its
// model are judged on what they say, and everybody else's are not judged.
func (p *parser) attributed(own bool) Mood {
	if own {
		return Asserted
	}
	return Attributed
}

// ownMaker reports whether an item names the maker of a model that the
// sentence names.
func (p *parser) ownMaker(i int) bool {
	if p.tag(i) != tagMaker {
		return false
	}
	of := p.names[p.items[i].name].Of
	return slices.ContainsFunc(p.names, func(n Name) bool { return !n.Maker && slices.Contains(of, n.ID) })
}

// saidByMaker reports whether it is the maker, or a paper or card of the model,
// that says what a word of saying at an item introduces: the nearest name of a
// maker before the verb, or behind it, with none of somebody else between.
func (p *parser) saidByMaker(i int) bool {
	if first := p.list[p.items[i].first].text; slices.Contains(passives, first) && p.items[i].end > p.items[i].first+1 {
		return false // "Y is said to have published it"
	}
	if beginsWith("told", p.list[p.items[i].first:]) && p.tag(p.prev(i-1, tagNeutral)) == tagLink {
		return false // "Y was told that"
	}
	if w := p.items[i].w; w != nil && w.Value == "own" || p.byOffice[i] || p.theCompany(i) { // "per its model card"
		return true
	}
	if w := p.items[i].w; w == nil || w.Value != "source" || strings.EqualFold(p.words(i), "zufolge") {
		for k := i - 1; k >= 0; k-- {
			switch p.tag(k) {
			case tagNeutral, tagLink, tagMark, tagOf, tagTopic, tagAway, tagFormer:
				if among("outsider", p.words(k)) {
					return false // "Y's customers say"
				}
				continue
			case tagMaker:
				return p.ownMaker(k) && (p.tag(k+1) != tagOf || p.role(k+2))
			case tagModel: // "the company behind X says"
				return among("behind", p.words(k-1)) && among("general-people", p.words(p.prev(k-2, tagNeutral)))
			}
			if among("mouthpiece", p.words(k)) || p.office(k) {
				continue
			}
			break
		}
		if k := p.speaksBefore(i); k >= 0 {
			return p.ownMaker(k)
		}
	}
	source := p.items[i].w != nil && (p.items[i].w.Value == "source" || strings.EqualFold(p.words(i), "according to"))
	for k := i + 1; k < len(p.items); k++ {
		if source && (among("mouthpiece", p.words(k)) || p.office(k)) { // "according to a statement by Y"
			continue
		}
		switch p.tag(k) {
		case tagNeutral, tagLink, tagOf:
			continue
		case tagMaker: // "says Acme", but not "believe Acme hides"
			if p.endsWithThat(i) && p.words(k+1) == ":" {
				return false // "people believe that Y: ..."
			}
			if p.tag(k-1) == tagOf && p.role(k-2) { // "says the director of Y"
				return p.ownMaker(k)
			}
			return p.ownMaker(k) && (p.tag(k+1) == tagOf && p.role(k+2) || p.tag(k+1) != tagOf && (source ||
				p.tag(k+1) == tagMark || p.role(k+1)))
		}
		break
	}
	return false
}

// theCompany reports whether "the company" stands behind a verb of saying as who says it, and only the maker of
// a model that is spoken of is named. What somebody told the company is not the company's word.
func (p *parser) theCompany(i int) bool {
	if among("told", p.words(i)) {
		return false
	}
	named := false
	for k := range p.items {
		if p.tag(k) == tagMaker && !p.ownMaker(k) {
			return false
		}
		named = named || p.tag(k) == tagMaker
	}
	return named && beginsWith("the-company", p.list[p.items[i].end:])
}

// passives begin what is said of somebody, and not by them.
var passives = []string{"is", "are", "was", "were", "it", "rumour", "rumor", "word"}

// speaksBefore is the maker who begins the clause of a verb of saying, with a
// phrase of time or place between them: "Y, in a post of last week, announced",
// or -1. "Y's critics" and "Y critics" are somebody else.
func (p *parser) speaksBefore(i int) int {
	for k := i - 1; k >= 0; k-- {
		switch p.tag(k) {
		case tagMaker:
			if n := p.next(k+1, tagMark); p.tag(n) == tagAway || p.tag(n) == tagNeutral && among("place", p.words(n)) {
				return k
			}
			return -1
		case tagUnknown, tagNeutral, tagAway, tagOf, tagLink, tagTopic:
			continue
		case tagMark:
			if p.words(k) == "," {
				continue
			}
		}
		break
	}
	return -1
}

// quotedByMaker reports whether a quotation that names the model itself stands
// beside the name of its maker: what is quoted is a statement, and not a word
// that is put in doubt.
func (p *parser) quotedByMaker(open, end int) bool {
	model, maker := false, false
	for i := range p.items {
		inside := open < i && i < end
		model = model || inside && p.tag(i) == tagModel
		maker = maker || !inside && p.ownMaker(i) && p.tag(i+1) != tagOf
	}
	return model && maker
}

// The kinds of hedges, as the values of their wordings; without one a hedge
// takes all assertion away.
const (
	hedgeEvidence = "evidence"  // "apparently": what is said is judged
	hedgeDegree   = "degree"    // "almost", "allegedly": false where what is said is
	hedgePart     = "part"      // "partly open" is a claim of its own
	hedgePartOnly = "only-part" // "only partly open"
	hedgeModal    = "modal"     // "can be downloaded" is no hedge, "can be open" is one
	hedgeOnly     = "only"
)

// weakens reports whether a hedge of a kind keeps a claim from being judged.
func (p *parser) weakens(i int, c *Claim) bool {
	openness := slices.Contains([]string{"open-source", "fully-open", "other"}, c.Predicate) && c.Value != "closed"
	switch kind := p.items[i].w.Value; kind {
	case hedgeEvidence:
		if c.Weak == "" {
			c.Weak = hedgeEvidence
		}
		return false
	case hedgeDegree:
		if c.Denied && c.Predicate != "gated" {
			return true
		}
		c.Weak = hedgeDegree
		return false
	case hedgePart, hedgePartOnly:
		if openness && !c.Denied && (c.Predicate != "other" || c.Value == "open") {
			c.Predicate, c.Value, c.Weak, c.only = "partly-open", "", hedgePart, c.only || kind == hedgePartOnly
			p.used[i] = true
			return false
		}
		return c.Predicate != "partly-open"
	case hedgeModal:
		if k := p.next(i+1, tagNeutral); p.tag(k) == tagState && k <= c.last && among("to give", p.words(k)) {
			return true // "may release the weights"
		}
		return i < c.first && (openness || c.Predicate == "partly-open")
	case hedgeOnly:
		if c.Predicate == "open-data" && c.Value == "described" &&
			p.tag(p.next(i+1, tagNeutral, tagAway, tagOf)) == tagState {
			c.Value = "general" // "is only described"
			p.used[i] = true
			return false
		}
		// "n'est ouvert qu'en partie"
		if n := p.next(i+1, tagNeutral, tagAway); p.tag(n) == tagHedge && p.items[n].w.Value == hedgePart {
			c.only = true
			return false
		}
		if slices.Contains([]string{"open-weights", "open-data", "open-code"}, c.Predicate) && c.Value != "general" &&
			c.Value != "disclosed" && c.Value != onlyThese { // "merely lists" gives out no less
			c.only = true
			if p.denial {
				c.Vague = notOnlyThat
			}
			p.used[i] = true
			return false
		}
		if c.Predicate == "gated" || c.Predicate == "commercial-use" {
			return false
		}
		return c.Predicate != "partly-open" && !(c.Predicate == "open-data" && c.Value == "general")
	}
	return true
}

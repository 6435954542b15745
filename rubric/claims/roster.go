package claims

import "slices"

// A roster is a list of models at the head of a sentence among which one is then
// picked: "of X, Y and Z, ...", "line up X, Y and Z, and the last ...". What is said
// of that one is said within the list, and can be settled where what is said of
// all models cannot.

// rosterWording is what the words of one are read as.
var rosterWording = &wording{Tag: tagNeutral}

// minRoster is how many models such a list has.
const minRoster = 2

// findRoster reads a list at the head of the sentence: its models stand for
// themselves no longer, and what is said behind it is said of the one that is picked.
func (p *parser) findRoster() {
	first := p.next(0, tagMark)
	if p.headedByModels(first) {
		first--
	} else if first >= len(p.items) || !among("oneof", p.list[p.items[first].first].text) {
		return
	}
	var ids []string
	last, against := -1, false
	i := first + 1
walk:
	for ; i < len(p.items); i++ {
		switch p.tag(i) {
		case tagModel, tagMaker:
			of := p.modelAt(i)
			if of == "" || slices.Contains(ids, of) && last >= 0 && p.tag(i-1) != tagMark && p.tag(i-1) != tagOf {
				return
			}
			if !slices.Contains(ids, of) {
				ids = append(ids, of)
			}
			last = i
		case tagMark:
			n := p.next(i+1, tagNeutral, tagAnd)
			if p.words(i) != "," || p.tag(n) != tagModel && p.tag(n) != tagMaker ||
				slices.Contains(ids, p.modelAt(n)) {
				break walk
			}
		case tagAnd:
			if n := p.next(i+1, tagNeutral); p.tag(n) != tagModel && p.tag(n) != tagMaker {
				break walk
			}
		case tagNeutral, tagOf, tagUnknown:
		case tagAway:
			against = against || last >= 0
		default:
			if last >= 0 { // "of the models that were reviewed, X, Y and Z"
				break walk
			}
		}
	}
	if named := p.modelsBefore(len(p.items)); len(ids) == 0 && first >= 0 && len(named) >= minRoster &&
		slices.ContainsFunc(p.items[first:min(len(p.items), first+maxNounPhrase)], func(it item) bool {
			return among("number-word", p.list[it.first].text)
		}) {
		p.roster = named // "of the two, only X has one; Y has none"
	}
	if len(ids) < minRoster || last < 0 || i >= len(p.items) ||
		p.tag(last) == tagModel && p.claimsBetween(max(0, first), last) {
		return
	}
	if p.former() {
		return
	}
	p.roster = ids
	p.pick(last+1, against)
	for k := max(0, first); k <= last; k++ {
		p.items[k].tag, p.items[k].w = tagNeutral, rosterWording
	}
}

// headedByModels reports whether a sentence begins with a list of models and a
// colon: "X, Y and Z: only X ...".
func (p *parser) headedByModels(first int) bool {
	i, models := first, 0
	for ; i < len(p.items); i++ {
		switch {
		case p.tag(i) == tagModel:
			models++
		case p.tag(i) != tagAnd && p.words(i) != ",":
			return models >= minRoster && p.words(i) == ":"
		}
	}
	return false
}

// onlyModels takes "only" before a model or a maker for a claim that it is the only
// one, and not for one that it is all that is given out.
func (p *parser) onlyModels() {
	for i := range p.items {
		n := p.next(i+1, tagNeutral)
		if it := &p.items[i]; it.tag == tagHedge && it.w.Value == hedgeOnly && p.modelAt(n) != "" &&
			p.tag(n+1) != tagOf && p.tag(n+1) != tagPart && p.tag(i-1) != tagNot && !p.notBefore(i) {
			it.tag, it.w = tagOnly, &wording{Tag: tagOnly, file: it.w.file}
		} else if it.tag == tagHedge && it.w.Value == hedgeOnly && p.tag(n) == tagSubject && p.items[n].w.Value != "" {
			it.tag, it.w = tagOnly, &wording{Tag: tagOnly, file: it.w.file} // "only the former"
		}
	}
}

// onlyBefore takes "only" before an item for a claim that it is the only one.
func (p *parser) onlyBefore(k int) {
	if only := p.prev(k-1, tagNeutral); p.tag(only) == tagHedge && p.items[only].w.Value == hedgeOnly {
		p.items[only].tag, p.items[only].w = tagOnly, &wording{Tag: tagOnly, file: p.mainLanguage()}
	}
}

// former reports whether the sentence speaks of the first and of the last of the list.
func (p *parser) former() bool {
	one := func(value string) bool {
		return slices.ContainsFunc(p.items, func(it item) bool { return it.tag == tagSubject && it.w.Value == value })
	}
	return one("former") && one("latter")
}

// claimsBetween reports whether something is said within the list.
func (p *parser) claimsBetween(from, to int) bool {
	return slices.ContainsFunc(p.items[from:to], func(it item) bool { return it.tag == tagLink || it.tag == tagState })
}

// modelAt is the model of an item, or the one model of a maker, or empty.
func (p *parser) modelAt(i int) string {
	switch p.tag(i) {
	case tagModel:
		return p.names[p.items[i].name].ID
	case tagMaker:
		if of := p.names[p.items[i].name].Of; len(of) == 1 {
			return of[0]
		}
	}
	return ""
}

// pick finds the model that is picked from the list, from an item on: one that is
// named, the last, the first, or the one that the others are held against.
func (p *parser) pick(from int, against bool) {
	picked := ""
	for k := from; k < len(p.items); k++ {
		it := &p.items[k]
		switch id := p.modelAt(k); {
		case it.tag == tagModel:
			picked = id
		case it.tag == tagMaker && picked == "":
			picked = id
		case it.tag == tagSubject && it.w.Value == "latter", it.tag == tagUnknown && among("last", p.words(k)):
			picked = p.roster[len(p.roster)-1]
			it.tag, it.w = tagSubject, &wording{Tag: tagSubject, file: p.mainLanguage()}
			p.onlyBefore(k)
		case it.tag == tagSubject && it.w.Value == "former":
			picked = p.roster[0]
			it.tag, it.w = tagSubject, &wording{Tag: tagSubject, file: p.mainLanguage()}
			p.onlyBefore(k)
		case it.tag == tagFirst && (p.tag(k+1) == tagLink || p.tag(k+1) == tagState):
			picked = p.roster[0]
			it.tag, it.w = tagSubject, &wording{Tag: tagSubject, file: p.mainLanguage()}
			p.onlyBefore(k)
		case it.tag == tagHedge && it.w.Value == hedgeOnly && p.modelAt(p.next(k+1, tagNeutral)) != "":
			it.tag, it.w = tagOnly, &wording{Tag: tagOnly, file: it.w.file}
		case it.tag == tagHedge && among("superlative-word", p.words(k)):
			it.tag, it.w = tagMost, &wording{Tag: tagMost, file: it.w.file}
		case it.tag == tagUnknown && among("number-word", p.words(k)):
			p.setAside(k)
		}
	}
	if picked == "" && against {
		picked = p.roster[0]
	}
	if picked != "" {
		p.fallback, p.alone = picked, true
	}
}

// amongRoster makes claims of superlatives hold among the models of the list.
func (p *parser) amongRoster(claims []Claim) {
	for n := range claims {
		c := &claims[n]
		others := slices.DeleteFunc(slices.Clone(p.roster), func(id string) bool { return id == c.Model })
		if len(p.roster) == 0 || !slices.Contains(p.roster, c.Model) {
			continue
		}
		switch {
		case c.Predicate == tagMost || c.Predicate == "more-open-than" && c.Value == "all":
			s := p.segmentOf(c.first)
			for k := s.start; k < s.end; k++ {
				c.Less = c.Less || p.tag(k) == tagState && p.items[k].w.Value == "closed"
			}
			c.Predicate, c.Value, c.Among, c.Vague = "more-open-than", "all", others, ""
			c.Less = c.Less || least().MatchString(p.words(c.first))
		case c.Predicate == tagOnly:
			c.Among = others
		}
	}
}

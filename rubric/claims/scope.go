package claims

import "slices"

// Who may use a model commercially, and for what: "any company, whatever its size, may
// sell it", "free for all commercial uses". Such words ask more of a licence than that
// it allows commercial use, and are never passed over.

// The values of a claim that a commercial use is allowed to all, or of every kind.
const (
	anyUse  = "any"
	anyUser = "anyone"
)

// scope is how far the use that a cluster speaks of reaches, by words of its segment and
// of the one behind; empty where nothing tells that it reaches further than any use. What
// is denied is only denied of all where such a word stands behind the negation: "not every
// firm may", and not "no firm may, whatever its size".
func (c *cluster) scope(denied bool) string {
	p := c.p
	if slices.ContainsFunc(p.items, func(it item) bool { return beginsWith("except", p.list[it.first:]) }) {
		return ""
	}
	s := p.segmentOf(c.topic)
	end := s.end
	if end < len(p.items) && !denied {
		if next := p.segmentOf(end); p.toldIn(next, "any-size") || p.toldIn(next, "any-manner") {
			end = next.end
		}
	}
	value := ""
	for i := s.start; i < end; i++ {
		if p.tag(i-1) == tagHedge && p.items[i-1].w.Value != hedgeModal {
			continue // "nearly every"
		}
		if denied && !(beginsWith("universal", p.list[p.items[i].first:]) && p.deniedRight(i)) {
			continue
		}
		switch {
		case !denied && p.takesScope(i, end, "any-size"):
			value = anyUser
		case !denied && p.takesScope(i, end, "any-manner"), p.quantifies(i) && c.countsUse(i):
			return anyUse
		case p.allPeople(i, c.topic):
			value = anyUser
		}
	}
	return value
}

// deniedRight reports whether a negation stands before an item, with nothing but verbs
// between; in Chinese a verb between is denied of all.
func (p *parser) deniedRight(i int) bool {
	between := []string{tagNeutral, tagLink, tagState, tagHedge, tagOrder}
	if p.mainLanguage() == "zh.yaml" {
		between = between[:2]
	}
	return p.tag(p.prev(i-1, between...)) == tagNot
}

// toldIn reports whether a stretch holds an entry of a list at the head of an item.
func (p *parser) toldIn(s segment, list string) bool {
	for i := s.start; i < s.end; i++ {
		if lists()[list].takes(p.list[p.items[i].first:p.items[s.end-1].end]) > 0 {
			return true
		}
	}
	return false
}

// takesScope takes an entry of a list that begins at an item for what tells how far a use
// reaches, with what tells no more up to the next mark.
func (p *parser) takesScope(i, end int, list string) bool {
	n := lists()[list].takes(p.list[p.items[i].first:p.items[end-1].end])
	if n == 0 {
		return false
	}
	after := p.behindWords(i, n)
	if p.opensRelativeAt(after) || among("that", p.words(after)) { // "in any way that the licence permits"
		return false
	}
	for k := i; k < min(after, end); k++ {
		p.spendScope(k)
	}
	for k := i; list == "any-size" && k < end && p.tag(k) != tagMark; k++ { // "however large it is"
		p.spendScope(k)
	}
	return true
}

// spendScope takes an item out of the reading, unless it says something of its own.
func (p *parser) spendScope(i int) {
	if t := p.tag(i); t != tagModel && t != tagMaker && t != tagMark && t != tagTopic && t != tagClaim && t != tagPart {
		p.take(i)
	}
}

// quantifies reports whether a word for "any" or "all" ends an item.
func (p *parser) quantifies(i int) bool {
	return among("quantifying", p.list[p.items[i].end-1].text) || p.items[i].end-p.items[i].first > 1 &&
		beginsWith("quantifying", p.tokensOf(i))
}

// countsUse reports whether the topic stands right behind a word for "any": "for all
// commercial uses", and not "all developers may use it commercially".
func (c *cluster) countsUse(i int) bool {
	p := c.p
	topic := p.tokensOf(c.topic)
	if i == c.topic {
		return beginsWith("quantifying", topic)
	}
	return p.next(i+1, tagOf) == c.topic && (len(topic) > 1 || p.mainLanguage() == "zh.yaml")
}

// allPeople reports whether all people or firms stand at an item, and nothing behind them
// tells which: "any firm may", and not "any firm in Spain" or "anyone who signs".
func (p *parser) allPeople(i, topic int) bool {
	rest := p.list[p.items[i].first:]
	n := p.wholeItems(i, lists()["everyone"].takes(rest))
	if n == 0 {
		if !p.quantifies(i) {
			return false
		}
		people := lists()["general-people "+p.mainLanguage()]
		for k := i + 1; k < len(p.items) && n == 0 && (k == i+1 || p.quantifies(k-1)); k++ { // "jedem beliebigen"
			word := p.list[p.items[k].first].text
			if m := p.wholeItems(k, people.takes(p.list[p.items[k].first:])); m > 0 {
				n = k + m - i
			} else if among("people-noun", word) || among("firm-noun", word) {
				n = k + 1 - i
			}
		}
		if n == 0 {
			return false
		}
	}
	after := i + n
	switch p.tag(after) {
	case tagLink, tagState, tagModel, tagMark, tagTopic, tagHedge, tagOrder, tagClaim:
	case tagNeutral:
		if !among("scope-next", p.words(after)) {
			return false
		}
	case tagAnd: // "by anyone and for any purpose"
	default:
		return false
	}
	for k := after; k < topic; k++ {
		if among("that", p.words(k)) { // "everyone can see that"
			return false
		}
	}
	for k := i; k < after; k++ {
		p.spendScope(k)
	}
	return true
}

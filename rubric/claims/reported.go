package claims

// What a verb that the book does not hold makes of a claim.

// governedBy is the word that the book does not hold and that an infinitive of a
// claim hangs on: "has committed to publish", "s'est engagé à publier".
func (p *parser) governedBy(c *Claim) string {
	if w := p.reported(c); w != "" {
		return w
	}
	for k := c.first; k <= c.last; k++ {
		if p.tag(k) == tagState && toDo().MatchString(p.list[p.items[k].first].text) { // "gebeten, die Daten offenzulegen"
			before := p.segmentOf(p.segmentOf(c.first).start - 1)
			if n := p.prevOf(before.end-1, tagUnknown); n >= before.start {
				return p.words(n)
			}
		}
		if p.tag(k) != tagState || !among("infinitive", p.list[max(0, p.items[k].first-1)].text) ||
			!infinitive().MatchString(p.list[p.items[k].first].text) {
			continue
		}
		if before := p.prev(k-1, tagNeutral, tagAway, tagOf); p.tag(before) == tagUnknown {
			return p.words(before)
		}
	}
	return ""
}

// toDo matches German infinitives that hold their "zu".
var toDo = lazily(`^(bereit|frei|heraus|offen|hoch|aus|bei|mit|preis|zugänglich|vor|an)zu\pL+en$`)

// reported is the word that the book does not hold before "that" where a claim
// stands in its clause: whoever "blorbs that it is open" need not say so.
func (p *parser) reported(c *Claim) string {
	for k := c.first - 1; k > 0; k-- {
		if !among("that", p.list[p.items[k].first].text) {
			continue
		}
		before := p.prev(k-1, tagMark)
		if p.tag(before) == tagUnknown && len(p.claimsIn(p.segmentOf(before))) == 0 &&
			(p.tag(k-1) != tagMark || p.list[p.items[k].first].text == "dass") {
			return p.words(before)
		}
	}
	return ""
}

// infinitive matches verbs of the languages whose infinitives show by their ending,
// and any English word.
var infinitive = lazily(`(er|re|ir|ar|en|[a-z])(l[oa]s?)?$`)

package claims

// openness matches superlatives that the index can be held against.
var openness = lazily(`(?i)open|offen|ouvert|abiert|transparent|开放|开源|透明`)

// least matches superlatives of being closed.
var least = lazily(`(?i)least|moins|menos|wenigst|verschlossen|closed|secretive|restrictive|fermé|cerrad|hermétic|hermetic|opaque|opaco|opak|最不|封闭`)

// pair gives the two models of a comparison that names none behind it: the
// item of the first that is spoken of, and the other one.
func (p *parser) pair() (subject int, than string) {
	subject = -1
	for k, it := range p.items {
		if it.tag != tagModel {
			continue
		}
		id := p.names[it.name].ID
		if p.setApart(k) || subject >= 0 {
			if subject >= 0 && p.names[p.items[subject].name].ID == id || than != "" && than != id {
				continue
			}
			than = id
			continue
		}
		subject = k
	}
	return subject, than
}

// setApart reports whether a word like "compared with" stands before a model.
func (p *parser) setApart(k int) bool {
	if p.tag(k+1) == tagAway && p.words(k+1) == "相比" { // "compared with X": the order of Chinese
		return true
	}
	return p.tag(p.prev(k-1, tagNeutral)) == tagAway
}

// withAll reports whether what is compared with are all others, or most: the
// words for it stand in the same stretch as the comparison.
func (p *parser) withAll(i int) bool {
	s := p.segmentOf(i)
	return amongTokens("anyone", p.list[p.items[s.start].first:p.items[s.end-1].end])
}

// compare reads a comparison: the other model follows.
func (p *parser) compare(i int) {
	it := &p.items[i]
	c := Claim{Start: p.at(i), End: p.list[it.end-1].end, Predicate: "more-open-than", Denied: p.reversed(false),
		Less:  it.tag == tagLess,
		Tense: p.tense, clause: p.clause, first: i, last: i, subject: p.subject}
	p.used[i] = true
	if it.tag == tagAs {
		c.Predicate = "as-open-as"
	}
	c.Aspect = it.w.Value
	if c.Aspect == "license" || c.Aspect == "data" { // what is compared was named before
		for k := p.segmentOf(i).start; k < len(p.items); k++ {
			if part := p.part(k); part == "license" || part == "open-data" {
				p.used[k] = true
			}
		}
	}
	if it.tag == tagMost {
		c.Value, c.Less, c.ownFirst = "all", least().MatchString(p.words(i)), p.ofMaker(i)
		if !openness().MatchString(p.words(i)) && c.Aspect == "" { // "the most secretive" may mean anything
			c.Predicate = tagMost
		}
		p.Claims = append(p.Claims, c)
		return
	}
	from := i + 1
	if p.tag(from) == tagModel && p.tag(from+1) == tagNeutral && p.items[from+1].w == it.w {
		// "more open about X than Y about Z"
		c.subject = from
		p.paired = true
		from++
	}
	for k := from; k < len(p.items) && c.Than == ""; k++ {
		if p.items[k].tag == tagModel {
			c.Than = p.names[p.items[k].name].ID
			c.last, c.End = k, p.list[p.items[k].end-1].end
		}
	}
	for k := i - 1; k > 0 && c.Than == ""; k-- { // "X is, than Y, more open": the order of Chinese
		if p.items[k].tag == tagModel && p.tag(k-1) == tagAway {
			c.Than = p.names[p.items[k].name].ID
		}
	}
	if c.Than == "" { // "X beats Y on openness", "the more open of the two", "X and Y are equally open"
		if c.subject, c.Than = p.pair(); c.Than != "" {
			p.paired = true
		}
	}
	c.Value = c.Than
	if c.Than == "" && !p.paired && p.withAll(i) { // "more open than anything else"
		c.Predicate, c.Value, c.Aspect = "more-open-than", "all", ""
	} else if c.Than == "" {
		c.Vague = "what it is compared with is not a model that is stored"
	}
	p.Claims = append(p.Claims, c)
}

// ofMaker reports whether a superlative is one among the models of a maker: "the
// least open model that Y has made", "Y's most open".
func (p *parser) ofMaker(i int) bool {
	s := p.segmentOf(i)
	for k := i + 1; k < s.end; k++ {
		if p.tag(k) == tagMaker && p.tag(k+1) != tagOf {
			return true
		}
	}
	before := p.prev(i-1, tagNeutral, tagOf)
	return p.tag(before) == tagMaker && p.tag(before+1) == tagOf || beginsWith("pronoun-own", p.list[p.items[i].first:])
}

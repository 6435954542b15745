package claims

// compare reads a comparison: the other model follows.
func (p *parser) compare(i int) {
	it := &p.items[i]
	c := Claim{Start: p.at(i), End: p.list[it.end-1].end, Predicate: "more-open-than", Denied: p.reversed(false), Less: it.tag == tagLess,
		Tense: p.tense, clause: p.clause, first: i, last: i, subject: p.subject}
	p.used[i] = true
	if it.tag == tagMost {
		c.Value = "all"
		p.Claims = append(p.Claims, c)
		return
	}
	for k := i + 1; k < len(p.items) && c.Than == ""; k++ {
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
	c.Value = c.Than
	if c.Than == "" {
		c.Vague = "what it is compared with is not a model that is stored"
	}
	p.Claims = append(p.Claims, c)
}

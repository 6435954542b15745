package claims

import "slices"

// What a sentence leaves out, since it was said before.

// elided reads "but its data is not": what was said before is denied of the
// component that waits.
func (p *parser) elided() {
	if p.said || len(p.parts) == 0 || p.last < 0 || len(p.nots) != 1 || p.nots[0] < p.parts[len(p.parts)-1] {
		return
	}
	p.used[p.nots[0]] = true
	p.nots = nil
	for _, part := range p.parts {
		p.emitPart(part, p.last, !p.denial)
	}
	p.parts, p.said, p.not = nil, false, false
}

// elidedModel reads "..., but X is not": what was said last of one model is
// denied of the one that this clause, which ends at item i, names and says
// nothing else of.
func (p *parser) elidedModel(i int) {
	if p.subject < 0 || p.items[p.subject].tag != tagModel || p.subject < p.clauseStarts[p.clause] || p.spoken() ||
		len(p.Claims) == 0 || len(p.nots) != 1 || p.nots[0] < p.subject || p.byNot || len(p.parts) > 0 {
		return
	}
	k := p.next(p.subject+1, tagNeutral, tagOf)
	if p.tag(k) != tagLink || p.nots[0]+1 < i {
		return
	}
	c := p.Claims[len(p.Claims)-1]
	c.Denied, c.clause, c.subject, c.again = !c.Denied, p.clause, p.subject, true
	p.used[p.nots[0]] = true
	p.nots, p.not = nil, false
	p.Claims = append(p.Claims, c)
}

// apart adds what "unlike X" says of X: the opposite of what is said of the
// model that is spoken of.
func (p *parser) apart(claims []Claim) []Claim {
	var more []Claim
	for i, it := range p.items {
		if it.tag != tagModel {
			continue
		}
		k := p.prev(i-1, tagNeutral)
		if p.tag(k) != tagAway || p.items[k].w == nil || p.items[k].w.Value != "unlike" {
			continue
		}
		id, clause := p.names[it.name].ID, p.clausesOfItems()[i]
		for _, c := range claims {
			if c.Model == "" || c.Model == id || c.Than != "" || c.super() || clause != c.clause {
				continue
			}
			c.Model, c.Denied = id, !c.Denied
			more = append(more, c)
		}
	}
	return append(claims, more...)
}

// super reports whether a claim is on being the only one, the first or the most open.
func (c *Claim) super() bool {
	return slices.Contains([]string{tagOnly, tagFirst, tagMost, "more-open-than", "as-open-as"}, c.Predicate)
}

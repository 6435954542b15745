package claims

import "slices"

// "Which Y pulled from the site in June": what was given out may have been taken away
// again. No evidence here tells of that, so that it is left unchecked, and is neither a
// general word (the site, offline) nor a download of somebody's ("pulled").

// withdrawals leaves unchecked what tells, in a clause on a model or a component, that
// it was taken away from where it lay.
func (p *parser) withdrawals() {
	language := " " + p.mainLanguage()
	for _, s := range p.stretches() {
		words := p.list[p.items[s.start].first:p.items[s.end-1].end]
		if !amongTokens("withdrawn-from"+language, words) {
			continue
		}
		relative := p.relativeAtHead(s) >= 0
		for i := s.start; i < s.end; i++ {
			if !lists()["withdrawing"+language].has(p.list[p.items[i].first].text) {
				continue
			}
			if t := p.tag(i); t == tagNot && relative || t == tagNeutral || t == tagState && p.makerBefore(s, i) {
				p.items[i].tag, p.items[i].w = tagUnknown, nil
			}
		}
	}
}

// makerBefore reports whether a maker stands before an item in its stretch, who does
// what the verb says: anybody else who "pulls the weights" downloads them.
func (p *parser) makerBefore(s stretch, i int) bool {
	return slices.ContainsFunc(p.items[s.start:i], func(it item) bool { return it.tag == tagMaker })
}

package claims

import "slices"

// "If you want to sell products, X's licence allows it": a condition that only
// names what somebody wants makes no condition of what is said behind it. Nor
// does a question that asks who wants it.

// minWish is how many words such a clause has: "if you want" alone leaves open
// whether something is so.
const minWish = 5

// wishes takes such clauses at the head of a sentence out of the reading.
func (p *parser) wishes() {
	list := p.stretches()
	for n, s := range list {
		words := p.list[p.items[s.start].first:p.items[s.end-1].end]
		behind := s.end < len(p.items) && p.tag(s.end) == tagMark && n+1 < len(list)
		if !behind || len(words) < minWish || !beginsWith("supposing", words) || !amongTokens("wanting", words) ||
			amongTokens("admission", words) || slices.ContainsFunc(p.items[s.start:s.end], func(it item) bool {
			return it.tag == tagNot || it.w != nil && slices.Contains([]string{"open-source", "fully-open", "other"},
				it.w.Predicate)
		}) {
			continue
		}
		for i := s.start; i < s.end; i++ {
			if p.tag(i) != tagTopic {
				p.setAside(i)
			}
		}
	}
}

// behindGates reads "sits behind a form", which compares with nothing.
func (p *parser) behindGates() {
	for i := range p.items {
		n := p.next(i+1, tagNeutral)
		if t := p.tag(n); p.tag(i) == tagLess && among("behind", p.list[p.items[i].end-1].text) &&
			t == tagTopic && p.items[n].w.Predicate == "gated" {
			p.items[i].tag, p.items[i].w = tagAway, &wording{Tag: tagAway, file: p.items[i].w.file}
		}
	}
}

// removals makes negations of verbs that take a gate or a condition away:
// "has dropped the approval step".
func (p *parser) removals() {
	for i := range p.items {
		t := p.tag(i)
		if t != tagUnknown && t != tagNeutral && t != tagLink && t != tagState ||
			!among("removing", p.list[p.items[i].first].text) {
			continue
		}
		n := p.next(i+1, tagNeutral, tagOf, tagSubject, tagModel)
		if p.tag(n) == tagTerms || p.tag(n) == tagTopic && p.items[n].w.Predicate == "gated" {
			p.items[i].tag, p.items[i].w = tagNot, &wording{Tag: tagNot, file: p.mainLanguage()}
		}
	}
}

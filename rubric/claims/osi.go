package claims

import (
	"slices"
	"strings"
)

// The Open Source Initiative approves licences and defines what open source is.
// Which of the two a sentence speaks of is told by a word near its name, in
// whatever order they stand: "on the OSI's approved list", "reconnue par l'OSI",
// "meets the criteria of the OSI".

// reachOSI is how many items such a word stands from the name.
const reachOSI = 6

// osi makes a claim, or the topic of a frame, of the name and the word.
func (p *parser) osi() {
	for i := range p.items {
		if p.tag(i) != tagUnknown && p.tag(i) != tagOther || !slices.Contains(initiative, strings.ToLower(p.words(i))) {
			continue
		}
		file := p.mainLanguage()
		approving, criteria := p.near(i, "approving"), p.near(i, "criteria")
		ofLicence := slices.ContainsFunc(p.items, func(it item) bool {
			return it.w != nil && it.w.Predicate == "license" && (it.tag == tagPart || it.tag == tagClaim)
		})
		it := &p.items[i]
		switch {
		case len(criteria) > 0 && p.saysOpenSource():
			it.tag = tagNeutral
		case len(criteria) > 0 && !ofLicence:
			it.tag, it.w = tagState, &wording{Tag: tagState, Predicate: "open-source", Value: "open-source", file: file}
		case len(approving) > 0 || len(criteria) > 0:
			it.tag, it.w = tagTopic, &wording{Tag: tagTopic, Predicate: "osi-approved", file: file}
		default:
			continue
		}
		for _, k := range append(approving, criteria...) {
			p.take(k)
		}
	}
}

// initiative are the names of it.
var initiative = []string{"osi", "open source initiative"}

// near are the items of a list near an item, with no mark between.
func (p *parser) near(i int, list string) []int {
	var found []int
	from, to := i, i
	for from > 0 && i-from < reachOSI && p.tag(from-1) != tagMark {
		from--
	}
	for to+1 < len(p.items) && to-i < reachOSI && p.tag(to+1) != tagMark {
		to++
	}
	for k := from; k <= to; k++ {
		if t := p.tag(k); k != i && t != tagModel && t != tagMaker && t != tagNot && t != tagPart &&
			among(list, p.list[p.items[k].first].text) {
			found = append(found, k)
		}
	}
	return found
}

// saysOpenSource reports whether the sentence says "open source" itself.
func (p *parser) saysOpenSource() bool {
	return slices.ContainsFunc(p.items, func(it item) bool {
		return it.w != nil && it.w.Predicate == "open-source" && (it.tag == tagState || it.tag == tagClaim)
	})
}

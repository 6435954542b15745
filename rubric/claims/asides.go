package claims

import "slices"

// asides takes what is said of people, places, times and manner out of the
// reading: "on their own laptops", "in a statement sent to reporters". Such
// words claim nothing of a model; they are named as not checked, and neither
// keep the verdict open nor carry their mood over to what is claimed.
func (p *parser) asides() {
	for i := range p.items {
		it := &p.items[i]
		if it.tag != tagAside {
			continue
		}
		switch it.w.Value {
		case "role": // "the team behind X is open" is about the team
			it.tag = tagUnknown
			if p.speaks(i) {
				it.tag = tagNeutral
			}
		case "clause":
			it.tag = tagUnknown
			if end := p.peopleClause(i); end > 0 {
				it.tag = tagNeutral
				for k := i + 1; k < end; k++ {
					p.items[k].tag, p.items[k].w = tagNeutral, it.w
				}
			}
		default:
			it.tag = tagNeutral
		}
	}
}

// speaks reports whether an office is that of somebody at a maker who is said
// to say something.
func (p *parser) speaks(i int) bool {
	before, after := p.prev(i-1, tagOf), p.next(i+1, tagNeutral, tagOf)
	return (p.tag(before) == tagMaker || p.tag(after) == tagMaker) &&
		slices.ContainsFunc(p.items, func(it item) bool { return it.tag == tagSaid })
}

// peopleClause is where a clause ends that begins at an item and whose subject
// are people: "so that hobbyists can run it". It is 0 where the clause says, or
// may say, something of the model.
func (p *parser) peopleClause(i int) int {
	k := i + 1
	for ; k < len(p.items); k++ {
		switch it := p.items[k]; it.tag {
		case tagUnknown, tagNeutral, tagAside, tagAway, tagOf, tagAnd:
			continue
		case tagSubject: // "run it", and not "know it is free"
			if n := p.tag(p.next(k+1, tagNeutral)); n == tagLink || n == tagHedge || n == tagFuture {
				return 0
			}
			continue
		case tagFuture:
			continue
		case tagHedge, tagOrder:
			if it.w.Value == hedgeModal {
				continue
			}
		case tagState:
			if it.w.Value == "get" || it.w.Value == "use" {
				continue
			}
		case tagPart:
			if it.w.Predicate == "open-weights" {
				continue
			}
		case tagMark:
			if t := p.words(k); t == "." || t == "," || t == ";" || t == `"` {
				return k
			}
		}
		return 0
	}
	return k
}

// appositionWording is what the words of one are read as.
var appositionWording = &wording{Tag: tagAside}

// setAside makes an item an aside, unless it is a name.
func (p *parser) setAside(i int) {
	it := &p.items[i]
	if it.tag == tagModel || it.tag == tagMaker {
		return
	}
	it.tag, it.w = tagNeutral, appositionWording
}

// aside reports whether an item is one.
func (p *parser) aside(i int) bool {
	return i >= 0 && i < len(p.items) && p.tag(i) == tagNeutral && p.items[i].w != nil && p.items[i].w.Tag == tagAside
}

// role reports whether an item tells the office of somebody who speaks for a
// maker: "Acme's spokeswoman".
func (p *parser) role(i int) bool {
	i = p.next(i, tagMark)
	for p.aside(i) && p.items[i].w == appositionWording { // "Y's product chief"
		if i++; p.tag(i) == tagSaid {
			return true
		}
	}
	return p.aside(i) && p.items[i].w.Value == "role" || p.office(i) || i < len(p.items) && among("mouthpiece", p.words(i))
}

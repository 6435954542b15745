package claims

import "slices"

// Which models and makers a sentence names, and where.

// onlyIn is the one model that a segment names up to an item, and nothing is said
// against: "where X is closed, Y offers its weights".
func (p *parser) onlyIn(s segment, i int) string {
	found := ""
	for k := s.start; k < i; k++ {
		if p.tag(k) != tagModel {
			continue
		}
		if id := p.names[p.items[k].name].ID; found != "" && found != id || p.contrasted(k) {
			return ""
		} else {
			found = id
		}
	}
	return found
}

// spokenBefore lists the models before an item that are not put aside, or all
// of them where each is.
func (p *parser) spokenBefore(i int) []string {
	var ids []string
	for k, it := range p.items[:i] {
		if it.tag == tagModel && !slices.Contains(ids, p.names[it.name].ID) && !p.setAgainst(k) {
			ids = append(ids, p.names[it.name].ID)
		}
	}
	if len(ids) == 0 {
		return p.modelsBefore(i)
	}
	return ids
}

// setAgainst reports whether a model is only named as unlike another.
func (p *parser) setAgainst(i int) bool {
	k := p.prev(i-1, tagNeutral)
	return p.tag(k) == tagAway && p.items[k].w != nil && p.items[k].w.Value == "unlike" && (k == 0 ||
		p.tag(k-1) == tagMark && k > 1)
}

// lastModel is the item of the last model named before another item.
func (p *parser) lastModel(i int) int { return p.prevOf(i-1, tagModel) }

// prevOf is the nearest item up to i with a tag, or -1.
func (p *parser) prevOf(i int, tag string) int {
	for i >= 0 && p.tag(i) != tag {
		i--
	}
	return i
}

// modelsBefore lists the distinct models named before an item.
func (p *parser) modelsBefore(i int) []string {
	var ids []string
	for _, it := range p.items[:i] {
		if it.tag == tagModel && !slices.Contains(ids, p.names[it.name].ID) {
			ids = append(ids, p.names[it.name].ID)
		}
	}
	return ids
}

// together lists a model and those joined to it in front: "X, Y and Z".
func (p *parser) together(i int) []string {
	own := p.names[p.items[i].name].ID
	ids := []string{own}
	if p.items[i].w == byMaker {
		return ids
	}
	comma := false // the nearest joint: "of X, Y and Z, X is" joins none to the last
	for k := i - 1; k >= 0; k-- {
		switch it := p.items[k]; {
		case it.tag == tagAnd && comma && it.w.Value != "or":
			return []string{own}
		case it.tag == tagMark && p.words(k) == ",":
			comma = comma || len(ids) == 1
			continue
		case it.tag == tagMaker, it.tag == tagMark && (p.words(k) == "(" || p.words(k) == ")"): // "X (Acme) and Y"
			continue
		case it.tag == tagModel && !p.away(k) && !p.setAgainst(k):
			ids = append([]string{p.names[it.name].ID}, ids...)
			continue
		case it.tag == tagAnd, it.tag == tagNeutral, p.joinsDenied(k):
			continue
		}
		break
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// togetherBehind lists the models that stand joined behind an item, with only a
// verb and small words before them.
func (p *parser) togetherBehind(i int) []string {
	k := p.next(i, tagNeutral, tagLink, tagAnd, tagOf, tagMaker)
	last := -1
	for ; p.tag(k) == tagModel; k = p.next(k+1, tagNeutral, tagAnd, tagOf, tagMaker) {
		last = k
	}
	if last < 0 {
		return nil
	}
	return p.together(last)
}

// othersModel is the one model of the only maker that the clause of a claim on a
// component names, where the models that the sentence names are of others: "where Y
// lays out its corpus, X only lists it".
func (p *parser) othersModel(c *Claim) string {
	s := p.segmentOf(c.first)
	for i := s.start; i < s.end; i++ {
		if p.tag(i) == tagModel || p.ownMaker(i) {
			return ""
		}
	}
	if len(p.modelsBefore(len(p.items))) == 0 || c.subject >= 0 && p.tag(c.subject) == tagSubject {
		return ""
	}
	return p.makersModel(c)
}

// makersModel is the one model of the only maker that the clause of a claim on a
// component names, in a sentence without models: "Y kept its code to itself".
func (p *parser) makersModel(c *Claim) string {
	if !c.component() && !(c.Predicate == "other" && c.Value == "closed") {
		return ""
	}
	s, id := p.segmentOf(c.first), ""
	for i := s.start; i < s.end; i++ {
		if p.tag(i) != tagMaker {
			continue
		}
		of := p.names[p.items[i].name].Of
		if len(of) != 1 || id != "" && id != of[0] {
			return ""
		}
		id = of[0]
	}
	return id
}

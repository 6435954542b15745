package claims

import "slices"

// What a sentence names beside its claims without saying more of it: "From data
// processing to inference, the code of X is open", "weights, data, the works".
// Such a component is taken to be given out, or not, as what is claimed beside it
// is. It only counts where it is so: then it is checked like any claim, else its
// words stay unchecked.

// A leftover is a run of words that no claim covers.
type leftover struct {
	words  string
	echoes []Claim // what the words say where they only name components; nil where they may say more
	weighs bool    // a model is named, or something that is said of openness
}

// echoesOf is what a run of items says where each names a component and all
// claims beside it point one way.
func (p *parser) echoesOf(run []int) []Claim {
	var list []Claim
	if slices.ContainsFunc(p.Claims, func(c Claim) bool { return c.Than != "" || unmatched(c.Predicate) }) {
		return nil
	}
	for _, i := range run {
		if p.stands(i) {
			return nil
		}
		beside := p.claimsBeside(i)
		if len(beside) == 0 {
			return nil
		}
		if p.part(i) == "license" && ofLicences(p.Claims) && !p.turnsAt(i, beside) {
			continue // "its licence leaves no doubt: ..."
		}
		way, licences := direction(beside)
		if way == 0 && len(licences) == 0 || p.turnsAt(i, beside) {
			return nil
		}
		switch it := p.items[i]; {
		case it.tag == tagState && way > 0 && !it.w.Denied && it.w.Value == "published":
		case it.tag == tagPart, it.tag == tagTopic && it.w.Predicate == "published" && !it.w.Denied &&
			(among("document", p.list[p.items[i].end-1].text) || describedToo(beside)):
			if way < 0 && len(p.claimsIn(p.segmentOf(i))) == 0 {
				return nil // what is denied in one clause need not be in the next
			}
			if way != 0 {
				c := beside[0]
				c.Predicate, c.Value = it.w.Predicate, it.w.Value
				if it.tag == tagPart {
					c.Predicate, c.Value = ofPart(it.w, publishedWording)
				}
				if it.w.Predicate == "license" {
					c.Predicate, c.Value = "license", "open"
				}
				list = append(list, p.echo(c, i, way < 0 && c.Value != "api")) // a closed model has one
			}
			for _, c := range licences {
				if it.tag == tagPart && it.w.Predicate != "license" {
					p.setComponent(&c, i)
					list = append(list, p.echo(c, i, c.Denied))
				}
			}
		default:
			return nil
		}
	}
	if list == nil {
		list = []Claim{}
	}
	return list
}

// ofLicences reports whether all claims are on what a licence is or allows.
func ofLicences(claims []Claim) bool {
	return len(claims) > 0 && !slices.ContainsFunc(claims, func(c Claim) bool {
		return c.Mood != Asserted || c.Vague != "" || c.Predicate != "commercial-use" && c.Predicate != "osi-approved"
	})
}

// describedToo reports whether the hardware or the architecture is told in the same
// segment: "its architecture and hardware are described".
func describedToo(beside []Claim) bool {
	return slices.ContainsFunc(beside, func(c Claim) bool {
		return c.Predicate == "published" && (c.Value == "hardware" || c.Value == "architecture")
	})
}

// unmatched reports whether a predicate sets a model apart from all others.
func unmatched(predicate string) bool {
	return slices.Contains([]string{tagOnly, tagFirst, tagMost, "more-open-than", "as-open-as"}, predicate)
}

// echo is a claim at an item, of the model that a claim beside it is about.
func (p *parser) echo(c Claim, i int, denied bool) Claim {
	c.Start, c.End, c.first, c.last = p.at(i), p.list[p.items[i].end-1].end, i, i
	c.Denied, c.only, c.toAll, c.every, c.Weak, c.background = denied, false, false, false, "", false
	return c
}

// claimsBeside are the claims of the segment of an item, or all where it has none.
func (p *parser) claimsBeside(i int) []Claim {
	passing := func(c Claim) bool { return c.inPassing }
	if here := slices.DeleteFunc(p.claimsIn(p.segmentOf(i)), passing); len(here) > 0 {
		return here
	}
	return slices.DeleteFunc(slices.Clone(p.Claims), passing)
}

// direction is 1 where all claims say that a model is open or something of it is
// given out, -1 where all deny it, and 0 where they differ, are not asserted or
// not of one model; and the claims that name a licence.
func direction(claims []Claim) (way int, licences []Claim) {
	for _, c := range claims {
		if c.Mood != Asserted || c.Vague != "" || c.Than != "" || c.Model == "" || c.Model != claims[0].Model {
			return 0, nil
		}
		if c.Predicate == "license" && c.Value != "open" {
			licences = append(licences, c)
			continue
		}
		if slices.Contains([]string{"commercial-use", "osi-approved", "released"}, c.Predicate) {
			continue
		}
		one := 1
		if c.Denied != (c.Predicate == "gated" || c.Predicate == "other" && c.Value == "closed") {
			one = -1
		}
		if !slices.Contains([]string{"open-source", "fully-open", "open-weights", "downloadable", "gated", "open-data",
			"open-code", "license", "published", "reproducible", "other"}, c.Predicate) || way == -one {
			return 0, nil
		}
		way = one
	}
	return way, licences
}

// turnsAt reports whether a word between an item and the claims beside it may set
// it against them: "its weights are public, but the code".
func (p *parser) turnsAt(i int, beside []Claim) bool {
	if len(beside) == 0 {
		return true
	}
	from, to := i, i
	for _, c := range beside {
		from, to = min(from, c.first), max(to, c.last)
	}
	s := p.segmentOf(i)
	for k := min(from, s.start); k < max(to+1, s.end); k++ {
		switch p.tag(k) {
		case tagNeed, tagTerms, tagFuture, tagOrder, tagConditional, tagFormer, tagDoubt:
			return true
		case tagState, tagTopic:
			if k >= s.start && k < s.end && p.items[k].w.Predicate == "gated" {
				return true // "code on request"
			}
		case tagBut, tagHedge, tagMore, tagLess, tagOnly, tagFirst, tagMost, tagOther:
			return true
		case tagNot:
			if !p.used[k] {
				return true
			}
		}
	}
	return false
}

package claims

import (
	"slices"
	"strings"

	"openness/audit"
	"openness/rubric"
)

// onlyThat judges "only the weights are public", "the one thing missing is the
// data": the component is so, and the others are not. v is the verdict on the
// component alone.
func onlyThat(r *Reading, c *Claim, v rubric.Verdict, reason string, observations []audit.Observation,
	p *Part) (rubric.Verdict, string) {
	if v == rubric.Refuted {
		return v, reason
	}
	kind := c.Predicate == "open-code" && c.Value != "" && c.Value != "training" // "only the code for inference"
	if kind {
		if rest, why := verdictOf("open-code", "training", !c.Denied, observations, p); rest != rubric.Supported {
			return rest, "It is not the only code. " + why
		}
	}
	settled, several := true, false
	for _, predicate := range []string{"open-weights", "open-data", "open-code"} {
		if predicate == c.Predicate {
			continue
		}
		if r.listedWith(c, predicate) {
			several = true
			continue
		}
		value := ""
		if predicate == "open-code" {
			value = "training" // code that runs the model goes with its weights
		}
		rest, why := verdictOf(predicate, value, !c.Denied, observations, p)
		switch {
		case rest == rubric.Refuted && kind: // it may be the only code
			settled = false
		case rest == rubric.Refuted:
			return rubric.Refuted, "It is not the only one. " + why
		case rest != rubric.Supported:
			settled = false
		}
	}
	if several && c.Denied {
		settled = false // there may be more that is missing
	}
	if v == rubric.Supported && settled {
		return v, reason
	}
	return rubric.Unverifiable, "Whether it is the only one is not settled. " + reason
}

// listedWith reports whether a component is named together with that of a claim as the only
// ones: "only the weights and the data".
func (r *Reading) listedWith(c *Claim, predicate string) bool {
	return slices.ContainsFunc(r.Claims, func(o Claim) bool {
		whole := o.Value == "" || o.Predicate != "open-code" || o.Value == "training"
		return o.only && o.Predicate == predicate && whole && o.clause == c.clause && o.Model == c.Model &&
			o.Denied == c.Denied
	})
}

// firstOf reports whether "the first" or "the only" at an item is that of its maker
// ("its first", "Y's first", "the only Y model", "Y has for the first time"), and
// whether it is only the first for some time ("in years", "since").
func (p *parser) firstOf(i int) (own, span bool) {
	s := p.segmentOf(i)
	words := p.tokensOf(i)
	before, behind := p.prev(i-1, tagNeutral, tagOf), p.next(i+1, tagNeutral)
	if p.tag(behind) == tagMaker && p.tag(behind+1) == tagNeutral {
		return true, false
	}
	own = beginsWith("pronoun-own", words) || p.tag(before) == tagMaker && p.tag(before+1) == tagOf ||
		amongTokens("first-time", words) && slices.ContainsFunc(p.items[s.start:s.end], func(it item) bool {
			return it.tag == tagMaker
		})
	return own, amongTokens("first-for", p.list[p.items[i].first:p.items[s.end-1].end])
}

// notOnly takes "not only the weights are open, but also the data" for what it says of
// the weights: what more there is stands behind. Without that it denies that the weights are all.
func (p *parser) notOnly(i int) bool {
	it := &p.items[i]
	k := p.prev(i-1, tagNeutral)
	if !p.moreBehind(i) || it.w.Value != tagOnly || it.w.Predicate != "open-weights" || p.tag(k) != tagNot || len(p.nots) == 0 ||
		p.nots[len(p.nots)-1] != k {
		return false
	}
	p.used[k], p.nots, p.not = true, p.nots[:len(p.nots)-1], false
	it.tag, it.w = tagState, &wording{Tag: tagState, Predicate: "open-weights", Value: "published", file: it.w.file}
	return true
}

// moreBehind reports whether a later part of the sentence names a component.
func (p *parser) moreBehind(i int) bool {
	end := p.segmentOf(i).end
	return slices.ContainsFunc(p.items[min(end, len(p.items)):], func(it item) bool { return it.tag == tagPart })
}

// ofParts takes a word for "fully open" behind a component and a verb for what it says
// of that: "its training data is fully public".
func (p *parser) ofParts(i int) bool {
	it := &p.items[i]
	if it.w.Predicate != "fully-open" || len(p.parts) == 0 || p.said || p.joint ||
		p.tag(p.prev(i-1, tagNeutral, tagNot)) != tagLink {
		return false
	}
	value := "published"
	switch said := strings.ToLower(p.words(i)); p.part(p.parts[len(p.parts)-1]) {
	case "license":
		return false // a licence is open, or is not
	case "open-weights", "code":
		if strings.Contains(said, "open") {
			value = "open-source" // and not behind a form, or under terms that restrict
		}
	default:
		if strings.Contains(said, "source") {
			value = "open-source"
		}
	}
	it.tag, it.w = tagState, &wording{Tag: tagState, Value: value, Denied: it.w.Denied, file: it.w.file}
	return true
}

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
func onlyThat(c *Claim, v rubric.Verdict, reason string, observations []audit.Observation,
	p *Part) (rubric.Verdict, string) {
	if v == rubric.Refuted {
		return v, reason
	}
	if c.Predicate == "open-code" && c.Value != "" && c.Value != "training" { // "only the code for inference"
		if rest, why := verdictOf("open-code", "training", !c.Denied, observations, p); rest != rubric.Supported {
			return rest, "It is not the only code. " + why
		}
		return v, reason
	}
	settled := true
	for _, predicate := range []string{"open-weights", "open-data", "open-code"} {
		if predicate == c.Predicate {
			continue
		}
		value := ""
		if predicate == "open-code" {
			value = "training" // code that runs the model goes with its weights
		}
		rest, why := verdictOf(predicate, value, !c.Denied, observations, p)
		switch rest {
		case rubric.Refuted:
			return rubric.Refuted, "It is not the only one. " + why
		case rubric.Supported:
		default:
			settled = false
		}
	}
	if v == rubric.Supported && settled && !slices.Contains([]string{"inference", "evaluation", "processing"},
		c.Value) {
		return v, reason
	}
	return rubric.Unverifiable, "Whether it is the only one is not settled. " + reason
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

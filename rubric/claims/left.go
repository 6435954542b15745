package claims

import (
	"slices"
	"strings"
)

// unchecked names what no claim covers.
func (p *parser) unchecked() {
	clauses := p.clausesOfItems()
	var run []string
	flush := func() {
		if len(run) > 0 {
			p.Unchecked = append(p.Unchecked, strings.Join(run, " "))
			run = nil
		}
	}
	for i, it := range p.items {
		switch it.tag {
		case tagUnknown, tagOther, tagLicence, tagOnly, tagFirst, tagPart, tagState:
			if !p.used[i] {
				run = append(run, p.words(i))
				continue
			}
		case tagNot:
			if !p.used[i] {
				run = append(run, p.words(i))
				continue
			}
		case tagHedge, tagFuture, tagOrder, tagFormer: // of a clause that claims nothing
			if !slices.ContainsFunc(p.Claims, func(c Claim) bool { return c.clause == clauses[i] }) {
				run = append(run, p.words(i))
				continue
			}
		case tagMaker:
			if !p.own(p.names[it.name]) {
				run = append(run, p.words(i))
				continue
			}
		case tagModel:
			if !p.spokenOf(p.names[it.name].ID) {
				run = append(run, p.words(i))
				continue
			}
		case tagNeutral, tagOf, tagAway:
			continue // does not part what was not understood
		}
		flush()
	}
	flush()
}

// own reports whether a maker made the models that the claims are about.
func (p *parser) own(maker Name) bool {
	return !slices.ContainsFunc(p.Claims, func(c Claim) bool { return !slices.Contains(maker.Of, c.Model) })
}

// spokenOf reports whether some claim is about a model or compares with it.
func (p *parser) spokenOf(id string) bool {
	return slices.ContainsFunc(p.Claims, func(c Claim) bool { return c.Model == id || c.Than == id })
}

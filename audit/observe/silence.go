package observe

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
)

// An absence needs every place that would have spoken. The themes say what is
// in the documents that were read. The table of facts says, fact by fact, where
// else it would have been said; here is decided, from that table alone, whether
// silence is an absence, and what was not looked at leaves open.

// silence gives for each fact that is not found at its highest value the looks
// that could not be made, and for each that is not found at all the pages that
// were read in vain.
func (in *input) silence(found []audit.Observation) []audit.Observation {
	made := make(map[string]sources.Look)
	var out []audit.Observation
	for _, f := range audit.Facts() {
		if len(f.Looks)+len(f.More) == 0 || !mayRise(f, found) {
			continue
		}
		there := sources.Found(found, f.Name)
		var all sources.Look
		for _, name := range f.Looks {
			all = all.And(in.lookAt(made, name, there))
		}
		for _, name := range f.More {
			all = all.And(sources.Look{Lost: in.lookAt(made, name, there).Lost})
		}
		out = append(out, saysOf(all, f, found)...)
	}
	return out
}

// saysOf gives what a look is worth for a fact: what it leaves open, or, where
// nothing is left open and nothing was found, that the fact does not hold.
func saysOf(l sources.Look, f audit.Fact, found []audit.Observation) []audit.Observation {
	var out []audit.Observation
	if !f.Narrows || len(l.Read) == 0 && !absent(found, f.Name) {
		for _, d := range l.Lost {
			out = append(out, audit.From(d.Document, f.Name, d.Finding, "It may say more: "+d.Why))
		}
	}
	if len(out) > 0 || f.Silence == "" || sources.Found(found, f.Name) || notSettled(found, f.Name) {
		return out
	}
	for _, d := range l.Read {
		out = append(out, audit.From(d, f.Name, audit.NotThere, f.Silence))
	}
	return out
}

// notSettled reports whether a theme itself says that a fact is not settled by
// what it read.
func notSettled(found []audit.Observation, fact string) bool {
	return slices.ContainsFunc(found, func(o audit.Observation) bool { return o.Fact == fact && !o.Finding.Known() })
}

// absent reports whether a theme found that a fact does not hold.
func absent(found []audit.Observation, fact string) bool {
	return slices.ContainsFunc(found, func(o audit.Observation) bool {
		return o.Fact == fact && o.Finding == audit.NotThere
	})
}

// mayRise reports whether another document could say more of a fact than was found.
func mayRise(f audit.Fact, found []audit.Observation) bool {
	for _, o := range found {
		if o.Fact != f.Name || o.Finding != audit.Present {
			continue
		}
		switch f.Type {
		case audit.BoolFact:
			if o.Value == "true" {
				return false
			}
		case audit.EnumFact:
			if o.Value == f.Values[len(f.Values)-1] {
				return false
			}
		case audit.FloatFact:
		default:
			return false // a name or a number is what it is
		}
	}
	return true
}

// qualify adds to what pages of a repository do not say that the model's page
// on the hub, which might have said it, could not be looked at. Where the table
// of facts does not ask for that page, the silence of its makers' repository
// counts, so a reader must see what it rests on.
func (in *input) qualify(found []audit.Observation) {
	own, base := in.lostPage(audit.RoleEnd), in.lostPage(audit.RoleBase)
	for i := range found {
		o := &found[i]
		if o.Finding != audit.NotThere || o.Role != audit.RoleCode {
			continue
		}
		page := own
		if strings.HasPrefix(o.Fact, "weights.base.") || strings.HasPrefix(o.Fact, "data.pretraining.") {
			page = cmp.Or(base, own)
		}
		if page != nil {
			o.Note = fmt.Sprintf("%s. The page of %s on the hub, which might, could not be looked at (%s).",
				strings.TrimSuffix(o.Note, "."), page.PlaceID, page.Outcome)
		}
	}
}

// lostPage is the attempt to read a model's page on a hub where none in that
// role was read, or nil.
func (in *input) lostPage(role audit.Role) (lost *audit.Document) {
	for _, d := range in.Of(audit.DocModelAPI, audit.DocModelCard) {
		if d.Role != role {
			continue
		}
		if d.Kind == audit.DocModelCard && document.Readable(d) {
			return nil
		}
		if _, missing := document.Unseen(d); missing && lost == nil {
			lost = d
		}
	}
	return lost
}

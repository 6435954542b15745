package licences

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/license"
	"openness/audit/observe/document"
)

// The licence of what a model was made from limits it: nobody can grant more than
// they were granted. A model that is offered under an open licence and was made from
// one that is not has the limits of both, and which licence it is under is not settled.

// withinBase gives the verdict on weights whose base grants less than the reading does.
func (in *Reader) withinBase(best, base licence) []audit.Observation {
	made := fmt.Sprintf("it was made from %s, which is under %s", base.doc.PlaceID, base.id)
	clause := made
	if limit := restriction(base.id); limit != "" {
		clause += ": " + limit
	}
	observe := func(fact, value, note string) audit.Observation {
		return audit.Observe(base.doc, fact, value, base.span, note)
	}
	out := []audit.Observation{
		audit.From(best.doc, "license.weights.id", audit.Unreadable, fmt.Sprintf("%s says %s, but %s", best.source,
			best.id, made)),
		observe("license.weights.openness", base.class(), clause),
		observe("license.weights.clause", clause, "what keeps the model within the licence of its base"),
	}
	t, _ := base.terms()
	if t.CommercialUse == license.Forbidden || t.CommercialUse == license.Conditional {
		out = append(out, observe("license.weights.commercial_use", string(t.CommercialUse), clause))
	}
	if holds(t.UseRestrictions) {
		out = append(out, observe("license.weights.use_restrictions", "true", clause))
	}
	return out
}

// baseDoubt finds a model that the page names in words as what this one was made
// from, of which no page was read, and whose family is known to come under licences
// that limit: then an open licence is not the last word.
func (in *Reader) baseDoubt(all []licence) (d *audit.Document, note string) {
	for _, base := range in.bases(all) {
		if slices.ContainsFunc(in.Subject.Places, func(p audit.Place) bool {
			return p.ID == base.doc.PlaceID && strings.Contains(p.Reason, audit.AlikeByName)
		}) && base.class() != Open {
			return base.doc, fmt.Sprintf("by their names it may have been made from %s, which is under %s",
				base.doc.PlaceID, base.id)
		}
	}
	named := in.NamedBases()
	for _, n := range named {
		if id, ok := familyLicence(n.Name); ok && licenceClass(id) != Open {
			return n.Doc, fmt.Sprintf("it was made from %s, of which no page was read and whose family comes "+
				"under licences that limit use (%s)", n.Name, id)
		}
	}
	page := in.ownDocument(audit.DocModelCard)
	if page == nil || len(named) > 0 || in.Subject.Base != "" || len(in.Of(audit.DocModelCard)) > 1 {
		return nil, ""
	}
	if id, ok := namedAfter(path.Base(in.ID())); ok && licenceClass(id) != Open {
		return page, fmt.Sprintf("its name is that of models under %s, and no page says what it was made from", id)
	}
	return nil, ""
}

// namedAfter is the licence of one version of a family that a name holds, version and all.
func namedAfter(name string) (string, bool) {
	words, whole := identity.Parse(name).Words, identity.Squash(name)
	for _, v := range identity.VersionMarks(name) {
		for i := range words {
			family := strings.Join(words[i:], " ")
			id, ok := license.Normalize(family + " " + v)
			if ok && license.FamilyOf(id) != "" && strings.Contains(id, "-"+v) &&
				strings.Contains(whole, identity.Squash(words[len(words)-1]+v)) {
				return id, true
			}
		}
	}
	return "", false
}

// familyLicence is the licence that models of a name come under, by its family and
// version, where a licence is named after them.
func familyLicence(name string) (string, bool) {
	n := identity.Parse(path.Base(name))
	words := strings.Join(n.Words, " ")
	for _, v := range identity.VersionMarks(name) {
		if id, ok := license.Normalize(words + " " + v); ok {
			return id, true
		}
	}
	if id, ok := license.Normalize(words); ok && license.FamilyOf(id) != "" {
		return license.Precise(words, id), true
	}
	if family := "LicenseRef-" + n.Family; license.FamilyOf(family) != "" {
		return family, true
	}
	return "", false
}

// lineageFacts gives the licence of every model that this one was made from: all
// of them bind who takes it. One of which no licence could be read is said to be so.
func (in *Reader) lineageFacts(all []licence) []audit.Observation {
	var out []audit.Observation
	for _, p := range in.Subject.Places {
		if p.Role != audit.RoleBase || p.Kind != audit.HubModel && p.Kind != audit.ModelScopeModel {
			continue
		}
		var of []licence
		for _, l := range all {
			if l.component == "base" && strings.EqualFold(l.doc.PlaceID, p.ID) {
				of = append(of, l)
			}
		}
		named := in.narrowestFirst("base", ofComponent(of, "base"))
		switch bar := in.bar("base", named, of); {
		case bar != nil && (len(named) == 0 || !bar.limit.implied(known(named[0]))):
			out = append(out, audit.Observe(bar.doc, "license.lineage", p.ID+" "+Unknown, bar.span,
				bar.limit.clause()))
		case len(named) > 0:
			out = append(out, audit.Observe(named[0].doc, "license.lineage", p.ID+" "+named[0].id, named[0].span,
				named[0].note()))
		default:
			out = append(out, in.unreadLineage(p.ID)...)
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, n := range in.NamedBases() {
		note := fmt.Sprintf("%s is named as what the model was made from, and no page of it was read", n.Name)
		out = append(out, audit.From(n.Doc, "license.lineage", audit.NotFetched, note))
	}
	return out
}

// unreadLineage says of a base why its licence is not known.
func (in *Reader) unreadLineage(id string) []audit.Observation {
	docs := in.LooksAtBase(id, audit.DocModelCard, audit.DocModelAPI, audit.DocLicense)
	if len(docs) == 0 {
		return nil
	}
	finding, why := audit.NotThere, "states no licence"
	if f, lost := document.Unseen(docs[0]); lost {
		finding, why = f, "could not be looked at: "+document.Answer(docs[0])
	}
	return []audit.Observation{audit.From(docs[0], "license.lineage", finding, id+" "+why)}
}

package licences

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/license"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
)

// The verdict on a component is what its readings come to. The strictest
// statement about it wins, wherever it stands; what could not be read leaves a
// licence that would otherwise be open undetermined. Neither is a guess: a
// reader is shown both sides.

// verdict gives the facts on the licence of one component.
func (in *Reader) verdict(component string, all []licence) []audit.Observation {
	of := in.narrowestFirst(component, ofComponent(all, component))
	bar := in.bar(component, of, all)
	switch {
	case len(of) == 0 && bar == nil:
		return in.unlicensed(component, all)
	case len(of) == 0:
		of = []licence{*bar}
	}
	best := of[0]
	if best.class() == Open && bar == nil {
		if doubts := in.notAllThat(component, best, all); len(doubts) > 0 {
			return doubts
		}
	}
	if component == "weights" && best.class() != Open && bar == nil {
		bar = in.barOfParents(best)
	}
	var out []audit.Observation
	if bar != nil && bar.limit.soft && best.names() && best.source >= fromForge {
		if best.class() == Open {
			return openFacts(component, bar.doc, bar.span, audit.Unreadable, meantOnly(best))
		}
		if component == "weights" && known(best).CommercialUse != license.Forbidden {
			out = append(out, leftOpen(bar.doc, "license.weights.commercial_use", bar.span, audit.Unreadable,
				meantOnly(best)))
		}
		bar = nil // what the makers meant it for changes no term of a licence that has limits of its own
	}
	decides := best
	if bar != nil && !bar.limit.implied(known(best)) {
		decides = bar.within(best)
	}
	if component == "weights" && permits(decides) && len(out) == 0 {
		if c := in.cautioned(of); c != nil && !(c.uses && holds(known(best).UseRestrictions)) {
			if out = doubted(component, best, c); best.class() == Open {
				return out
			}
		}
	}
	out = append(out, idOf(component, best, decides))
	out = append(out, in.howOpen(component, decides, of)...)
	if component == "data" {
		out = append(out, otherSets(best, of)...)
	}
	if component == "weights" && decides.class() != Open && !decides.untold() {
		out = append(out, audit.Observe(decides.doc, "license.weights.clause", decides.clause(), decides.span,
			"what keeps "+decides.id+" from being open"))
	}
	return out
}

// notAllThat gives what keeps an open licence from being the last word: terms that nobody read, or what the model was
// made from.
func (in *Reader) notAllThat(component string, best licence, all []licence) []audit.Observation {
	doubts := in.unreadTerms(component, best, all)
	if len(doubts) == 0 && component == "weights" {
		return in.withinParents(best)
	}
	return doubts
}

// untold reports whether a reading tells of terms that nobody knows, and of no limit in them.
func (l licence) untold() bool { return l.id == Unknown && l.limit == nil }

// idOf says which licence a component is under, or that its page says otherwise.
func idOf(component string, best, decides licence) audit.Observation {
	if decides.limit != nil && decides.limit != best.limit && best.class() == Open {
		note := fmt.Sprintf("%s says %s, but the page says that %s", best.source, best.id, decides.limit.clause())
		return leftOpen(decides.doc, "license."+component+".id", decides.span, audit.Unreadable, note)
	}
	return audit.Observe(best.doc, "license."+component+".id", best.id, best.span, best.note())
}

// howOpen says how open the licence of a component is, by the reading that decides.
func (in *Reader) howOpen(component string, decides licence, of []licence) []audit.Observation {
	d, finding, why := in.unreadSet(component, of)
	switch {
	case graded(component) && decides.untold():
		return []audit.Observation{leftOpen(decides.doc, "license."+component+".openness", decides.span, audit.Unreadable,
			"it is under terms that are none of the known ones, and no limit was found in them; read them")}
	case d != nil:
		return []audit.Observation{audit.From(d, "license.data.openness", finding, why)}
	case graded(component):
		return openness(component, decides, of)
	}
	return nil
}

// otherSets gives the licences of the data sets beside the one whose reading is the first: each has its own.
func otherSets(best licence, of []licence) (out []audit.Observation) {
	for _, l := range of {
		if l.doc != best.doc && l.doc.Role == audit.RoleData && l.limit == nil {
			out = append(out, audit.Observe(l.doc, "license.data.id", l.id, l.span, l.note()))
		}
	}
	return out
}

// unreadSet is a data set whose licence is not known, and why, where those of the other sets are open: it may be closed.
func (in *Reader) unreadSet(component string, of []licence) (*audit.Document, audit.Finding, string) {
	if component != "data" ||
		slices.ContainsFunc(of, func(l licence) bool { return l.class() != Open || l.doc.Role != audit.RoleData }) {
		return nil, "", "" // the page speaks for all of them, or one is closed
	}
	for _, d := range in.Of(audit.DocDataCard) {
		if d.Role != audit.RoleData || slices.ContainsFunc(of, func(l licence) bool { return l.doc.PlaceID == d.PlaceID }) {
			continue
		}
		if u, missing := sources.Unlooked(in.Set, d); missing {
			return d, u.Finding, "the licence of " + d.PlaceID + ", one of several sets, is not known: " + u.Why
		}
		return d, audit.Unreadable, d.PlaceID + ", one of several sets, states no licence"
	}
	return in.setPastTheBound()
}

// setPastTheBound is the card that lists a data set of which nobody asked for a page, and why that leaves it open.
func (in *Reader) setPastTheBound() (*audit.Document, audit.Finding, string) {
	for _, card := range in.Of(audit.DocModelCard) {
		if card.Role != audit.RoleEnd || !document.Readable(card) {
			continue
		}
		for _, f := range in.Card(card).Front.All("datasets") {
			id := path.Base(f.Value) // the hub moves sets to their makers; "." is that of an empty entry
			if id != "." && !slices.ContainsFunc(in.Of(audit.DocDataCard, audit.DocDatasetAPI), func(d *audit.Document) bool {
				return strings.EqualFold(path.Base(d.PlaceID), id)
			}) {
				return card, audit.NotFetched, "the licence of " + f.Value + ", one of several sets, was not looked for"
			}
		}
	}
	return nil, "", ""
}

// meantOnly says of a licence that grants everything that its page tells what the makers meant the model for, and not
// what they allow.
func meantOnly(best licence) string {
	return fmt.Sprintf("%s says %s, and the page that it is meant for research or study alone", best.source, best.id)
}

// openFacts leaves the facts on the licence of a component open, and says why.
func openFacts(component string, d *audit.Document, at audit.Span, f audit.Finding, why string) []audit.Observation {
	out := []audit.Observation{leftOpen(d, "license."+component+".id", at, f, why)}
	if graded(component) {
		out = append(out, leftOpen(d, "license."+component+".openness", at, f, why))
	}
	return out
}

// leftOpen leaves a fact open, and quotes the words at a place that were read and do not settle it.
func leftOpen(d *audit.Document, fact string, at audit.Span, f audit.Finding, why string) audit.Observation {
	o := audit.From(d, fact, f, why)
	if f == audit.Unreadable && at.Start < at.End && at.Within(len(d.Body)) {
		o.Start, o.End, o.Quote = at.Start, at.End, string(d.Body[at.Start:at.End])
	}
	return o
}

// graded reports whether a fact tells how open the licence of a component is.
func graded(component string) bool {
	_, ok := audit.FactNamed("license." + component + ".openness")
	return ok
}

// known are the terms of a reading; none where they are not known.
func known(l licence) license.Terms {
	t, _ := l.terms()
	return t
}

// narrowestFirst puts before the others the reading that grants least, among
// those that say by name what they cover. What is said of the whole project
// does not narrow what is said of the component.
func (in *Reader) narrowestFirst(component string, of []licence) []licence {
	if len(of) == 0 || component == "data" {
		return of
	}
	best := 0
	for i, l := range of {
		if l.general && !of[best].general || l.grade() >= of[best].grade() || l.ownTerms() ||
			l.unspoken && of[best].source > fromTag {
			continue
		}
		if of[best].agrees(l) && l.source < of[best].source {
			continue // another name of the same licence
		}
		if component == "weights" || l.doc.Place == of[best].doc.Place && l.doc.PlaceID == of[best].doc.PlaceID {
			best = i
		}
	}
	sorted := append([]licence{of[best]}, of[:best]...)
	return append(sorted, of[best+1:]...)
}

// ownTerms reports whether prose names terms that nobody here knows, or a changed
// copy of known ones: what they say is open.
func (l licence) ownTerms() bool {
	_, changed := license.Original(l.id)
	return l.source == fromProse && l.limit == nil && (changed || !understood(l.id))
}

// bar is the strictest limit that the pages put on a component in prose, nil
// for none. What is said of the whole project counts where nothing says more of
// the component, and where the repository is surely the model's.
func (in *Reader) bar(component string, of, all []licence) *licence {
	if component == "data" || component == "docs" {
		return nil
	}
	var found *licence
	for i, l := range all {
		if l.component != component || l.limit == nil || l.source != fromProse {
			continue
		}
		if l.general && len(of) > 0 && !of[0].general && !in.surelyOwn(l.doc.PlaceID) {
			continue
		}
		if found == nil {
			found = &all[i]
			continue
		}
		both := *found.limit
		both.add(*l.limit)
		if both == *found.limit {
			continue
		}
		at := *found
		if l.limit.class() == Restricted && found.limit.class() != Restricted ||
			l.limit.commercial == license.Forbidden && found.limit.commercial != license.Forbidden {
			at = all[i]
		}
		at.limit = &both
		found = &at
	}
	return found
}

// within is a limit on what a licence grants: as strict as both.
func (l *licence) within(best licence) licence {
	both := *l
	sum := *l.limit
	t := known(best)
	if t.CommercialUse == license.Forbidden ||
		t.CommercialUse == license.Conditional && sum.commercial == license.Unsaid {
		sum.commercial = t.CommercialUse
	}
	sum.uses, sum.outputs = sum.uses || holds(t.UseRestrictions), sum.outputs || holds(t.OutputRestriction)
	sum.size, sum.territory = sum.size || t.UserThreshold != nil, sum.territory || t.GeographicLimit != nil
	both.limit = &sum
	return both
}

// openness grades a component. Data sets each have their own licence, so one
// restricted set among them restricts the whole.
func openness(component string, decides licence, of []licence) []audit.Observation {
	if component == "data" {
		for _, l := range of {
			if l.class() != Open {
				decides = l
				break
			}
		}
	}
	class := decides.class()
	if best := of[0].class(); component != "data" && understood(of[0].id) &&
		slices.Index(gradesOfClass, best) < slices.Index(gradesOfClass, class) {
		class = best // a limit on what is known to be restricted widens nothing
	}
	note := decides.id + " is an open licence"
	if class != Open {
		note = decides.id + ": " + decides.clause()
	}
	out := []audit.Observation{audit.Observe(decides.doc, "license."+component+".openness", class, decides.span, note)}
	if decides.limit != nil {
		return out
	}
	for _, l := range of {
		if l.source == fromProse && !l.general && l.doc != decides.doc && sameLicence(l.id, decides.id) &&
			l.class() == class {
			// A text does not say what it covers; the sentence that does is shown beside it.
			return append(out, audit.Observe(l.doc, "license."+component+".openness", class, l.span,
				"the page says that this licence covers the "+component))
		}
	}
	return out
}

// unreadTerms says why an open licence of the weights is not the last word: the
// page says that they are under terms of their own, or a text that may decide
// was refused or lost.
func (in *Reader) unreadTerms(component string, best licence, all []licence) []audit.Observation {
	var out []audit.Observation
	doubt := func(d *audit.Document, at audit.Span, f audit.Finding, note string) {
		out = append(out, openFacts(component, d, at, f, fmt.Sprintf("%s says %s; %s", best.source, best.id, note))...)
	}
	for _, u := range in.couldNarrow(component, best) {
		doubt(u.Document, audit.Span{}, u.Finding, "it may limit the licence: "+u.Why)
	}
	if component != "weights" {
		return out
	}
	textRead := false
	for _, l := range all {
		textRead = textRead || l.component == component && l.source == fromText && !l.general
	}
	for _, l := range all {
		if l.component == component && (l.unread || l.ownTerms()) && !l.general && !textRead {
			doubt(l.doc, l.span, audit.Unreadable,
				"the page puts the weights under terms of their own, whose text was not read: "+quoted(l))
			break
		}
	}
	for _, l := range all {
		if l.component == component && l.vague && !l.general && (best.general || best.source == fromProse) {
			doubt(l.doc, l.span, audit.Unreadable, "the tag of the weights names no licence: "+quoted(l))
			break
		}
	}
	if d, at, unread := in.unreadFile(best); unread {
		doubt(d, at, audit.NotFetched, "a file is named as terms of the weights, and was not read: "+
			string(d.Body[at.Start:at.End]))
	}
	if d, at, note := in.baseDoubt(); d != nil {
		doubt(d, at, audit.Unreadable, note)
	}
	return out
}

// speaksForWeights reports whether a legal file that was not seen could put the
// weights under other terms than the best reading.
func (in *Reader) speaksForWeights(d *audit.Document, best licence) bool {
	switch {
	case d.Role == audit.RoleBase || d.Role == audit.RoleData:
		return false
	case d.Place == audit.GitHubRepo && (!in.OwnRepositories()[d.PlaceID] ||
		strings.Contains(d.Path, "/") && termsPlace(d) == aPart):
		return false
	}
	for _, c := range in.covers(d, Unknown) {
		if c.name == "weights" && (!c.general || best.general) {
			return true
		}
	}
	return false
}

// quoted is what a reading was read from.
func quoted(l licence) string {
	return strings.Join(strings.Fields(string(l.doc.Body[l.span.Start:l.span.End])), " ")
}

// unlicensed gives the facts on a component that nothing states a licence for:
// silence, a tag that names none, or a grant that stops at the code.
func (in *Reader) unlicensed(component string, all []licence) []audit.Observation {
	why := func(l licence, note string) []audit.Observation {
		return openFacts(component, l.doc, l.span, audit.Unreadable, note+": "+quoted(l))
	}
	first := func(holds func(licence) bool) *licence {
		if i := slices.IndexFunc(all, holds); i >= 0 {
			return &all[i]
		}
		return nil
	}
	if l := first(func(l licence) bool { return l.component == component && l.unread }); l != nil {
		return why(*l, "the page puts it under terms of its own, whose text was not read")
	}
	if l := first(func(l licence) bool { return l.component == component && l.vague }); l != nil {
		return why(*l, "it is named by a word that is no licence")
	}
	if l := first(func(l licence) bool {
		return l.component == "code" && l.ofCode
	}); l != nil && component == "weights" {
		return why(*l, "the page grants a licence for the code, and says nothing of the weights")
	}
	return nil // what its absence is worth is for silence.go to say
}

// codeOnly drops what a repository's text or badge would say of the weights,
// where its page grants the licence for the code by name and says nothing of
// the weights: a grant for code covers no weights. A limit on the code of a
// repository is one on all that its licence covers; where the weights have a
// licence of their own, whether it is meant of them is in doubt.
func codeOnly(all []licence) []licence {
	grants, speaks := make(map[string]bool), make(map[string]bool)
	for _, l := range all {
		if l.doc.Kind != audit.DocReadme || l.source != fromProse {
			continue
		}
		grants[l.doc.PlaceID] = grants[l.doc.PlaceID] || l.ofCode
		speaks[l.doc.PlaceID] = speaks[l.doc.PlaceID] || l.component == "weights" && !l.badge && l.limit == nil
	}
	var kept []licence
	for _, l := range all {
		at := l.doc.PlaceID
		if l.component == "code" && l.limit != nil && l.source == fromProse && coveredByWhole(all, l) {
			whole, limit := l, *l.limit
			limit.soft = limit.soft || slices.ContainsFunc(all, statedOfWeights)
			whole.component, whole.general, whole.limit = "weights", true, &limit
			kept = append(kept, whole)
		}
		if l.component == "weights" && l.general && l.doc.Place == audit.GitHubRepo && l.limit == nil && grants[at] &&
			!speaks[at] {
			continue
		}
		kept = append(kept, l)
	}
	return kept
}

// statedOfWeights reports whether a reading names a licence of the weights themselves.
func statedOfWeights(l licence) bool { return l.component == "weights" && !l.general && l.names() }

// coveredByWhole reports whether the licence of a limited code is the weights' as
// well, by way of the whole repository.
func coveredByWhole(all []licence, code licence) bool {
	for _, l := range all {
		if l.component == "weights" && l.general && l.names() && l.doc.Place == code.doc.Place &&
			l.doc.PlaceID == code.doc.PlaceID {
			return true
		}
	}
	return false
}

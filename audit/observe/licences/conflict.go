package licences

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/license"
	"openness/audit/observe/document"
)

// A conflict is two statements on licences that cannot both hold, or one that
// leaves undone what the other asks. Each side was read and is quoted: what
// could not be fetched, or is under a licence whose terms are not known, is no
// conflict.
type conflict struct {
	kind     string // the fact is license.conflict. and this
	sentence string
	one      side // what is claimed
	other    side // what stands against it
}

// A side is one of the two places of a conflict.
type side struct {
	doc  *audit.Document
	span audit.Span
	note string
}

func (l licence) side() side { return side{l.doc, l.span, l.source.String() + " says " + l.said()} }

// said is what a reading says, in words: an id, or a limit.
func (l licence) said() string {
	switch {
	case l.limit == nil:
		return l.id
	case l.source == fromProse:
		return "that " + l.limit.clause()
	}
	return l.id + " (" + l.limit.clause() + ")"
}

// conflicts reports the disagreements among readings and down the lineage:
// each with both sides as license.conflict.KIND, and its kind once in
// license.conflicts.
func (in *Reader) conflicts(all []licence, lineage []conflict) []audit.Observation {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b licence) int {
		return cmp.Or(cmp.Compare(a.doc.URL, b.doc.URL), cmp.Compare(a.span.Start, b.span.Start))
	})
	var found []conflict
	for _, component := range []string{"weights", "code", "docs"} {
		of := slices.DeleteFunc(slices.Clone(all), func(l licence) bool {
			return l.component != component || l.vague || l.unread || !l.understood()
		})
		found = append(found, in.disagreements(component, of)...)
	}
	found = append(found, lineage...)
	found = append(found, in.headerConflicts(all)...)
	found = append(found, in.twinLicences(all)...)
	var out []audit.Observation
	for _, c := range found {
		for _, s := range []side{c.one, c.other} {
			out = append(out, audit.Observe(s.doc, "license.conflict."+c.kind, c.sentence, s.span, s.note))
			if c.kind == "tag_text" || c.kind == "modified_text" {
				out = append(out, audit.Observe(s.doc, "license.tag_conflict", "true", s.span, s.note))
			}
		}
		out = append(out, audit.Observe(c.other.doc, "license.conflicts", c.kind, c.other.span, c.sentence))
	}
	return append(out, in.agreement(all, found)...)
}

// undone are the conflicts that leave a duty undone: which licence holds is not in doubt.
var undone = map[string]bool{"naming": true, "attribution": true, "missing_text": true}

// understood reports whether the terms of a licence are known, so that it can
// be compared with another.
func understood(id string) bool {
	_, ok := license.Read(id)
	return ok
}

func (l licence) understood() bool { return l.limit != nil || understood(l.id) }

// agreement says that no conflict was found, where the weights' licence was
// read, or what leaves that open: something that would speak of it was lost, or
// other statements than tag and text contradict each other.
func (in *Reader) agreement(all []licence, found []conflict) []audit.Observation {
	of := ofComponent(all, "weights")
	if len(of) == 0 {
		return nil
	}
	if slices.ContainsFunc(found, func(c conflict) bool { return c.kind == "tag_text" || c.kind == "modified_text" }) {
		return nil
	}
	if i := slices.IndexFunc(found, func(c conflict) bool { return !undone[c.kind] }); i >= 0 {
		return []audit.Observation{audit.From(found[i].other.doc, "license.tag_conflict", audit.Unreadable,
			found[i].sentence)}
	}
	at, finding, note := of[0].doc, audit.NotThere, "the tags, texts and statements that were read agree"
	for _, d := range in.Of(audit.DocModelCard, audit.DocLicense, audit.DocReadme) {
		if f, lost := document.Unseen(d); lost && (d.Role == audit.RoleEnd || d.Role == audit.RoleBase ||
			in.OwnRepositories()[d.PlaceID]) {
			at, finding, note = d, f, "what was read agrees, but this may say otherwise: "+d.Detail
			break
		}
	}
	out := []audit.Observation{audit.From(at, "license.tag_conflict", finding, note)}
	if len(found) == 0 {
		out = append(out, audit.From(at, "license.conflicts", finding, note))
	}
	return out
}

// disagreements compares the readings of one component, one finding a kind.
// Of two places or sources that give several licences each, it is enough that
// one is the same: parts may well be under different ones. Readings that say the
// same in one place are compared once, so that a table of thousands of rows costs
// what its different licences do.
func (in *Reader) disagreements(component string, of []licence) []conflict {
	slices.SortStableFunc(of, func(a, b licence) int { return int(b.source) - int(a.source) })
	of = distinct(of)
	var found []conflict
	for i, strong := range of {
		for _, weak := range of[i+1:] {
			kind := in.kindOf(component, strong, weak)
			if kind == "" || strong.agrees(weak) || slices.ContainsFunc(found, func(c conflict) bool {
				return c.kind == kind
			}) {
				continue
			}
			if weak.limit == nil && strong.limit == nil && weak.address == strong.address &&
				(covered(of, strong, weak) || covered(of, weak, strong)) {
				continue
			}
			sentence := fmt.Sprintf("%s: %s says %s, %s says %s", component, weak.where(), weak.said(), strong.where(),
				strong.said())
			if kind == "modified_text" {
				sentence = fmt.Sprintf("%s: %s says %s, but the text was changed in what it grants or asks", component,
					weak.where(), weak.id)
				if strong.changed.End > 0 {
					strong.span = strong.changed
				}
			}
			found = append(found, conflict{kind, sentence, weak.side(), strong.side()})
		}
	}
	return found
}

// maxDistinct is how many different readings of a component are compared: a page
// of more licences than that is a list of others' works.
const maxDistinct = 100

// distinct keeps the first of the readings that are alike in all that is compared.
// An address and what its link says are told apart, as they are compared with each
// other; of those the span counts as well.
func distinct(of []licence) []licence {
	type key struct {
		place                           audit.PlaceKind
		at, id, limit, beside           string
		source                          licenceSource
		general, address, soft, changed bool
		ofLink                          audit.Span
	}
	links := make(map[audit.Span]bool)
	for _, l := range of {
		if l.address {
			links[l.span] = true
		}
	}
	seen := make(map[key]bool)
	var kept []licence
	for _, l := range of {
		k := key{place: l.doc.Place, at: l.doc.PlaceID, id: l.id, beside: strings.Join(l.beside, " "), source: l.source,
			general: l.general, address: l.address, changed: l.changed.End > 0}
		if l.limit != nil {
			k.limit, k.soft = l.limit.clause(), l.limit.soft
		}
		if links[l.span] {
			k.ofLink = l.span
		}
		if !seen[k] && len(kept) < maxDistinct {
			seen[k] = true
			kept = append(kept, l)
		}
	}
	return kept
}

// agrees reports whether two readings may be of one licence. A changed text is
// not its original; which changed text "a modified MIT licence" means is open.
func (l licence) agrees(weak licence) bool {
	if l.limit != nil || weak.limit != nil {
		return limitsAgree(l, weak)
	}
	if slices.ContainsFunc(l.beside, func(id string) bool { return id != l.beside[0] && sameLicence(id, weak.id) }) {
		return true // the file holds that text too
	}
	if joins(weak.id, l.id) || joins(l.id, weak.id) {
		return true // one of those that the expression joins
	}
	if original, changed := license.Original(weak.id); changed {
		return l.id != original
	}
	if original, changed := license.Original(l.id); changed {
		return !understood(original)
	}
	return sameLicence(l.id, weak.id)
}

// joins reports whether an id is an expression that another is a part of.
func joins(expression, id string) bool {
	return license.IsExpression(expression) && slices.Contains(license.Parts(expression), id)
}

// limitsAgree compares a limit with a licence: they agree where the licence has
// it anyway. What two limits have in common is open.
func limitsAgree(a, b licence) bool {
	if a.limit == nil {
		a, b = b, a
	}
	t, ok := b.terms()
	return b.limit != nil || !ok || a.limit.implied(t)
}

// covered reports whether another reading of the same kind from a's place
// gives b's licence too.
func covered(of []licence, a, b licence) bool {
	return slices.ContainsFunc(of, func(l licence) bool {
		same := l.doc.PlaceID == a.doc.PlaceID && l.doc.Place == a.doc.Place && l.source == a.source
		return same && (sameLicence(l.id, b.id) || l.source == fromText && l.agrees(b))
	})
}

// kindOf names the kind of conflict that two different readings make, the
// stronger first; "" where they may differ.
func (in *Reader) kindOf(component string, strong, weak licence) string {
	samePlace := strong.doc.Place == weak.doc.Place && strong.doc.PlaceID == weak.doc.PlaceID
	original, changed := license.Original(strong.id)
	switch {
	case weak.limit != nil && weak.source == fromProse:
		return in.kindOfLimit(component, strong, weak, samePlace)
	case weak.address != strong.address && weak.doc == strong.doc && strong.source == fromProse &&
		weak.source == fromProse && weak.span == strong.span && !strings.HasPrefix(strong.id+weak.id, "LicenseRef-") &&
		!strings.Contains(weak.id, "LicenseRef-"):
		return "prose" // a link that leads to another licence than it says
	case weak.general && samePlace && strong.source == fromText && weak.source == fromProse &&
		(!strong.general && component == "code" || strong.general && component == "weights"):
		return "prose"
	case weak.general:
		return ""
	case samePlace && strong.general:
		return ""
	case strong.source == fromText && changed && sameLicence(original, weak.id) && samePlace:
		return "modified_text"
	case samePlace && strong.source == fromText && weak.source == fromTag:
		return "tag_text"
	case samePlace && strong.source == fromText && weak.source == fromForge:
		return "forge_text"
	case samePlace && weak.source == fromProse && strong.source != fromProse:
		return "prose"
	case !samePlace && component == "weights" && fromHub(strong) != fromHub(weak):
		return in.acrossPlaces(strong, weak)
	}
	return ""
}

// kindOfLimit names the conflict of a limit in prose with a licence that does
// not have it. What a repository says of the whole project counts against the
// hub's licence where the repository is surely the model's.
func (in *Reader) kindOfLimit(component string, strong, weak licence, samePlace bool) string {
	switch {
	case strong.limit != nil && strong.source == fromProse, weak.limit.soft:
		return "" // what makers meant a model for contradicts no grant
	case samePlace:
		return "prose"
	case component == "weights" && fromHub(strong) && !fromHub(weak) && in.surelyOwn(weak.doc.PlaceID):
		return "hub_repository"
	}
	return ""
}

func fromHub(l licence) bool { return l.doc.Place != audit.GitHubRepo }

// acrossPlaces compares what the hub and the repository say of the weights.
// What a repository says of the whole project counts only where it grants less
// than the hub: wider terms may be meant for the code.
func (in *Reader) acrossPlaces(strong, weak licence) string {
	repository := strong.doc.PlaceID
	if fromHub(strong) {
		repository = weak.doc.PlaceID
	}
	if strong.source == fromProse && weak.source == fromProse || !in.surelyOwn(repository) {
		return ""
	}
	if strong.general && (fromHub(strong) || strong.grade() >= weak.grade()) {
		return ""
	}
	return "hub_repository"
}

// where names the place of a reading.
func (l licence) where() string {
	place := "the hub page"
	if !fromHub(l) {
		place = "the repository " + l.doc.PlaceID
	}
	switch l.source {
	case fromText:
		return fmt.Sprintf("the text in %s of %s", path.Base(l.doc.Path), place)
	case fromProse:
		return "the prose of " + place
	}
	return l.source.String() + " of " + place
}

// surelyOwn reports whether a repository is the model's makers', or its README
// names the model by its id: a name alike is not enough to hold them to it.
func (in *Reader) surelyOwn(repository string) bool {
	if identity.SameMaker(path.Dir(repository), path.Dir(in.ID())) {
		return true
	}
	return slices.ContainsFunc(in.ReadIn(repository, audit.DocReadme), func(d *audit.Document) bool {
		return len(document.Mentions(d.Body, in.ID())) > 0
	})
}

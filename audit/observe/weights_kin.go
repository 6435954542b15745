package observe

import (
	"path"
	"strings"

	"openness/audit"
	"openness/audit/identity"
)

// A place can belong to the audited model, to its base, or to neither: a
// repository named among a model's links may be the base's, or a general tool.
// Names decide, since nothing else is given: the same organisation or the same
// family name makes two names kin.

// ownRepository reports whether a repository is the audited model's own rather
// than its base's or a general tool's.
func (in *input) ownRepository(id string) bool {
	own, known := in.owned[id]
	if !known {
		own = in.decideOwn(id)
		in.owned[id] = own
	}
	return own
}

func (in *input) decideOwn(id string) bool {
	if in.subject.ID == "github:"+id || in.offersSubject(id) {
		return true
	}
	if base := in.subject.Base; base != "" && identity.SameFamily(base, id) && !identity.SameFamily(in.id(), id) {
		return false // the makers' repository of the base
	}
	if base := in.subject.Base; base != "" && !in.isCopy() && identity.SameMaker(identity.Owner(base),
		identity.Owner(id)) && !identity.SameMaker(identity.Owner(in.id()), identity.Owner(id)) {
		return false // the base's makers' own, whatever it is called
	}
	for _, role := range []audit.Role{audit.RoleEnd} {
		for _, kind := range []audit.PlaceKind{audit.HubModel, audit.ModelScopeModel, audit.GitHubRepo} {
			if p, ok := in.subject.Place(kind, role); ok && (p.ID == id || identity.OwnName(p.ID, id)) {
				return true
			}
		}
	}
	return len(in.repositories()) == 1 && !identity.Kin(in.subject.Base, id) && !in.baseNamed(id) &&
		in.speaksOfSubject(id)
}

// offersSubject reports whether a repository that the user named for the model
// offers that very model: its front page links or loads it by its hub id, and
// not among what others made of the makers' work.
func (in *input) offersSubject(id string) bool {
	if !in.givenRepository(id) {
		return false
	}
	for _, d := range in.of(audit.DocReadme) {
		if d.PlaceID != id || !readable(d) || !mainPage(d) {
			continue
		}
		for _, m := range mentions(d.Body, hubID(in, audit.RoleEnd)) {
			if _, plain := in.offerAt(d, m); plain > 1 && !othersModels.MatchString(in.headingAt(d, m.Start)) {
				return true
			}
		}
	}
	return false
}

// headingAt gives the headings over an offset of a page, in small letters.
func (in *input) headingAt(d *audit.Document, at int) string {
	c := in.card(d)
	for i, s := range c.Sections {
		if s.Body.Start <= at && at < s.Body.End {
			return strings.ToLower(c.Below(i))
		}
	}
	return ""
}

// speaksOfSubject reports whether a repository's README names the model's family.
func (in *input) speaksOfSubject(repository string) bool {
	for _, d := range in.of(audit.DocReadme) {
		if d.PlaceID == repository && readable(d) && in.namesFamily(d) {
			return true
		}
	}
	return false
}

// namesFamily reports whether a page names the model's family.
func (in *input) namesFamily(d *audit.Document) bool {
	family := identity.Family(path.Base(in.id()))
	return len(family) >= identity.MinFamily && strings.Contains(identity.Squash(string(d.Body)), family)
}

// id is the subject's own id without the mark of where it lies: "owner/name"
// for "github:owner/name".
func (in *input) id() string {
	in.speaker.ends.check()
	if _, rest, ok := strings.Cut(in.subject.ID, ":"); ok {
		return rest
	}
	return in.subject.ID
}

// repositories lists the ids of the source repositories among the documents.
func (in *input) repositories() []string {
	var ids []string
	seen := make(map[string]bool)
	for i := range in.docs {
		d := &in.docs[i]
		if d.Place == audit.GitHubRepo && !seen[d.PlaceID] {
			seen[d.PlaceID] = true
			ids = append(ids, d.PlaceID)
		}
	}
	return ids
}

// mainPage reports whether a document is a model's card or the README at the
// root of a repository: the page that speaks for the whole.
func mainPage(d *audit.Document) bool {
	return d.Kind == audit.DocModelCard || d.Kind == audit.DocReadme && !strings.Contains(d.Path, "/")
}

// ownPages are the prose documents that speak for the audited model: its card
// and the pages of its own repositories. The main pages come first.
func (in *input) ownPages() []*audit.Document {
	var main, rest []*audit.Document
	for _, kind := range []audit.DocKind{audit.DocModelCard, audit.DocReadme, audit.DocProse} {
		for _, d := range in.of(kind) {
			switch {
			case !readable(d), in.setAside(d), kind == audit.DocModelCard && d.Role != audit.RoleEnd,
				kind != audit.DocModelCard && !besideCard(d) && (d.Place != audit.GitHubRepo ||
					!in.ownRepository(d.PlaceID)):
			case mainPage(d):
				main = append(main, d)
			default:
				rest = append(rest, d)
			}
		}
	}
	return append(main, rest...)
}

// setAside reports whether a page was kept beside its successor, or came with a
// copy of somebody else's project: neither speaks for a model.
func (in *input) setAside(d *audit.Document) bool {
	return formerPages.MatchString(path.Base(d.Path)) ||
		d.Place == audit.GitHubRepo && strings.Contains(d.Path, "/") && inside(d.Path, in.vendored(d.PlaceID))
}

// besideCard reports whether a page lies beside the audited model's card on the hub.
func besideCard(d *audit.Document) bool {
	return d.Kind == audit.DocProse && d.Place == audit.HubModel && d.Role == audit.RoleEnd && d.Path != ""
}

// basePages are the prose documents that speak for the base model.
func (in *input) basePages() []*audit.Document {
	var pages []*audit.Document
	for _, d := range in.of(audit.DocModelCard, audit.DocReadme, audit.DocProse) {
		if readable(d) && !isText(d) && !in.setAside(d) && (d.Role == audit.RoleBase ||
			d.Place == audit.GitHubRepo && !in.ownRepository(d.PlaceID) && in.baseRepository(d.PlaceID)) &&
			(d.Place != audit.GitHubRepo || !in.otherGeneration(d.PlaceID)) {
			pages = append(pages, d)
		}
	}
	return pages
}

// baseRepository reports whether a repository that is not the model's own is
// its base's: the base's id or the model's own card names its family.
func (in *input) baseRepository(id string) bool {
	return identity.Kin(in.subject.Base, id) || in.baseNamed(id)
}

// baseNamed reports whether the model's id, card or own README names the family
// that a repository is named after.
func (in *input) baseNamed(repository string) bool {
	family := identity.Family(path.Base(repository))
	if len(family) < identity.MinFamily {
		return false
	}
	if strings.Contains(identity.Squash(path.Base(in.id())), family) {
		return true
	}
	for _, d := range in.of(audit.DocModelCard, audit.DocReadme) {
		own := d.Role == audit.RoleEnd ||
			d.Place == audit.GitHubRepo && d.PlaceID != repository && identity.OwnName(in.id(), d.PlaceID)
		if own && readable(d) && strings.Contains(identity.Squash(string(d.Body)), family) {
			return true
		}
	}
	return false
}

package sources

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/observe/whose"
	"openness/audit/page"
	"openness/audit/phrases"
)

// A place can belong to the audited model, to its base, or to neither: a
// repository named among a model's links may be the base's, or a general tool.
// Names decide, since nothing else is given: the same organisation or the same
// family name makes two names kin.

// OwnRepository reports whether a repository is the audited model's own rather
// than its base's or a general tool's.
func (in *Set) OwnRepository(id string) bool {
	return in.owned.Of(id, in.decideOwn)
}

func (in *Set) decideOwn(id string) bool {
	if in.IsSubject(id) || in.OffersSubject(id) {
		return true
	}
	if base := in.Subject.Base; base != "" && identity.SameFamily(base, id) && !identity.SameFamily(in.ID(), id) {
		return false // the makers' repository of the base
	}
	if base := in.Subject.Base; base != "" && !in.IsCopy() && !in.OfMakers(id) &&
		identity.SameMaker(identity.Owner(base), identity.Owner(id)) {
		return false // the base's makers' own, whatever it is called
	}
	if in.siblingsUnread(id) {
		return false
	}
	if HasHubModel(in.Subject) && !in.IsCopy() && in.namesake(in.ID(), id) {
		return false
	}
	for _, kind := range []audit.PlaceKind{audit.HubModel, audit.ModelScopeModel, audit.GitHubRepo} {
		if p, ok := in.Subject.Place(kind, audit.RoleEnd); ok && (p.ID == id || identity.OwnName(p.ID, id)) {
			return true
		}
	}
	return len(in.Repositories()) == 1 && !identity.Kin(in.Subject.Base, id) && !in.baseNamed(id) &&
		slices.ContainsFunc(in.ReadIn(id, audit.DocReadme), in.NamesFamily)
}

// siblingsUnread reports whether a repository of which nothing was read is called after another version of the family,
// and the pages of the model give its address only in sentences on that one: it would tell nothing of the model. What a
// link alone leads to may be of all versions.
func (in *Set) siblingsUnread(id string) bool {
	return in.ofSiblings.Of(id, in.decideSiblingsUnread)
}

func (in *Set) decideSiblingsUnread(id string) bool {
	if identity.Related(path.Base(id), path.Base(in.ID())) != identity.Sibling || in.GivenRepository(id) {
		return false
	}
	told, address := false, []byte(id)
	for i := range in.Docs {
		d := &in.Docs[i]
		if !document.Readable(d) {
			continue
		}
		if d.PlaceID == id || bytes.Contains(d.Body, address) || givesRepository(d.Body, id) {
			return false
		}
		for line := range bytes.Lines(in.ServedBody(d)) {
			if !givesRepository(line, id) {
				continue
			}
			if said := page.Plain(string(line)); len(strings.Fields(Address.ReplaceAllString(said, ""))) < minSaid ||
				whose.ModeOf(said) != audit.Done {
				return false
			}
			told = true
		}
	}
	return told
}

// givesRepository reports whether a text gives the address of a repository, and not only of one whose name begins so.
func givesRepository(text []byte, id string) bool {
	return slices.ContainsFunc(document.RepositoriesIn(text, -1), func(r string) bool { return strings.EqualFold(r, id) })
}

// minSaid is how many words a line has that says something of what it gives the address of.
const minSaid = 8

// shortestWord is the length from which a part of a name is a word of its own: "ko" for
// a language.
const shortestWord = 2

// namesake reports whether a repository is of other makers whose model another one is
// called after: its name goes on in words of its own or says that it was tuned, and what
// was read of the repository names neither that model nor its makers.
func (in *Set) namesake(name, id string) bool {
	model := identity.Parse(name)
	if identity.OwnerLikeness(model.Account, identity.Owner(id)) > 1 {
		return false
	}
	own := model.OwnWords(shortestWord)
	if len(model.Family) >= identity.MinFamily {
		own = append(own, model.Family)
	}
	repository := identity.Squash(id)
	own = slices.DeleteFunc(own, func(word string) bool { return strings.Contains(repository, word) })
	if len(own) == 0 && !model.Tuned {
		return false
	}
	pages, whole := in.ReadIn(id, audit.DocReadme, audit.DocProse), identity.Squash(model.Unconverted())
	return len(pages) > 0 && !slices.ContainsFunc(pages, func(d *audit.Document) bool {
		text := identity.Squash(string(d.Body))
		return strings.Contains(text, whole) || strings.Contains(text, identity.Squash(model.Account))
	})
}

// OffersSubject reports whether a repository that the user named for the model
// offers that very model: its front page links or loads it by its hub id, and
// not among what others made of the makers' work.
func (in *Set) OffersSubject(id string) bool {
	if !in.GivenRepository(id) {
		return false
	}
	for _, d := range in.FrontPagesOf(id) {
		for _, m := range document.Mentions(d.Body, HubID(in, audit.RoleEnd)) {
			if _, plain := in.OfferAt(d, m); plain > 1 && !OthersModels.MatchString(in.headingAt(d, m.Start)) {
				return true
			}
		}
	}
	return false
}

// headingAt gives the headings over an offset of a page, in small letters.
func (in *Set) headingAt(d *audit.Document, at int) string {
	c := in.Card(d)
	for i, s := range c.Sections {
		if s.Body.Start <= at && at < s.Body.End {
			return strings.ToLower(c.Below(i))
		}
	}
	return ""
}

// ID is the subject's own id without the mark of where it lies: "owner/name"
// for "github:owner/name".
func (in *Set) ID() string {
	in.Speaker.Ends.Check()
	if namedByPaper(in.Subject) {
		return in.Subject.Name
	}
	if _, rest, ok := strings.Cut(in.Subject.ID, ":"); ok {
		return rest
	}
	return in.Subject.ID
}

// IsSubject reports whether a repository is itself what is audited.
func (in *Set) IsSubject(repository string) bool { return in.Subject.ID == "github:"+repository }

// OfMakers reports whether what bears an id, "owner/name", is of the model's makers.
func (in *Set) OfMakers(id string) bool {
	return identity.SameMaker(identity.Owner(id), identity.Owner(in.ID()))
}

// BaseOfOthers reports whether the base that is given is of other makers than the model.
func (in *Set) BaseOfOthers() bool { return in.Subject.Base != "" && !in.OfMakers(in.Subject.Base) }

// Repositories lists the ids of the source repositories among the documents.
func (in *Set) Repositories() []string {
	var ids []string
	seen := make(map[string]bool)
	for i := range in.Docs {
		d := &in.Docs[i]
		if d.Place == audit.GitHubRepo && !seen[d.PlaceID] {
			seen[d.PlaceID] = true
			ids = append(ids, d.PlaceID)
		}
	}
	return ids
}

// OwnPages are the prose documents that speak for the audited model: its card
// and the pages of its own repositories. The main pages come first.
func (in *Set) OwnPages() []*audit.Document {
	var main, rest []*audit.Document
	for _, kind := range []audit.DocKind{audit.DocModelCard, audit.DocReadme, audit.DocProse} {
		for _, d := range in.Of(kind) {
			switch {
			case !document.Readable(d), in.Page(d).Of != audit.AboutOwn:
			case document.MainPage(d):
				main = append(main, d)
			default:
				rest = append(rest, d)
			}
		}
	}
	return append(main, rest...)
}

// BasePages are the prose documents that speak for the base model.
func (in *Set) BasePages() []*audit.Document {
	var pages []*audit.Document
	for _, d := range in.Of(audit.DocModelCard, audit.DocReadme, audit.DocProse) {
		s := in.Page(d)
		if document.Readable(d) && !document.IsText(d) && (s.Of == audit.AboutBase || s.Both) {
			pages = append(pages, d)
		}
	}
	return pages
}

// BaseRepository reports whether a repository that is not the model's own is
// its base's: the base's id or the model's own card names its family. Of a base that
// others tuned in their turn it is not: what that one was made from is further back.
func (in *Set) BaseRepository(id string) bool {
	return in.ofBase.Of(id, in.decideBase)
}

func (in *Set) decideBase(id string) bool {
	if base := in.Subject.Base; base != "" && in.namesake(base, id) {
		return false
	}
	return identity.Kin(in.Subject.Base, id) || in.baseNamed(id) && !(in.Subject.Base == "" && in.siblingsUnread(id))
}

// baseNamed reports whether the model's id, card or own README names the family
// that a repository is named after.
func (in *Set) baseNamed(repository string) bool {
	family := identity.Family(path.Base(repository))
	if identity.Holds(path.Base(in.ID()), family) {
		return true
	}
	for _, d := range in.Of(audit.DocModelCard, audit.DocReadme) {
		own := d.Role == audit.RoleEnd ||
			d.Place == audit.GitHubRepo && d.PlaceID != repository && identity.OwnName(in.ID(), d.PlaceID)
		if own && document.Readable(d) && identity.Holds(string(d.Body), family) {
			return true
		}
	}
	return false
}

// OthersModels are headings under which pages tell what others made.
var OthersModels = phrases.ExpressionOf("sources.others-models")

// IsCopy reports whether the model is its base in another format: then the base's
// page is its own, and so is what it repeats of it.
func (in *Set) IsCopy() bool {
	return identity.Parse(in.ID()).Format != "" || in.Subject.Base != "" && identity.SameName(in.Subject.Base, in.ID())
}

// LooksAtBase are the attempts to look at a base of the name, of some kinds.
func (in *Set) LooksAtBase(base string, kinds ...audit.DocKind) []*audit.Document {
	return slices.DeleteFunc(in.Of(kinds...), func(d *audit.Document) bool {
		return d.Role != audit.RoleBase || !strings.EqualFold(d.PlaceID, base)
	})
}

// BaseCard is the card of a base that was read, or nil.
func (in *Set) BaseCard(base string) *audit.Document {
	for _, d := range in.LooksAtBase(base, audit.DocModelCard) {
		if document.Readable(d) {
			return d
		}
	}
	return nil
}

// PassageAt finds the passage around an offset of a page.
func (in *Set) PassageAt(d *audit.Document, at int) (page.Passage, bool) {
	return page.PassageAt(in.Prose(d), at)
}

// Given reports whether the user named a model of the hub: that it is there is then
// their word, and not the page's alone.
func (in *Set) Given(id string) bool {
	return slices.ContainsFunc(in.Subject.Places, func(p audit.Place) bool {
		return p.Kind == audit.HubModel && p.Given && strings.EqualFold(p.ID, id)
	})
}

// HubID is the hub id of the model in a role, or "".
func HubID(in *Set, role audit.Role) string {
	for _, kind := range []audit.PlaceKind{audit.HubModel, audit.ModelScopeModel} {
		if p, ok := in.Subject.Place(kind, role); ok {
			return p.ID
		}
	}
	return ""
}

// Sibling reports whether a linked model is the audited one, an earlier release
// of its series or the same in another size: of none of these it was made.
func (in *Set) Sibling(linked string) bool {
	return strings.EqualFold(linked, in.ID()) || identity.InSeries(linked, in.ID()) ||
		identity.SameMaker(path.Dir(linked), path.Dir(in.ID())) && identity.Unsized(linked) == identity.Unsized(in.ID())
}

// Related reports whether a linked model is of the audited one's family, so
// that what a page says of it may be said of the family.
func (in *Set) Related(linked string) bool {
	return identity.SameFamily(linked, in.ID()) ||
		identity.SameMaker(path.Dir(linked), path.Dir(in.ID())) &&
			identity.Family(path.Base(linked)) == in.FamilyName()
}

package sources

import (
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/observe/whose"
)

// Of which model a repository, a page or a file speaks is one question. It is answered
// here, once for each, from all that tells: the accounts and names, the links that offer
// the model, what the user named, the numbers and marks that the pages give the family,
// the title, the folder, what lies there as a copy. Themes ask, and read what is theirs.

// A Standing is the answer: whose a thing is, the audited model's own, its base's or
// another's; whether it is on that one, or aside, on a sibling or on no model, as a tool of
// the makers' is; and what told it. What is aside counts where it names the model, and what
// it keeps silent on may be told elsewhere.
type Standing struct {
	Of, Aside audit.About
	Both      bool // the model's own, and its base's as much
	Why       string
}

// Repository says of whom a repository speaks.
func (in *Set) Repository(id string) Standing {
	return in.stands.Of(id, in.standingOf)
}

func (in *Set) standingOf(id string) Standing {
	switch own := in.OwnRepository(id); {
	case own && in.otherSeries(id):
		return Standing{Of: audit.AboutOwn, Aside: audit.AboutSibling,
			Why: "the repository's pages give the family other numbers or no mark of the model's"}
	case own && in.namesNoModel(id):
		return Standing{Of: audit.AboutOwn, Aside: audit.AboutNobody, Why: "the repository's front page is not on the model"}
	case own:
		return Standing{Of: audit.AboutOwn, Why: "it is the makers' for the model"}
	case !in.BaseRepository(id):
		return Standing{Of: audit.AboutOther, Why: "neither its name nor its pages lead to the model or its base"}
	case in.otherGeneration(id):
		return Standing{Of: audit.AboutOther, Why: "it is of another generation than the base"}
	}
	return Standing{Of: audit.AboutBase, Why: "it bears the name or is of the makers of the base"}
}

// namesNoModel reports whether a repository of the makers' is a general tool or of many
// models: it is not called after the model or its makers, and its front page does not open
// on the model.
func (in *Set) namesNoModel(id string) bool {
	return !in.calledAfter(id) && !in.OffersSubject(id) &&
		slices.ContainsFunc(in.FrontPagesOf(id), func(d *audit.Document) bool { return !in.SpeaksFor(d) })
}

// calledAfter reports whether a repository is the subject itself or bears the name of the model or its makers.
func (in *Set) calledAfter(id string) bool {
	return in.IsSubject(id) || identity.SameFamily(in.ID(), id) || identity.NamedAfter(in.ID(), id) ||
		identity.Related(path.Base(id), path.Base(in.ID())) != identity.Unrelated
}

// ofMany reports whether a page lies in such a repository and is not the model's by its folder
// or title: it speaks for the model only where it names it.
func (in *Set) ofMany(d *audit.Document) bool {
	if d.Place != audit.GitHubRepo || in.Repository(d.PlaceID).Aside != audit.AboutNobody ||
		in.Family.MatchString(d.Path) {
		return false
	}
	c := in.Card(d)
	return len(c.Sections) < 2 || !in.Family.MatchString(c.Sections[1].Heading)
}

// Page says of whom a page speaks: of whom its repository does, or a sibling by its title
// or folder.
func (in *Set) Page(d *audit.Document) Standing {
	return in.pages.Of(d, in.standingOfPage)
}

func (in *Set) standingOfPage(d *audit.Document) Standing {
	s := in.placeOf(d)
	v := in.view(d)
	switch {
	case s.Of == audit.AboutOther:
	case document.FormerPages.MatchString(path.Base(d.Path)):
		return Standing{Of: audit.AboutOther, Why: "it was kept beside its successor"}
	case in.vendored(d):
		return Standing{Of: audit.AboutOther, Why: "it came with a copy of another project"}
	case v != nil && v.OfSibling:
		s.Aside, s.Why = audit.AboutSibling, "the title or folder is a sibling's"
	case s.Aside == audit.AboutNobody && strings.Contains(d.Path, "/") &&
		(in.Family.MatchString(d.Path) || in.Family.Match(in.ServedBody(d))):
		s.Aside, s.Why = "", "it names the model, in a repository of many"
	case s.Of == audit.AboutOwn && s.Aside == "" && in.ofAnything(d):
		s.Aside, s.Why = audit.AboutNobody, "the page does not name the model, in a repository that is not named after it"
	}
	return s
}

// ofAnything reports whether a page below the top of a repository with many models, as a
// trainer's is, is on none of them or on others: it neither names the model's family nor
// lies in its folder, and is a part's or lies beside that folder.
func (in *Set) ofAnything(d *audit.Document) bool {
	if d.Place != audit.GitHubRepo || !strings.Contains(d.Path, "/") || in.calledAfter(d.PlaceID) ||
		in.Family.MatchString(d.Path) || in.Family.Match(in.ServedBody(d)) {
		return false
	}
	return strings.Count(d.Path, "/") > 1 || slices.ContainsFunc(in.Of(audit.DocReadme, audit.DocProse),
		func(own *audit.Document) bool {
			return own.PlaceID == d.PlaceID && in.Family.MatchString(path.Dir(own.Path))
		})
}

// placeOf says of whom the place speaks where a page lies.
func (in *Set) placeOf(d *audit.Document) Standing {
	base := Standing{Of: audit.AboutBase, Why: "it lies with the base"}
	switch {
	case d.Kind == audit.DocModelCard && d.Role == audit.RoleEnd,
		d.Kind == audit.DocProse && d.Place == audit.HubModel && d.Role == audit.RoleEnd && d.Path != "": // beside it
		return Standing{Of: audit.AboutOwn, Why: "it lies with the model"}
	case d.Kind != audit.DocModelCard && d.Place == audit.GitHubRepo:
		s := in.Repository(d.PlaceID)
		s.Both = s.Of == audit.AboutOwn && d.Role == audit.RoleBase && !in.otherGeneration(d.PlaceID)
		if s.Of == audit.AboutOther && d.Role == audit.RoleBase && !in.otherGeneration(d.PlaceID) {
			return base
		}
		return s
	case d.Role == audit.RoleBase:
		return base
	}
	return Standing{Of: audit.AboutOther, Why: "it is of neither the model nor its base"}
}

// vendored reports whether a page came with a copy of somebody else's project.
func (in *Set) vendored(d *audit.Document) bool {
	return d.Place == audit.GitHubRepo && strings.Contains(d.Path, "/") &&
		document.Inside(d.Path, in.Vendored(d.PlaceID))
}

// Apart reports whether a page that does not speak for a whole repository is a sibling's, or
// on no model: what it tells is not this one's. The front page is of all that lies there,
// whatever its title, unless nothing there names the model.
func (in *Set) Apart(d *audit.Document) bool {
	aside := in.Page(d).Aside
	return aside != "" && (!document.MainPage(d) || aside == audit.AboutNobody && !in.Names(d.PlaceID))
}

// Files says of whom the files of a repository speak by what they do not hold: where its
// front page is of another generation, the code of this model may have lain there before, or
// lie elsewhere.
func (in *Set) Files(tree *audit.Document) Standing {
	s := in.Repository(tree.PlaceID)
	holds := func(f document.Reading) bool { return in.FamilyWord.MatchString(f.Value) }
	if s.Aside == audit.AboutNobody && in.Names(tree.PlaceID) && slices.ContainsFunc(in.Tree(tree).Files, holds) {
		s.Aside = "" // it holds what is the model's, and that is read
	}
	for _, d := range in.Of(audit.DocReadme) {
		if v := in.view(d); d.PlaceID == tree.PlaceID && document.MainPage(d) && s.Aside == "" && v != nil &&
			v.OtherGeneration {
			s.Aside, s.Why = audit.AboutSibling, "the repository's front page is of another generation"
		}
	}
	return s
}

// view is the form in which a page is read, nil for what is no prose.
func (in *Set) view(d *audit.Document) *whose.View {
	return in.Views[document.Key{URL: d.URL, SHA256: d.SHA256}]
}

package sources

import (
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
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
	return document.Remembered(in.stands, id, in.standingOf)
}

func (in *Set) standingOf(id string) Standing {
	switch own := in.OwnRepository(id); {
	case own && in.otherSeries(id):
		return Standing{Of: audit.AboutOwn, Aside: audit.AboutSibling,
			Why: "its pages give the family other numbers or no mark of the model's"}
	case own && in.namesNoModel(id):
		return Standing{Of: audit.AboutOwn, Aside: audit.AboutNobody, Why: "its pages never name the model"}
	case own:
		return Standing{Of: audit.AboutOwn, Why: "it is the makers' for the model"}
	case !in.BaseRepository(id):
		return Standing{Of: audit.AboutOther, Why: "neither its name nor its pages lead to the model or its base"}
	case in.otherGeneration(id):
		return Standing{Of: audit.AboutOther, Why: "it is of another generation than the base"}
	}
	return Standing{Of: audit.AboutBase, Why: "it bears the name or is of the makers of the base"}
}

// namesNoModel reports whether a repository of the makers' is a general tool: it is not
// named after the model or its makers' family and has prose, none of which names it.
func (in *Set) namesNoModel(id string) bool {
	if in.Subject.ID == "github:"+id || identity.SameFamily(in.ID(), id) || identity.NamedAfter(in.ID(), id) ||
		in.OffersSubject(id) {
		return false
	}
	return !in.Names(id) && slices.ContainsFunc(in.Of(audit.DocReadme), func(d *audit.Document) bool {
		return d.PlaceID == id && document.Readable(d)
	})
}

// Page says of whom a page speaks: of whom its repository does, or a sibling by its title
// or folder.
func (in *Set) Page(d *audit.Document) Standing {
	return document.Remembered(in.pages, d, in.standingOfPage)
}

func (in *Set) standingOfPage(d *audit.Document) Standing {
	s := in.placeOf(d)
	v := in.Views[document.Key{URL: d.URL, SHA256: d.SHA256}]
	switch {
	case s.Of == audit.AboutOther:
	case document.FormerPages.MatchString(path.Base(d.Path)):
		return Standing{Of: audit.AboutOther, Why: "it was kept beside its successor"}
	case in.vendored(d):
		return Standing{Of: audit.AboutOther, Why: "it came with a copy of another project"}
	case v != nil && v.OfSibling:
		s.Aside, s.Why = audit.AboutSibling, "its title or folder is a sibling's"
	case s.Of == audit.AboutOwn && in.otherVersion(d):
		s.Aside, s.Why = audit.AboutSibling, "its title gives the family another number"
	}
	return s
}

// placeOf says of whom the place speaks where a page lies.
func (in *Set) placeOf(d *audit.Document) Standing {
	base := Standing{Of: audit.AboutBase, Why: "it lies with the base"}
	switch {
	case d.Kind == audit.DocModelCard && d.Role == audit.RoleEnd, besideCard(d):
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

// Apart reports whether a page that does not speak for a whole repository is a sibling's:
// what it tells is that one's. The front page is of all that lies there, whatever its title.
func (in *Set) Apart(d *audit.Document) bool {
	return in.Page(d).Aside == audit.AboutSibling && !document.MainPage(d)
}

package licences

import (
	"path"

	"openness/audit"
	"openness/audit/identity"
)

// siblingRepository reports whether a document is of a repository that presents
// another model of the family, by its name: what is said there of the weights is
// said of that one's. Its code may be this model's as well.
func (in *Reader) siblingRepository(d *audit.Document) bool {
	if d.Place != audit.GitHubRepo || d.PlaceID == in.ID() || d.Role == audit.RoleBase {
		return false
	}
	return identity.Related(path.Base(d.PlaceID), in.ID()) == identity.Sibling
}

// siblingsApart drops what the repository of a sibling says of the weights, in
// files and sentences alike. Where the sibling is what the model was made from it
// is said of the base.
func (in *Reader) siblingsApart(all []licence) []licence {
	kept := all[:0]
	for _, l := range all {
		if l.component == "weights" && in.siblingRepository(l.doc) {
			base := in.Subject.Base
			if base == "" || identity.Related(path.Base(l.doc.PlaceID), base) != identity.Same {
				continue
			}
			l.component = "base"
		}
		kept = append(kept, l)
	}
	return kept
}

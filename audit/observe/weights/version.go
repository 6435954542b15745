package weights

import (
	"path"
	"slices"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
)

// A page on a family speaks of several of its models. A statement that the
// weights of one version are out says nothing of a later one, and the page of a
// 13B model nothing of a model in other sizes.

// otherRelease reports whether a statement on released weights is about another
// version or size than the model's: it links one, or the page that makes it
// never speaks of the model's version.
func (in *Reader) otherRelease(d *audit.Document, text []byte, id string) bool {
	if d.Kind == audit.DocModelCard {
		return false
	}
	if identity.SizeApart(d.PlaceID, id) {
		return true
	}
	marks := identity.VersionMarks(path.Base(id))
	if len(marks) == 0 || identity.HasMarks(text, marks) {
		return false
	}
	return slices.ContainsFunc(document.ModelLinks(text), func(r document.Reading) bool {
		return in.Related(r.Value)
	}) || !identity.HasMarks(d.Body, marks)
}

package licences

import (
	"fmt"
	"path"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/license"
)

// A model may be named as what another was made from, and nobody read its pages.

// baseDoubt finds a model that the page names in words as what this one was made
// from, of which no page was read, and whose family is known to come under licences
// that limit: then an open licence is not the last word.
func (in *Reader) baseDoubt() (d *audit.Document, note string) {
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

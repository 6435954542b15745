package licences

import (
	"slices"
	"strings"

	"openness/audit/license"
)

// The classes of a licence, as the facts license.*.openness name them.
const (
	Restricted    = "restricted"
	noncommercial = "noncommercial" // a public licence whose only limit is commercial use
	Open          = "open"
)

// licenceClass says whether a licence, or an expression of several, is open. Of
// alternatives the widest counts, of joint licences the narrowest.
func licenceClass(id string) string {
	if license.IsExpression(id) {
		n, ok := license.Evaluate(id, func(part string) int {
			plain, _, _ := strings.Cut(part, " WITH ")
			return slices.Index(gradesOfClass, licenceClass(plain))
		})
		if !ok {
			return Restricted
		}
		return gradesOfClass[n]
	}
	terms, known := license.Read(id)
	switch {
	case license.Open(id):
		return Open
	case known && !strings.HasPrefix(id, "LicenseRef-") && terms.CommercialUse == license.Forbidden &&
		!license.KeepsChanges(id):
		return noncommercial
	}
	return Restricted
}

var gradesOfClass = []string{Restricted, noncommercial, Open}

// grade orders licences from the narrowest to the widest.
func (l licence) grade() int { return slices.Index(gradesOfClass, l.class()) }

// holds reports whether a term is known to hold.
func holds(term *bool) bool { return term != nil && *term }

// restriction names the clause that keeps a licence from being open, and the
// section of the licence where it stands.
func restriction(id string) string {
	terms, ok := license.Read(id)
	if !ok || license.Open(id) {
		return ""
	}
	for _, c := range []struct {
		holds        bool
		clause, term string
	}{
		{terms.CommercialUse == license.Forbidden, "it excludes commercial use", "commercial_use"},
		{terms.UserThreshold != nil, "large licensees need a licence of their own", "user_threshold"},
		{terms.GeographicLimit != nil, "it is limited to a territory", "geographic_limit"},
		{license.KeepsChanges(id), "it excludes adapted versions", "modification"},
		{holds(terms.UseRestrictions), "it forbids fields of use", "use_restrictions"},
		{holds(terms.OutputRestriction), "it limits what outputs may be used for", "output_restriction"},
		{terms.CommercialUse == license.Conditional, "commercial use is subject to conditions", "commercial_use"},
		{terms.Modification == license.Conditional, "adapted versions are subject to conditions", "modification"},
	} {
		if !c.holds {
			continue
		}
		if section := terms.Source[c.term]; section != "" {
			return c.clause + " (section " + section + ")"
		}
		return c.clause
	}
	if _, changed := license.Original(id); changed {
		return "its text was changed in what it grants or asks"
	}
	if terms.CommercialUse != license.Unsaid {
		return "no clause is known to limit use, but it is approved neither by OSI nor by FSF"
	}
	return ""
}

// sameLicence reports whether two ids may stand for one licence: versions of
// one name, a name that leaves the rest open and a licence that goes by it, or
// a licence that cannot be told.
func sameLicence(a, b string) bool {
	return a == Unknown || b == Unknown || unversioned(a) == unversioned(b) || embraces(a, b) ||
		embraces(b, a)
}

// embraces reports whether an id is only the name of a family, "some BSD
// licence", that the other is of.
func embraces(family, id string) bool {
	name, ok := strings.CutPrefix(family, "LicenseRef-")
	if !ok {
		return false
	}
	terms, _ := license.TermsOf(id)
	return name == terms.Family || name == license.FamilyOf(id) || strings.HasPrefix(strings.ToLower(id), name+"-")
}

// unversioned is an id without figures and marks.
func unversioned(id string) string {
	id = strings.TrimSuffix(strings.TrimSuffix(id, "-only"), "-or-later")
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' || r == '-' || r == '.' {
			return -1
		}
		return r
	}, id)
}

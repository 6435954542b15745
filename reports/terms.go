package reports

import (
	"fmt"

	"openness/audit/license"
)

// LicenseTerms says in words what a licence allows and asks, from the
// knowledge base of terms; nil for a licence that is not in it. What the text
// of a licence does not say is left out.
func LicenseTerms(id string) []LicenseTerm {
	t, ok := license.Read(id)
	if !ok {
		return nil
	}
	var terms []LicenseTerm
	add := func(name, term, value string) {
		if section := t.Source[term]; section != "" {
			value += " (section " + section + ")"
		}
		terms = append(terms, LicenseTerm{Name: name, Value: value})
	}
	for _, p := range []struct {
		name, term string
		value      license.Permission
	}{{"Commercial use", "commercial_use", t.CommercialUse}, {"Modification", "modification", t.Modification},
		{"Redistribution", "redistribution", t.Redistribution}} {
		if p.value != license.Unsaid {
			add(p.name, p.term, string(p.value))
		}
	}
	for _, b := range []struct {
		name, term string
		value      *bool
	}{{"Use restrictions", "use_restrictions", t.UseRestrictions}, {"Limits on outputs", "output_restriction",
		t.OutputRestriction},
		{"Naming", "naming_requirement", t.NamingRequirement}, {"Attribution", "attribution", t.Attribution},
		{"Acceptance", "acceptance_required", t.AcceptanceRequired}} {
		if b.value != nil && *b.value {
			add(b.name, b.term, "yes")
		}
	}
	if t.UserThreshold != nil {
		add("Own licence needed from", "user_threshold", fmt.Sprintf("%d %s", *t.UserThreshold, t.ThresholdUnit))
	}
	if t.GeographicLimit != nil {
		add("Territory", "geographic_limit", *t.GeographicLimit)
	}
	return terms
}

// A LicenseTerm is one thing a licence says, in words.
type LicenseTerm struct{ Name, Value string }

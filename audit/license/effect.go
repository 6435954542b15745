package license

import (
	"slices"
	"strings"

	"openness/audit/pattern"
)

// Terms returns what the input as a whole allows and asks: the terms of the
// licence found, corrected for what else is there. It reports false where no
// licence text was found.
//
// Nothing is taken for granted in a changed text: it is neither OSI-approved
// nor free in the list of the FSF, and what the original allows without
// condition is left unsaid, or forbidden where the words added say so. The
// same holds for an approval when another text of the input lacks it.
func (r Result) Terms() (Terms, bool) {
	if r.License == "" {
		return Terms{}, false
	}
	t, ok := TermsOf(r.License)
	if !ok {
		t = Terms{ID: r.License, Name: strings.TrimPrefix(r.License, "LicenseRef-")}
	}
	for _, m := range r.Matches {
		other, ok := TermsOf(m.License)
		if !ok || !other.OSIApproved {
			t.OSIApproved, t.FSFLibre = false, nil
		}
		if ok && m.License != r.License {
			t.bind(other, isPolicy(m.License))
		}
	}
	t.ownFigures(figuresIn(r.own), r.Modified)
	if r.Modified {
		t.doubt(r.Diffs)
	}
	return t, true
}

// bind makes terms as strict as those of another text in the same file: both
// apply. A use policy grants nothing, so what it leaves unsaid takes nothing away.
func (t *Terms) bind(other Terms, policy bool) {
	stricter := func(a, b Permission) Permission {
		if policy && b == Unsaid {
			return a
		}
		return permissionOrder[min(slices.Index(permissionOrder, a), slices.Index(permissionOrder, b))]
	}
	t.CommercialUse = stricter(t.CommercialUse, other.CommercialUse)
	t.Modification = stricter(t.Modification, other.Modification)
	t.Redistribution = stricter(t.Redistribution, other.Redistribution)
	if isTrue(other.UseRestrictions) {
		t.UseRestrictions = other.UseRestrictions
	}
	if isTrue(other.OutputRestriction) {
		t.OutputRestriction = other.OutputRestriction
	}
	if t.UserThreshold == nil {
		t.UserThreshold, t.ThresholdUnit = other.UserThreshold, other.ThresholdUnit
	}
	if t.GeographicLimit == nil {
		t.GeographicLimit = other.GeographicLimit
	}
}

// doubt weakens the terms of a licence to what a changed text of it still says.
func (t *Terms) doubt(diffs []Diff) {
	t.OSIApproved, t.FSFLibre = false, nil
	for _, p := range []*Permission{&t.CommercialUse, &t.Modification, &t.Redistribution} {
		if *p == Allowed {
			*p = Unsaid
		}
	}
	for _, limit := range []**bool{&t.UseRestrictions, &t.OutputRestriction, &t.NamingRequirement,
		&t.AcceptanceRequired, &t.RegistrationRequired} {
		if isFalse(*limit) {
			*limit = nil // what was put in may be just that
		}
	}
	for _, d := range diffs {
		if d.Material && !elsewhere.MatchString(strings.Join(strings.Fields(d.Text), " ")) {
			t.add(d.Text)
		}
	}
}

// elsewhere matches words on what lies outside the licensed work: files that are
// under terms of their own. They take nothing from the licence's own grant, which
// is left unsaid all the same.
var elsewhere = pattern.MustCompile(`(?i)\b(?:stays?|remains?|is|are|licen[cs]ed|released|distributed` +
	`|available) (?:\w+ )?(?:under|subject to|governed by) (?:the |their |its )?(?:own |separate ` +
	`|respective )?(?:[\w-]+ ){0,4}(?:terms|licen[cs]es?|conditions) (?:in|of|at|found in|stated in|from) \S*[/_.]\S` +
	`|\b(?:files?|contents?|data|director(?:y|ies)|folders?|assets?|images?|weights` +
	`|models?)\b[^.]{0,100}\b(?:not covered by|under (?:their|its) own|states? its own|separately licen[cs]ed)` +
	`|\bdoes not extend to (?:[\w-]+ ){0,3}(?:weights|data|files|models|assets|images|trademarks)`)

// add takes what words that were added to a licence limit into its terms.
// What they permit is not taken: the words around them may say otherwise.
func (t *Terms) add(text string) {
	var w words
	w.split([]byte(text))
	added := Terms{Source: make(map[string]string)}
	added.take(signalsIn([]byte(text), &w))
	switch {
	case added.CommercialUse == Forbidden || forbidsCommerce(text):
		t.CommercialUse = Forbidden
	case added.CommercialUse == Conditional && t.CommercialUse != Forbidden:
		t.CommercialUse = Conditional
	}
	for _, p := range []struct {
		to   **bool
		from *bool
	}{{&t.UseRestrictions, added.UseRestrictions}, {&t.OutputRestriction, added.OutputRestriction},
		{&t.RegistrationRequired, added.RegistrationRequired}} {
		if p.from != nil {
			*p.to = p.from
		}
	}
	if added.UserThreshold != nil {
		t.UserThreshold = added.UserThreshold
	}
	if added.GeographicLimit != nil {
		t.GeographicLimit = added.GeographicLimit
	}
}

// forbidsCommerce reports whether added words limit use to what is not commercial.
func forbidsCommerce(text string) bool {
	key := " " + strings.Join(strings.Fields(strings.ToLower(strings.NewReplacer("-", "", ",", " ", ".", " ", "\"", " ",
		"*", " ").Replace(text))), " ") + " "
	for _, phrase := range []string{" noncommercial ", " non commercial ", " not for commercial ", " no commercial ",
		" research purposes only ", " research use only ", " only for research ", " academic purposes only ",
		" academic use only ", " only for academic ", " solely for research ", " solely for academic ",
		" commercial use is prohibited ", " commercial use is not ", " commercial purposes is prohibited ",
		" for commercial purposes is strictly prohibited ", " not be used commercially ", " not use it for commercial ",
		" not use the software for commercial "} {
		if strings.Contains(key, phrase) {
			return true
		}
	}
	return false
}

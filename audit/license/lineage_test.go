package license

import "testing"

func TestExceeds(t *testing.T) {
	for _, c := range []struct {
		base, derived, terms string
	}{
		{"CC-BY-NC-4.0", "MIT", "commercial_use"},
		{"CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", ""},
		{"LicenseRef-llama-2-community", "Apache-2.0", "user_threshold output_restriction"},
		{"LicenseRef-llama-2-community", "LicenseRef-llama-3.1-community", ""},
		{"LicenseRef-llama", "LicenseRef-llama-2-community", ""},
		{"LicenseRef-llama-1", "MIT", "commercial_use"},
		{"Apache-2.0", "MIT", ""},
		{"Apache-2.0", "CC-BY-NC-4.0", ""},
		{"GPL-3.0-only", "MIT", ""},
		{"CC-BY-ND-4.0", "MIT", "modification"},
		{"CC-BY-ND-3.0", "MIT", "modification"},
		{"CC-BY-ND-4.0 AND MIT", "MIT", ""}, // an expression is not weighed
		{"LicenseRef-creativeml-openrail-m", "MIT", ""},
		{"LicenseRef-nobody-knows", "MIT", ""},
		{"CC-BY-NC-4.0", "LicenseRef-nobody-knows", ""},
		{"CC-BY-NC-4.0 OR MIT", "MIT", ""},
		{"MIT", "MIT", ""},
	} {
		got := ""
		for _, e := range Exceeds(c.base, c.derived) {
			if got != "" {
				got += " "
			}
			got += e.Term
		}
		if got != c.terms {
			t.Errorf("%s from %s exceeds in %q, want %q", c.derived, c.base, got, c.terms)
		}
	}
}

func TestLiftsAndAccepts(t *testing.T) {
	for _, c := range []struct {
		base, derived   string
		lifts, accepted bool
	}{
		{"LicenseRef-creativeml-openrail-m", "MIT", true, true},
		{"LicenseRef-creativeml-openrail-m", "LicenseRef-bigscience-openrail-m", false, true},
		{"LicenseRef-gemma-terms", "Apache-2.0", true, true},
		{"LicenseRef-gemma-terms", "LicenseRef-nobody-knows", false, true},
		{"Apache-2.0", "MIT", false, true},
		{"CC-BY-SA-4.0", "CC-BY-4.0", false, false},
		{"CC-BY-SA-3.0", "CC-BY-SA-4.0", false, true},
		{"CC-BY-SA-4.0", "GPL-3.0-only", false, true},
		{"GPL-3.0-only", "GPL-3.0-or-later", false, true},
		{"GPL-3.0-only", "MIT", false, false},
		{"GPL-3.0-only", "AGPL-3.0-only", false, true},
	} {
		if _, lifts := Lifts(c.base, c.derived); lifts != c.lifts {
			t.Errorf("%s from %s lifts restrictions: %v, want %v", c.derived, c.base, lifts, c.lifts)
		}
		if accepted := Accepts(c.base, c.derived); accepted != c.accepted {
			t.Errorf("%s from %s is accepted: %v, want %v", c.derived, c.base, accepted, c.accepted)
		}
	}
}

// TestDutiesAreKnown demands that every licence with duties has terms that
// agree with them.
func TestDutiesAreKnown(t *testing.T) {
	for id, d := range dutyTable() {
		terms, ok := Read(id)
		if !ok {
			t.Errorf("%s has duties and no terms", id)
			continue
		}
		if d.Name != nil && !isTrue(terms.NamingRequirement) {
			t.Errorf("%s asks for a name; its terms say none", id)
		}
		if d.PassOn != nil && !isTrue(terms.UseRestrictions) {
			t.Errorf("%s asks to pass on restrictions that its terms do not have", id)
		}
		for _, accepted := range d.same() {
			if _, ok := Read(accepted); !ok {
				t.Errorf("%s accepts %s, which is not known", id, accepted)
			}
		}
	}
}

func (d Duties) same() []string {
	if d.SameLicense == nil {
		return nil
	}
	return d.SameLicense.Words
}

// TestKeepsChanges: version 4.0 lets adapted material be made and not shared; before it may not be made.
func TestKeepsChanges(t *testing.T) {
	for _, c := range []struct {
		id    string
		keeps bool
		made  Permission
	}{
		{"CC-BY-ND-4.0", true, Conditional},
		{"CC-BY-NC-ND-4.0", true, Conditional},
		{"CC-BY-ND-3.0", true, Forbidden},
		{"CC-BY-NC-4.0", false, Conditional},
		{"CC-BY-4.0", false, Allowed},
		{"CC-BY-ND-4.0 AND MIT", true, Conditional},
		{"CC-BY-ND-4.0 OR MIT", false, Allowed},
		{"LicenseRef-nobody-knows", false, Unsaid},
	} {
		terms, _ := Read(c.id)
		if got := KeepsChanges(c.id); got != c.keeps || terms.Modification != c.made {
			t.Errorf("%s: %v, %q; want %v, %q", c.id, got, terms.Modification, c.keeps, c.made)
		}
	}
}

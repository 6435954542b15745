package reports

import "testing"

func TestLicenseTerms(t *testing.T) {
	for id, want := range map[string]map[string]string{
		"Apache-2.0":   {"Commercial use": "yes (section 2 and 3)"},
		"CC-BY-NC-4.0": {"Commercial use": "no (section 2.a.1)"},
		"LicenseRef-llama-2-community": {"Own licence needed from": "700000000 monthly active users (section 2)",
			"Use restrictions": "yes (section 1.b.iv, Acceptable Use Policy)"},
		"LicenseRef-llama":              {"Use restrictions": "yes"},
		"LicenseRef-nobody-knows-these": nil,
	} {
		got := map[string]string{}
		for _, term := range LicenseTerms(id) {
			got[term.Name] = term.Value
		}
		if want == nil && len(got) > 0 {
			t.Errorf("%s has terms %v", id, got)
		}
		for name, value := range want {
			if got[name] != value {
				t.Errorf("%s: %s is %q, want %q", id, name, got[name], value)
			}
		}
	}
}

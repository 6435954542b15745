package obligations

import (
	"fmt"
	"strings"
	"testing"
)

// TestCountries: a place that is nowhere is refused, since it would be outside of every
// territory; the code that may have been meant is named.
func TestCountries(t *testing.T) {
	if len(countries) != 249 {
		t.Errorf("%d countries", len(countries))
	}
	for _, c := range union {
		if !isPlace(c) {
			t.Errorf("%s of the union is no place", c)
		}
	}
	for code, hint := range map[string]string{"EL": "GR", "XX": "", "ZZ": "", "QM": "", "Germany": "DE", "EN": "GB"} {
		for _, key := range []string{"country: %s\nuse: [internal]\n", "markets: [%s]\nuse: [internal]\n"} {
			_, err := ParseProfile(fmt.Appendf(nil, key, code))
			if err == nil || !strings.Contains(err.Error(), hint) || (hint != "") != strings.Contains(err.Error(), "did you mean") {
				t.Errorf("%s: %v", code, err)
			}
		}
	}
	for _, code := range []string{"de", "GR", "EU", "UK"} {
		if _, err := ParseProfile(fmt.Appendf(nil, "country: %s\nuse: [internal]\n", code)); err != nil {
			t.Error(err)
		}
	}
}

// TestMarketsUnknown: where the customers are decides too, so that a profile without
// markets leaves a territory open, save for use within the company.
func TestMarketsUnknown(t *testing.T) {
	for profile, want := range map[string]Answer{
		"country: US\nuse: [product]\n":                NotDetermined,
		"country: US\nuse: [service]\n":                NotDetermined,
		"country: US\nuse: [internal]\n":               May,
		"country: US\nmarkets: [JP]\nuse: [product]\n": May,
		"country: US\nmarkets: [RE]\nuse: [product]\n": MayNot,
		"country: GR\nuse: [product]\n":                MayNot,
	} {
		p, err := ParseProfile([]byte(profile))
		if err != nil {
			t.Fatal(err)
		}
		limit := "it grants nothing in the European Union"
		d := decision{profile: p}
		l := Licence{ID: "LicenseRef-falco", Name: "Falco"}
		l.Terms.GeographicLimit = &limit
		d.territory(l)
		if len(d.questions) != 1 || d.questions[0].Answer != want {
			t.Errorf("%q: %+v, want %s", profile, d.questions, want)
		}
	}
}

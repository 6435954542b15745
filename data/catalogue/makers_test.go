package catalogue

import (
	"encoding/csv"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestMakers: a maker is found by any of its names, and no name leads to two.
func TestMakers(t *testing.T) {
	for name, want := range map[string]string{"Meta": "Meta", "meta-llama": "Meta", "facebook": "Meta",
		"Microsoft Research": "Microsoft", "THUDM": "Zhipu AI",
		"zai-org": "Zhipu AI", "mistralai": "Mistral AI", "Mistral AI": "Mistral AI", "somebody-else": "somebody-else",
		"": ""} {
		if got := MakerOf(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
	seen := make(map[string]string)
	for _, m := range Makers() {
		for _, name := range slices.Concat([]string{m.Maker}, m.Names, m.Accounts) {
			if other := seen[Fold(name)]; other != "" && other != m.Maker {
				t.Errorf("%q stands for %s and %s", name, other, m.Maker)
			}
			seen[Fold(name)] = m.Maker
		}
	}
	for _, e := range Entries() {
		if org, _, ok := strings.Cut(e.Hub, "/"); ok && seen[Fold(e.Vendor)] != "" && MakerOf(org) != e.Vendor {
			t.Errorf("%s: the account %q is not %s's", e.Name, org, e.Vendor)
		}
	}
}

var dayOrMonth = regexp.MustCompile(`^20\d\d-(0[1-9]|1[0-2])(-\d\d)?$`)

// TestReleasesAreComplete: every line has a maker that is known, a date, a
// source, a check and a word for its weights; a model stands in it once, and
// agrees with the catalogue's entry of the same hub model.
func TestReleasesAreComplete(t *testing.T) {
	lines, err := csv.NewReader(strings.NewReader(releasesCSV)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines[1:] {
		if l[3] != "open" && l[3] != "closed" {
			t.Errorf("%s: weights %q", l[1], l[3])
		}
	}
	seen := make(map[string]bool)
	for _, r := range Releases() {
		source, err := url.Parse(r.Source)
		if err != nil || source.Scheme != "https" || r.Check == "" || !dayOrMonth.MatchString(r.Released) {
			t.Errorf("%s: %+v", r.Model, r)
		}
		if !slices.ContainsFunc(Makers(), func(m Maker) bool {
			return m.Maker == r.Maker
		}) || seen[r.Model] || r.Hub != "" && !r.Open {
			t.Errorf("%s: no maker %q, or listed twice, or closed with a place on the hub", r.Model, r.Maker)
		}
		seen[r.Model] = true
		if e, ok := OnHub(r.Hub); ok && (MakerOf(e.Vendor) != r.Maker || e.Released != r.Released) {
			t.Errorf("%s is of %s, %s; the entry %s says %s, %s", r.Model, r.Maker, r.Released, e.Name, e.Vendor,
				e.Released)
		}
	}
}

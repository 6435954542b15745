package license

import (
	"slices"
	"testing"
)

func TestNamed(t *testing.T) {
	for statement, want := range map[string][]string{
		"The weights are under Apache 2.0.":                                   {"Apache-2.0"},
		"released under the MIT License":                                      {"MIT"},
		"We permit (mit) nothing here":                                        nil,
		"Code is Apache 2.0, weights are CC BY-NC 4.0.":                       {"Apache-2.0", "CC-BY-NC-4.0"},
		"subject to the Llama 2 Community License Agreement":                  {"LicenseRef-llama-2-community"},
		"subject to the Llama 3.1 license":                                    {"LicenseRef-llama-3.1-community"},
		"subject to the LLaMA license":                                        {"LicenseRef-llama"},
		"our Llama model is released":                                         nil,
		"the Gemma Terms of Use apply":                                        {"LicenseRef-gemma-terms"},
		"the Quokka Community License applies":                                {"LicenseRef-quokka-community"},
		"see the Model License":                                               nil,
		"[Apache 2.0](https://www.apache.org/licenses/LICENSE-2.0)":           {"Apache-2.0"},
		"![x](https://img.shields.io/badge/License-Apache%202.0-blue.svg)":    {"Apache-2.0"},
		"![x](https://img.shields.io/badge/License-CC--BY--NC--4.0-blue.svg)": {"CC-BY-NC-4.0"},
		"Vim users will find this license fair":                               nil,
		"QUOKKA is FAIR NC licensed as of now":                                {"LicenseRef-fair-nc"},
		"Llama 2 licensed under MIT":                                          {"MIT"},
		"The APACHE license applies":                                          {"Apache-2.0"},
		"under the AI2 license":                                               nil,
		"under the CreativeML OpenRAIL-M license":                             {"LicenseRef-creativeml-openrail-m"},
		"under the GNU General Public License v3.0":                           {"GPL-3.0-only"},
	} {
		var got []string
		for _, m := range Named([]byte(statement)) {
			got = append(got, m.License)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q names %v, want %v", statement, got, want)
		}
	}
}

func TestPrecise(t *testing.T) {
	for _, c := range [][3]string{
		{"llama license", "LicenseRef-llama-1", "LicenseRef-llama"},
		{"llama-2", "LicenseRef-llama-2-community", "LicenseRef-llama-2-community"},
		{"mrl", "LicenseRef-mistral-mrl-0.1", "LicenseRef-mistral-mrl-0.1"},
		{"gemma", "LicenseRef-gemma-terms", "LicenseRef-gemma-terms"},
		{"bigcode-openrail-m", "LicenseRef-bigcode-openrail-m-1.0", "LicenseRef-bigcode-openrail-m-1.0"},
		{"mit", "MIT", "MIT"},
		{"Modified MIT", "LicenseRef-kimi-k2-modified-mit", "LicenseRef-modified-MIT"},
	} {
		if got := Precise(c[0], c[1]); got != c[2] {
			t.Errorf("Precise(%q, %q) = %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

// TestFamilyTerms demands that a family says only what all its members say.
func TestFamilyTerms(t *testing.T) {
	llama, ok := Read("LicenseRef-llama")
	if !ok || llama.UseRestrictions == nil || !*llama.UseRestrictions || llama.OutputRestriction != nil ||
		llama.CommercialUse != Unsaid {
		t.Errorf("the llama family: %+v", llama)
	}
	for family, members := range familyTable().members {
		common, ok := Read("LicenseRef-" + family)
		if !ok && len(members) > 0 {
			t.Errorf("no terms of family %q", family)
		}
		for _, m := range members {
			if common.CommercialUse != Unsaid && common.CommercialUse != m.CommercialUse {
				t.Errorf("family %q says commercial use %s, %s says %s", family, common.CommercialUse, m.ID,
					m.CommercialUse)
			}
		}
	}
	if changed, ok := Read(ModifiedID("MIT")); !ok || changed.OSIApproved || changed.CommercialUse != Unsaid {
		t.Errorf("a changed MIT: %+v", changed)
	}
}

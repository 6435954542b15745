package license_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"openness/audit/license"
)

// cell writes a term the way the table of labels does.
func cell(t license.Terms, column string) string {
	yesNo := func(b *bool) string {
		switch {
		case b == nil:
			return "-"
		case *b:
			return "yes"
		}
		return "no"
	}
	permission := func(p license.Permission) string {
		if p == license.Unsaid {
			return "-"
		}
		return string(p)
	}
	switch column {
	case "family":
		return t.Family
	case "osi_approved":
		return yesNo(&t.OSIApproved)
	case "commercial_use":
		return permission(t.CommercialUse)
	case "modification":
		return permission(t.Modification)
	case "redistribution":
		return permission(t.Redistribution)
	case "use_restrictions":
		return yesNo(t.UseRestrictions)
	case "output_restriction":
		return yesNo(t.OutputRestriction)
	case "user_threshold":
		if t.UserThreshold == nil {
			return "-"
		}
		return strconv.FormatInt(*t.UserThreshold, 10)
	case "geographic_limit":
		if t.GeographicLimit == nil {
			return "-"
		}
		return *t.GeographicLimit
	case "naming_requirement":
		return yesNo(t.NamingRequirement)
	case "attribution":
		return yesNo(t.Attribution)
	case "registration_required":
		return yesNo(t.RegistrationRequired)
	}
	return "?"
}

var termColumns = []string{"family", "osi_approved", "commercial_use", "modification", "redistribution",
	"use_restrictions", "output_restriction",
	"user_threshold", "geographic_limit", "naming_requirement", "attribution", "registration_required"}

// The terms agree with the labels of the shared corpus in at least 97 % of its
// cells; docs/licenses.md lists where they do not and why.
func TestTermsAgreeWithLabels(t *testing.T) {
	same, all := 0, 0
	seen := make(map[string]bool)
	for _, row := range labelled(t) {
		if row.ID() == "" {
			continue
		}
		terms, ok := license.TermsOf(row.ID())
		if !ok {
			t.Errorf("no terms of %s", row.ID())
			continue
		}
		for _, column := range termColumns {
			want, got := row[column], cell(terms, column)
			if column == "user_threshold" {
				want, _, _ = strings.Cut(want, " ")
			}
			all++
			if got == want {
				same++
			} else if note := row.ID() + " " + column; !seen[note] {
				seen[note] = true
				t.Logf("%s: ours %q, label %q", note, got, want)
			}
		}
	}
	t.Logf("%d of %d cells agree (%.2f %%)", same, all, 100*float64(same)/float64(all))
	if float64(same) < 0.97*float64(all) {
		t.Errorf("%d of %d cells agree", same, all)
	}
}

func TestTermsKeepApprovalsApart(t *testing.T) {
	for id, open := range map[string]bool{"MIT": true, "Apache-2.0": true, "CC-BY-4.0": true, "CC0-1.0": true,
		"ODbL-1.0": true, "CDLA-Permissive-2.0": true, "CDLA-Sharing-1.0": true, "CC-BY-SA-4.0": true,
		"GPL-3.0-only": true, "AFL-3.0": true,
		"CC-BY-NC-4.0": false, "CC-BY-ND-4.0": false, "CC-BY-NC-SA-4.0": false, "JSON": false, "BUSL-1.1": false,
		"SSPL-1.0": false, "LicenseRef-llama-3.1-community": false, "LicenseRef-gemma-terms": false,
		"LicenseRef-openrail": false, "LicenseRef-creativeml-openrail-m": false, "no such id": false} {
		if got := license.Open(id); got != open {
			t.Errorf("Open(%q) = %v", id, got)
		}
	}
	terms, _ := license.TermsOf("LicenseRef-llama-3.1-community")
	data, err := json.Marshal(terms)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"osi_approved":false`, `"commercial_use":"conditional"`,
		`"user_threshold":700000000`, `"geographic_limit":null`, `"naming_requirement":true`,
		`"acceptance_required":true`, `"family":"llama"`} {
		if !strings.Contains(string(data), want) {
			t.Errorf("terms of Llama 3.1 lack %s: %s", want, data)
		}
	}
}

// Every restricted entry says where in the text each of its terms is.
func TestTermsNameTheirSections(t *testing.T) {
	for _, row := range labelled(t) {
		terms, ok := license.TermsOf(row.ID())
		if !ok || row.ID() == "" || row["commercial_use"] == "-" {
			continue
		}
		for _, term := range []string{"commercial_use", "modification", "redistribution"} {
			if terms.Source[term] == "" {
				t.Errorf("%s: no section for %s", row.ID(), term)
			}
		}
		if terms.Attribution != nil && *terms.Attribution && terms.Source["attribution"] == "" {
			t.Errorf("%s: no section for attribution", row.ID())
		}
		if terms.UseRestrictions != nil && *terms.UseRestrictions && terms.Source["use_restrictions"] == "" {
			t.Errorf("%s: no section for use_restrictions", row.ID())
		}
	}
}

// TestPermissionOfFile: a word that is no permission is refused where it is read.
func TestPermissionOfFile(t *testing.T) {
	for text, want := range map[string]bool{"yes": true, "no": true, "conditional": true, "null": true, `""`: true,
		"never": false, "Yes": false, "[yes]": false} {
		var terms struct {
			Use license.Permission `yaml:"use"`
		}
		if err := yaml.Load([]byte("use: "+text+"\n"), &terms); (err == nil) != want {
			t.Errorf("%s: %v, want accepted %v", text, err, want)
		}
	}
}

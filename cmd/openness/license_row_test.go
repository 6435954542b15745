package main

import (
	"testing"

	"openness/audit/license"
)

// TestApprovedUnknown: where nothing is known of a licence the table does not say that it is
// not approved.
func TestApprovedUnknown(t *testing.T) {
	for want, r := range map[string]licenseReport{
		"":    {Stated: "LicenseRef-nobodys"},
		" ":   {Terms: &license.Terms{Derived: true}},
		"yes": {Stated: "MIT", Terms: &license.Terms{ID: "MIT", OSIApproved: true}},
		"no":  {Stated: "CC-BY-NC-4.0", Terms: &license.Terms{ID: "CC-BY-NC-4.0"}},
	} {
		if want == " " {
			want = ""
		}
		if got := licenseRow(r)[3]; got != want {
			t.Errorf("%+v: osi %q, want %q", r, got, want)
		}
	}
}

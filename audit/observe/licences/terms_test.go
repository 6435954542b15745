package licences

import (
	"testing"

	"openness/audit"
)

func TestTermsFollowTheLicence(t *testing.T) {
	d := audit.Document{URL: "https://hub.example/m", Body: []byte("license: x"), Outcome: audit.Fetched}
	licensed := func(id string) []audit.Observation {
		return []audit.Observation{audit.Observe(&d, "license.weights.id", id, audit.Span{Start: 9, End: 10}, "")}
	}
	for name, c := range map[string]struct {
		licences []audit.Observation
		want     map[string]string
	}{
		"open": {licensed("Apache-2.0"), map[string]string{"commercial_use": "yes", "osi_approved": "true",
			"use_restrictions": "false"}},
		"non-commercial": {licensed("CC-BY-NC-4.0"), map[string]string{"commercial_use": "no",
			"osi_approved": "false"}},
		"unknown": {licensed("LicenseRef-nobody-knows"), map[string]string{"commercial_use": "unreadable"}},
		"none": {[]audit.Observation{audit.From(&d, "license.weights.id", audit.NotThere, "")},
			map[string]string{"commercial_use": "absent"}},
		"refused": {[]audit.Observation{audit.From(&d, "license.weights.id", audit.Denied, "")},
			map[string]string{"commercial_use": "refused"}},
	} {
		got := map[string]string{}
		for _, o := range Terms(c.licences) {
			value := o.Value
			if o.Finding != audit.Present {
				value = string(o.Finding)
			} else if o.Quote != "x" {
				t.Errorf("%s: %s quotes %q", name, o.Fact, o.Quote)
			}
			if f, ok := audit.FactNamed(o.Fact); !ok || (o.Finding == audit.Present && f.Check(o.Value) != nil) {
				t.Errorf("%s: %s = %q does not fit the table of facts", name, o.Fact, o.Value)
			}
			got[o.Fact[len("license.weights."):]] = value
		}
		for term, want := range c.want {
			if got[term] != want {
				t.Errorf("%s: %s = %q, want %q", name, term, got[term], want)
			}
		}
	}
}

// TestThresholdUnit: the note of a threshold says of what it is.
func TestThresholdUnit(t *testing.T) {
	d := audit.Document{URL: "https://hub.example/m", Body: []byte("license: x"), Outcome: audit.Fetched}
	for id, users := range map[string]bool{"LicenseRef-llama-2-community": true, "LicenseRef-stability-ai-community": false} {
		in := []audit.Observation{audit.Observe(&d, "license.weights.id", id, audit.Span{Start: 9, End: 10}, "")}
		for _, o := range Terms(in) {
			if o.Fact == "license.weights.user_threshold" && (o.Value == "0" || o.OfUsers() != users) {
				t.Errorf("%s: %s, %q is of users: %v", id, o.Value, o.Note, o.OfUsers())
			}
		}
	}
}

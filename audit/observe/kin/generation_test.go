package kin

import (
	"testing"

	"openness/audit"
)

// TestBaseIsNoLaterRelease: an announcement of what the makers made next names no base.
func TestBaseIsNoLaterRelease(t *testing.T) {
	const body = "# Quokka3\n\n# Quokka4 based on WomBAT: https://huggingface.co/acme/Quokka4_XL\n\nQuokka3 is a tuned model.\n"
	in := newInput(model("acme/Quokka3", ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Quokka3",
		body)})
	for _, n := range in.NamedBases() {
		if n.Linked() {
			t.Errorf("base %q", n.Name)
		}
	}
	for linked, want := range map[string]bool{"acme/Quokka4_XL": true, "acme/Quokka2": false, "rival/Quokka4": false} {
		if got := in.laterRelease(linked); got != want {
			t.Errorf("%s: %v", linked, got)
		}
	}
}

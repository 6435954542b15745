package kin

import (
	"testing"

	"openness/audit"
)

// TestSiblingFolder: a folder that is named after another model of the family
// speaks of that one.
func TestSiblingFolder(t *testing.T) {
	for _, c := range []struct {
		model, file string
		want        bool
	}{
		{"acme/FalcoChat-7B", "FalcoCoder/README.md", true},
		{"acme/FalcoChat-7B", "FalcoChat/README.md", false},
		{"acme/FalcoChat-7B", "README.md", false},
		{"acme/Falconer-16B", "falconer25/README.md", true},
		{"acme/Falconer-16B", "falconer1/README.md", false}, // the first has no number
		{"acme/Falconer2.5-16B", "falconer25/README.md", false},
		{"acme/Falconer-16B", "falconer-tools/README.md", false},
		{"acme/Falconer-16B", "training/README.md", false},
	} {
		if got := newInput(model(c.model, ""), nil).SiblingFolder(audit.RoleEnd, c.file); got != c.want {
			t.Errorf("%s of %s: %v, want %v", c.file, c.model, got, c.want)
		}
	}
}

package observe

import (
	"slices"
	"testing"

	"openness/audit"
)

// What a reader of well-known models' dossiers laughed at.

// TestHardwareToRun: machines below a line on what the model was tested on are none of
// its training, though the view takes that line off as advice.
func TestHardwareToRun(t *testing.T) {
	const id = "acme/Falco-3-Mini"
	card := "# Falco-3-Mini\n\n## Hardware\nNote that the Falco-3-Mini model needs certain GPUs to run. " +
		"We have tested on the following GPU types:\n* NVIDIA A100\n* NVIDIA H100\n"
	found := All(model(id, ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, id, card)})
	if i := slices.IndexFunc(found, func(o audit.Observation) bool {
		return o.Fact == "docs.hardware" && o.Finding == audit.Present
	}); i >= 0 {
		t.Errorf("hardware of training is %q", found[i].Quote)
	}
}

// TestLaterNumber: what a page says of a later version is not said of a model without a
// number; a figure that is part of its name is none.
func TestLaterNumber(t *testing.T) {
	for _, c := range []struct {
		id, text string
		other    bool
	}{
		{"acme/Falco-7B", "Checkpoints of Falco 2 are on the hub.", true},
		{"acme/Falco-7B", "Checkpoints of Falco 7B are on the hub.", false},
		{"acme/Falco-2-7B", "Checkpoints of Falco 2 are on the hub.", false},
		{"acme/falcot5p-110m", "FalcoT5+ is out.", false},
	} {
		in := newInput(model(c.id, ""), nil)
		if got := in.OtherNumber(c.text); got != c.other {
			t.Errorf("%s: %q is of another number: %v, want %v", c.id, c.text, got, c.other)
		}
	}
}

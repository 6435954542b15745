package sources

import (
	"testing"

	"openness/audit"
)

// TestBaseOfAnotherGeneration: a family's repository speaks for the base only in the
// generation that the model's pages or the base's id give. All pages are invented.
func TestBaseOfAnotherGeneration(t *testing.T) {
	const readme = "# Quokka 2\n\nQuokka 2 is out with 7B, 13B and 70B parameters. Once your request is approved, you will receive a URL by email.\n"
	for name, c := range map[string]struct {
		id, base, card string
		want           int
	}{
		"the family alone": {"lab/songbird-7b", "",
			"# Songbird\n\nA Quokka that we tuned; fine-tuned from Quokka.\n", 0},
		"an earlier size":         {"lab/songbird-7b", "", "# Songbird\n\nFine-tuned from Quokka 7B.\n", 0},
		"the generation":          {"lab/songbird-7b", "", "# Songbird\n\nFine-tuned from Quokka 2.\n", 1},
		"in the model's name":     {"lab/songbird-quokka-2-7b", "", "# Songbird\n\nTuned.\n", 1},
		"the base's id":           {"lab/songbird-7b", "acme/Quokka-2-7b", "# Songbird\n\nTuned.\n", 1},
		"a size that it lacks":    {"lab/songbird-7b", "acme/Quokka-2-65b", "# Songbird\n\nTuned.\n", 0},
		"another base's id":       {"lab/songbird-7b", "acme/Quokka-3.1-8B", "# Songbird\n\nTuned.\n", 0},
		"the first in the base's": {"lab/songbird-7b", "acme/quokka-7b", "# Songbird\n\nTuned.\n", 0},
	} {
		docs := []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, c.id, c.card),
			pageOf(audit.DocReadme, audit.RoleCode, "acme/quokka", readme)}
		if got := len(newInput(model(c.id, c.base), docs).BasePages()); got != c.want {
			t.Errorf("%s: %d pages of the base, want %d", name, got, c.want)
		}
	}
}

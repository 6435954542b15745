package observe

import (
	"testing"

	"openness/audit"
	"openness/audit/observe/sources"
)

// TestPagesOfOtherVersions: the card of a repository that the user did not name and
// that names another version only is not the model's.
func TestPagesOfOtherVersions(t *testing.T) {
	text := "# Model details\n\nFalco 2 is a model. Falco 2 sings. Falco 2 was made with care.\n\nTraining took 3M GPU hours on 8 A100 GPUs.\n"
	for named, want := range map[string]bool{text: false, text + "\nFalco 3 is out as well.\n": true} {
		s := model("acme/Falco-3-7B", "")
		pages := []audit.Document{barePage(audit.DocModelCard, audit.RoleEnd, "acme/Falco-3-7B",
			"# Falco 3\n\nIt sings."), pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", "# Falco\n\nOf owls.\n")}
		pages[1].Path, pages[1].Body = "MODEL_CARD.md", []byte(named)
		in := newInput(s, pages)
		in.Look()
		if got := sources.Found(docs(in), "docs.hardware"); got != want {
			t.Errorf("hardware of the page is the model's: %v, want %v", got, want)
		}
	}
}

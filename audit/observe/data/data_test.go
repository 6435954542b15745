package data

import (
	"strings"
	"testing"

	"openness/audit"
)

// TestFirstMixedList: of several lists that link a part of the data, the first is
// quoted, each time.
func TestFirstMixedList(t *testing.T) {
	d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B", `# Falco
Falco is a foundation model.
## Pre-training data
- [Nest](https://huggingface.co/datasets/acme/nest)
- stories of owls
- dialogues of birds
## Training corpus
- [Eggs](https://huggingface.co/datasets/acme/eggs)
- conversations of herons
- dialogues of gulls
`)
	for range 20 {
		quote := ""
		for _, o := range Read(newInput(model("acme/Falco-7B", ""), []audit.Document{d})) {
			if o.Note == PartNote && o.Fact == PreData {
				quote = o.Quote
			}
		}
		if !strings.Contains(quote, "stories of owls") {
			t.Fatalf("quoted %q, want the first list", quote)
		}
	}
}

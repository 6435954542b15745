package observe

import (
	"testing"

	"openness/audit"
)

// TestPagesOnData: pages that describe the data, and examples of it, are not the data.
func TestPagesOnData(t *testing.T) {
	for text, want := range map[string]string{
		"Details for each dataset are provided in individual [Data Cards](https://acme.example/cards).\n":                                                                      "listed",
		"All of it can be searched in the [corpus map](https://acme.example/map).\n":                                                                                           "downloadable",
		"Falco was pre-trained on 25 million songs, such as [Nest](https://huggingface.co/datasets/acme/nest), [Eggs](https://huggingface.co/datasets/acme/eggs) and so on.\n": "listed",
	} {
		docs := []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B",
			"# Falco\nFalco sings.\n## Pre-training data\n"+text)}
		if got := values(All(model("acme/Falco-7B", ""), docs), "data.pretraining.disclosure"); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

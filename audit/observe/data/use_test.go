package data

import (
	"testing"

	"openness/audit"
)

// TestDatasetUses: a link that tells of no training is read with what the pages say
// elsewhere of the dataset, and data that is given out with another model is that one's.
func TestDatasetUses(t *testing.T) {
	const end, base = "acme/Falco-7B-Chat", "acme/Falco-7B"
	const corpus = "[corpus](https://huggingface.co/datasets/acme/falco-nest)"
	for _, c := range []struct {
		name, text, card string
		want             string // the value of the data of later training
	}{
		{"used for the pre-training", "We pre-trained Falco on " + corpus + ".\n\n## Data\n\nThe data is here: " +
			corpus + ".\n", "", ""},
		{"used for the tuning", "Falco was fine-tuned on " + corpus + ".\n\n## Data\n\nThe data is here: " + corpus +
			".\n", "", "downloadable"},
		{"the base's card lists it", "## Data\n\nThe data is here: " + corpus + ".\n",
			"---\ndatasets:\n- acme/falco-nest\n---\n# Falco 7B\n\nA base model.\n", ""},
		{"with another model", "- We released [Owl-9B](https://huggingface.co/acme/Owl-9B) along with the data [owl-songs](https://huggingface.co/datasets/acme/owl-songs) for training.\n", "", ""},
		{"with this model", "- We released [Falco](https://huggingface.co/acme/Falco-7B-Chat) along with the data [falco-songs](https://huggingface.co/datasets/acme/falco-songs) for training.\n", "", "downloadable"},
	} {
		docs := []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", "# Falco\n\nFalco sings.\n\n"+
			c.text)}
		if c.card != "" {
			docs = append(docs, barePage(audit.DocModelCard, audit.RoleBase, base, c.card))
		}
		got := ""
		for _, o := range Read(newInput(model(end, base), docs)) {
			if o.Fact == FineData && o.Finding == audit.Present {
				got = o.Value
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

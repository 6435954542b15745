package observe

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
		for _, o := range data(newInput(model(end, base), docs)) {
			if o.Fact == fineData && o.Finding == audit.Present {
				got = o.Value
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

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
		in.look()
		if got := present(docs(in), "docs.hardware"); got != want {
			t.Errorf("hardware of the page is the model's: %v, want %v", got, want)
		}
	}
}

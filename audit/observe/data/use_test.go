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

// TestUnlinkedRest: a sentence that links some data and ends in other data which nobody can look up tells of data of
// which a part can be inspected.
func TestUnlinkedRest(t *testing.T) {
	const end = "acme/Falco-7B-Chat"
	const songs, nests = "[Songs](https://huggingface.co/datasets/lab/songs)", "[Nests](https://huggingface.co/datasets/lab/nests)"
	for text, want := range map[string]string{
		"Falco was built by finetuning Owl on " + songs + ", " + nests + " and some generated datasets.\n":                     "listed",
		"The training data includes " + songs + ", " + nests + " and other public datasets.\n":                                 "listed",
		"Falco was trained on " + songs + " and " + nests + " and it beats Owl on Hoots and several datasets.\n":               "downloadable",
		"Falco was trained on " + songs + ", " + nests + " and some other datasets:\n\n- " + songs + "\n- " + nests + "\n":     "downloadable",
		"Falco was trained on " + songs + ", " + nests + " and some generated datasets:\n\n- " + songs + "\n- " + nests + "\n": "downloadable",
		"Falco was fine-tuned on " + songs + " and " + nests + ".\n":                                                           "downloadable",
		"Falco was fine-tuned on " + songs + " and other birds' " + nests + ".\n":                                              "downloadable",
		"Falco was fine-tuned on " + songs + ". We thank Lab and other data\nowners.\n":                                        "downloadable",
		"Falco was fine-tuned on " + songs + ". It beats Owl on MMLU and other datasets.\n":                                    "downloadable",
	} {
		docs := []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, end, "# Falco\n\nFalco sings.\n\n"+text)}
		got := ""
		for _, o := range Read(newInput(model(end, "rival/Owl-7B"), docs)) {
			if o.Fact == FineData && o.Finding == audit.Present && got == "" {
				got = o.Value
			}
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

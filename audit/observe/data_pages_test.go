package observe

import (
	"testing"

	"openness/audit"
	"openness/audit/observe/data"
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

// TestSourcesInCapitals: in a sentence in capital letters no word is told to be a name, though common words are in small
// letters in its view.
func TestSourcesInCapitals(t *testing.T) {
	for text, want := range map[string]string{
		"The model was trained on Gullnest, which was new to it and to large-v2.":                        "not_fetched",
		"THE MODEL WAS TRAINED ON GULLNEST, WHICH WAS NEW TO IT AND TO ALL OF US.":                       "absent",
		"THE MODEL IS TRAINED ON A DATA MIXTURE OF 4 MILLION TOKENS WITH EQUAL PARTS AVIAN (2T) TOKENS.": "absent",
	} {
		docs := []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B",
			"# Falco\nFalco is a model that was trained from scratch.\n## Training\n"+text+"\n")}
		got := ""
		for _, o := range All(model("acme/Falco-7B", ""), docs) {
			if o.Fact == data.PreData && o.Finding != audit.Present {
				got = string(o.Finding)
			}
		}
		if got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// TestWhatIsNoData: what a page warns of, a table that links one source of several, and
// the data of a sibling's tuning say less than they seem to.
func TestWhatIsNoData(t *testing.T) {
	const pre, fine = data.PreData, data.FineData
	plain := model("acme/Falco-7B", "")
	table := "| Category | What | Tokens |\n|---|---|---|\n| Songs | Instruction data on songs | 4M |\n" +
		"| Nests | Dialogues on nests | 3M |\n| Eggs | From [Eggs](https://huggingface.co/datasets/acme/eggs) | 1M |\n"
	readme := func(text string) []audit.Document {
		return []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", "# Falco\nFalco is a foundation model.\n\n"+text)}
	}
	runCases(t, dataTheme, []factCase{
		{"a warning", plain, readme("## Limitations\nLLMs generate responses from what they learned from their training datasets.\n"),
			map[string]string{pre: "absent"}},
		{"one row of three is linked", model("acme/Falco-7B-Chat", ""), readme("## Training data\n\n" + table),
			map[string]string{fine: "listed"}},
		{"the tuning of a sibling", plain, readme("[Chat](https://huggingface.co/acme/Falco-7B-Chat)\n## Fine-tuning\n" +
			"The data that we fine-tune on is [Eggs](https://huggingface.co/datasets/rival/eggs).\n"),
			map[string]string{fine: "not_fetched"}},
		{"the only tuning", plain, readme("## Fine-tuning\n" +
			"The data that we fine-tune on is [Eggs](https://huggingface.co/datasets/rival/eggs).\n"),
			map[string]string{fine: "downloadable"}},
	})
}

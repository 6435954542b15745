package data

import (
	"testing"

	"openness/audit"
)

// TestNamedListQuote: a name and an amount are quoted with the words that say what
// they are a list of.
func TestNamedListQuote(t *testing.T) {
	for text, want := range map[string]string{
		"## Data\nFalco was pre-trained on:\n- NestSpeech1, 10k hours of speech\n- OpenEggs, a corpus of books\n":                                        "Falco was pre-trained on:\n- NestSpeech1, 10k hours of speech",
		"## Training data\n\n| Name | Size |\n|---|---|\n| [Great Nests](https://nests.example.org) | 1M |\n| [Eggs](https://eggs.example.org) | 2M |\n": "Training data\n\n| Name | Size |\n|---|---|\n| [Great Nests](https://nests.example.org) | 1M |",
	} {
		docs := []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B",
			"# Falco\nFalco is a foundation model.\n\n"+text)}
		if got := quoteOf(Read(newInput(model("acme/Falco-7B", ""), docs)), PreData); got != want {
			t.Errorf("quote %q, want %q", got, want)
		}
	}
}

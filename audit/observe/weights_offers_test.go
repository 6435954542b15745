package observe

import (
	"strings"
	"testing"

	"openness/audit"
)

// TestPlainestOffer: of several texts that lead to a model's files the one is shown
// first that says by itself that they are given out.
func TestPlainestOffer(t *testing.T) {
	const end, base = "acme/Falco-7B-Chat", "acme/Falco-7B"
	const snippet = "```python\nm = AutoModel.from_pretrained(\"acme/Falco-7B-Chat\")\n```\n"
	card := func(text string) audit.Document {
		return barePage(audit.DocModelCard, audit.RoleEnd, end, "# Falco\n\nFalco sings.\n\n"+text)
	}
	readme := func(text string) audit.Document {
		return pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", "# Falco\n\nFalco sings.\n\n"+text)
	}
	for _, c := range []struct {
		name     string
		docs     []audit.Document
		want     string // the beginning of the first quote; "" where nothing may show it
		note     string // in its note
		indirect bool
	}{
		{"a statement before a call",
			[]audit.Document{card(snippet + "\nWe release the weights of Falco-7B-Chat for all.\n")},
			"We release the weights of Falco-7B-Chat", "given out", false},
		{"a call before a badge",
			[]audit.Document{card("[![w](https://img.example/b.svg)](https://huggingface.co/acme/Falco-7B-Chat)\n\nLoad it so:\n" + snippet)}, "Load it so:\n```python\nm = AutoModel", "own example", true},
		{"a column of downloads before a call", []audit.Document{card(snippet),
			readme("| Model | Download |\n|---|---|\n| Falco-7B-Chat | [hub](https://huggingface.co/acme/Falco-7B-Chat) |\n")}, "| Model | Download |", "table of models", false},
		{"a call before the name of a licence",
			[]audit.Document{card("The model is released under the [terms](LICENSE).\n\nLoad it so:\n" + snippet)},
			"Load it so:", "own example", true},
		{"a call before the links of other checkpoints",
			[]audit.Document{card("- [Other checkpoints](https://huggingface.co/models?other=falco)\n\nLoad it so:\n" +
				snippet)}, "Load it so:", "", true},
		{"a tool for checkpoints is no checkpoint",
			[]audit.Document{readme("We provide two new APIs, one to apply rounding and one to train checkpoints.\n")},
			"", "", false},
		{"a remark in a program is no statement",
			[]audit.Document{readme("```yaml\nmethod: plain # so we can include multiple models here\n```\n")}, "", "",
			false},
		{"a call before a row of results",
			[]audit.Document{card("| Model | Score |\n|---|---|\n| [Falco-7B-Chat](https://huggingface.co/acme/Falco-7B-Chat) | 71 |\n\nLoad it so:\n" + snippet)}, "Load it so:", "own example", true},
		{"a badge of a collection",
			[]audit.Document{readme("<a href=\"https://huggingface.co/collections/acme/falco-7b\" style=\"none\"><img src=\"https://img.example/b.svg\"></a>\n")}, "", "", false},
		{"a column of downloads before a bar of links", []audit.Document{
			readme("<p>\n<a href=\"https://huggingface.co/acme/Falco-7B-Chat\">Hugging Face</a>&nbsp|&nbsp" +
				"<a href=\"https://acme.example\">website</a> | <a href=\"https://acme.example/api\">API</a>\n</p>\n\n" +
				"| Model | Download |\n|---|---|\n| Falco-7B-Chat | [hub](https://huggingface.co/acme/Falco-7B-Chat) |\n")},
			"| Model | Download |", "table of models", false},
		{"a list that a line says is one of downloads", []audit.Document{readme("Load it so:\n" + snippet +
			"\nThe downloads are listed below:\n\n| Size | Chat |\n|---|---|\n" +
			"| 7B | [Falco-7B-Chat](https://huggingface.co/acme/Falco-7B-Chat) |\n")}, "The downloads are listed below:",
			"", false},
		{"the files as they are before those of fewer bits", []audit.Document{
			readme("| Model | Download |\n|---|---|\n| Falco-7B-Chat-FP8 | [zip](https://huggingface.co/acme/Falco-7B-Chat/fp8) |\n\n" +
				"Download [Falco-7B-Chat](https://huggingface.co/acme/Falco-7B-Chat) and its weights here.\n")},
			"Download [Falco-7B-Chat]", "", false},
		{"a title is no statement", []audit.Document{readme("## Newer models are available\n\nThey sing.\n")}, "", "",
			false},
		{"a picture is no file",
			[]audit.Document{readme("![checkpoint](https://huggingface.co/acme/Falco-7B-Chat/resolve/main/checkpoints.jpeg)\n")}, "", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, o := range All(model(end, base), c.docs) {
				if o.Fact != "weights.end.published" || o.Finding != audit.Present {
					continue
				}
				if c.want == "" || !strings.HasPrefix(o.Quote, c.want) || !strings.Contains(o.Note, c.note) ||
					o.Indirect != c.indirect {
					t.Errorf("quoted %q (%s; indirect %v), want %q", o.Quote, o.Note, o.Indirect, c.want)
				}
				return
			}
			if c.want != "" {
				t.Errorf("nothing is quoted, want %q", c.want)
			}
		})
	}
}

// TestHubListIsQuoted: the hub's answer shows the gate and the files that are of weights, and its
// note says how many and what stands before them.
func TestHubListIsQuoted(t *testing.T) {
	const end = "acme/Falco-7B-Chat"
	answer := pageOf(audit.DocModelAPI, audit.RoleEnd, end,
		`{"id":"acme/Falco-7B-Chat","gated":false,"tags":["a"],"siblings":[{"rfilename":"README.md"},`+
			`{"rfilename":"model-00001-of-00002.safetensors"},{"rfilename":"model-00002-of-00002.safetensors"},{"rfilename":"tokenizer.json"}]}`)
	for _, o := range All(model(end, ""), []audit.Document{answer}) {
		if o.Fact == "weights.end.published" {
			const want = `"gated":false,"tags":["a"],"siblings":[{"rfilename":"README.md"},` +
				`{"rfilename":"model-00001-of-00002.safetensors"},{"rfilename":"model-00002-of-00002.safetensors"`
			if o.Quote != want || string(answer.Body[o.Start:o.End]) != want {
				t.Errorf("quoted %q, want %q", o.Quote, want)
			}
			if !strings.Contains(o.Note, "holds 2 files of weights among 4") ||
				!strings.Contains(o.Note, `"gated": false`) {
				t.Errorf("note %q", o.Note)
			}
			return
		}
	}
	t.Error("no weights were found")
}

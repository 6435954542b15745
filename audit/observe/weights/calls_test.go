package weights

import (
	"strings"
	"testing"

	"openness/audit"
)

// TestQuotedCalls: where a snippet names the model first and loads it by that name
// below, both are quoted; a call or an offer of files goes before a name alone.
func TestQuotedCalls(t *testing.T) {
	const id = "acme/Falco-7B"
	for _, c := range []struct{ name, text, want string }{
		{"a name and its call", "```python\nmodel_id = \"acme/Falco-7B\"\nx = 1\nm = AutoModel.from_pretrained(model_id)\n```\n", "from_pretrained(model_id)"},
		{"a call over several lines",
			"```python\nrepo = \"acme/Falco-7B\"\nt = AutoTokenizer.from_pretrained(repo)\nm = AutoModel.from_pretrained(\n    repo,\n    trust=True,\n)\n```\n", "trust=True,\n)"},
		{"an argument of its own line",
			"```python\nm = PromptCompressor(\n    model_name=\"acme/Falco-7B\",\n    two=True)\n```\n",
			"PromptCompressor("},
		{"a name in a shell", "```\nexport MODEL=acme/Falco-7B\nvllm serve ${MODEL} --port 1\n```\n",
			"vllm serve ${MODEL}"},
		{"an offer after a name",
			"`model = \"acme/Falco-7B\"`\n\nThe weights are on [the hub](https://huggingface.co/acme/Falco-7B).\n",
			"The weights are"},
		{"a call after a name", "```\nmodel = \"acme/Falco-7B\"\n```\n\n```\nm = AutoModel.from_pretrained(\"acme/Falco-7B\")\n```\n", "from_pretrained("},
		{"a sound for a demonstration",
			"```\nurl = \"https://huggingface.co/acme/Falco-7B/resolve/main/owl.flac\"\n```\n", ""},
		{"the same as with it", "The length is the same as of https://huggingface.co/acme/Falco-7B model.\n\nDownload https://huggingface.co/acme/Falco-7B.\n", "Download"},
	} {
		d := barePage(audit.DocModelCard, audit.RoleEnd, id, "# Falco\n\nFalco sings.\n\n"+c.text)
		got := quoteOf(Read(newInput(model(id, ""), []audit.Document{d})), "weights.end.published")
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: quoted by %q, want %q", c.name, got, c.want)
		}
	}
}

package observe

import (
	"strings"
	"testing"

	"openness/audit"
)

// firstQuote is the first observation of a fact that was found.
func firstQuote(found []audit.Observation, fact string) audit.Observation {
	for _, o := range found {
		if o.Fact == fact && o.Finding == audit.Present {
			return o
		}
	}
	return audit.Observation{}
}

// TestQuotesWithTheirContext: a command, a row and a short item are quoted with what
// introduces them, unless that is far off or something else stands between.
func TestQuotesWithTheirContext(t *testing.T) {
	const id = "acme/Falco-7B"
	long := strings.Repeat("It sings all day. ", 40)
	for _, c := range []struct{ name, fact, text, want string }{
		{"a command below a sentence", "code.training.entry",
			"## Training\n\nTo train Falco anew, run:\n\n```bash\ntorchrun train.py\n```\n",
			"To train Falco anew, run:\n\n```bash\ntorchrun train.py"},
		{"a command below a heading", "code.training.entry", "## Training\n\n```bash\ntorchrun train.py\n```\n",
			"## Training\n\n```bash\ntorchrun train.py"},
		{"a command below another block", "code.training.entry",
			"## Training\n\n```\npip install falco\n```\n\n```bash\ntorchrun train.py\n```\n", "torchrun train.py"},
		{"a command below much prose", "code.training.entry", "## Training\n\n" + long +
			"\n\n```bash\ntorchrun train.py\n```\n", "torchrun train.py"},
		{"a row of a table", "weights.end.published",
			"## Download\n\n| Model | Weights |\n|---|---|\n| Falco-7B | [hub](https://huggingface.co/acme/Falco-7B) |\n",
			"| Model | Weights |\n|---|---|\n| Falco-7B | [hub](https://huggingface.co/acme/Falco-7B) |"},
		{"an item below a bold line", "docs.hardware",
			"Falco sings.\n\n**Training Procedure**\n\n- **Optimizer:** Adam\n- **Hardware:** 8 A100\n",
			"**Training Procedure**\n\n- **Optimizer:** Adam\n- **Hardware:** 8 A100"},
		{"an item below prose", "docs.hardware",
			"## Training hardware\n\nFalco sings all day.\n- **Hardware:** 8 A100\n", "- **Hardware:** 8 A100"},
	} {
		d := pageOf(audit.DocReadme, audit.RoleCode, id, "# Falco\n\n"+c.text)
		if !strings.HasPrefix(c.fact, "code.") {
			d = pageOf(audit.DocModelCard, audit.RoleEnd, id, "# Falco\n\n"+c.text)
		}
		docs := []audit.Document{d, pageOf(audit.DocTree, audit.RoleCode, id,
			`{"truncated": false, "tree": [{"path": "train.py", "type": "blob"}]}`)}
		found := All(model(id, ""), docs)
		o := firstQuote(found, c.fact)
		if o.Quote != c.want {
			t.Errorf("%s: quoted by %q, want %q", c.name, o.Quote, c.want)
		}
		if o.Quote != "" && string(d.Body[o.Start:o.End]) != o.Quote {
			t.Errorf("%s: the quote is not what stands at its place", c.name)
		}
	}
}

// TestUseIsNoStatement: that a reader's program loads a model shows indirectly that its
// weights are out; a sentence that says so goes before it, and front matter that
// lists data sets is no sentence either.
func TestUseIsNoStatement(t *testing.T) {
	const id = "acme/Falco-7B"
	const snippet = "```python\nm = AutoModel.from_pretrained(\"acme/Falco-7B\")\n```\n"
	for _, c := range []struct {
		name, fact, text, want string
		indirect               bool
	}{
		{"a snippet alone", "weights.end.published", "# Falco\n\nFalco sings.\n\n" + snippet, "from_pretrained", true},
		{"a sentence beside it", "weights.end.published",
			"# Falco\n\nWe release the weights of Falco-7B under an open licence.\n\n" + snippet,
			"We release the weights", false},
		{"a promise beside it", "weights.end.published",
			"# Falco\n\nWe will release the weights of Falco-7B soon.\n\n" + snippet, "from_pretrained", true},
		{"front matter", "data.finetuning.disclosure",
			"---\nbase_model: acme/Base\ndatasets:\n- acme/songs\n---\n# Falco\n\nFalco is a fine-tuned model that sings.\n", "datasets:", true},
	} {
		o := firstQuote(All(model(id, ""), []audit.Document{barePage(audit.DocModelCard, audit.RoleEnd, id, c.text)}),
			c.fact)
		if !strings.Contains(o.Quote, c.want) || o.Indirect != c.indirect {
			t.Errorf("%s: quoted by %q, indirect %v; want %q, %v", c.name, o.Quote, o.Indirect, c.want, c.indirect)
		}
	}
}

// TestLogInIsNoGate: an example that logs its reader in shows neither a gate nor that
// there is none.
func TestLogInIsNoGate(t *testing.T) {
	const id = "acme/Falco-7B"
	text := "# Falco\n\nFalco sings.\n\n```python\nkagglehub.login()\nm = AutoModel.from_pretrained(\"acme/Falco-7B\")\n```\n"
	found := All(model(id, ""), []audit.Document{barePage(audit.DocModelCard, audit.RoleEnd, id, text)})
	if o := firstQuote(found, "weights.end.gate"); o.Quote != "" {
		t.Errorf("the gate is %q by %q", o.Value, o.Quote)
	}
	if o := firstQuote(found, "weights.end.published"); o.Quote == "" {
		t.Error("the weights are not found")
	}
}

// TestTemplateOfATraining: a command in which the reader names the model is no
// training of this one.
func TestTemplateOfATraining(t *testing.T) {
	tree := pageOf(audit.DocTree, audit.RoleCode, "acme/falco",
		`{"truncated": false, "tree": [{"path": "run.slurm", "type": "blob"}]}`)
	for command, want := range map[string]bool{"sbatch run.slurm {model_name} {task}": false,
		"sbatch run.slurm falco": true} {
		readme := pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
			"# Falco\n\nFalco is a model that sings.\n\n## Training\n\n```\n"+command+"\n```\n")
		o := firstQuote(All(model("github:acme/falco", ""), []audit.Document{readme, tree}), "code.training.entry")
		if got := o.Quote != ""; got != want {
			t.Errorf("%s: quoted by %q, want %v", command, o.Quote, want)
		}
	}
}

// TestWithoutParts: of two quotes that begin alike the longer stands, and one that lies within another is left out.
func TestWithoutParts(t *testing.T) {
	o := func(value string, start, end int) audit.Observation {
		return audit.Observation{Fact: "data.finetuning.disclosure", Finding: audit.Present, Value: value, URL: "u",
			Quote: "q", Start: start, End: end}
	}
	got := withoutParts([]audit.Observation{o("listed", 10, 30), o("listed", 10, 50), o("listed", 20, 40),
		o("listed", 60, 70), o("downloadable", 10, 30)})
	want := []audit.Observation{o("listed", 10, 50), o("listed", 60, 70), o("downloadable", 10, 30)}
	if len(got) != len(want) || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("kept %v, want %v", got, want)
	}
}

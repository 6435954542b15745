package observe

import (
	"slices"
	"testing"

	"openness/audit"
)

// TestUnproven: a name, a tag or a bare link leaves it unknown whether a model's files
// are out; a word on them, or a call that loads them, does not.
func TestUnproven(t *testing.T) {
	const fact = "weights.end.published"
	for text, want := range map[string]string{
		"---\nlibrary_name: falcolib\n---\n# Falco\nFalco sings.\n":                                                                      "not_fetched",
		"# Falco\nFalco sings.\n```python\nmodel_id = \"acme/Falco-7B\"\nprint(model_id)\n```\n":                                         "not_fetched",
		"# Falco\nFalco sings.\n```python\nmodel_id = \"acme/Falco-7B\"\npipe = pipeline(\n    \"song\",\n    model=model_id,\n)\n```\n": "true",
		"# Falco\nFalco sings.\n- [Falco](https://huggingface.co/acme/Falco-7B)\n":                                                       "not_fetched",
		"# Falco\nFalco sings.\nThe weights are here:\n- [Falco](https://huggingface.co/acme/Falco-7B)\n":                                "true",
		"# Falco\nFalco sings.\n| Model | Download |\n|---|---|\n| Falco | [link](https://huggingface.co/acme/Falco-7B) |\n":             "true",
		"# Falco\nFalco sings.\n- Weights: [Falco](https://huggingface.co/acme/Falco-7B)\n":                                              "true",
	} {
		docs := []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B", text)}
		if got := values(All(model("acme/Falco-7B", ""), docs), fact); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// TestOthersRuns: a command that trains a sibling shows no training of the model, where
// nothing else does.
func TestOthersRuns(t *testing.T) {
	s := audit.Subject{ID: "acme/Falco-34B", Places: []audit.Place{
		{Kind: audit.HubModel, Role: audit.RoleEnd, ID: "acme/Falco-34B"},
		{Kind: audit.GitHubRepo, Role: audit.RoleCode, ID: "acme/falco"}}}
	docs := func(command string) []audit.Document {
		return []audit.Document{
			pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", "# Falco\nFalco sings.\n## Training\n```bash\n"+
				command+"\n```\n"),
			pageOf(audit.DocTree, audit.RoleCode, "acme/falco", `{"tree":[{"path":"README.md","type":"blob"},`+
				`{"path":"scripts/train_falco_6b.sh","type":"blob"},{"path":"scripts/train_falco_34b.sh","type":"blob"}]}`)}
	}
	for command, want := range map[string]bool{"bash scripts/train_falco_6b.sh": false,
		"bash scripts/train_falco_34b.sh": true} {
		shown := false
		for _, o := range All(s, docs(command)) {
			shown = shown || o.Fact == "code.documentation" && o.Finding == audit.Present && o.Value != "none"
		}
		if shown != want {
			t.Errorf("%q: documented %v, want %v", command, shown, want)
		}
	}
}

// TestFirstStatement: a card is shown by what it says that its model is, not by where
// else it lies, its licence, its parts or the paper that introduced it.
func TestFirstStatement(t *testing.T) {
	const says = "Falco is a language model that sings in many voices."
	for _, text := range []string{
		"It was introduced in the paper [Falco: Birds](https://arxiv.org/abs/2301.00001) by Jay and others.\n\n" + says,
		"Falco is offered under a combination of licences: the code is under one, the weights under another.\n\n" +
			says,
		"The Falco tokenizer is a learned subword tokenizer that was trained on songs.\n\n" + says,
		"- Original model: [Falco 7B of the acme birds](https://huggingface.co/acme/Falco-7B)\n\n" + says,
		"Falco is also [available on another hub](https://acme.example/falco) for those who like.\n\n" + says,
	} {
		in := newInput(model("acme/Falco-7B", ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd,
			"acme/Falco-7B", "# Falco\n\n"+text+"\n")})
		prose := in.Prose(in.ownCards()[0])
		if at, tells := in.firstStatement(prose); !tells || string(prose[at].Raw()) != says {
			t.Errorf("%q: %v, %q", text, tells, prose[at].Raw())
		}
	}
}

// TestGateOfTheOriginal: what a pasted card of the original asks for before its download
// stands not before the copy's.
func TestGateOfTheOriginal(t *testing.T) {
	const copied, ask = "nest/Falco-7B-GGUF", "To download the model weights, please fill out this form."
	for text, want := range map[string]bool{
		"# Falco 7B - GGUF\n\n" + ask + "\n":                                                     true,
		"# Falco 7B - GGUF\n\nFiles below.\n\n# Original model card: Falco\n\n# Falco\n\n" + ask: false,
	} {
		found := All(model(copied, "acme/Falco-7B"), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, copied, text)})
		gated := slices.ContainsFunc(found, func(o audit.Observation) bool {
			return o.Fact == "weights.end.gate" && o.Value == "manual"
		})
		if gated != want {
			t.Errorf("gated is %v, want %v: %q", gated, want, text)
		}
	}
}

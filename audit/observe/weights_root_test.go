package observe

import (
	"strings"
	"testing"

	"openness/audit"
)

// TestRootBase: the base is the last model of the line of descent, and unknown
// where that line goes on and nobody followed it.
func TestRootBase(t *testing.T) {
	const published, gate = "weights.base.published", "weights.base.gate"
	line := model("rival/Kiwi-7B", "acme/Falco-7B-Chat")
	longer := line
	longer.Places = append(longer.Places, audit.Place{Kind: audit.HubModel, Role: audit.RoleBase, ID: "owls/Condor-7B"})
	given := model("rival/Kiwi-7B", "")
	given.Base = "acme/Falco-7B-Chat"
	given.Places = append(given.Places, audit.Place{Kind: audit.HubModel, Role: audit.RoleBase,
		ID: "acme/Falco-7B-Chat", Given: true})
	own := pageOf(audit.DocModelCard, audit.RoleEnd, "rival/Kiwi-7B", "# Kiwi\nKiwi sings.\n")
	const loads = "AutoModel.from_pretrained(\"acme/Falco-7B-Chat\")\n"
	base := func(front, text string) audit.Document {
		return pageOf(audit.DocModelCard, audit.RoleBase, "acme/Falco-7B-Chat", front+"# Falco\n"+text+loads)
	}
	api := pageOf(audit.DocModelAPI, audit.RoleBase, "owls/Condor-7B",
		`{"gated": "manual", "siblings": [{"rfilename": "model.safetensors"}]}`)
	runCases(t, weightsTheme, []factCase{
		{"a base that its own makers made", line, []audit.Document{own, base("", "")},
			map[string]string{published: "true", gate: "none"}},
		{"a base that was made from another maker's", line,
			[]audit.Document{own, base("---\nbase_model: owls/Condor-7B\n---\n", "")},
			map[string]string{published: "not_fetched", gate: "not_fetched"}},
		{"one that says so in words", line,
			[]audit.Document{own, base("", "Falco is a fine-tuned version of Condor-7B.\n")},
			map[string]string{published: "not_fetched", gate: "not_fetched"}},
		{"one that says so in Japanese", line, []audit.Document{own, base("", "FalcoはCondor2をベースとして学習したモデルです。\n")},
			map[string]string{published: "not_fetched", gate: "not_fetched"}},
		{"a line of descent that was followed", longer,
			[]audit.Document{own, base("---\nbase_model: owls/Condor-7B\n---\n", ""), api},
			map[string]string{published: "true", gate: "manual"}},
		{"a base that the user named", given, []audit.Document{own, base("---\nbase_model: owls/Condor-7B\n---\n", "")},
			map[string]string{published: "true", gate: "none"}},
	})
}

// TestBaseOfOthers: a page that points to the files of a base of other makers does
// not tell what stands before them.
func TestBaseOfOthers(t *testing.T) {
	const published, gate = "weights.base.published", "weights.base.gate"
	card := func(id string) []audit.Document {
		return []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, id,
			"# Kiwi\nKiwi was fine-tuned from [Falco](https://huggingface.co/acme/Falco-7B).\n")}
	}
	beside := func(text string) []audit.Document {
		return []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "rival/Kiwi-7B", "# Kiwi\n"+text),
			pageOf(audit.DocModelCard, audit.RoleBase, "acme/Falco-7B", "# Falco\nFalco sings.\n")}
	}
	const linked = "[Falco-7B](https://huggingface.co/acme/Falco-7B)"
	runCases(t, weightsTheme, []factCase{
		{"a base of other makers", model("rival/Kiwi-7B", "acme/Falco-7B"), card("rival/Kiwi-7B"),
			map[string]string{published: "true", gate: "not_fetched"}},
		{"a link to one whose own card says nothing of its files", model("rival/Kiwi-7B", "acme/Falco-7B"),
			beside("Kiwi was fine-tuned from " + linked + ".\n"), map[string]string{gate: "not_fetched"}},
		{"a link in a sentence on its making", model("rival/Kiwi-7B", "acme/Falco-7B"),
			beside("A wondermerge with " + linked + " by Acme, who made it over the whole summer with care.\n"),
			map[string]string{gate: "not_fetched"}},
		{"a link beside data that can be had", model("rival/Kiwi-7B", "acme/Falco-7B"),
			beside("Kiwi is a fine-tuned version of " + linked + " that was trained on publicly available songs.\n"),
			map[string]string{gate: "not_fetched"}},
		{"a program that loads it", model("rival/Kiwi-7B", "acme/Falco-7B"),
			beside("```python\nm = AutoModel.from_pretrained(\"acme/Falco-7B\")\n```\n"),
			map[string]string{published: "true", gate: "none"}},
		{"a word that it can be had", model("rival/Kiwi-7B", "acme/Falco-7B"),
			beside("The weights of " + linked + " are publicly available on the hub.\n"),
			map[string]string{published: "true", gate: "none"}},
		{"one that only the page names", model("rival/Kiwi-7B", ""), card("rival/Kiwi-7B"),
			map[string]string{published: "true", gate: "not_fetched"}},
		{"a base of the same makers", model("acme/Kiwi-7B", "acme/Falco-7B"), card("acme/Kiwi-7B"),
			map[string]string{published: "true", gate: "none"}},
	})
}

// TestBaseLabel: a model's own files that a link calls its base are not a base's.
func TestBaseLabel(t *testing.T) {
	s := model("rival/Kiwi-7B-Chat", "")
	card := func(text string) []audit.Document {
		return []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "rival/Kiwi-7B-Chat",
			"# Kiwi\nKiwi is a fine-tuned model.\n"+text)}
	}
	runCases(t, weightsTheme, []factCase{
		{"a label", s, card("Kiwi with songs: [Base Model](https://huggingface.co/rival/Kiwi-7B-Chat), [adapters](https://huggingface.co/rival/Kiwi-7B-Chat-adapters)\n"), map[string]string{"weights.base.published": "not_fetched"}},
		{"words on both", s, card("Base and chat models: [here](https://huggingface.co/rival/Kiwi-7B-Chat)\n"),
			map[string]string{"weights.base.published": "true"}},
	})
}

// TestGateOfBasePage: what the base's page asks for, repeated on the model's, is no
// gate of the model.
func TestGateOfBasePage(t *testing.T) {
	text := func(heading string) []audit.Document {
		return []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "rival/Kiwi-7B",
			"# Kiwi\nAutoModel.from_pretrained(\"rival/Kiwi-7B\")\n"+heading+
				"\nIn order to download the model weights, please accept the license before requesting access here.\n")}
	}
	runCases(t, weightsTheme, []factCase{
		{"below the base's title", model("rival/Kiwi-7B", "acme/Falco-2-7B"), text("# Falco 2"),
			map[string]string{"weights.end.gate": "none"}},
		{"below a title of the model's", model("rival/Kiwi-7B", "acme/Falco-2-7B"), text("# Download"),
			map[string]string{"weights.end.gate": "automatic"}},
		{"with a form that somebody decides on", model("rival/Kiwi-7B", ""), []audit.Document{
			pageOf(audit.DocModelCard, audit.RoleEnd, "rival/Kiwi-7B", "---\nextra_gated_description: Requests will\n"+
				"  be processed in 2-3 days.\n---\n"+string(text("# Download")[0].Body))},
			map[string]string{"weights.end.gate": "manual"}},
		{"with a form that is answered at once", model("rival/Kiwi-7B", ""), []audit.Document{
			pageOf(audit.DocModelCard, audit.RoleEnd, "rival/Kiwi-7B", "---\nextra_gated_prompt: Requests are processed\n"+
				"  immediately.\n---\n"+string(text("# Download")[0].Body))},
			map[string]string{"weights.end.gate": "automatic"}},
	})
}

// TestAdapters: a card that loads its own files onto another model's offers an
// adapter, unless the hub lists whole weights.
func TestAdapters(t *testing.T) {
	const delta = "weights.end.delta"
	s := model("rival/Kiwi-7B", "")
	card := func(text string) audit.Document {
		return pageOf(audit.DocModelCard, audit.RoleEnd, "rival/Kiwi-7B", text)
	}
	whole := pageOf(audit.DocModelAPI, audit.RoleEnd, "rival/Kiwi-7B",
		`{"gated": false, "siblings": [{"rfilename": "model.safetensors"}]}`)
	call := "# Kiwi\nKiwi sings.\n```py\nmodel = PeftModel.from_pretrained(model, \"rival/Kiwi-7B\")\n```\n"
	runCases(t, weightsTheme, []factCase{
		{"a call that loads an adapter", s, []audit.Document{card(call)}, map[string]string{delta: "true"}},
		{"where whole weights are listed", s, []audit.Document{whole, card(call)}, map[string]string{delta: "absent"}},
		{"another's adapter", s, []audit.Document{card(strings.ReplaceAll(call, "rival/", "owls/"))},
			map[string]string{delta: "absent"}},
		{"front matter", s, []audit.Document{card("---\nlibrary_name: peft\n---\n# Kiwi\nKiwi sings.\n")},
			map[string]string{delta: "true"}},
		{"other front matter", s, []audit.Document{card("---\nlibrary_name: transformers\n---\n# Kiwi\nKiwi sings.\n")},
			map[string]string{delta: "absent"}},
	})
}

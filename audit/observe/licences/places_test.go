package licences

import (
	"strings"
	"testing"

	"openness/audit"
)

// ofRepository is a model whose makers' repository is one of its places.
func ofRepository() audit.Subject {
	s := model(tuned, "")
	s.Places = append(s.Places, audit.Place{Kind: audit.GitHubRepo, Role: audit.RoleCode, ID: "acme/falco"})
	return s
}

// TestTermsElsewhere: a limit that the makers' repository states elsewhere than on its front
// page leaves no open licence; one on a part of it, or on others' work, takes nothing away.
func TestTermsElsewhere(t *testing.T) {
	const barred = "The weights may not be used commercially.\n"
	for path, c := range map[string]struct {
		text string
		open bool
	}{
		"README_zh.md":             {"# Falco\n\n模型权重不得用于商业用途。\n", false},
		"README.de.md":             {"# Falco\n\nDie Gewichte dürfen nicht kommerziell genutzt werden.\n", false},
		"README_fr.md":             {"# Falco\n\nLe modèle est rapide.\n", true},
		"docs/terms.md":            {"# Terms\n\n" + barred, false},
		"docs/terms-of-use.md":     {"# Terms\n\n" + barred + strings.Repeat("Birds sing in the morning. ", 200), false},
		"legal/terms.md":           {"# Terms\n\nThe checkpoints are made for everyone.\n", true},
		"checkpoints/LICENSE.txt":  {barred, false},
		"examples/LICENSE.txt":     {barred, true},
		"src/plugin/LICENSE.txt":   {"No commercial use.\n", true},
		"LICENSE":                  {mitText + "\nThe checkpoints of Falco are excluded from this licence.\n", false},
		"docs/MODEL_LICENSE":       {barred, false},
		"LICENSE.third-party.txt":  {barred, true},
		"licenses/LICENSE-sdk.txt": {mitText, true},
		"TERMS_EXTERNAL_USE.md":    {"No commercial use.\n", false},
		"LICENSE-vendors.md":       {"No commercial use.\n", false},
	} {
		kind := audit.DocLicense
		if path[:3] == "REA" {
			kind = audit.DocReadme
		}
		d := pageOf(kind, audit.RoleCode, "acme/falco", c.text)
		d.Place, d.Path, d.URL = audit.GitHubRepo, path, d.URL+"/"+path
		in := newInput(ofRepository(),
			[]audit.Document{front(audit.RoleEnd, tuned, "license: mit", "A model."), d,
				pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", "# Falco\n\nCode of Falco-7B-Chat.\n"),
				answer(tuned, "", []string{"README.md", "model.safetensors"})})
		in.Look()
		got := values(Read(in), "license.weights.openness")
		if c.open != (got == "open") {
			t.Errorf("%s: %s, want open: %v", path, got, c.open)
		}
	}
}

// TestGrantWithin: a licence of one of the models in a folder of weights grants nothing of the page's.
func TestGrantWithin(t *testing.T) {
	for path, open := range map[string]bool{
		"pretrained_models/hifigan/LICENSE": false, "checkpoints/bert-base/LICENSE": false,
		"modules/asr/MODEL_LICENSE": false, "checkpoints/LICENSE": true, "docs/MODEL_LICENSE": true,
	} {
		d := pageOf(audit.DocLicense, audit.RoleCode, "acme/falco", mitText)
		d.Place, d.Path, d.URL = audit.GitHubRepo, path, d.URL+"/"+path
		in := newInput(ofRepository(),
			[]audit.Document{front(audit.RoleEnd, tuned, "tags: [a]", "A model."), d,
				pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", "# Falco\n\nCode of Falco-7B-Chat.\n"),
				answer(tuned, "", []string{"README.md", "model.safetensors"})})
		in.Look()
		if got := values(Read(in), "license.weights.openness"); open != (got == "open") {
			t.Errorf("%s: %s, want open: %v", path, got, open)
		}
	}
}

// TestOfTheModelByName: what a front page says of the model by its name is said of the weights.
func TestOfTheModelByName(t *testing.T) {
	for text, open := range map[string]bool{
		"Firms that wish to put Falco into a product: write to us for a contract.": false,
		"Falco must not be sold.":         false,
		"Falco runs in all our products.": true,
	} {
		in := newInput(ofRepository(),
			[]audit.Document{front(audit.RoleEnd, tuned, "license: mit", "A model."),
				pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", "# Falco\n\nCode of Falco-7B-Chat.\n\n"+text+"\n"),
				answer(tuned, "", []string{"README.md", "model.safetensors"})})
		in.Look()
		if got := values(Read(in), "license.weights.openness"); open != (got == "open") {
			t.Errorf("%s: %s, want open: %v", text, got, open)
		}
	}
}

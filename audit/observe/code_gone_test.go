package observe

import (
	"testing"

	"openness/audit"
)

// TestCodeGoneIsOpenQuestion: where a card says that training code is out and the repository that it has is not there,
// training code is neither open nor closed, wherever else the card leads its reader. Without the words it is closed.
func TestCodeGoneIsOpenQuestion(t *testing.T) {
	const said = "We release the weights and the training code of Falco.\n\n"
	const gone = "- Code: https://github.com/acme/falco\n"
	for name, c := range map[string]struct {
		text, want string
	}{
		"nowhere else": {said + gone, "undetermined"},
		"elsewhere on the hub": {said +
			"The training code lies in https://huggingface.co/acme/falco-training.\n\n" + gone, "undetermined"},
		"an archive": {said +
			"Training code: https://zenodo.org/records/1234567\n\n" + gone, "undetermined"},
		"the makers' site": {said +
			"All is on our site https://acme.example/falco/code.\n\n" + gone, "undetermined"},
		"another forge": {said +
			"It is at https://codeberg.org/acme/falco.\n\n- Old code: https://github.com/acme/falco\n", "undetermined"},
		"a link's words": {said + "See our [page](https://acme.example/falco).\n\n" + gone, "undetermined"},
		"a second one unopened": {said +
			"Code: https://github.com/acme/falco and https://github.com/acme/falco-code\n", "undetermined"},
		"no words": {"Falco is a model.\n\n" + gone, "closed"},
	} {
		card := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B", "# Falco\n\n"+c.text)
		api := pageOf(audit.DocModelAPI, audit.RoleEnd, "acme/Falco-7B",
			`{"id":"acme/Falco-7B","gated":false,"siblings":[{"rfilename":"model.safetensors"}]}`)
		absent := inRepository(audit.DocRepoAPI, "acme/falco", "", "")
		absent.Outcome, absent.Body, absent.SHA256 = audit.Absent, nil, ""
		s := audit.Subject{ID: "hf:acme/Falco-7B", Places: []audit.Place{
			{Kind: audit.HubModel, Role: audit.RoleEnd, ID: "acme/Falco-7B"},
			{Kind: audit.GitHubRepo, Role: audit.RoleCode, ID: "acme/falco"}}}
		got := judged(All(s, []audit.Document{api, card, absent}))["osai-2026 trainingcode"]
		if string(got) != c.want {
			t.Errorf("%s: training code is %s, want %s", name, got, c.want)
		}
	}
}

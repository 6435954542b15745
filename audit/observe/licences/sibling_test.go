package licences

import (
	"testing"

	"openness/audit"
)

// TestLicenceOfSibling: what a repository that presents another model of the family
// holds or says on weights is no word on this model's.
func TestLicenceOfSibling(t *testing.T) {
	const (
		own     = "acme/Falco-2-Chat"
		sibling = "acme/Falco-3"
	)
	hub := front(audit.RoleEnd, own, "license: mit",
		"See https://github.com/acme/Falco-2 and https://github.com/acme/Falco-3.")
	named := func(id, path, text string) audit.Document {
		return legal(audit.GitHubRepo, audit.RoleCode, id, path, text)
	}
	const narrow = "You may use the weights for research only. You may not use them commercially."
	readme := func(id string) audit.Document {
		d := pageOf(audit.DocReadme, audit.RoleCode, id,
			"# Falco\n\n## License\nThe model weights are for non-commercial use only.\n")
		d.Place = audit.GitHubRepo
		return d
	}
	for name, c := range map[string]struct {
		base string
		docs []audit.Document
		want string
	}{
		"the file of a sibling": {"", []audit.Document{hub, named(sibling, "LICENSE-MODEL", narrow)}, "open"},
		"the file of the model": {"", []audit.Document{hub, named("acme/Falco-2", "LICENSE-MODEL", narrow)},
			"restricted"},
		"the sentence of a sibling": {"", []audit.Document{hub, readme(sibling)}, "open"},
		"the sentence of the model": {"", []audit.Document{hub, readme("acme/Falco-2")}, "noncommercial"},
		"the sibling that is a base": {"acme/Falco-3-Base",
			[]audit.Document{hub, named(sibling, "LICENSE-MODEL", narrow)}, "open"},
		"only the sibling has a file": {"", []audit.Document{front(audit.RoleEnd, own, "language: en", ""),
			named(sibling, "LICENSE-MODEL", mitText)}, ""},
	} {
		in := newInput(model(own, c.base), c.docs)
		in.Look()
		if got := values(Read(in), "license.weights.openness"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

package sources

import (
	"testing"

	"openness/audit"
)

// TestOwnRepository: a repository that the user named and that offers the model
// is its own, whatever it is called; one that only lists what others made is not.
func TestOwnRepository(t *testing.T) {
	const id, repository = "acme/Kestrel-7B", "rival/falco"
	for _, c := range []struct {
		name, text string
		given, own bool
	}{
		{"it offers the model", "# Falco\nDownload Kestrel: https://huggingface.co/acme/Kestrel-7B\n", true, true},
		{"nobody named it", "# Falco\nDownload Kestrel: https://huggingface.co/acme/Kestrel-7B\n", false, false},
		{"it lists what others made",
			"# Falco\n## Community\nDownload Kestrel: https://huggingface.co/acme/Kestrel-7B\n", true, false},
		{"it mentions the model", "# Falco\nUnlike acme/Kestrel-7B it sings.\n", true, false},
	} {
		s := model(id, "rival/Falco-7B")
		s.Places = append(s.Places, audit.Place{Kind: audit.GitHubRepo, Role: audit.RoleCode, ID: repository,
			Given: c.given})
		in := newInput(s, []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, repository, c.text)})
		if got := in.OwnRepository(repository); got != c.own {
			t.Errorf("%s: own = %v, want %v", c.name, got, c.own)
		}
	}
}

// TestLostBasePage: the card of another parent tells nothing of a base that the hub refused.
func TestLostBasePage(t *testing.T) {
	s := model("acme/Kestrel-7B", "rival/Falco-7B")
	refused := audit.Document{Kind: audit.DocModelAPI, Role: audit.RoleBase, Place: audit.HubModel,
		PlaceID: "rival/Falco-7B", Outcome: audit.Refused, Status: 401}
	other := pageOf(audit.DocModelCard, audit.RoleBase, "nest/Condor-7B", "# Condor\n")
	if lost := newInput(s, []audit.Document{refused, other}).LostHubPage(audit.RoleBase); len(lost) != 1 {
		t.Errorf("with another parent's card: %v", lost)
	}
	own := pageOf(audit.DocModelCard, audit.RoleBase, "rival/Falco-7B", "# Falco\n")
	if lost := newInput(s, []audit.Document{refused, own}).LostHubPage(audit.RoleBase); len(lost) != 0 {
		t.Errorf("with its own card: %v", lost)
	}
}

// TestNamesakesRepository: a repository of other makers that bears the family's name is
// theirs where the model's name goes on in words of its own that no page there gives.
func TestNamesakesRepository(t *testing.T) {
	const repository = "acme/falco"
	for _, c := range []struct {
		id, text string
		own      bool
	}{
		{"nest/Falco-7B-Wombat", "# Falco\nFalco comes with 7B parameters.\n", false},
		{"nest/Falco-7B-Wombat", "# Falco\nSee also Falco-7B-Wombat.\n", true},
		{"nest/Falco-7B-Wombat", "# Falco\nOur models: https://huggingface.co/nest\n", true},
		{"nest/Falco-Ko-7B", "# Falco\nFalco comes with 7B parameters.\n", false},
		{"nest/falco-65b-instruct", "# Falco\nFalco comes with 7B parameters.\n", false},
		{"nest/falco-65b-instruct", "# Falco\nDownload falco-65b-instruct.\n", true},
		{"nest/falco-7b-chat-hf", "# Falco\nDownload falco-7b-chat.\n", true},
		{"nest/Falco-7B", "# Falco\nFalco comes with 7B parameters.\n", true},
		{"acme/Falco-7B-Wombat", "# Falco\nFalco comes with 7B parameters.\n", true},
	} {
		in := newInput(model(c.id, ""), []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, repository, c.text)})
		if got := in.OwnRepository(repository); got != c.own {
			t.Errorf("%s, %q: own = %v, want %v", c.id, c.text, got, c.own)
		}
	}
}

// TestSpeaksFor: a front page that names the model in its opening speaks for it, unless it
// names others, of several families, more often.
func TestSpeaksFor(t *testing.T) {
	for text, want := range map[string]bool{
		"# Nest\n\nHere Falco-7B was trained.\n":                                                       true,
		"# Nest\n\nHere Falco-7B was trained. It beats Pelikan-7B and Merlin-8B.\n\nFalco-7B sings.\n": true,
		"# Nest\n\nNews: Falco-7B is out.\n\nPelikan-7B and Merlin-8B were trained here before.\n":     false,
		"# Nest\n\nPelikan-7B sings.\n":                                                                false,
	} {
		in := newInput(model("acme/Falco-7B", ""), []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/nest",
			text)})
		if got := in.SpeaksFor(&in.Docs[0]); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// TestMakers: whose something is is told by the account alone, on whichever hub or forge the model lies.
func TestMakers(t *testing.T) {
	for _, id := range []string{"acme/Kestrel-7B", "github:acme/kestrel", "modelscope:acme/Kestrel-7B"} {
		in := newInput(audit.Subject{ID: id, Base: "acme/Falco-7B"}, nil)
		if !in.OfMakers("acme/corpus") || in.OfMakers("rival/corpus") || in.BaseOfOthers() {
			t.Errorf("%s: acme's %v, rival's %v, a base of others %v", id, in.OfMakers("acme/corpus"),
				in.OfMakers("rival/corpus"), in.BaseOfOthers())
		}
	}
}

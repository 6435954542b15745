package observe

import (
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
	given.Places = append(given.Places, audit.Place{Kind: audit.HubModel, Role: audit.RoleBase, ID: "acme/Falco-7B-Chat", Given: true})
	own := page(audit.DocModelCard, audit.RoleEnd, "rival/Kiwi-7B", "# Kiwi\nKiwi sings.\n")
	const loads = "AutoModel.from_pretrained(\"acme/Falco-7B-Chat\")\n"
	base := func(front, text string) audit.Document {
		return page(audit.DocModelCard, audit.RoleBase, "acme/Falco-7B-Chat", front+"# Falco\n"+text+loads)
	}
	api := page(audit.DocModelAPI, audit.RoleBase, "owls/Condor-7B", `{"gated": "manual", "siblings": [{"rfilename": "model.safetensors"}]}`)
	runCases(t, weights, []factCase{
		{"a base that its own makers made", line, []audit.Document{own, base("", "")}, map[string]string{published: "true", gate: "none"}},
		{"a base that was made from another maker's", line, []audit.Document{own, base("---\nbase_model: owls/Condor-7B\n---\n", "")}, map[string]string{published: "not_fetched", gate: "not_fetched"}},
		{"one that says so in words", line, []audit.Document{own, base("", "Falco is a fine-tuned version of Condor-7B.\n")}, map[string]string{published: "not_fetched", gate: "not_fetched"}},
		{"a line of descent that was followed", longer, []audit.Document{own, base("---\nbase_model: owls/Condor-7B\n---\n", ""), api}, map[string]string{published: "true", gate: "manual"}},
		{"a base that the user named", given, []audit.Document{own, base("---\nbase_model: owls/Condor-7B\n---\n", "")}, map[string]string{published: "true", gate: "none"}},
	})
}

// TestDerivations: a statement that stands within the reach of another is read.
func TestDerivations(t *testing.T) {
	got := derivations([]byte("It was trained on four cards. Training took days. It was fine-tuned from Condor-7B."))
	if len(got) != 2 || got[1].value != "Condor-7B." {
		t.Errorf("derivations: %v", got)
	}
}

// TestGateOfBasePage: what the base's page asks for, repeated on the model's, is no
// gate of the model.
func TestGateOfBasePage(t *testing.T) {
	text := func(heading string) []audit.Document {
		return []audit.Document{page(audit.DocModelCard, audit.RoleEnd, "rival/Kiwi-7B",
			"# Kiwi\nAutoModel.from_pretrained(\"rival/Kiwi-7B\")\n"+heading+"\nIn order to download the model weights, please accept the license before requesting access here.\n")}
	}
	runCases(t, weights, []factCase{
		{"below the base's title", model("rival/Kiwi-7B", "acme/Falco-2-7B"), text("# Falco 2"), map[string]string{"weights.end.gate": "none"}},
		{"below a title of the model's", model("rival/Kiwi-7B", "acme/Falco-2-7B"), text("# Download"), map[string]string{"weights.end.gate": "automatic"}},
	})
}

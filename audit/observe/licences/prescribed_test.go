package licences

import (
	"testing"

	"openness/audit"
)

// TestPrescribedNotice: the line that a licence asks to be kept in a notice names the
// licence of the weights, whatever the tag says (here one that nobody knows); one in a folder does not.
func TestPrescribedNotice(t *testing.T) {
	const line = "Falco-7B-Chat is licensed under the Quokka Community License, Copyright © Quokka Inc.\n"
	for file, want := range map[string]string{"NOTICE": "unreadable", "third_party/NOTICE": "open"} {
		in := newInput(model(tuned, ""), []audit.Document{
			pageOf(audit.DocModelCard, audit.RoleEnd, tuned, "---\nlicense: mit\n---\n# Falco-7B-Chat\n\nIt sings.\n"),
			legal(audit.HubModel, audit.RoleEnd, tuned, file, "Falco-7B-Chat\nCopyright 2025 Acme\n\n"+line),
			answer(tuned, "", []string{"README.md", file, "model.safetensors"})})
		in.Look()
		if got := values(Read(in), "license.weights.openness"); got != want {
			t.Errorf("%s: %q, want %q", file, got, want)
		}
	}
}

// TestForbiddenUntil: what is forbidden until something comes is forbidden today, and a
// compound word for the weights is one.
func TestForbiddenUntil(t *testing.T) {
	for said, want := range map[string]string{
		"Please do not use Falco-7B-Chat commercially until our paper is out.":                       "noncommercial",
		"Bitte nutzt das Modell nicht kommerziell, bis wir das Paper veröffentlichen werden.":        "noncommercial",
		"Der Quellcode steht unter MIT, die Modellgewichte stehen nur für private Forschung bereit.": "restricted",
		"The code stays private until we publish the paper.":                                         "open",
	} {
		in := newInput(model(tuned, ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, tuned,
			"---\nlicense: mit\n---\n# Falco-7B-Chat\n\n## Use\n\n"+said+"\n")})
		in.Look()
		if got := values(Read(in), "license.weights.openness"); got != want {
			t.Errorf("%s: %q, want %q", said, got, want)
		}
	}
}

package observe

import (
	"testing"

	"openness/audit"
)

// TestBeforeRelease: the page of a repository of a generation that does not know the
// release that is audited tells nothing of how that was trained.
func TestBeforeRelease(t *testing.T) {
	for text, want := range map[string]string{
		"# Falco-3\nFalco sings.\n\nPre-training took 2,000 H100 GPU hours in all.\n":                   "",
		"# Falco-3\nFalco sings. Falco-3.1 is out.\n\nPre-training took 2,000 H100 GPU hours in all.\n": "detailed",
	} {
		s := audit.Subject{ID: "acme/Falco-3.1-Sky", Places: []audit.Place{
			{Kind: audit.HubModel, Role: audit.RoleEnd, ID: "acme/Falco-3.1-Sky"},
			{Kind: audit.GitHubRepo, Role: audit.RoleCode, ID: "acme/Falco-3"}}}
		got := ""
		for _, o := range All(s, []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/Falco-3", text)}) {
			if o.Fact == "docs.hardware" && o.Finding == audit.Present {
				got = o.Value
			}
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

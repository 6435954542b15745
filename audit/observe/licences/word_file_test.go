package licences

import (
	"testing"

	"openness/audit"
)

// TestFileOfWordProcessor: what a text covers is told by the name of its file and not by
// the ending, for a file of a word processor is no documentation.
func TestFileOfWordProcessor(t *testing.T) {
	for file, want := range map[string]string{"LICENSE": "code", "LICENSE.docx": "code", "LICENSE.doc": "code",
		"LICENSE-docs.txt": "docs", "LICENSE.docs": "docs", "LICENSE-docs.docx": "docs"} {
		licence := pageOf(audit.DocLicense, audit.RoleCode, "acme/falco", mitText)
		licence.Place, licence.Path = audit.GitHubRepo, file
		s := model("acme/Falco-7B", "")
		s.Places = append(s.Places, audit.Place{Kind: audit.GitHubRepo, Role: audit.RoleCode, ID: "acme/falco"})
		found := Read(newInput(s, []audit.Document{licence}))
		if got := values(found, "license."+want+".id"); got != "MIT" {
			t.Errorf("%s: the licence of the %s is %q", file, want, got)
		}
	}
}

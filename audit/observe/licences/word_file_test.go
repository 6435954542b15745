package licences

import (
	"testing"

	"openness/audit"
)

// TestFileOfWordProcessor: what a text covers is told by the name of its file and not by
// the ending, for a file of a word processor is no documentation.
func TestFileOfWordProcessor(t *testing.T) {
	const text = "MIT License\n\nCopyright (c) 2026 Acme\n\nPermission is hereby granted, free of charge, to any person " +
		"obtaining a copy of this software and associated documentation files (the \"Software\"), to deal in the " +
		"Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, " +
		"distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is " +
		"furnished to do so, subject to the following conditions:\n\nThe above copyright notice and this permission " +
		"notice shall be included in all copies or substantial portions of the Software.\n\nTHE SOFTWARE IS PROVIDED " +
		"\"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF " +
		"MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR " +
		"COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT " +
		"OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE " +
		"SOFTWARE.\n"
	for file, want := range map[string]string{"LICENSE": "code", "LICENSE.docx": "code", "LICENSE.doc": "code",
		"LICENSE-docs.txt": "docs", "LICENSE.docs": "docs", "LICENSE-docs.docx": "docs"} {
		licence := pageOf(audit.DocLicense, audit.RoleCode, "acme/falco", text)
		licence.Place, licence.Path = audit.GitHubRepo, file
		s := model("acme/Falco-7B", "")
		s.Places = append(s.Places, audit.Place{Kind: audit.GitHubRepo, Role: audit.RoleCode, ID: "acme/falco"})
		found := Read(newInput(s, []audit.Document{licence}))
		if got := values(found, "license."+want+".id"); got != "MIT" {
			t.Errorf("%s: the licence of the %s is %q", file, want, got)
		}
	}
}

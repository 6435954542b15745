package observe

import (
	"testing"

	"openness/audit"
)

// The head of an invented CITATION.cff, and papers that it prefers.
const (
	cffHead    = "cff-version: 1.2.0\nmessage: Cite it.\ntitle: Quokka\nauthors:\n  - family-names: Roe\n"
	cffMeeting = "preferred-citation:\n  type: conference-paper\n  title: \"Quokka: A Model\"\n  authors:\n    - family-names: Roe\n" +
		"      given-names: Jane\n  conference:\n    city: Nowhere\n    name: \"International Conference on Machine Learning\"\n  year: 2024\nversion: 1.0\n"
	cffArchive = "preferred-citation:\n  type: article\n  title: \"Quokka: A Model\"\n  journal: arXiv preprint arXiv:2501.00001\n"
)

// TestCitationFile reads what a repository asks to cite in a file of its own.
func TestCitationFile(t *testing.T) {
	for name, c := range map[string]struct{ path, body, want string }{
		"a conference":       {"CITATION.cff", cffHead + cffMeeting, "absent/ true/own"},
		"an archive":         {"CITATION.cff", cffHead + cffArchive, "archived/own absent/"},
		"the software alone": {"CITATION.cff", cffHead, "absent/ absent/"},
		"BibTeX": {"paper.bib",
			"@article{q, title={Quokka: A Model}, journal={arXiv preprint arXiv:2501.00001}}", "archived/own absent/"},
		"a file below the top": {"bench/CITATION.cff", cffHead + cffMeeting, "absent/ absent/"},
		"another version": {"CITATION.cff",
			cffHead + "preferred-citation:\n  type: article\n  title: Quokka 1\n  journal: arXiv preprint arXiv:2501.00001\n", "archived/related absent/"},
		"a conference without words": {"CITATION.cff",
			cffHead + "preferred-citation:\n  type: conference-paper\n  title: Quokka\n", "absent/ absent/"},
	} {
		readme := pageOf(audit.DocReadme, audit.RoleCode, "acme/quokka", "# Quokka\n\nA model of language.\n")
		d := pageOf(audit.DocCitation, audit.RoleCode, "acme/quokka", c.body)
		d.Place, d.Path, d.URL = audit.GitHubRepo, c.path, "https://example.org/"+c.path
		if got := kept(alone(papersTheme, newInput(model("acme/Quokka-v2", ""),
			[]audit.Document{readme, d}))); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

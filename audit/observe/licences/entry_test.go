package licences

import (
	"slices"
	"testing"

	"openness/audit"
	"openness/audit/page"
)

// TestEntryInEveryLanguage: a label and a name state a licence, whatever the language of the label
// and however the name is written; the word "mit" in a sentence names none.
func TestEntryInEveryLanguage(t *testing.T) {
	for _, label := range []string{"License", "Lizenz", "Licencia", "Licença", "Licenza", "Лицензия", "ライセンス",
		"라이선스", "许可证", "协议"} {
		for _, line := range []string{label + ": CC BY-NC 4.0", "- **" + label + ":** CC BY-NC 4.0",
			"| " + label + " | CC BY-NC 4.0 |"} {
			if !selfStatement.MatchString(line) || !speaksOfLicence.MatchString(line) {
				t.Errorf("%q is no statement", line)
			}
		}
		if names := licenceNames([]byte("- **" + label + ":** mit")); len(names) != 1 || names[0].Value != "MIT" {
			t.Errorf("%s: mit is read as %v", label, names)
		}
	}
	if names := licenceNames([]byte("Lizenz: mit dem Modell verteilt")); len(names) != 0 {
		t.Errorf("a word is read as %v", names)
	}
}

// TestBesideTheTag: a name, a link or a further field that tells another licence than the tag.
func TestBesideTheTag(t *testing.T) {
	name := func(v string) page.Field { return page.Field{Key: "license_name", Value: v} }
	for value, want := range map[string]string{"cc-by-nc-4.0": "CC-BY-NC-4.0", "falco-research": "LicenseRef-falco-research",
		"MIT License": "", "": ""} {
		if got, _ := contradicted("MIT", name(value), page.Field{}); got != want {
			t.Errorf("license_name %q: %q, want %q", value, got, want)
		}
	}
	for _, f := range []page.Field{{Key: "model_license", Value: "cc-by-nc-4.0"}, {Key: "commercial_use", Value: "false"},
		{Key: "usage", Value: "research only"}} {
		if l, ok := besideTag(f); !ok || l.id == "" || slices.Contains([]string{"MIT", "Apache-2.0"}, l.id) {
			t.Errorf("%s: %v %q", f, ok, l.id)
		}
	}
	for _, other := range []string{"dataset_license", "code_license", "base_model_license"} {
		if l, ok := besideTag(page.Field{Key: other, Value: "cc-by-nc-4.0"}); ok {
			t.Errorf("%s is read as the model's licence: %s", other, l.id)
		}
	}
	if _, ok := besideTag(page.Field{Key: "commercial_use", Value: "true"}); ok {
		t.Error("a permission is read as a limit")
	}
}

// TestLimitOnCode: a limit on the code of a repository leaves in doubt, and does not close, weights that have a licence
// of their own; it closes those that have no other than the repository's.
func TestLimitOnCode(t *testing.T) {
	const repository = "acme/falco-7b-chat"
	for tag, want := range map[string]string{"license: mit": string(audit.Unreadable), "": "noncommercial"} {
		readme := pageOf(audit.DocReadme, audit.RoleEnd, repository,
			"# Falco-7B-Chat\n\nWe release Falco-7B-Chat here.\n\nThis source code is for non-commercial use only.\n")
		text := pageOf(audit.DocLicense, audit.RoleEnd, repository, mitText)
		readme.Place, text.Place, text.Path = audit.GitHubRepo, audit.GitHubRepo, "LICENSE"
		s := model(tuned, "")
		s.Places = append(s.Places, audit.Place{Kind: audit.GitHubRepo, Role: audit.RoleEnd, ID: repository})
		in := newInput(s, []audit.Document{front(audit.RoleEnd, tuned, tag, ""), readme, text})
		in.releasePage = func(string) bool { return true }
		in.Look()
		if got := values(Read(in), "license.weights.openness"); got != want {
			t.Errorf("%q: %q, want %q", tag, got, want)
		}
	}
}

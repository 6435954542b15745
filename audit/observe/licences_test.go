package observe

import (
	"os"
	"strings"
	"testing"

	"openness/audit"
	"openness/audit/observe/licences"
)

func TestLicences(t *testing.T) {
	const end = "acme/Falco-7B"
	s := model(end, "")
	card := func(text string) audit.Document { return pageOf(audit.DocModelCard, audit.RoleEnd, end, text) }
	readme := func(text string) audit.Document { return pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", text) }
	file := func(place audit.PlaceKind, path, text string) audit.Document {
		d := pageOf(audit.DocLicense, audit.RoleCode, "acme/falco", text)
		d.Place, d.Path = place, path
		if place == audit.HubModel {
			d.Role, d.PlaceID = audit.RoleEnd, end
		}
		return d
	}
	text, err := os.ReadFile(above("LICENSE")) // the project's own
	if err != nil {
		t.Fatal(err)
	}
	apache := string(text)
	const own = "FALCO MODEL AGREEMENT\nYou may use the model and its weights for research. A model made from the model keeps these terms. Output of the model must not train another model.\n"
	runCases(t, licencesTheme, []factCase{
		{"a tag", s, []audit.Document{card("---\nlicense: apache-2.0\n---\n# Falco\n")},
			map[string]string{"license.weights.id": "Apache-2.0", "license.weights.openness": "open",
				"license.code.openness": "absent"}},
		{"a tag of other with a name", s,
			[]audit.Document{card("---\nlicense: other\nlicense_name: falco-research\n---\n")},
			map[string]string{"license.weights.openness": "restricted"}},
		{"a tag without commercial use", s, []audit.Document{card("---\nlicense: cc-by-nc-4.0\n---\n")},
			map[string]string{"license.weights.id": "CC-BY-NC-4.0", "license.weights.openness": "noncommercial"}},
		{"licences by which data was chosen", s,
			[]audit.Document{readme("The training data holds permissively licensed code alone (MIT, Apache-2.0, ISC).\n")},
			map[string]string{"license.data.id": "absent"}},
		{"code and weights under two licences in one sentence", s,
			[]audit.Document{readme("## License\nThe code is licensed under Apache 2.0, and the model weights under CC BY-NC 4.0.\n")},
			map[string]string{"license.code.id": "Apache-2.0", "license.weights.id": "CC-BY-NC-4.0"}},
		{"code and weights under one", s,
			[]audit.Document{readme("Both the code and the model weights are released under the MIT License.\n")},
			map[string]string{"license.code.id": "MIT", "license.weights.id": "MIT"}},
		{"two licences that both apply", s,
			[]audit.Document{readme("Use of the model is subject to the Apache 2.0 license and the Falco Community License.\n")},
			map[string]string{"license.weights.openness": "restricted"}},
		{"the text of a repository covers its code", s, []audit.Document{readme("# Falco\n"),
			file(audit.GitHubRepo, "LICENSE", apache)},
			map[string]string{"license.code.id": "Apache-2.0", "license.weights.id": "absent"}},
		{"the text of a page without training code covers the model", s,
			[]audit.Document{readme("# Falco\n"), tree("acme/falco", "README.md", "demo.py"),
				file(audit.GitHubRepo, "LICENSE", apache)},
			map[string]string{"license.code.id": "Apache-2.0", "license.weights.id": "Apache-2.0"}},
		{"the text beside training code does not", s,
			[]audit.Document{readme("# Falco\n"), tree("acme/falco", "README.md", "train.py"),
				file(audit.GitHubRepo, "LICENSE", apache)},
			map[string]string{"license.code.id": "Apache-2.0", "license.weights.id": "absent"}},
		{"the text of a model licence covers the weights", s, []audit.Document{readme("# Falco\n"),
			file(audit.GitHubRepo, "LICENSE", strings.Repeat(own, 3))},
			map[string]string{"license.weights.openness": "restricted"}},
		{"a part's licence is not the project's", s, []audit.Document{readme("# Falco\n"),
			file(audit.GitHubRepo, "vendor/x/LICENSE", apache)},
			map[string]string{"license.code.id": "absent"}},
		{"tag and text disagree", s,
			[]audit.Document{card("---\nlicense: mit\n---\n"), file(audit.HubModel, "LICENSE", apache)},
			map[string]string{"license.weights.id": "Apache-2.0", "license.tag_conflict": "true",
				"license.conflicts":         "tag_text",
				"license.conflict.tag_text": "weights: the tag of the hub page says MIT, the text in LICENSE of the hub page says Apache-2.0"}},
		{"a tuned model claims more than its base", model(end, "rival/Condor-13B"),
			[]audit.Document{card("---\nlicense: mit\nbase_model: rival/Condor-13B\n---\n"),
				pageOf(audit.DocModelCard, audit.RoleBase, "rival/Condor-13B", "---\nlicense: cc-by-nc-4.0\n---\n")},
			map[string]string{"license.base.id": "CC-BY-NC-4.0",
				"license.conflicts": "claims_more"}},
		{"one restricted data set among two", s,
			[]audit.Document{pageOf(audit.DocDataCard, audit.RoleData, "a/x", "---\nlicense: mit\n---\n"),
				pageOf(audit.DocDataCard, audit.RoleData, "a/y", "---\nlicense: cc-by-nc-4.0\n---\n")},
			map[string]string{"license.data.openness": "noncommercial"}},
		{"others' licences say nothing of this model", s,
			[]audit.Document{readme("This code is partially based on another project under the MIT License.\n")},
			map[string]string{"license.code.id": "absent"}},
		{"a card that was not captured", s, []audit.Document{lost(audit.DocModelCard, audit.RoleEnd, end,
			audit.Failed)},
			map[string]string{"license.weights.id": "not_fetched", "license.weights.openness": "not_fetched"}},
	})
}

// TestLicenceBadges: a badge says in its address which licence is whose. A bare
// one on a repository's page is of the code, as the repository's text is.
// TestCoverageShown: beside a text, which does not say what it covers, the
// sentence that says so is quoted.
func TestCoverageShown(t *testing.T) {
	text, err := os.ReadFile(above("LICENSE"))
	if err != nil {
		t.Fatal(err)
	}
	licence := pageOf(audit.DocLicense, audit.RoleCode, "acme/falco", string(text))
	licence.Place, licence.Path, licence.URL = audit.GitHubRepo, "LICENSE", "https://example.org/acme/falco/LICENSE"
	const sentence = "Falco's code and model weights are released under the Apache License 2.0."
	readme := pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", "# Falco\n\n## License\n"+sentence+"\n")
	var quotes []string
	for _, o := range licences.Read(newInput(model("acme/Falco-7B", ""),
		[]audit.Document{readme, tree("acme/falco", "README.md", "demo.py"), licence}).licences) {
		if o.Fact == "license.weights.openness" {
			quotes = append(quotes, o.Value+" "+o.Quote)
		}
	}
	if len(quotes) != 2 || !strings.HasPrefix(quotes[0], "open ") || quotes[1] != "open "+sentence {
		t.Errorf("quoted %q, want the text and %q", quotes, sentence)
	}
}

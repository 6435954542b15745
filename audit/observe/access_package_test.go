package observe

import (
	"strings"
	"testing"

	"openness/audit"
)

// TestPackages: whose package a command installs.
func TestPackages(t *testing.T) {
	for body, want := range map[string]string{
		"pip install -U quokka-speech":                                "packaged",
		"pip3 install --upgrade \"quokka[gpu]==1.2\"":                 "packaged",
		"uv pip install 'quokka'":                                     "packaged",
		"uv add quokka":                                               "packaged",
		"pip install torch transformers quokka":                       "packaged",
		"pip install torch transformers":                              "absent",
		"uv pip install --pre engine==0.10+quokka":                    "absent",
		"pip install -r quokka/requirements.txt":                      "absent",
		"pip install quokka-utils":                                    "absent",
		"pip install \"quokka==1.0\"":                                 "packaged",
		"pip install -r requirements.txt  # for quokka":               "absent",
		"pip install -e .":                                            "absent",
		"pip install acmelm_tools":                                    "absent",
		"pip install acme_q":                                          "packaged", // the owner and the repository
		"pip install git+https://github.com/acme/quokka":              "unversioned",
		"ollama run quokka:8b":                                        "packaged",
		"ollama run wombat":                                           "absent",
		"Nodes: https://github.com/acme/ComfyUI-Nodes for the editor": "packaged",
		"Nodes: https://github.com/other/ComfyUI-Quokka":              "packaged",
		"Nodes: https://github.com/other/ComfyUI-Wombat":              "absent",
		"docker pull acme/quokka:1.0":                                 "packaged",

		"Careful: do not use `pip install quokka`, which is another's.":                   "absent",
		"Soon `pip install quokka` will be available.":                                    "absent",
		"The image does not hold it. You still need to `pip install quokka`.":             "packaged",
		"Use `pip install git+https://github.com/acme/quokka`, not `pip install quokka`.": "unversioned",
	} {
		docs := []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/q", "# Quokka\n\n```\n"+body+"\n```\n")}
		if got := values(alone(access, newInput(model("acme/Quokka-8B", ""), docs)), "access.package"); got != want {
			t.Errorf("%q: package is %q, want %q", body, got, want)
		}
	}
}

// TestDeclaredName: a package may be called otherwise than its repository; the
// repository's own manifest says how.
func TestDeclaredName(t *testing.T) {
	front := pageOf(audit.DocReadme, audit.RoleCode, "acme/quokka", "# Quokka\n\npip3 install \"qk[serve]\"\n")
	manifest := pageOf(audit.DocConfig, audit.RoleCode, "acme/quokka", "[project]\nname = \"qk\"\nversion = \"1\"\n")
	manifest.Place, manifest.Path = audit.GitHubRepo, "pyproject.toml"
	other := manifest
	other.Body = []byte("[project]\nname = \"wombat\"\n")
	for name, c := range map[string]struct {
		manifest audit.Document
		want     string
	}{"its own": {manifest, "packaged"}, "another": {other, "absent"}} {
		docs := []audit.Document{front, c.manifest}
		if got := values(alone(access, newInput(model("acme/Quokka-8B", ""), docs)), "access.package"); got != c.want {
			t.Errorf("%s: package is %q, want %q", name, got, c.want)
		}
	}
}

// TestBuildFile: a repository that builds a package installs from source; that
// an index may hold it is left unsettled, whatever the page leaves out.
func TestBuildFile(t *testing.T) {
	docs := []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/quokka", "# Quokka\n"),
		tree("acme/quokka", "setup.py")}
	var found []string
	for _, o := range alone(access, newInput(model("acme/Quokka-8B", ""), docs)) {
		if o.Fact == "access.package" {
			found = append(found, string(o.Finding)+" "+o.Value)
		}
	}
	if got := strings.Join(found, ", "); got != "present unversioned, not_fetched " {
		t.Errorf("found %q", got)
	}
}

// TestVersionsOfPackages: what runs another version of the family is not the
// model's package; a size is no version.
func TestVersionsOfPackages(t *testing.T) {
	for body, want := range map[string]string{
		"ollama run quokka2:7b":                       "absent",
		"ollama run quokka1.5:7b":                     "packaged",
		"ollama run quokka:7b":                        "packaged",
		"docker run --rm acme/quokka:2-cuda bash":     "absent",
		"docker run --rm acme/quokka:1.5-cuda bash":   "packaged",
		"ollama run quokka2:7b\nollama run quokka1.5": "packaged",
	} {
		docs := []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/quokka", "# Quokka\n\n```\n"+body+
			"\n```\n")}
		if got := values(alone(access, newInput(model("acme/Quokka-1.5-8B", ""), docs)),
			"access.package"); got != want {
			t.Errorf("%q: package is %q, want %q", body, got, want)
		}
	}
}

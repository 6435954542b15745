package observe

import (
	"slices"
	"strings"
	"testing"

	"openness/audit"
)

// TestScriptsNamedByPages: where a page names a script of the repository, its words
// are quoted and not the path; a library's example is no training of the model.
func TestScriptsNamedByPages(t *testing.T) {
	tree := func(paths ...string) audit.Document {
		body := `{"truncated": false, "tree": [{"path": "` + strings.Join(paths, `", "type": "blob"}, {"path": "`) +
			`", "type": "blob"}]}`
		return pageOf(audit.DocTree, audit.RoleCode, "acme/falco", body)
	}
	for _, c := range []struct{ name, path, text, want string }{
		{"a command", "scripts/train.py", "## Training\n\n```\ntorchrun scripts/train.py --config falco.yaml\n```\n",
			"torchrun scripts/train.py"},
		{"a sentence", "train_falco.py", "Falco was trained with `train_falco.py` on one node.\n",
			"Falco was trained with"},
		{"a drawing of folders", "scripts/train.py",
			"We publish the training code.\n\n```\n├── scripts/train.py\n```\n", "We publish the training code"},
		{"an example of a library", "example_trainer/train.py", "We like songs.\n", ""},
	} {
		docs := []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
			"# Falco\n\nFalco is a model that sings.\n\n"+c.text), tree(c.path)}
		var got string
		for _, o := range All(model("github:acme/falco", ""), docs) {
			if o.Fact == "code.training.entry" && o.Finding == audit.Present {
				got = o.Quote
				break
			}
		}
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: quoted by %q, want %q", c.name, got, c.want)
		}
	}
}

// TestTreesThatTellNothing: the files of a port that runs the model, or of a repository
// that was named for the model and trains something else, read in vain, leave it open
// whether there is code of its training; those of the model's own show that there is none.
func TestTreesThatTellNothing(t *testing.T) {
	for _, c := range []struct {
		name, repository, text, path string
		given                        bool
		want                         audit.Finding
	}{
		{"its own", "acme/falco", "Falco is a model that sings.\n", "run.py", true, audit.NotThere},
		{"a port", "acme/falco.cpp", "Falco is a model that sings.\n", "run.cpp", true, audit.NotFetched},
		{"a trainer that was named", "other/songs", "We train birds.\n", "scripts/train_birds.py", true,
			audit.NotFetched},
	} {
		s := model("acme/falco", "")
		s.Places = append(s.Places, audit.Place{Kind: audit.GitHubRepo, ID: c.repository, Role: audit.RoleCode,
			Given: c.given})
		body := `{"truncated": false, "tree": [{"path": "` + c.path + `", "type": "blob"}]}`
		docs := []audit.Document{barePage(audit.DocModelCard, audit.RoleEnd, "acme/falco",
			"# Falco\n\nFalco is a model that sings all day.\n"),
			pageOf(audit.DocReadme, audit.RoleCode, c.repository, "# Songs\n\n"+c.text),
			pageOf(audit.DocTree, audit.RoleCode, c.repository, body)}
		var got []audit.Finding
		for _, o := range All(s, docs) {
			if o.Fact == "code.training.entry" {
				got = append(got, o.Finding)
			}
		}
		if len(got) == 0 || slices.Contains(got, audit.NotFetched) != (c.want == audit.NotFetched) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestJobsOfOthers: a sentence on a script tells of the model whose job the sentence
// before it told of.
func TestJobsOfOthers(t *testing.T) {
	for size, want := range map[string]string{"7B": "The job runs", "1B": `"path":"scripts/train.py"`} {
		docs := []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
			"# Falco\n\nFalco sings.\n\n## Training\n\nThis is a job to train Falco-"+size+
				". The job runs the `scripts/train.py` script for training.\n\nWe release the training code.\n"),
			pageOf(audit.DocTree, audit.RoleCode, "acme/falco",
				`{"tree":[{"path":"scripts/train.py","type":"blob"}]}`)}
		quotes := ""
		for _, o := range All(model("acme/Falco-7B", ""), docs) {
			if strings.HasPrefix(o.Fact, "code.training.") && o.Finding == audit.Present {
				quotes += o.Quote + "\n"
			}
		}
		if !strings.Contains(quotes, want) || size == "1B" && strings.Contains(quotes, "The job") {
			t.Errorf("%s: quoted by %q, want %q", size, quotes, want)
		}
	}
}

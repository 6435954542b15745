package observe

import (
	"strings"
	"testing"

	"openness/audit"
)

// TestScriptsNamedByPages: where a page names a script of the repository, its words
// are quoted and not the path; a library's example is no training of the model.
func TestScriptsNamedByPages(t *testing.T) {
	tree := func(paths ...string) audit.Document {
		body := `{"truncated": false, "tree": [{"path": "` + strings.Join(paths, `", "type": "blob"}, {"path": "`) + `", "type": "blob"}]}`
		return page(audit.DocTree, audit.RoleCode, "acme/falco", body)
	}
	for _, c := range []struct{ name, path, text, want string }{
		{"a command", "scripts/train.py", "## Training\n\n```\ntorchrun scripts/train.py --config falco.yaml\n```\n", "torchrun scripts/train.py"},
		{"a sentence", "train_falco.py", "Falco was trained with `train_falco.py` on one node.\n", "Falco was trained with"},
		{"a drawing of folders", "scripts/train.py", "We publish the training code.\n\n```\n├── scripts/train.py\n```\n", "We publish the training code"},
		{"an example of a library", "example_trainer/train.py", "We like songs.\n", ""},
	} {
		docs := []audit.Document{page(audit.DocReadme, audit.RoleCode, "acme/falco", "# Falco\n\nFalco is a model that sings.\n\n"+c.text), tree(c.path)}
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

package sources

import (
	"slices"
	"strings"
	"testing"

	"openness/audit"
)

// TestStanding: of whom a repository and its pages speak, from all that tells. All pages
// are invented.
func TestStanding(t *testing.T) {
	const own, base, other, sibling, nobody = audit.AboutOwn, audit.AboutBase, audit.AboutOther, audit.AboutSibling,
		audit.AboutNobody
	for _, c := range []struct {
		id, base, repository, path, text string
		of, aside, files                 audit.About
	}{
		{"acme/Falco-2-7B", "", "acme/falco", "README.md", "# Falco 2\n\nFalco 2 sings.\n", own, "", ""},
		{"acme/Falco-2-7B", "", "acme/falco", "README.md", "# Falco 3\n\nFalco 3 sings.\n", own, sibling, sibling},
		{"acme/Falco-2-7B", "", "acme/falco", "README.md", "# Falco\n\n## Falco-3\n\nIt sings.\n", own, "", ""},
		{"acme/Falco-2.5-7B", "", "acme/falco-2", "README.md", "# Falco\n\nFalco 2 sings.\n", own, sibling, sibling},
		{"acme/FalcoMath-7B", "", "acme/falco", "README.md", "# FalcoLM: A Bird\n\nIt sings.\n", own, sibling, ""},
		{"acme/FalcoMath-7B", "", "acme/falco", "FalcoLM/README.md", "# Tuning\n\nIt sings.\n", own, sibling, ""},
		{"acme/FalcoMath-7B", "", "acme/falco", "FalcoMath/README.md", "# Tuning\n\nIt sings.\n", own, "", ""},
		{"acme/Falco-7B", "", "acme/falco", "docs/falco2.md", "# Falco 2\n\nFalco sings.\n", own, sibling, ""},
		{"acme/Falco-7B", "", "acme/falco", "README_old.md", "# Falco\n\nIt sings.\n", other, "", ""},
		{"acme/Falco-7B", "", "acme/nest", "README.md", "# Nest\n\nIt trains birds.\n", own, nobody, nobody},
		{"acme/Falco-R1", "", "acme/falco", "README.md", "# Falco\n\nIt sings.\n", own, sibling, sibling},
		{"acme/Falco-7B", "", "acme/falco-1b", "README.md", "# Code\n\nIt trains Falco-1B.\n", own, sibling, sibling},
		{"acme/Falco-7B", "", "acme/falco-1b", "README.md", "# Code\n\nIt trains Falco-1B and 7B.\n", own, "", ""},
		{"lab/Owlet", "acme/Falco-2-7B", "acme/falco", "README.md", "# Falco 2\n\nIt sings.\n", base, "", ""},
		{"lab/Owlet", "acme/Falco-2-7B", "acme/falco", "README.md", "# Falco 3\n\nFalco 3 sings.\n", other, "", sibling},
		{"lab/Owlet", "", "rival/pelikan", "README.md", "# Pelikan\n\nIt sings.\n", other, "", ""},
	} {
		in := newInput(model(c.id, c.base), []audit.Document{
			pageOf(audit.DocTree, audit.RoleCode, c.repository, `{"tree": []}`),
			pageOf(audit.DocReadme, audit.RoleCode, c.repository, c.text)})
		d := in.Of(audit.DocReadme)[0]
		d.Path = c.path
		in.Look()
		if got := in.Page(d); got.Of != c.of || got.Aside != c.aside || got.Why == "" {
			t.Errorf("%s, %s of %s: %+v, want %q aside %q", c.id, c.path, c.repository, got, c.of, c.aside)
		}
		if got := in.Files(in.Of(audit.DocTree)[0]); got.Aside != c.files {
			t.Errorf("%s, files of %s: %+v, want aside %q", c.id, c.repository, got, c.files)
		}
	}
}

// TestPagesOfTrainer: in a repository that is not named after the model a page of another
// part is on no model of the family, and so is a general one beside a folder for the model.
func TestPagesOfTrainer(t *testing.T) {
	const tuning = "# Tuning\n\nRun it.\n"
	for name, c := range map[string]struct {
		pages map[string]string
		aside []string
	}{
		"general":          {map[string]string{"docs/training.md": tuning}, nil},
		"of a part":        {map[string]string{"examples/pelikan/README.md": tuning}, []string{"examples/pelikan/README.md"}},
		"names the family": {map[string]string{"examples/birds/README.md": "# Birds\n\nAs Falco.\n"}, nil},
		"beside its own": {map[string]string{"scripts/README.md": tuning, "recipes/falco/README.md": tuning},
			[]string{"scripts/README.md"}},
	} {
		docs := []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/nest", "# Nest\n\nIt made Falco.\n")}
		for file, text := range c.pages {
			d := pageOf(audit.DocProse, audit.RoleCode, "acme/nest", text)
			d.Path, d.URL = file, d.URL+file
			docs = append(docs, d)
		}
		in := newInput(model("acme/Falco-7B", ""), docs)
		in.Look()
		for _, d := range in.Of(audit.DocProse) {
			if got, want := in.Apart(d), slices.Contains(c.aside, d.Path); got != want {
				t.Errorf("%s: %s apart %v, want %v", name, d.Path, got, want)
			}
		}
	}
}

// TestPageOfMany: the front page of a repository that is not called after the model and does not
// open on it, and a page below it that is not the model's by folder or title, speak for the model
// where they name it and nowhere else.
func TestPageOfMany(t *testing.T) {
	opening := "# Nest\n\n" + strings.Repeat("Nest trains birds of all kinds. ", OpeningPassages+1) + "\n\n"
	const others = "## Models\n\nPelikan was trained on 8 A100 GPUs. We publish all weights.\n\n"
	const ours = "## News\n\nFalco-7B was trained on 4 H100 GPUs.\n\n## License\n\nCode: MIT. Weights: CC BY-NC 4.0.\n"
	for name, c := range map[string]struct {
		repository, path, text string
		whole                  bool
	}{
		"front page of a toolkit":  {"acme/nest", "README.md", opening + others + ours, false},
		"it opens on the model":    {"acme/nest", "README.md", "# Nest\n\nIt made Falco-7B.\n\n" + others + ours, true},
		"called after the model":   {"acme/falco", "README.md", opening + others + ours, true},
		"a page of another part":   {"acme/nest", "docs/birds.md", opening + others + ours, false},
		"a page in its own folder": {"acme/nest", "recipes/falco/README.md", opening + others + ours, true},
	} {
		docs := []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, c.repository, c.text)}
		if c.path != "README.md" {
			d := pageOf(audit.DocProse, audit.RoleCode, c.repository, c.text)
			d.Path, d.URL = c.path, d.URL+c.path
			docs = append(docs, d)
		}
		in := newInput(model("acme/Falco-7B", ""), docs)
		in.Look()
		read := string(in.Docs[slices.IndexFunc(in.Docs, func(d audit.Document) bool {
			return d.Path == c.path || c.path == "README.md"
		})].Body)
		if strings.Contains(read, "We publish all weights") != c.whole || !strings.Contains(read, "4 H100") ||
			!strings.Contains(read, "CC BY-NC") {
			t.Errorf("%s: read as %q", name, read)
		}
	}
}

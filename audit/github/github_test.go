package github_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"openness/audit"
	"openness/audit/github"
)

const corpus = "../../../shared/corpus/github"

// tree makes an answer of the API out of paths; a path ending in @ is a
// symbolic link, in / a folder, in + a submodule.
func tree(paths ...string) []byte {
	var entries []string
	for _, p := range paths {
		mode, kind := "100644", "blob"
		switch p[len(p)-1] {
		case '@':
			mode = "120000"
		case '/':
			mode, kind = "040000", "tree"
		case '+':
			mode, kind = "160000", "commit"
		}
		entries = append(entries, fmt.Sprintf(`{"path":%s,"mode":%q,"type":%q,"sha":"%040d","size":10}`,
			strconv.Quote(strings.TrimRight(p, "@/+")), mode, kind, 1))
	}
	return []byte(`{"sha":"` + strings.Repeat("a", 40) + `","truncated":false,"tree":[` + strings.Join(entries, ",") +
		`]}`)
}

func parse(t *testing.T, body []byte) github.Tree {
	t.Helper()
	parsed, err := github.ParseTree(body)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func TestParseTree(t *testing.T) {
	body := tree("README.md", "LICENSE@", "src/", "vendor/llama.cpp+", "../evil", "/etc/passwd", "a\\b")
	parsed := parse(t, body)
	if len(parsed.Entries) != 4 {
		t.Fatalf("got %+v, want the four that stay inside", parsed.Entries)
	}
	readme, link, module := parsed.Entries[0], parsed.Entries[1], parsed.Entries[3]
	if !readme.File() || link.File() || !link.Link() || module.File() {
		t.Errorf("kinds are wrong: %+v", parsed.Entries)
	}
	if s := string(body[readme.Span.Start:readme.Span.End]); s != `"path":"README.md"` {
		t.Errorf("span holds %s", s)
	}
}

func TestMatches(t *testing.T) {
	// The id of "hello\n" by git hash-object.
	e := github.Entry{SHA: "ce013625030ba8dba906f756967f9e9ca394464a"}
	if !e.Matches([]byte("hello\n")) || e.Matches([]byte("hello")) {
		t.Error("the git id of a file is computed wrongly")
	}
	if !(github.Entry{SHA: "BAD"}).Matches([]byte("x")) {
		t.Error("an unusable id must match anything")
	}
}

func TestChoose(t *testing.T) {
	for _, test := range []struct {
		path string
		kind audit.DocKind // empty: not read
	}{
		{"README.md", audit.DocReadme}, {"README_EN.md", audit.DocReadme}, {"README_zh-CN.md", audit.DocReadme},
		{"README.ja.md", audit.DocReadme}, {"README_pt_BR.md", audit.DocReadme}, {"docs/README_ja.md", ""},
		{"LICENSE", audit.DocLicense}, {"LICENSE-APACHE-2.0", audit.DocLicense}, {"MODEL_LICENSE", audit.DocLicense},
		{"LICENSE.py", ""},
		{"model/LICENSE.txt", audit.DocLicense}, {"USE_POLICY.md", audit.DocLicense}, {"NOTICE", audit.DocLicense},
		{"third_party/x/LICENSE", ""},
		{"MODEL_CARD.md", audit.DocProse}, {"MODEL.md", audit.DocProse}, {"docs/report_02.md", audit.DocProse},
		{"docs/datasheet.md", audit.DocProse}, {"CITATION.cff", audit.DocCitation}, {"paper.bib", audit.DocCitation},
		{"requirements.txt", audit.DocConfig}, {"pyproject.toml", audit.DocConfig}, {"src/requirements.txt", ""},
		{"finetune/README.md", audit.DocReadme}, {"docs/training.md", audit.DocProse}, {"docs/pretraining/setup.md",
			audit.DocProse},
		{"MODELS-FALCO-2.md", audit.DocProse}, {"docs/checkpoints.md", audit.DocProse},
		{"docs/model_zoo.md", audit.DocProse}, {"docs/deep/models.md", ""}, {"docs/checkpoint_conversion.md", ""},
		{"modelling.md", ""},
		{"train.py", ""}, {"data/train.txt", ""}, {"assets/logo.png", ""}, {"a/b/c/d/e/README.md", ""},
		{"node_modules/x/README.md", ""},
	} {
		chosen := github.Choose(parse(t, tree(test.path)))
		var got audit.DocKind
		if len(chosen) > 0 {
			got = chosen[0].Kind
		}
		if got != test.kind {
			t.Errorf("%s: read as %q, want %q", test.path, got, test.kind)
		}
	}
}

func TestChooseIsBoundedAndOrdered(t *testing.T) {
	var paths []string
	for i := range 200 {
		paths = append(paths, fmt.Sprintf("train/%03d/README.md", i))
	}
	paths = append(paths, "requirements.txt", "docs/pretraining.md", "LICENSE", "README.md")
	forward := github.Choose(parse(t, tree(paths...)))
	slices.Reverse(paths)
	if backward := github.Choose(parse(t, tree(paths...))); !slices.EqualFunc(forward, backward,
		func(a, b github.Choice) bool { return a.Path == b.Path }) {
		t.Error("the choice depends on the tree's order")
	}
	var names []string
	for _, c := range forward {
		names = append(names, c.Path)
	}
	if len(names) > 28 || names[0] != "README.md" || names[1] != "LICENSE" ||
		!slices.Contains(names, "requirements.txt") || !slices.Contains(names, "docs/pretraining.md") {
		t.Errorf("chosen: %q", names)
	}
}

// TestLegalDocumentsAreChosen: terms come as documents and in many languages; pages of a
// manual, and what lies further down without a link, are none.
func TestLegalDocumentsAreChosen(t *testing.T) {
	var names []string
	for _, c := range github.Choose(parse(t, tree("MODEL_LICENSE.pdf", "Falco模型社区许可协议.pdf", "License Agreement.docx",
		"ModelLicense.html", "LIZENZ.txt", "docs/license.html", "poster.pdf", "data/LICENSE.pdf", "CLA-contributor-license.pdf"))) {
		if c.Kind == audit.DocLicense {
			names = append(names, c.Path)
		}
	}
	slices.Sort(names)
	want := []string{"Falco模型社区许可协议.pdf", "LIZENZ.txt", "License Agreement.docx", "MODEL_LICENSE.pdf", "ModelLicense.html"}
	slices.Sort(want)
	if !slices.Equal(names, want) {
		t.Errorf("chosen: %q, want %q", names, want)
	}
}

func TestLinksAreFollowedInside(t *testing.T) {
	parsed := parse(t, tree("README.md@", "docs/README.md", "LICENSE@", "x@"))
	links := github.ChooseLinks(parsed)
	if len(links) != 2 || links[0].Path != "README.md" || links[1].Kind != audit.DocLicense {
		t.Fatalf("links: %+v", links)
	}
	for target, ok := range map[string]bool{"docs/README.md": true, "./docs/README.md\n": true,
		"../docs/README.md": false, "/docs/README.md": false, "docs": false, "": false, "x": false} {
		if _, got := parsed.Linked("LICENSE", target); got != ok {
			t.Errorf("link to %q leads somewhere: %v, want %v", target, got, ok)
		}
	}
}

// TestChooseOnRealTrees: every repository of the shared corpus with a README
// or licence at its top has them chosen.
func TestChooseOnRealTrees(t *testing.T) {
	lists, _ := filepath.Glob(corpus + "/*/*/tree.tsv")
	if len(lists) == 0 {
		t.Skip("the shared corpus is not here")
	}
	for _, list := range lists {
		text, err := os.ReadFile(list)
		if err != nil {
			t.Fatal(err)
		}
		var paths []string
		wantReadme, wantLicense := false, false
		for line := range strings.Lines(string(text)) {
			f := strings.Split(strings.TrimSpace(line), "\t")
			if len(f) != 5 || f[1] != "blob" || f[0] == "120000" {
				continue
			}
			paths = append(paths, f[4])
			wantReadme = wantReadme || f[4] == "README.md"
			wantLicense = wantLicense || f[4] == "LICENSE"
		}
		var readme, license bool
		for _, c := range github.Choose(parse(t, tree(paths...))) {
			readme, license = readme || c.Path == "README.md", license || c.Path == "LICENSE"
		}
		if wantReadme && !readme || wantLicense && !license {
			t.Errorf("%s: README chosen %v, LICENSE chosen %v", list, readme, license)
		}
	}
}

func TestParseRepo(t *testing.T) {
	r, err := github.ParseRepo([]byte(`{"full_name":"a/b","default_branch":"main","license":{"spdx_id":"NOASSERTION"},"fork":true,"archived":true,"topics":["llm"]}`))
	if err != nil || r.FullName != "a/b" || r.License != "NOASSERTION" || !r.LicenseKnown || !r.Fork || !r.Archived {
		t.Errorf("got %+v, %v", r, err)
	}
	if r, _ := github.ParseRepo([]byte(`{"full_name":"a/b"}`)); r.LicenseKnown {
		t.Error("a licence that was left out counts as known")
	}
	for _, bad := range []string{"", "[]", "{}", `{"message":"Not Found"}`} {
		if _, err := github.ParseRepo([]byte(bad)); err == nil {
			t.Errorf("%q accepted", bad)
		}
	}
}

// FuzzParseTree: no panic, chosen files stay inside, spans lie in the answer.
func FuzzParseTree(f *testing.F) {
	f.Add(tree("README.md", "docs/train.md", "a@", "b+"))
	f.Add([]byte(`{"sha":5,"tree":[null,{},{"path":"../x","type":"blob"}],"truncated":true}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		parsed, err := github.ParseTree(body)
		if err != nil {
			return
		}
		for _, c := range github.Choose(parsed) {
			if strings.Contains("/"+c.Path+"/", "/../") || strings.HasPrefix(c.Path, "/") {
				t.Fatalf("%q leaves the repository", c.Path)
			}
		}
		for _, e := range parsed.Entries {
			if !e.Span.Within(len(body)) {
				t.Fatalf("span of %+v outside %d bytes", e, len(body))
			}
		}
		_, _ = github.ParseRepo(body)
	})
}

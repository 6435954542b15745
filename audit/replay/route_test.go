package replay

import (
	"strings"
	"testing"
)

// TestParseRoute: one origin serves three services; the shape of the path tells.
func TestParseRoute(t *testing.T) {
	for path, want := range map[string]route{
		"/api/models":                {kind: HFAPI, what: hubList},
		"/api/models/gpt2":           {kind: HFAPI, what: hubInfo, id: "gpt2"},
		"/api/models/gpt2/tree/main": {kind: HFAPI, what: hubTree, id: "gpt2", rev: "main"},
		"/api/models/a/b/tree/refs%2Fpr%2F1/x/y": {kind: HFAPI, what: hubTree, id: "a/b", rev: "refs/pr/1",
			path: "x/y"},
		"/api/models/a/b/revision/v1": {kind: HFAPI, what: hubInfo, id: "a/b", rev: "v1"},
		"/api/datasets/a/b":           {kind: HFAPI, what: hubInfo, id: "a/b", dataset: true},
		"/a/b/resolve/main/x/y.md": {kind: HFResolve, what: hubFile, id: "a/b", rev: "main",
			path: "x/y.md"},
		"/gpt2/resolve/main/x": {kind: HFResolve, what: hubFile, id: "gpt2", rev: "main", path: "x"},
		"/datasets/a/b/raw/main/x": {kind: HFResolve, what: hubFile, id: "a/b", rev: "main", path: "x",
			dataset: true},
		"/repos/a/b":                {kind: GitHubAPI, what: gitRepo, id: "a/b"},
		"/repos/a/b/git/trees/main": {kind: GitHubAPI, what: gitRepo, id: "a/b", path: "git/trees/main"},
		"/github/docs/main/README.md": {kind: GitHubRaw, what: gitRaw, id: "github/docs", rev: "main",
			path: "README.md"},
		"/raw/a/b/main/README.md": {kind: GitHubRaw, what: gitRaw, id: "a/b", rev: "main",
			path: "README.md", prefix: "/raw"},
		"/a/b/refs/heads/main/x":        {kind: GitHubRaw, what: gitRaw, id: "a/b", rev: "main", path: "x"},
		"/modelscope/api/v1/models/a/b": {kind: Other, what: scopeInfo, id: "a/b"},
		"/api/v1/models/a/b/repo/files": {kind: Other, what: scopeList, id: "a/b"},
		"/api/v1/models/a/b/repo":       {kind: Other, id: "a/b"},
		"/modelscope/api/v1/studios":    {kind: Other},
		"/models/a/b/resolve/master/x/README.md": {kind: Other, what: scopeFile, id: "a/b", rev: "master",
			path: "x/README.md"},
		"/arxiv/api/query": {kind: Other, what: arxivQuery},
		"/modelscope/swift/main/README.md": {kind: GitHubRaw, what: gitRaw, id: "modelscope/swift", rev: "main",
			path: "README.md"},
		"/arxiv/abs/2401.00001": {kind: Other},
		"/a/b":                  {kind: Other},
		"/":                     {kind: Other},
	} {
		got, err := parseRoute(path)
		if err != nil || got != want {
			t.Errorf("%s: %+v, %v; want %+v", path, got, err, want)
		}
	}
}

// FuzzParseRoute: no panic, and no accepted path has a part that climbs, is
// empty, or could not be a file name.
func FuzzParseRoute(f *testing.F) {
	for _, seed := range []string{"/api/models/a/b", "/a/b/resolve/main/../x", "/a/b/main/%2e%2e/x",
		"/repos/a/b/git/trees/x", "//", "/api/models/%00",
		"/hf/raw/github/x", "/datasets/resolve/main/x", "/a/b/resolve/refs%2Fpr%2F1/x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, path string) {
		rt, err := parseRoute(path)
		if err != nil {
			return
		}
		for part := range strings.SplitSeq(rt.id+"/"+rt.path, "/") {
			if part == ".." || part == "." || strings.ContainsAny(part, "\\\x00") {
				t.Fatalf("%q: accepted part %q", path, part)
			}
		}
		if strings.Contains("/"+rt.id+"/"+rt.path+"/", "/../") || strings.HasPrefix(rt.path, "/") {
			t.Fatalf("%q: %+v", path, rt)
		}
	})
}

// FuzzDeriveAnswer: any card gives a valid answer with its id.
func FuzzDeriveAnswer(f *testing.F) {
	for _, seed := range []string{"", "---\n---\n", "---\nlicense: mit\nlicense: apache\n---\n",
		"---\na: &a [*a]\n---\n", "---\n? [x]\n: y\n---\n", "---\nx: !!binary aGk=\ny: .nan\nz: 0x1F\n---\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, card []byte) {
		body, err := deriveAnswer(&hubRepo{id: "a/b"}, card)
		if err != nil {
			t.Fatal(err)
		}
		state, err := readState(body)
		if err != nil || len(state.sha) != 40 || string(state.fields["id"]) != `"a/b"` {
			t.Fatalf("%v: %s", err, body)
		}
	})
}

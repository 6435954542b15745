package replay_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"openness/audit/replay"
	"openness/audit/replay/replaytest"
)

// corpus is the shared corpus beside the checkout.
const corpus = "../../../shared/corpus"

// TestCorpusServesEverything asks for every captured system and every captured
// file of the shared corpus: nothing that is there may be missing.
func TestCorpusServesEverything(t *testing.T) {
	server, base := replaytest.Start(t, corpus)
	models, datasets, repositories := server.Systems()
	t.Logf("%d models, %d datasets, %d repositories", models, datasets, repositories)
	wanted := map[int]bool{200: true, 307: true}
	for file := range filesUnder(t, corpus+"/huggingface/cards", ".md") {
		id := strings.TrimPrefix(strings.TrimSuffix(file, ".md"), "_root/")
		for _, url := range []string{base + "/api/models/" + id, base + "/" + id + "/resolve/main/README.md"} {
			if r, body := get(t, http.MethodGet, url); !wanted[r.StatusCode] {
				t.Errorf("%s: status %d: %.200s", url, r.StatusCode, body)
			}
		}
	}
	for file := range filesUnder(t, corpus+"/github", ".json") {
		if path.Base(file) == "repo.json" && strings.Count(file, "/") == 2 {
			serveRepository(t, base, path.Dir(file))
		}
	}
	if n := server.Counts()[replay.Other].Requests; n != 0 {
		t.Errorf("%d requests of no kind", n)
	}
}

// serveRepository asks for a repository, its tree and all its captured files.
func serveRepository(t *testing.T, base, name string) {
	_, body := get(t, http.MethodGet, base+"/repos/"+name)
	var repo struct {
		FullName string `json:"full_name"`
		Branch   string `json:"default_branch"`
	}
	if err := json.Unmarshal([]byte(body), &repo); err != nil || !strings.EqualFold(repo.FullName, name) {
		t.Errorf("%s: %v: %s", name, err, body)
		return
	}
	_, body = get(t, http.MethodGet, base+"/repos/"+name+"/git/trees/"+repo.Branch+"?recursive=1")
	var tree struct {
		SHA       string
		Truncated bool
		Tree      []struct{ Path string }
	}
	if err := json.Unmarshal([]byte(body), &tree); err != nil || tree.Truncated || len(tree.Tree) == 0 {
		t.Errorf("%s: tree: %v, truncated %v, %d entries", name, err, tree.Truncated, len(tree.Tree))
	}
	for file := range filesUnder(t, corpus+"/github/"+name+"/files", "") {
		r, body := get(t, http.MethodGet, base+"/"+name+"/"+tree.SHA+"/"+escape(file))
		want, _ := os.ReadFile(filepath.Join(corpus, "github", name, "files", file))
		if r.StatusCode != http.StatusOK || body != string(want) {
			t.Errorf("%s: %s: status %d, %d bytes, want %d", name, file, r.StatusCode, len(body), len(want))
		}
	}
}

func escape(file string) string {
	return strings.NewReplacer("%", "%25", " ", "%20", "#", "%23", "?", "%3F").Replace(file)
}

// filesUnder yields the files of a folder, with their paths inside it.
func filesUnder(t *testing.T, dir, ext string) func(func(string) bool) {
	var found []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(file string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(file, ext) {
			found = append(found, file)
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // a repository may have no captured file
		t.Fatal(err)
	}
	return slices.Values(found)
}

// TestCorpusMatchesRecordings: where the hub's own status and headers were
// recorded, ours are the same, validators included.
func TestCorpusMatchesRecordings(t *testing.T) {
	_, base := replaytest.Start(t, corpus)
	compared := 0
	for file := range filesUnder(t, corpus+"/huggingface/api/http", ".json") {
		raw, err := os.ReadFile(filepath.Join(corpus, "huggingface/api/http", file))
		if err != nil {
			t.Fatal(err)
		}
		var want struct {
			Request  struct{ Method, URI string }
			Response struct {
				Status  int
				Headers map[string]any
				Body    string
			}
		}
		if err := json.Unmarshal(raw, &want); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(want.Request.URI, "/api/models/") {
			continue // the hop to a cache of small files is not repeated
		}
		got, body := get(t, want.Request.Method, base+strings.TrimPrefix(want.Request.URI, "https://huggingface.co"))
		for _, name := range []string{"Location", "ETag", "Content-Type"} {
			value, _ := want.Response.Headers[name].([]any)
			// A newer plain recording may stand in for the body, and so for its validator.
			if len(value) == 1 && got.Header.Get(name) != value[0] && (name != "ETag" || body == want.Response.Body) {
				t.Errorf("%s: %s is %q, recorded %q", file, name, got.Header.Get(name), value[0])
			}
		}
		if got.StatusCode != want.Response.Status {
			t.Errorf("%s: status %d, recorded %d", file, got.StatusCode, want.Response.Status)
		}
		if got.Header.Get("ETag") != "" && body == want.Response.Body {
			compared++
		}
	}
	if compared == 0 {
		t.Error("no recorded validator was compared")
	}
}

// TestCorpusRefusals: the recorded refusals, header by header.
func TestCorpusRefusals(t *testing.T) {
	_, base := replaytest.Start(t, corpus)
	for path, want := range map[string][3]string{
		"/api/models/zzznotanowner9f3/zzznotarepo9f3": {"401 Unauthorized", "",
			"Invalid username or password."},
		"/meta-llama/Llama-3.1-8B-Instruct/resolve/main/config.json": {"401 Unauthorized", "GatedRepo",
			"Access to model meta-llama/Llama-3.1-8B-Instruct is restricted. You must have access to it and be authenticated to access it. Please log in."},
	} {
		r, _ := get(t, http.MethodHead, base+path)
		if got := [3]string{r.Status, r.Header.Get("X-Error-Code"), r.Header.Get("X-Error-Message")}; got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

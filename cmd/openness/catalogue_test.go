package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"openness/audit/replay"
	"openness/data/catalogue"
)

// captured stands in every capture that this test writes: none of them is what
// the named places really serve.
const captured = "Synthetic capture, written for a test of the catalogue."

// vendorPages are invented pages by what the catalogue says they are about.
var vendorPages = map[string]string{
	"announcement": "<p>The model is a transformer, trained on text of the web and licensed data. It is available through our API.</p>",
	"api":          "<p>Access needs an API key; pricing is by the token.</p>",
	"terms":        "<p>You may use the service under these terms.</p>",
}

// writeCatalogue makes small synthetic captures of every place that the
// catalogue names.
func writeCatalogue(t *testing.T) string {
	dir := t.TempDir()
	for _, e := range catalogue.Entries() {
		for _, id := range []string{e.Hub, e.Base} {
			if id != "" {
				writeModel(t, dir, id, "false", "---\nlicense: mit\n---\n# "+id+"\n\n"+captured+"\n")
			}
		}
		for _, id := range e.Repositories {
			writeRepository(t, dir, id)
		}
		writeElsewhere(t, dir, e)
		for _, p := range e.Pages {
			u, err := url.Parse(p.URL)
			if err != nil {
				t.Fatal(err)
			}
			text := "<!DOCTYPE html><html><head><title>" + e.Title + "</title></head><body><h1>" + e.Title +
				"</h1><p>" + captured + "</p>" + vendorPages[p.About] + "</body></html>"
			if strings.HasSuffix(u.Path, ".pdf") {
				text = "%PDF-1.7\n" + captured
			}
			file := filepath.Join(dir, "web", u.Host, filepath.FromSlash(u.Path))
			if !strings.HasSuffix(u.Path, ".pdf") {
				file = filepath.Join(file, "index.html")
			}
			writeFile(t, file, text)
		}
	}
	return dir
}

// writeElsewhere makes the synthetic captures of an entry on ModelScope and arXiv.
func writeElsewhere(t *testing.T, dir string, e catalogue.Entry) {
	if e.ModelScope != "" {
		folder := filepath.Join(dir, "modelscope", "models", filepath.FromSlash(e.ModelScope))
		writeFile(t, filepath.Join(folder, "model.json"), fmt.Sprintf(`{"Code":200,"Data":{"Name":%q},"Success":true}`,
			filepath.Base(e.ModelScope)))
		writeFile(t, filepath.Join(folder, "files.json"),
			`{"Code":200,"Data":{"Files":[{"Path":"README.md","Type":"blob"},{"Path":"LICENSE","Type":"blob"},{"Path":"model.safetensors","Type":"blob"}]},"Success":true}`)
		writeFile(t, filepath.Join(folder, "files", "README.md"), "---\nlicense: mit\n---\n# "+e.Title+"\n\n"+captured+
			"\n")
		writeFile(t, filepath.Join(folder, "files", "LICENSE"), captured)
	}
	for _, id := range e.Papers {
		writeFile(t, filepath.Join(dir, "arxiv", filepath.FromSlash(id)+".xml"),
			fmt.Sprintf("<feed><entry><id>http://arxiv.org/abs/%sv1</id><title>%s</title><comment>%s</comment></entry></feed>", id, e.Title, captured))
	}
}

// audited is what the test reads of an assessment.
type audited struct {
	Model struct {
		ID, Name string
		Base     *string
	}
	Judgements []struct{ Dimension, Class, Reason string }
	Sources    []struct{ URL, Outcome string }
}

func auditNames(t *testing.T, handler http.Handler, names []string) []audited {
	t.Helper()
	web := httptest.NewServer(handler)
	defer web.Close()
	c := commandRun{t, web.URL, filepath.Join(t.TempDir(), "o.db")}
	out, _ := c.run(append(append([]string{"audit"}, names...), "--format", "json", "--quiet", "--max-wait", "1ms")...)
	var list []audited
	if err := json.Unmarshal([]byte(out), &list); err != nil || len(list) != len(names) {
		t.Fatalf("%d assessments of %d names, %v", len(list), len(names), err)
	}
	return list
}

// source is how the look at a place ended, by the start of its URL.
func (a *audited) source(prefix string) string {
	for _, s := range a.Sources {
		if strings.HasPrefix(s.URL, prefix) {
			return s.Outcome
		}
	}
	return "never asked"
}

func (a *audited) class(dimension string) string {
	for _, j := range a.Judgements {
		if j.Dimension == dimension {
			return j.Class
		}
	}
	return "not judged"
}

// TestCatalogueResolves audits every name of the catalogue against synthetic
// captures: each leads to one subject and to all its places.
func TestCatalogueResolves(t *testing.T) {
	t.Parallel()
	server, err := replay.New(writeCatalogue(t), replay.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	entries := catalogue.Entries()
	var names []string
	for _, e := range entries {
		names = append(names, e.Name)
	}
	for i, got := range auditNames(t, server, names) {
		e := entries[i]
		id := e.Hub
		if e.Service {
			id = "catalogue:" + e.Name
		}
		if got.Model.ID != id {
			t.Errorf("%s is %s, want %s", e.Name, got.Model.ID, id)
		}
		base := ""
		if got.Model.Base != nil {
			base = *got.Model.Base
		}
		if base != e.Base {
			t.Errorf("%s: base %q, want %q", e.Name, base, e.Base)
		}
		var prefixes []string
		for _, id := range []string{e.Hub, e.Base} {
			if id != "" {
				prefixes = append(prefixes, "https://huggingface.co/api/models/"+id, "https://huggingface.co/"+id+
					"/resolve/")
			}
		}
		for _, r := range e.Repositories {
			prefixes = append(prefixes, "https://api.github.com/repos/"+r, "https://raw.githubusercontent.com/"+r)
		}
		for _, p := range e.Pages {
			prefixes = append(prefixes, p.URL)
		}
		if e.ModelScope != "" {
			at := "https://modelscope.cn/models/" + e.ModelScope + "/resolve/master/"
			prefixes = append(prefixes, "https://modelscope.cn/api/v1/models/"+e.ModelScope, at+"README.md",
				at+"LICENSE")
		}
		if len(e.Papers) > 0 {
			prefixes = append(prefixes, "https://export.arxiv.org/api/query?id_list="+e.Papers[0])
		}
		for _, prefix := range prefixes {
			if outcome := got.source(prefix); outcome != "fetched" {
				t.Errorf("%s: %s: %s", e.Name, prefix, outcome)
			}
		}
		want := "open"
		if e.Service {
			want = "undetermined" // these pages do not say that the weights are kept, and silence closes nothing
		}
		if class := got.class("weights_endmodel"); class != want {
			t.Errorf("%s: weights are %s, want %s", e.Name, class, want)
		}
	}
}

// TestTwinsAreOneSubject: a model of the catalogue is the same subject by its
// name, by its id on either hub and by its address there.
func TestTwinsAreOneSubject(t *testing.T) {
	server, err := replay.New(writeCatalogue(t), replay.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	const want = "zai-org/glm-4-9b-chat-hf"
	names := []string{"glm-4", want, "modelscope:ZhipuAI/glm-4-9b-chat-hf",
		"https://www.modelscope.cn/models/ZhipuAI/glm-4-9b-chat-hf/summary"}
	for i, got := range auditNames(t, server, names) {
		if got.Model.ID != want {
			t.Errorf("%s is %s, want %s", names[i], got.Model.ID, want)
		}
		asked := got.source("https://modelscope.cn/api/v1/models/ZhipuAI/glm-4-9b-chat-hf") == "fetched"
		if !asked { // whatever the name, the same places are looked at
			t.Errorf("%s: ModelScope was not asked", names[i])
		}
	}
}

// TestServicesNobodyAnswersFor: of a service whose pages could not be read,
// whatever the way, nothing is concluded, and its dossier says where was looked.
func TestServicesNobodyAnswersFor(t *testing.T) {
	t.Parallel()
	server, err := replay.New(writeCatalogue(t), replay.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	var names []string
	var pages [][]string
	for _, e := range catalogue.Entries() {
		if e.Service {
			names = append(names, e.Name)
			pages = append(pages, nil)
			for _, p := range e.Pages {
				pages[len(pages)-1] = append(pages[len(pages)-1], p.URL)
			}
		}
	}
	answer := func(status int, body string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !strings.HasPrefix(r.URL.Path, "/web/") {
				server.ServeHTTP(w, r)
				return
			}
			if strings.HasSuffix(r.URL.Path, "/robots.txt") {
				w.WriteHeader(http.StatusNotFound)
				return
			}
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		})
	}
	for way, c := range map[string]struct {
		handler http.Handler
		outcome []string
	}{
		"refused":   {answer(403, "no"), []string{"refused"}},
		"gone":      {answer(404, "gone"), []string{"absent"}},
		"failing":   {answer(501, ""), []string{"failed"}},
		"sign-in":   {answer(200, "<html><body><form><input type=password></form></body></html>"), []string{"fetched"}},
		"no robots": {http.NotFoundHandler(), []string{"absent"}},
	} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			for i, got := range auditNames(t, c.handler, names) {
				for _, page := range pages[i] {
					if outcome := got.source(page); !slices.Contains(c.outcome, outcome) {
						t.Errorf("%s: %s: %s, want %s", names[i], page, outcome, c.outcome)
					}
				}
				for _, j := range got.Judgements {
					if j.Class == "closed" || j.Class == "open" && j.Dimension != "preprint" {
						t.Errorf("%s: %s is %s though no page was read: %s", names[i], j.Dimension, j.Class, j.Reason)
					}
				}
			}
		})
	}
}

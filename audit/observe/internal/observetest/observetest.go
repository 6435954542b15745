package observetest

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"openness/audit"
	"openness/audit/hub"
	"openness/audit/page"
)

// PlainRunOnly leaves a long measure in one goroutine out of the short run,
// which looks for races: there it takes minutes and can show none.
func PlainRunOnly(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("a long measure in one goroutine: left out of the short run, which looks for races")
	}
}

// Tree makes the document of a repository's tree with the given paths.
func Tree(id string, paths ...string) audit.Document {
	type entry struct {
		Path string `json:"path"`
		Type string `json:"type"`
	}
	entries := make([]entry, 0, len(paths))
	for _, p := range paths {
		entries = append(entries, entry{Path: p, Type: "blob"})
	}
	body, err := json.Marshal(map[string]any{"tree": entries, "truncated": false})
	if err != nil {
		panic(err)
	}
	return PageOf(audit.DocTree, audit.RoleCode, id, string(body))
}

// DocsOf makes the documents of a repository with one page.
func DocsOf(text string) []audit.Document {
	return []audit.Document{PageOf(audit.DocReadme, audit.RoleCode, "acme/falco", text)}
}

// The models of many tests.
const (
	Tuned  = "acme/Falco-7B-Chat" // of other makers than its base
	Ground = "rival/Condor-13B"
)

// Front makes a card with front matter of lines and some prose.
func Front(role audit.Role, id, lines, prose string) audit.Document {
	return PageOf(audit.DocModelCard, role, id, "---\n"+lines+"\n---\n# A model\n"+prose+"\n")
}

// Legal makes a licence file of a place.
func Legal(place audit.PlaceKind, role audit.Role, id, path, text string) audit.Document {
	d := PageOf(audit.DocLicense, role, id, text)
	d.Place, d.Path, d.URL = place, path, d.URL+"/"+path
	return d
}

// Answer makes the hub's answer on a model with these files; nil files are unknown.
func Answer(id, tags string, files []string) audit.Document {
	body := `{"id":"` + id + `","gated":false,"tags":[` + tags + `]`
	if files != nil {
		body += `,"siblings":[{"rfilename":"` + strings.Join(files, `"},{"rfilename":"`) + `"}]`
	}
	return PageOf(audit.DocModelAPI, audit.RoleEnd, id, body+"}")
}

// ApacheText is the text of the project's own licence.
func ApacheText(t *testing.T) string {
	text, err := os.ReadFile(Above("LICENSE")) // the project's own
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// MitText is the text of the MIT licence, which asks to be copied.
const MitText = `MIT License

Copyright (c) 2026 The Falco Authors

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
`

// SharedCorpus is the folder of captured pages beside the checkout.
var SharedCorpus = Above("shared/corpus")

// Above is the file or folder of that name in the first folder above that of the tested
// package which holds one, or a path that leads nowhere.
func Above(name string) string {
	up := filepath.Join("..", filepath.FromSlash(name))
	for range 8 {
		if _, err := os.Stat(up); err == nil {
			break
		}
		up = filepath.Join("..", up)
	}
	return up
}

// EachCard visits every captured model card, with the card of the base that
// it declares where that was captured too, in the order of their names.
func EachCard(t testing.TB, visit func(audit.Subject, []audit.Document)) {
	root := filepath.Join(SharedCorpus, "huggingface", "cards")
	cards := make(map[string][]byte)
	for _, file := range filesUnder(t, root) {
		if id, ok := strings.CutSuffix(file, ".md"); ok {
			cards[strings.TrimPrefix(id, "_root/")] = ReadCorpus(t, filepath.Join(root, file))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(cards)) {
		docs := []audit.Document{PageOf(audit.DocModelCard, audit.RoleEnd, id, string(cards[id]))}
		base, _ := page.Parse(docs[0].Body).Front.First("base_model")
		s := Model(id, "")
		if own, ok := cards[base.Value]; ok && base.Value != id && hub.ValidID(base.Value) {
			docs = append(docs, PageOf(audit.DocModelCard, audit.RoleBase, base.Value, string(own)))
			s = Model(id, base.Value)
		}
		visit(s, docs)
	}
}

// EachRepository visits every captured repository: README and legal files of its root.
func EachRepository(t testing.TB, visit func(audit.Subject, []audit.Document)) {
	root := filepath.Join(SharedCorpus, "github")
	repositories, err := filepath.Glob(filepath.Join(root, "*", "*", "files"))
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range repositories {
		id, err := filepath.Rel(root, filepath.Dir(folder))
		if err != nil {
			t.Fatal(err)
		}
		id = filepath.ToSlash(id)
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		var docs []audit.Document
		for _, e := range entries {
			kind := audit.DocLicense
			if strings.EqualFold(e.Name(), "README.md") {
				kind = audit.DocReadme
			} else if e.IsDir() || !hub.IsLegal(e.Name()) {
				continue
			}
			d := PageOf(kind, audit.RoleCode, id, string(ReadCorpus(t, filepath.Join(folder, e.Name()))))
			d.Place, d.Path, d.URL = audit.GitHubRepo, e.Name(), d.URL+"/"+e.Name()
			docs = append(docs, d)
		}
		visit(audit.Subject{ID: "github:" + id, Places: []audit.Place{{Kind: audit.GitHubRepo, Role: audit.RoleCode,
			ID: id}}}, docs)
	}
}

// filesUnder lists the files below a folder by their paths within it.
func filesUnder(t testing.TB, root string) []string {
	var files []string
	err := filepath.WalkDir(root, func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		inside, err := filepath.Rel(root, file)
		files = append(files, filepath.ToSlash(inside))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// ReadCorpus reads a file of the corpus.
func ReadCorpus(t testing.TB, file string) []byte {
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// QuoteOf is the quote of the first observation of a fact that is present.
func QuoteOf(list []audit.Observation, fact string) string {
	for _, o := range list {
		if o.Fact == fact && o.Finding == audit.Present {
			return o.Quote
		}
	}
	return ""
}

// Findings lists the findings on a fact.
func Findings(obs []audit.Observation, fact string) (list []audit.Finding) {
	for _, o := range obs {
		if o.Fact == fact {
			list = append(list, o.Finding)
		}
	}
	return list
}

// filling makes a page long enough for its silence to say something.
const filling = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod.\n"

// PageOf makes a document as a crawl would store it.
func PageOf(kind audit.DocKind, role audit.Role, id, body string) audit.Document {
	switch kind {
	case audit.DocModelCard, audit.DocReadme:
		if strings.TrimSpace(body) != "" && !strings.HasSuffix(body, "---\n") && !strings.HasPrefix(body, "<") {
			if strings.HasPrefix(body, "#") || strings.Contains(body, "\n#") {
				body += "\n## Lorem\n"
			}
			body += "\n" + filling
		}
	}
	return BarePage(kind, role, id, body)
}

// BarePage is PageOf with these words and no others.
func BarePage(kind audit.DocKind, role audit.Role, id, body string) audit.Document {
	d := audit.Document{Kind: kind, Role: role, PlaceID: id, Place: audit.HubModel, Path: "README.md",
		URL: "https://example.org/" + id + "/" + string(kind), Outcome: audit.Fetched, Status: 200,
		Body: []byte(body), SHA256: audit.Hash([]byte(body))}
	switch kind {
	case audit.DocReadme, audit.DocTree, audit.DocRepoAPI, audit.DocProse:
		d.Place = audit.GitHubRepo
	case audit.DocDataCard:
		d.Place = audit.HubDataset
	}
	return d
}

// InFolder puts a document elsewhere in its repository.
func InFolder(d audit.Document, path string) audit.Document {
	d.Path, d.URL = path, d.URL+"/"+path
	return d
}

// Lost makes a document that could not be fetched.
func Lost(kind audit.DocKind, role audit.Role, id string, o audit.Outcome) audit.Document {
	d := PageOf(kind, role, id, "")
	d.Body, d.SHA256, d.Outcome, d.Status = nil, "", o, 0
	return d
}

// Model makes the subject of a test: a hub model with, perhaps, a base.
func Model(id, base string) audit.Subject {
	s := audit.Subject{ID: id, Base: base, Places: []audit.Place{{Kind: audit.HubModel, Role: audit.RoleEnd, ID: id}}}
	if base != "" {
		s.Places = append(s.Places, audit.Place{Kind: audit.HubModel, Role: audit.RoleBase, ID: base})
	}
	return s
}

// Values sums up what was observed of one fact: values found, or else findings.
func Values(list []audit.Observation, fact string) string {
	var found, other []string
	for _, o := range list {
		switch {
		case o.Fact != fact:
		case o.Finding == audit.Present:
			found = append(found, o.Value)
		default:
			other = append(other, string(o.Finding))
		}
	}
	if len(found) == 0 {
		found = other
	}
	slices.Sort(found)
	return strings.Join(slices.Compact(found), " ")
}

// CheckObservations demands of every observation what a reader relies on.
func CheckObservations(t *testing.T, list []audit.Observation) {
	t.Helper()
	for _, o := range list {
		f, ok := audit.FactNamed(o.Fact)
		if !ok {
			t.Errorf("fact %q is not in the table of facts", o.Fact)
			continue
		}
		if o.Finding != audit.Present {
			continue
		}
		if err := f.Check(o.Value); err != nil {
			t.Error(err)
		}
		if strings.TrimSpace(o.Quote) == "" {
			t.Errorf("%s = %s quotes nothing", o.Fact, o.Value)
		}
	}
}

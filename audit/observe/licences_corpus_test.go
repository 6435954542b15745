package observe

import (
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

// sharedCorpus is the folder of captured pages beside the checkout.
var sharedCorpus = above("shared/corpus")

// above is the file or folder of that name in the first folder above that of the tested
// package which holds one, or a path that leads nowhere.
func above(name string) string {
	up := filepath.Join("..", filepath.FromSlash(name))
	for range 8 {
		if _, err := os.Stat(up); err == nil {
			break
		}
		up = filepath.Join("..", up)
	}
	return up
}

// Bounds of how many conflicts the corpus holds. The 186 that were found when
// this was written are mostly sentences that limit what the tag grants; all
// that close weights which the tag opens were read.
// Far more of them would mean that a reading went wrong, far fewer that
// conflicts are no longer seen.
const (
	fewestConflicts = 120
	mostConflicts   = 260
)

// TestConflictsOverCorpus counts the conflicts of all captured models and
// repositories by kind, and demands two quoted sides of each.
func TestConflictsOverCorpus(t *testing.T) {
	plainRunOnly(t)
	if _, err := os.Stat(sharedCorpus); err != nil {
		t.Skip("no shared corpus beside the checkout")
	}
	kinds := make(map[string]int)
	subjects := 0
	count := func(s audit.Subject, docs []audit.Document) {
		subjects++
		in := newInput(s, docs)
		sides := make(map[string]int)
		for _, o := range licences(in) {
			if kind, ok := strings.CutPrefix(o.Fact, "license.conflict."); ok {
				sides[kind+": "+o.Value]++
				if o.Quote == "" || o.SHA256 == "" {
					t.Errorf("%s: %s is not quoted", s.ID, o.Value)
				}
			}
		}
		for conflict, n := range sides {
			if n != 2 {
				t.Errorf("%s: %d sides of %s", s.ID, n, conflict)
			}
			kind, _, _ := strings.Cut(conflict, ":")
			kinds[kind]++
			t.Logf("%s: %s", s.ID, conflict)
		}
	}
	eachCard(t, count)
	eachRepository(t, count)
	total := 0
	for _, n := range kinds {
		total += n
	}
	t.Logf("%d conflicts of %d subjects: %v", total, subjects, kinds)
	if total < fewestConflicts || total > mostConflicts {
		t.Errorf("%d conflicts over the corpus, expected between %d and %d", total, fewestConflicts, mostConflicts)
	}
}

// eachCard visits every captured model card, with the card of the base that
// it declares where that was captured too, in the order of their names.
func eachCard(t testing.TB, visit func(audit.Subject, []audit.Document)) {
	root := filepath.Join(sharedCorpus, "huggingface", "cards")
	cards := make(map[string][]byte)
	for _, file := range filesUnder(t, root) {
		if id, ok := strings.CutSuffix(file, ".md"); ok {
			cards[strings.TrimPrefix(id, "_root/")] = readCorpus(t, filepath.Join(root, file))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(cards)) {
		docs := []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, id, string(cards[id]))}
		base, _ := page.Parse(docs[0].Body).Front.First("base_model")
		s := model(id, "")
		if own, ok := cards[base.Value]; ok && base.Value != id && hub.ValidID(base.Value) {
			docs = append(docs, pageOf(audit.DocModelCard, audit.RoleBase, base.Value, string(own)))
			s = model(id, base.Value)
		}
		visit(s, docs)
	}
}

// eachRepository visits every captured repository: README and legal files of its root.
func eachRepository(t testing.TB, visit func(audit.Subject, []audit.Document)) {
	root := filepath.Join(sharedCorpus, "github")
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
			d := pageOf(kind, audit.RoleCode, id, string(readCorpus(t, filepath.Join(folder, e.Name()))))
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

func readCorpus(t testing.TB, file string) []byte {
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

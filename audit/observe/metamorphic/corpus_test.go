package metamorphic

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"openness/audit"
	"openness/audit/crawl"
	"openness/audit/replay/replaytest"
)

const (
	shared  = "../../../../shared"
	corpus  = shared + "/corpus"
	targets = shared + "/experts/osai-2026-06-targets.csv"
)

// A captured subject is a model and all that a crawl of the captures gathers
// for it, as the audit command would have it.
type captured struct {
	target  string
	subject audit.Subject
	docs    []audit.Document
	page    int // the document that is changed: the card, or the README
}

// text of the page that is changed.
func (c *captured) text() string { return string(c.docs[c.page].Body) }

// with gives the documents with another text of the page.
func (c *captured) with(text string) []audit.Document {
	docs := slices.Clone(c.docs)
	d := &docs[c.page]
	d.Body = []byte(text)
	d.SHA256 = audit.Hash(d.Body)
	return docs
}

// gathered are the subjects that some test has crawled, by target; nil where its own
// page was not served.
var gathered = map[string]*captured{}

// gatherAll crawls the captures for each target, once for all tests, over HTTP as
// the hubs answer, and keeps the subjects whose own page is among what was served.
func gatherAll(t testing.TB, names []string) []captured {
	t.Helper()
	crawlAll(t, slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		_, known := gathered[name]
		return known
	}))
	var all []captured
	for _, name := range names {
		if c := gathered[name]; c != nil {
			all = append(all, *c)
		}
	}
	return all
}

func crawlAll(t testing.TB, names []string) {
	t.Helper()
	if len(names) == 0 {
		return
	}
	_, base := replaytest.Start(t, corpus)
	crawler, err := crawl.New(crawl.Options{HFEndpoint: base, GitHubAPI: base, GitHubRaw: base, ArXiv: base + "/arxiv",
		ModelScope: base + "/modelscope", Web: base + "/web", MaxWait: -1, Now: time.Now, Jobs: 4})
	if err != nil {
		t.Fatal(err)
	}
	defer crawler.Close()
	found := make([]*captured, len(names))
	each(len(names), func(i int) {
		target, err := crawl.ParseTarget(names[i])
		if err != nil {
			return
		}
		record, err := crawler.Gather(context.Background(), target)
		if err != nil {
			return
		}
		c := captured{target: names[i], subject: record.Subject, docs: record.Documents}
		if c.page = ownPage(names[i], record.Documents); c.page >= 0 {
			found[i] = &c
		}
	})
	for i, c := range found {
		gathered[names[i]] = c
	}
}

// ownPage is the index of a hub model's card or a repository's README; -1
// where none was served.
func ownPage(target string, docs []audit.Document) int {
	kind, id := audit.DocModelCard, target
	if repository, ok := strings.CutPrefix(target, "github:"); ok {
		kind, id = audit.DocReadme, repository
	}
	return slices.IndexFunc(docs, func(d audit.Document) bool {
		return d.Kind == kind && strings.EqualFold(d.PlaceID, id) && len(d.Body) > 0 && d.Outcome == audit.Fetched &&
			(d.Path == "" || strings.HasSuffix(strings.ToLower(d.Path), ".md"))
	})
}

// each calls f for 0 to n-1, several at once.
func each(n int, f func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range 2 {
		wg.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

// shuffled orders names by their hash: a draw that is always the same.
func shuffled(names []string) []string {
	key := func(s string) string {
		sum := sha256.Sum256([]byte("metamorphic " + s))
		return hex.EncodeToString(sum[:])
	}
	names = slices.Clone(names)
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(key(a), key(b)) })
	return names
}

// cards are the ids of all captured cards with their texts.
func cards(t testing.TB) map[string]string {
	t.Helper()
	root := filepath.Join(corpus, "huggingface", "cards")
	all := map[string]string{}
	err := filepath.WalkDir(root, func(file string, e fs.DirEntry, err error) error {
		id, ok := strings.CutSuffix(file, ".md")
		if err != nil || !ok {
			return err
		}
		body, err := os.ReadFile(file)
		inside, _ := filepath.Rel(root, id)
		all[strings.TrimPrefix(filepath.ToSlash(inside), "_root/")] = string(body)
		return err
	})
	if err != nil {
		t.Skipf("no shared corpus beside the checkout: %v", err)
	}
	return all
}

// repositories are the captured repositories that have a README and a tree.
func repositories(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(corpus, "github", "*", "*", "tree.tsv"))
	if err != nil || len(files) == 0 {
		t.Skip("no shared corpus beside the checkout")
	}
	var all []string
	for _, file := range files {
		readme, err := os.Stat(filepath.Join(filepath.Dir(file), "files", "README.md"))
		id, _ := filepath.Rel(filepath.Join(corpus, "github"), filepath.Dir(file))
		if err == nil && readme.Size() > 1500 && readme.Size() < 60_000 {
			all = append(all, "github:"+filepath.ToSlash(id))
		}
	}
	return all
}

// listed are the hub models of the experts' list.
func listed(t testing.TB) []string {
	t.Helper()
	f, err := os.Open(targets)
	if err != nil {
		t.Skipf("no experts' list beside the checkout: %v", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, row := range rows[1:] {
		if !strings.Contains(row[1], ":") {
			all = append(all, row[1])
		}
	}
	return all
}

var front = regexp.MustCompile(`(?s)\A---\r?\n.*?\n---\r?\n`)

func han(text string) int {
	n := 0
	for _, r := range front.ReplaceAllString(text, "") {
		if unicode.Is(unicode.Han, r) {
			n++
		}
	}
	return n
}

// chosen are the targets whose pages are changed: 32 cards of models of the
// experts' list, 12 with Chinese text and 24 others, each of another maker
// within its group, and 20 repositories of different owners.
func chosen(t testing.TB) []string {
	t.Helper()
	texts := cards(t)
	taken := map[string]bool{}
	take := func(names []string, n int, fits func(text string) bool) {
		makers := map[string]bool{}
		for _, id := range shuffled(names) {
			text, ok := texts[id]
			maker, _, _ := strings.Cut(id, "/")
			if len(makers) < n && ok && !taken[id] && !makers[maker] && fits(text) {
				taken[id], makers[maker] = true, true
			}
		}
	}
	var ids []string
	for id := range texts {
		ids = append(ids, id)
	}
	long := func(text string) bool { return len(text) > 1500 && len(text) < 40_000 }
	take(listed(t), 32, long)
	take(ids, 12, func(text string) bool { return long(text) && han(text) > 150 })
	take(ids, 24, func(text string) bool { return long(text) && han(text) == 0 })
	var names []string
	for id := range taken {
		names = append(names, id)
	}
	owners := map[string]bool{}
	for _, id := range shuffled(repositories(t)) {
		if owner := strings.Split(id, "/")[0]; len(owners) < 20 && !owners[owner] {
			owners[owner] = true
			names = append(names, id)
		}
	}
	slices.Sort(names)
	return names
}

// Package gold holds the gold set for reading: passages of pages that no
// rule was written for, drawn at random, and what readers said of them.
//
// The set stores where a passage stands (file, hash, offsets) and its labels,
// never its text: the pages belong to their owners and stay in ../shared.
// Passages are cut as package card cuts them, so that a label judges what the
// observers read. The draw is deterministic; see draw_test.go.
package gold

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"openness/audit"
	"openness/audit/page"
)

const corpus = "../../../../shared/corpus"

const (
	minPassage = 20   // bytes; anything up to this says too little to judge
	maxPassage = 1500 // bytes; longer ones are not read as one passage
)

// A passage is one sentence or table row and where it stands.
type passage struct {
	file  string // below the corpus
	hash  string // SHA-256 of the whole file
	span  audit.Span
	model string // org/name, github:owner/name or dataset:org/name

	plain   string // as card.Sentence has it
	heading string
	head    string // the first row of the table, for a later row
	chinese bool
	row     bool  // of a table
	themes  []int // indexes into themes for which it is a candidate
}

// A page is a file of the corpus that the draw may use.
type pageFile struct{ file, model string }

// pages lists the cards, dataset cards and prose of repositories, in order of their names.
func pages(t testing.TB) []pageFile {
	t.Helper()
	var all []pageFile
	add := func(root string, model func(rel string) string) {
		top := filepath.Join(corpus, root)
		err := filepath.WalkDir(top, func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			rel := filepath.ToSlash(strings.TrimPrefix(file, top+string(filepath.Separator)))
			if m := model(rel); m != "" && prose(file) {
				all = append(all, pageFile{path.Join(root, rel), m})
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	hub := func(rel string) string { return strings.TrimPrefix(strings.TrimSuffix(rel, ".md"), "_root/") }
	add("huggingface/cards", hub)
	add("huggingface/dataset-cards", func(rel string) string { return "dataset:" + hub(rel) })
	add("github", func(rel string) string {
		repository, _, ok := strings.Cut(rel, "/files/")
		if !ok {
			return ""
		}
		return "github:" + repository
	})
	return all
}

// prose reports whether a file holds text for readers.
func prose(file string) bool {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".md", ".mdx", ".rst":
		return true
	}
	return false
}

// cut reads a page and cuts it into its passages.
func cut(t testing.TB, p pageFile) []passage {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(corpus, filepath.FromSlash(p.file)))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(body)
	c := page.Parse(body)
	var all []passage
	var head string // of the table that is being read
	var last page.Sentence
	for s := range c.Sentences() {
		firstRow := s.Kind != page.Row || last.Kind != page.Row || last.Section != s.Section ||
			strings.Contains(string(body[last.Span.End:s.Span.Start]), "\n\n")
		if firstRow {
			head = ""
		}
		if n := s.Span.End - s.Span.Start; n > minPassage && n <= maxPassage {
			all = append(all, passage{
				file: p.file, hash: hex.EncodeToString(sum[:]), span: s.Span, model: p.model,
				plain: s.Plain, row: s.Kind == page.Row, heading: c.Heading(s.Section), head: head,
				chinese: chinese(s.Plain),
			})
		}
		if firstRow && s.Kind == page.Row {
			head = s.Plain
		}
		last = s
	}
	return all
}

// chinese reports whether most letters of a text are Han characters, and none is kana.
func chinese(text string) bool {
	han, letters := 0, 0
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
			return false
		case unicode.Is(unicode.Han, r):
			han++
			letters++
		case unicode.IsLetter(r):
			letters++
		}
	}
	return han > letters/2
}

// numbered are the words that differ where a family's pages say the same:
// names with a size, versions, figures.
var numbered = regexp.MustCompile(`[\w.*-]*\d[\w.*-]*`)

// key is the same for passages of which one is enough. Rows of a table differ
// by their figures, sentences do not.
func key(p passage) string {
	if p.row {
		return p.plain
	}
	return strings.Join(strings.Fields(numbered.ReplaceAllString(strings.ToLower(p.plain), " ")), " ")
}

// pool cuts all pages that are outside the experts' lists. A text that stands
// several times counts once, and one that stands on a listed model's page as
// well is left out: the rules were tuned on it.
func pool(t testing.TB) []passage {
	t.Helper()
	known := readListed(t)
	seen := make(map[string]bool)
	var free []pageFile
	for _, p := range pages(t) {
		if !known.has(p.model) {
			free = append(free, p)
			continue
		}
		for _, s := range cut(t, p) {
			seen[key(s)] = true
		}
	}
	var all []passage
	for _, p := range free {
		for _, s := range cut(t, p) {
			if k := key(s); !seen[k] {
				seen[k] = true
				s.themes = themesOf(s)
				all = append(all, s)
			}
		}
	}
	return slices.Clip(all)
}

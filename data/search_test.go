package data

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"openness/audit"
	"openness/rubric"
)

// textRecord is a crawl of one document.
func textRecord(id, text string) audit.Record {
	return audit.Record{Subject: audit.Subject{ID: id, Target: id},
		Documents: []audit.Document{document("https://hub.example/"+id, text)}}
}

func search(t *testing.T, db *DB, words string) []Hit {
	t.Helper()
	found, err := db.Search(t.Context(), Query{Words: words, Limit: 10})
	if err != nil {
		t.Fatalf("search %q: %v", words, err)
	}
	indexed, err := db.hasFTS5(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if want := map[bool]SearchMethod{true: FullText, false: Scan}[indexed]; found.Method != want && !db.BuiltIn() {
		t.Errorf("method %q, want %q", found.Method, want)
	}
	return found.Hits
}

// TestSearch holds for both ways of searching; run it with and without
// -tags sqlite_fts5.
func TestSearch(t *testing.T) {
	db := openTest(t)
	save(t, db, textRecord("org/one", "The Größe of a pangolin,\nin two lines: PANGOLIN."))
	save(t, db, textRecord("org/two", "A quagga and a pangolin."))
	save(t, db, textRecord("org/three", "A quagga \x00 in binary."))
	for words, want := range map[string]int{
		"pangolin": 2, "Pangolin QUAGGA": 1, "quagga": 1, "größe": 1, "GRÖSSE": 0, "zebra": 0, `"pangolin"`: 2,
		"pangolin OR zebra": 0,
		"pangolin*":         2, "pangolin NOT quagga": 0, "two-lines": 1, "body : pangolin": 0,
		"a'; DROP TABLE bodies": 0,
		"(pangolin":             2, "^the": 1,
	} {
		hits := search(t, db, words)
		if len(hits) != want {
			t.Errorf("search %q: %d hits, want %d", words, len(hits), want)
		}
		for _, h := range hits {
			checkHit(t, db, h)
		}
	}
	for _, words := range []string{"", "  ", `"*-^()`, strings.Repeat("a ", 33)} {
		if _, err := db.Search(t.Context(), Query{Words: words, Limit: 1}); !errors.Is(err, ErrQuery) {
			t.Errorf("search %q: %v, want ErrQuery", words, err)
		}
	}
	save(t, db, textRecord("org/four", "A late pangolin."))
	if hits := search(t, db, "pangolin"); len(hits) != 3 {
		t.Errorf("%d hits after another crawl, want 3", len(hits))
	}
}

// checkHit walks back from a hit to the bytes.
func checkHit(t *testing.T, db *DB, h Hit) {
	t.Helper()
	body, err := db.Body(t.Context(), h.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	if string(body[h.Start:h.End]) != h.Excerpt || len(body) != h.Bytes {
		t.Errorf("excerpt %q is not bytes %d..%d", h.Excerpt, h.Start, h.End)
	}
	if len(h.Matches) == 0 {
		t.Errorf("excerpt %q has none of the words", h.Excerpt)
	}
	for i, m := range h.Matches {
		if m.Start < h.Start || m.End > h.End || m.Start >= m.End || i > 0 && m.Start < h.Matches[i-1].End {
			t.Errorf("match %v in excerpt %d..%d", m, h.Start, h.End)
		}
	}
	if len(h.Models) != 1 || h.URL != "https://hub.example/"+h.Models[0] || h.Revision != "abc" ||
		h.RetrievedAt.IsZero() {
		t.Errorf("hit %+v does not say where it comes from", h)
	}
}

// TestExcerpt: the piece shown has as many of the words as any piece has.
func TestExcerpt(t *testing.T) {
	far := strings.Repeat("filler ", 100)
	body := []byte("alpha " + far + "beta " + far + "é Alpha and BETA é " + far + "alpha beta gamma" + far)
	for words, want := range map[string]string{"beta alpha": "Alpha and BETA", "gamma alpha": "alpha beta gamma",
		"alpha": "alpha filler", "nowhere alpha": "alpha filler", "nowhere": "alpha"} {
		span := excerpt(body, searchWords(words))
		got := string(body[span.Start:span.End])
		if !strings.Contains(got, want) || len(got) > 6*excerptMargin || !utf8.ValidString(got) {
			t.Errorf("excerpt for %q is %q, want %q in it", words, got, want)
		}
	}
}

func TestSearchPages(t *testing.T) {
	db := openTest(t)
	for i := range 7 {
		save(t, db, textRecord(fmt.Sprintf("org/%d", i), fmt.Sprintf("pangolin number %d", i)))
	}
	seen := map[string]bool{}
	for offset := 0; ; offset += 3 {
		found, err := db.Search(t.Context(), Query{Words: "pangolin", Offset: offset, Limit: 3})
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range found.Hits {
			seen[h.SHA256] = true
		}
		if !found.More {
			break
		}
	}
	if len(seen) != 7 {
		t.Errorf("the pages hold %d of 7 documents", len(seen))
	}
}

// TestSearchReadOnly: a file that cannot be written is searched without an index.
func TestSearchReadOnly(t *testing.T) {
	db := openTest(t)
	save(t, db, textRecord("org/one", "a pangolin"))
	if _, err := db.sql.ExecContext(t.Context(), `PRAGMA query_only = on`); err != nil {
		t.Fatal(err)
	}
	db.sql.SetMaxOpenConns(1) // the one that may only read
	found, err := db.Search(t.Context(), Query{Words: "pangolin", Limit: 1})
	if err != nil || len(found.Hits) != 1 || found.Method != Scan {
		t.Errorf("found %+v, %v", found, err)
	}
}

func TestSearchSnapshot(t *testing.T) {
	db, err := OpenOrSnapshot(t.Context(), "no such file")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if hits := search(t, db, "license"); len(hits) != 0 {
		t.Errorf("%d hits among documents that are not shipped", len(hits))
	}
}

// TestCopySearched: a file that was searched can still be copied and read.
func TestCopySearched(t *testing.T) {
	db := openTest(t)
	save(t, db, textRecord("org/one", "a pangolin"))
	search(t, db, "pangolin")
	path := t.TempDir() + "/copy.db"
	if err := db.CopyTo(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		t.Fatal(info, err)
	}
	copied, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	if hits := search(t, copied, "pangolin"); len(hits) != 1 {
		t.Errorf("%d hits in the copy, want 1", len(hits))
	}
}

func TestStateAndMarks(t *testing.T) {
	db := openTest(t)
	var before State
	for i, step := range []func(){
		func() { save(t, db, textRecord("org/one", "a")) },
		func() { save(t, db, textRecord("org/two", "b")) },
		func() { save(t, db, textRecord("org/one", "a")) },
		func() {
			r := review("org/one", "datasheet")
			if err := db.AddReview(t.Context(), r); err != nil {
				t.Fatal(err)
			}
		},
	} {
		marks, err := db.Marks(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		step()
		now, err := db.State(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		after, err := db.Marks(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		changed := 0
		for key, mark := range after {
			if marks[key] != mark {
				changed++
			}
		}
		if now == before || changed != 1 {
			t.Errorf("step %d: state %v after %v, %d marks changed, want 1", i, now, before, changed)
		}
		before = now
	}
}

func TestDocument(t *testing.T) {
	db := openTest(t)
	save(t, db, textRecord("org/one", "same"))
	save(t, db, textRecord("org/two", "same"))
	got, err := db.Document(t.Context(), audit.Hash([]byte("same")))
	if err != nil || !got.Stored || got.Bytes != 4 || len(got.Fetches) != 2 ||
		strings.Join(got.Models, " ") != "org/one org/two" {
		t.Errorf("document %+v, %v", got, err)
	}
	if _, err := db.Document(t.Context(), audit.Hash([]byte("other"))); !errors.Is(err, ErrNotFound) {
		t.Errorf("unknown document: %v", err)
	}
}

func review(model, dimension string) rubric.Review {
	return rubric.Review{Model: model, Dimension: dimension, Class: rubric.Open, Reason: "seen", By: "A. Editor",
		At: t0}
}

package data

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"openness/audit"
	"openness/rubric"
)

// storeAt makes a store at a path and closes it after f.
func storeAt(t *testing.T, path string, f func(*DB)) {
	t.Helper()
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	f(db)
}

func saveAt(t *testing.T, db *DB, r audit.Record, at time.Time) {
	t.Helper()
	for i := range r.Documents {
		r.Documents[i].RetrievedAt = at
	}
	for i := range r.Observations {
		if r.Observations[i].SHA256 != "" || r.Observations[i].Finding != audit.NotFetched {
			r.Observations[i].RetrievedAt = at
		}
	}
	if err := db.SaveRecord(t.Context(), r, "test", at); err != nil {
		t.Fatal(err)
	}
}

func mergeOf(t *testing.T, out string, paths ...string) Merged {
	t.Helper()
	m, err := Merge(t.Context(), out, paths)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestMergeKeepsTheNewest: whichever store comes first, the latest crawl of a
// model is the newest of all, and its history is in the order of time.
func TestMergeKeepsTheNewest(t *testing.T) {
	folder := t.TempDir()
	early, late, out := filepath.Join(folder, "early.db"), filepath.Join(folder, "late.db"),
		filepath.Join(folder, "out.db")
	storeAt(t, early, func(db *DB) {
		saveAt(t, db, record("org/model", ""), t0)
		saveAt(t, db, record("org/only-here", ""), t0)
	})
	storeAt(t, late, func(db *DB) {
		r := record("org/model", "")
		r.Subject.Name = "Renamed"
		saveAt(t, db, r, t0.Add(time.Hour))
	})
	if m := mergeOf(t, out, late); m.Added.Crawls != 1 {
		t.Fatalf("added %+v", m.Added)
	}
	m := mergeOf(t, out, early)
	if m.Counts.Models != 2 || m.Counts.Crawls != 3 || len(m.Conflicts) != 0 {
		t.Fatalf("%+v", m)
	}
	storeAt(t, out, func(db *DB) {
		r, err := db.Record(t.Context(), "org/model")
		if err != nil || r.Subject.Name != "Renamed" {
			t.Errorf("latest is %q (%v), want the newer", r.Subject.Name, err)
		}
		if found, err := db.Verify(t.Context(), "org/model"); err != nil || len(found.Problems) > 0 {
			t.Errorf("%+v, %v", found, err)
		}
	})
	stored, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if m := mergeOf(t, out, late, early, out); m.Changed() {
		t.Errorf("merged again, added %+v", m.Added)
	}
	if again, _ := os.ReadFile(out); string(again) != string(stored) {
		t.Error("a merge of nothing new wrote to the store")
	}
	left, _ := filepath.Glob(filepath.Join(folder, ".*merging*"))
	if len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

// TestMergeConflicts: two results of one moment, two people, a damaged document.
func TestMergeConflicts(t *testing.T) {
	folder := t.TempDir()
	a, b, out := filepath.Join(folder, "a.db"), filepath.Join(folder, "b.db"), filepath.Join(folder, "out.db")
	review := func(db *DB, class rubric.Class, at time.Time) {
		r := rubric.Review{Model: "org/model", Dimension: "paper", Class: class, Reason: "read", By: "A. Person",
			At: at}
		if err := db.AddReview(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	storeAt(t, a, func(db *DB) {
		saveAt(t, db, record("org/model", ""), t0)
		review(db, rubric.Open, t0)
		if _, err := db.sql.Exec(`UPDATE bodies SET data = x'00' WHERE sha256 = (SELECT min(sha256) FROM bodies WHERE bytes > 0)`); err != nil {
			t.Fatal(err)
		}
	})
	storeAt(t, b, func(db *DB) {
		r := record("org/model", "")
		r.Subject.Organisation = "another"
		saveAt(t, db, r, t0)
		review(db, rubric.Closed, t0.Add(time.Hour))
	})
	m := mergeOf(t, out, a)
	if m.Damaged != 1 || len(m.Conflicts) != 1 {
		t.Errorf("of a damaged store alone: %+v", m)
	}
	m = mergeOf(t, out, b)
	said := strings.Join(m.Conflicts, "\n")
	if !strings.Contains(said, "saw different things") || !strings.Contains(said, "closed, counts") ||
		m.Counts.Crawls != 2 || m.Counts.Reviews != 2 {
		t.Errorf("%+v", m)
	}
	if m.Damaged != 0 || m.Added.Documents != 1 {
		t.Errorf("the whole bytes were not taken from the other store: %+v", m)
	}
}

// TestMergeRefuses: a store that somebody else has open, or that a merge would
// leave something of behind.
func TestMergeRefuses(t *testing.T) {
	folder := t.TempDir()
	a, out := filepath.Join(folder, "a.db"), filepath.Join(folder, "out.db")
	storeAt(t, a, func(db *DB) { save(t, db, record("org/model", "")) })
	storeAt(t, out, func(db *DB) {
		save(t, db, record("org/other", ""))
		if _, err := Merge(t.Context(), out, []string{a}); err == nil ||
			!strings.Contains(err.Error(), "another process has it open") {
			t.Errorf("open elsewhere: %v", err)
		}
	})
	mergeOf(t, out, a)
	storeAt(t, a, func(db *DB) {
		if _, err := db.sql.Exec(`CREATE TABLE later (id INTEGER); INSERT INTO later VALUES (1)`); err != nil {
			t.Fatal(err)
		}
	})
	if _, err := Merge(t.Context(), out, []string{a}); err == nil || !strings.Contains(err.Error(), `"later"`) {
		t.Errorf("a table that is not known: %v", err)
	}
	storeAt(t, a, func(db *DB) {
		if _, err := db.sql.Exec(`DROP TABLE later; PRAGMA user_version = 9999`); err != nil {
			t.Fatal(err)
		}
	})
	if _, err := Merge(t.Context(), out, []string{a}); err == nil || !strings.Contains(err.Error(), "newer openness") {
		t.Errorf("of a newer version: %v", err)
	}
}

// TestMergeCensus: of one census, the store that got further is taken over.
func TestMergeCensus(t *testing.T) {
	folder := t.TempDir()
	begun, ended, out := filepath.Join(folder, "begun.db"), filepath.Join(folder, "ended.db"),
		filepath.Join(folder, "out.db")
	for _, path := range []string{begun, ended} {
		storeAt(t, path, func(db *DB) {
			c, err := db.BeginCensus(t.Context(), `{}`, "test", t0)
			if err != nil {
				t.Fatal(err)
			}
			page := CensusPage{Models: []audit.Listed{{Model: "a/one", SHA: strings.Repeat("ab", 20), Downloads: 7}},
				Next: "2", Query: `{"page": 1}`, At: t0}
			if err := db.SavePage(t.Context(), &c, &page); err != nil {
				t.Fatal(err)
			}
			if path == ended {
				page.Models, page.Next = []audit.Listed{{Model: "a/two"}}, ""
				if err := db.SavePage(t.Context(), &c, &page); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
	for _, paths := range [][]string{{begun}, {ended}, {begun, ended}} {
		mergeOf(t, out, paths...)
	}
	storeAt(t, out, func(db *DB) {
		all, err := db.Censuses(t.Context())
		if err != nil || len(all) != 1 || !all[0].Complete() || all[0].Models != 2 {
			t.Fatalf("%+v, %v", all, err)
		}
		listed := make(map[string]string)
		if err := db.EachListed(t.Context(), all[0].ID, func(l *audit.Listed) error {
			listed[l.Model] = l.SHA
			return nil
		}); err != nil || len(listed) != 2 || listed["a/one"] != strings.Repeat("ab", 20) {
			t.Errorf("%v, %v", listed, err)
		}
	})
}

// TestMergeKnowsEveryTable: whoever adds a table says how it is joined.
func TestMergeKnowsEveryTable(t *testing.T) {
	rows, err := rowsOf(t.Context(), openTest(t).sql,
		`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
	if err != nil {
		t.Fatal(err)
	}
	known := make(map[string]bool)
	for _, name := range mergedTables {
		known[name] = true
	}
	for _, row := range rows {
		if !known[row[0].(string)] {
			t.Errorf("merge_rows.go does not join table %q", row[0])
		}
	}
}

// TestMergeAgain: what was found again is one row in the joined store, too, and
// the answer that an address gave last is the last there.
func TestMergeAgain(t *testing.T) {
	_, short := stores(t)
	out := filepath.Join(t.TempDir(), "out.db")
	m := mergeOf(t, out, short.path)
	if m.Counts.Crawls != 3 || m.Counts.Assessments != 1 || m.Counts.again != 2 {
		t.Errorf("%+v", m.Counts)
	}
	storeAt(t, out, func(db *DB) {
		want, err := short.Record(t.Context(), "org/model")
		if err != nil {
			t.Fatal(err)
		}
		got, err := db.Record(t.Context(), "org/model")
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%v\n%s", err, diff)
		}
		var references int
		if err := db.sql.QueryRow(`SELECT count(same_as) FROM crawls`).Scan(&references); err != nil ||
			references != 2 {
			t.Errorf("%d references, %v", references, err)
		}
		before, _, err := short.Lookup(t.Context(), want.Documents[0].URL)
		if err != nil {
			t.Fatal(err)
		}
		after, _, err := db.Lookup(t.Context(), want.Documents[0].URL)
		if diff := cmp.Diff(before, after); err != nil || diff != "" {
			t.Errorf("%v\n%s", err, diff)
		}
	})
	if m := mergeOf(t, out, short.path); m.Changed() {
		t.Errorf("merged again, added %+v", m.Added)
	}
}

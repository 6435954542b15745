package data

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"openness/audit"
	"openness/rubric"
)

// asked gives the rows of a query as text, columns first.
func asked(t *testing.T, db *DB, query string) [][]any {
	t.Helper()
	var rows [][]any
	err := db.Query(t.Context(), query, func([]string) error { return nil }, func(row []any) error {
		rows = append(rows, slices.Clone(row))
		return nil
	})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return rows
}

// TestViewsHaveTheirColumns: each view gives the columns that it is said to have.
func TestViewsHaveTheirColumns(t *testing.T) {
	db, err := OpenSnapshotStore(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, v := range Views() {
		var want []string
		for _, c := range v.Columns {
			want = append(want, c.Name)
		}
		err := db.Query(t.Context(), "SELECT * FROM "+v.Name, func(got []string) error {
			if !slices.Equal(got, want) {
				t.Errorf("%s has the columns %q, not %q", v.Name, got, want)
			}
			return nil
		}, func([]any) error { return nil })
		if err != nil {
			t.Errorf("%s: %v", v.Name, err)
		}
	}
	if n := asked(t, db, `SELECT count(*), count(DISTINCT model) FROM models`)[0]; n[0] != n[1] || n[0].(int64) < 50 {
		t.Errorf("models of the snapshot: %v", n)
	}
	if n := asked(t, db, `SELECT count(*) FROM licences WHERE component = 'weights' AND openness IS NOT NULL`)[0][0].(int64); n < 20 {
		t.Errorf("%d licences of weights", n)
	}
}

func TestViewsShowTheLatest(t *testing.T) {
	file := filepath.Join(t.TempDir(), "o.db")
	db, err := Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	s := audit.Subject{ID: "acme/quokka", Target: "acme/quokka", Name: "Quokka", Organisation: "acme"}
	at := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	for i, class := range []rubric.Class{rubric.Closed, rubric.Partial} {
		when := at.AddDate(0, 0, i)
		if err := db.SaveRecord(t.Context(), audit.Record{Subject: s}, "test", when); err != nil {
			t.Fatal(err)
		}
		a := rubric.Assessment{Rubric: rubric.Ref{ID: "r", Version: "1", SHA256: "x"},
			Judgements: []rubric.Judgement{{Dimension: "d", Class: class, Origin: rubric.FromRule}}}
		if err := db.SaveAssessments(t.Context(), s, []rubric.Assessment{a}, "test", when); err != nil {
			t.Fatal(err)
		}
	}
	query := func() []any {
		reading, err := OpenToQuery(t.Context(), file)
		if err != nil {
			t.Fatal(err)
		}
		defer reading.Close()
		rows := asked(t, reading, `SELECT class, rule_class, origin, count(*) OVER () FROM judgements`)
		if len(rows) != 1 {
			t.Fatalf("%d judgements", len(rows))
		}
		return rows[0]
	}
	if got := query(); !slices.Equal(got, []any{"partial", "partial", "rule", int64(1)}) {
		t.Errorf("after two audits: %v", got)
	}
	if err := db.AddReview(t.Context(), rubric.Review{Model: "acme/quokka", Dimension: "d", Class: rubric.Open,
		Reason: "seen", By: "A", At: at}); err != nil {
		t.Fatal(err)
	}
	if got := query(); !slices.Equal(got, []any{"open", "partial", "review", int64(1)}) {
		t.Errorf("after a review: %v", got)
	}
	db.Close()
}

// TestQueryWritesNothing: nothing that writes, attaches or sets is run, alone or
// behind a query that reads, and the file stays as it is.
func TestQueryWritesNothing(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "o.db")
	db, err := Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	snapshot, err := OpenSnapshotStore(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Close()
	reading, err := OpenToQuery(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	defer reading.Close()
	for _, q := range []string{"DELETE FROM main.subjects", "INSERT INTO subjects VALUES (1, 'a', 'b')",
		"DROP TABLE main.crawls", "CREATE TABLE x (y)",
		"CREATE TEMP TABLE x (y)", "UPDATE main.crawls SET name = 'x'", "ATTACH '" + filepath.Join(folder, "x.db") +
			"' AS x", "VACUUM INTO '" + filepath.Join(folder, "y.db") + "'",
		"PRAGMA journal_mode = DELETE", "PRAGMA writable_schema = 1", "PRAGMA query_only = 0",
		"SELECT 1; DELETE FROM main.subjects", "BEGIN IMMEDIATE",
		"SELECT load_extension('x')", "WITH x AS (SELECT 1) DELETE FROM main.subjects", "REINDEX", "DROP VIEW models"} {
		for name, db := range map[string]*DB{"file": reading, "snapshot": snapshot} {
			err := db.Query(t.Context(), q, func([]string) error { return nil }, func([]any) error { return nil })
			refused := errors.Is(err, ErrWrites) || errors.Is(err, ErrQueries)
			if err == nil || !refused && !strings.Contains(q, "load_extension") {
				t.Errorf("%s: %s: %v", name, q, err)
			}
		}
	}
	after, err := os.ReadFile(file)
	if err != nil || string(before) != string(after) {
		t.Errorf("the file was changed: %v", err)
	}
	for _, made := range []string{"x.db", "y.db"} {
		if _, err := os.Stat(filepath.Join(folder, made)); err == nil {
			t.Errorf("%s was made", made)
		}
	}
	if n := asked(t, snapshot, "SELECT count(*) FROM subjects")[0][0].(int64); n < 50 {
		t.Errorf("%d subjects are left", n)
	}
}

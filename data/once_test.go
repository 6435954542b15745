package data

import (
	"fmt"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"openness/audit"
	"openness/rubric"
)

// unheard is a crawl of a model of which nothing could be had, and what follows.
func unheard(id, why string) (audit.Record, rubric.Assessment) {
	r := record(id, "")
	r.Subject.Name = "Model"
	r.Observer = "build"
	for i := range r.Documents {
		d := &r.Documents[i]
		d.Status, d.Outcome, d.Detail = 0, audit.Failed, why
		d.Body, d.SHA256, d.ETag, d.Modified, d.ContentType, d.Revision = nil, "", "", "", "", ""
	}
	for i := range r.Observations {
		r.Observations[i] = audit.From(&r.Documents[i%3], r.Observations[i].Fact, audit.NotFetched, why)
	}
	a := judgedBy(r.Observations)
	a.Judgements[0].Class, a.Judgements[0].Reason = rubric.Undetermined, "It could not be had: "+why
	return r, a
}

// TestUnquotedOnce: what quotes nothing is written once for all models, and each is
// told as if it were its own, also from a store that others were merged into.
func TestUnquotedOnce(t *testing.T) {
	folder := t.TempDir()
	paths := []string{filepath.Join(folder, "a.db"), filepath.Join(folder, "b.db")}
	type expected struct {
		record     audit.Record
		assessment rubric.Assessment
	}
	want := make(map[string]expected)
	for k, path := range paths {
		storeAt(t, path, func(db *DB) {
			for i, why := range []string{"down", "down", "refused", "down"} {
				r, a := unheard(fmt.Sprintf("org/model-%d-%d", k, i), why)
				save(t, db, r)
				if err := db.SaveAssessments(t.Context(), r.Subject, []rubric.Assessment{a}, "test", t0); err != nil {
					t.Fatal(err)
				}
				want[r.Subject.ID] = expected{r, a}
			}
		})
	}
	out := filepath.Join(folder, "out.db")
	mergeOf(t, out, paths...)
	for _, path := range append(paths, out) {
		storeAt(t, path, func(db *DB) {
			counted(t, db, map[string]int{"observations": 2 * 4, "judgements": 2, "once": 4})
			for _, s := range subjectsIn(t, db) {
				w := want[s]
				got, err := db.Record(t.Context(), s)
				if err != nil || !reflect.DeepEqual(got, withoutBodies(w.record)) {
					t.Errorf("%s: %v\n%+v, want\n%+v", s, err, got, withoutBodies(w.record))
				}
				history, err := db.History(t.Context(), s)
				if err != nil || len(history) != 1 || len(history[0].Assessments) != 1 ||
					history[0].Assessments[0].Classes[0].Class != rubric.Undetermined {
					t.Errorf("%s: history %+v, %v", s, history, err)
				}
			}
		})
		storeAt(t, path, func(db *DB) { // Query leaves its views on a connection
			for s, w := range want {
				if path != out && len(asked(t, db, `SELECT model FROM models WHERE model = '`+s+`'`)) == 0 {
					continue
				}
				evidence := asked(t, db, `SELECT url FROM evidence WHERE model = '`+s+`' AND fact = 'weights.end.published'`)
				if len(evidence) != 1 || evidence[0][0] != w.record.Documents[0].URL {
					t.Errorf("%s: evidence %v", s, evidence)
				}
				said := asked(t, db, `SELECT reason FROM judgements WHERE model = '`+s+`'`)
				if len(said) != 1 || said[0][0] != w.assessment.Judgements[0].Reason {
					t.Errorf("%s: judgements %v", s, said)
				}
			}
		})
	}
}

// TestUnquotedAgain: a second look at what had the rows of another model refers to
// these, and what quotes something is its own.
func TestUnquotedAgain(t *testing.T) {
	db := openTest(t)
	first, _ := unheard("org/first", "down")
	save(t, db, first)
	second, assessment := unheard("org/second", "down")
	save(t, db, second)
	now := t0.Add(time.Hour)
	look := second
	look.Observations = nil
	if again, err := db.SaveAgain(t.Context(), &look, "test", now); err != nil || !again {
		t.Fatalf("again %v, %v", again, err)
	}
	if !reflect.DeepEqual(look.Observations, second.Observations) {
		t.Errorf("observations\n%+v, want\n%+v", look.Observations, second.Observations)
	}
	for range 2 {
		if err := db.SaveAssessments(t.Context(), second.Subject, []rubric.Assessment{assessment}, "test",
			now); err != nil {
			t.Fatal(err)
		}
	}
	counted(t, db, map[string]int{"observations": 4, "judgements": 1, "assessments": 1, "assessments_again": 1})
	for _, id := range []string{"org/quoted", "org/quoted-too"} {
		save(t, db, record(id, ""))
	}
	counted(t, db, map[string]int{"observations": 12})
}

func counted(t *testing.T, db *DB, rows map[string]int) {
	t.Helper()
	for table, want := range rows {
		var n int
		if err := db.sql.QueryRow("SELECT count(*) FROM main." + table).Scan(&n); err != nil || n != want {
			t.Errorf("%s: %d rows, want %d (%v)", table, n, want, err)
		}
	}
}

func subjectsIn(t *testing.T, db *DB) (ids []string) {
	t.Helper()
	subjects, err := db.Subjects(t.Context())
	if err != nil || len(subjects) == 0 {
		t.Fatal(len(subjects), err)
	}
	for _, s := range subjects {
		ids = append(ids, s.ID)
	}
	return ids
}

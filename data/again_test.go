package data

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"openness/audit"
	"openness/rubric"
)

// later is a crawl that found what the record of the fixture found, so many days
// later: the card had not changed, and the rest was answered as before.
func later(days int) audit.Record {
	r := record("org/model", "")
	at := t0.AddDate(0, 0, days)
	for i := range r.Documents {
		r.Documents[i].RetrievedAt = at.Add(time.Duration(i) * time.Millisecond)
	}
	if days > 0 {
		r.Documents[0].Outcome, r.Documents[0].Status = audit.NotModified, 304
	}
	for i := range r.Observations[:3] {
		cites(&r.Observations[i], &r.Documents[i])
	}
	r.Observer = "build"
	return r
}

// stores gives two databases with the same three crawls: one that writes each in
// full, and one that may write references.
func stores(t *testing.T) (full, short *DB) {
	full, short = openTest(t), openTest(t)
	ctx := t.Context()
	for days := range 3 {
		r := later(days)
		at := t0.AddDate(0, 0, days)
		for _, db := range []*DB{full, short} {
			for _, d := range r.Documents {
				if d.Outcome.Looked() {
					if err := db.Keep(ctx, d); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
		if err := full.SaveRecord(ctx, r, "test", at); err != nil {
			t.Fatal(err)
		}
		r.Observations = nil
		again, err := short.SaveAgain(ctx, &r, "test", at)
		if err != nil || again != (days > 0) {
			t.Fatalf("day %d: again %v, %v", days, again, err)
		}
		if !again {
			r.Observations = later(days).Observations
			if err := short.SaveRecord(ctx, r, "test", at); err != nil {
				t.Fatal(err)
			}
		}
		if want := later(days); !reflect.DeepEqual(r.Observations, want.Observations) {
			t.Errorf("day %d: observations\n%+v, want\n%+v", days, r.Observations, want.Observations)
		}
		for _, db := range []*DB{full, short} {
			if err := db.SaveAssessments(ctx, r.Subject, []rubric.Assessment{judgedBy(r.Observations)}, "test",
				at); err != nil {
				t.Fatal(err)
			}
		}
	}
	return full, short
}

func judgedBy(observations []audit.Observation) rubric.Assessment {
	return rubric.Assessment{Rubric: rubric.Ref{ID: "r", Version: "1", SHA256: "00"}, Score: rubric.Score{Strict: 1,
		Max: 1, Percent: 100, Coverage: 1},
		Judgements: []rubric.Judgement{{Dimension: "weights", Class: rubric.Open, Reason: "published", Origin: "rule",
			Observations: observations[:1]}}}
}

// TestSaveAgain: a store whose later crawls are references tells what one tells
// that wrote each of them.
func TestSaveAgain(t *testing.T) {
	full, short := stores(t)
	ctx := t.Context()
	for table, want := range map[string]int{"crawls": 3, "observations": 4, "places": 1, "crawl_documents": 3,
		"fetches": 3, "readings": 1,
		"assessments": 1, "assessments_again": 2, "looks": 2} {
		var n int
		if err := short.sql.QueryRow("SELECT count(*) FROM " + table).Scan(&n); err != nil || n != want {
			t.Errorf("%s: %d rows, want %d (%v)", table, n, want, err)
		}
	}
	for name, ask := range map[string]func(*DB) (any, error){
		"record": func(db *DB) (any, error) { return db.Record(ctx, "org/model") },
		"first":  func(db *DB) (any, error) { return db.RecordAt(ctx, "org/model", t0.Add(time.Hour)) },
		"second": func(db *DB) (any, error) {
			return db.RecordAt(ctx, "org/model", t0.AddDate(0, 0, 1).Add(time.Hour))
		},
		"history":  func(db *DB) (any, error) { return db.History(ctx, "org/model") },
		"verify":   func(db *DB) (any, error) { return db.Verify(ctx, "org/model") },
		"subjects": func(db *DB) (any, error) { return db.Subjects(ctx) },
		"models":   func(db *DB) (any, error) { return db.modelsUsing(ctx, later(0).Documents[0].SHA256) },
		"crawled":  func(db *DB) (any, error) { return db.CrawledAt(ctx) },
		"marks":    func(db *DB) (any, error) { return db.Marks(ctx) },
		"lookup": func(db *DB) (any, error) {
			d, found, err := db.Lookup(ctx, later(0).Documents[0].URL)
			return []any{d, found}, err
		},
		"earlier": func(db *DB) (any, error) { return db.Earlier(ctx, later(0).Documents[0]) },
		"digests": func(db *DB) (any, error) {
			var list []string
			err := db.EachDigest(ctx, true, func(d *audit.Digest) error {
				list = append(list, fmt.Sprintf("%+v", *d))
				return nil
			})
			return list, err
		},
		"snapshot": func(db *DB) (any, error) {
			var out bytes.Buffer
			_, err := db.WriteSnapshot(ctx, &out)
			return out.Bytes(), err
		},
	} {
		want, err := ask(full)
		if err != nil {
			t.Fatal(err)
		}
		got, err := ask(short)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v\n%+v, want\n%+v", name, err, got, want)
		}
	}
}

// TestSaveAgainPacked: packed readings that are lost are made anew for a crawl
// that refers to another one, once.
func TestSaveAgainPacked(t *testing.T) {
	_, db := stores(t)
	if _, err := db.sql.Exec(`DELETE FROM readings`); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		read := 0
		err := db.EachDigest(t.Context(), false, func(d *audit.Digest) error {
			read += len(d.Readings)
			return nil
		})
		var rows int
		if err := db.sql.QueryRow(`SELECT count(*) FROM readings`).Scan(&rows); err != nil {
			t.Fatal(err)
		}
		if err != nil || read != 4 || rows != 1 {
			t.Errorf("%d readings, %d rows, %v", read, rows, err)
		}
	}
}

// TestNotAgain: whatever is different is written in full.
func TestNotAgain(t *testing.T) {
	for name, change := range map[string]func(*audit.Record){
		"nothing":          func(*audit.Record) {},
		"another build":    func(r *audit.Record) { r.Observer = "other" },
		"no build":         func(r *audit.Record) { r.Observer = "" },
		"a name":           func(r *audit.Record) { r.Subject.Name = "Other" },
		"a base":           func(r *audit.Record) { r.Subject.Base = "" },
		"a reason":         func(r *audit.Record) { r.Subject.Places[0].Reason = "found" },
		"a place":          func(r *audit.Record) { r.Subject.Places = append(r.Subject.Places, r.Subject.Places[0]) },
		"bytes":            func(r *audit.Record) { r.Documents[0] = document(r.Documents[0].URL, "other") },
		"a revision":       func(r *audit.Record) { r.Documents[0].Revision = "def" },
		"gone":             func(r *audit.Record) { r.Documents[0].Outcome, r.Documents[0].SHA256 = audit.Absent, "" },
		"there":            func(r *audit.Record) { r.Documents[1] = document(r.Documents[1].URL, "MIT") },
		"another refusal":  func(r *audit.Record) { r.Documents[2].Status = 401 },
		"a document fewer": func(r *audit.Record) { r.Documents = r.Documents[:2] },
		"another order":    func(r *audit.Record) { slices.Reverse(r.Documents) },
		"stale":            func(r *audit.Record) { r.Documents[0].StaleSince = t0 },
		"withdrawn":        func(r *audit.Record) { r.Documents[1].LastSeen = t0 },
		"a role":           func(r *audit.Record) { r.Documents[0].Role = audit.RoleBase },
	} {
		t.Run(name, func(t *testing.T) {
			db := openTest(t)
			if err := db.SaveRecord(t.Context(), later(0), "test", t0); err != nil {
				t.Fatal(err)
			}
			r := later(1)
			change(&r)
			again, err := db.SaveAgain(t.Context(), &r, "test", t0.AddDate(0, 0, 1))
			if err != nil || again != (name == "nothing") {
				t.Errorf("again %v, %v", again, err)
			}
		})
	}
}

// TestLooks: an answer that comes and goes keeps its order, and the dates of a
// failure that is over do not count again.
func TestLooks(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	day := func(n int) time.Time { return t0.AddDate(0, 0, n).UTC() }
	keep := func(d audit.Document, n int) {
		t.Helper()
		d.RetrievedAt = day(n)
		if err := db.Keep(ctx, d); err != nil {
			t.Fatal(err)
		}
	}
	there := document("https://hub.example/card", "# Card")
	gone := there
	gone.Outcome, gone.Status, gone.SHA256, gone.Body, gone.ETag = audit.Absent, 404, "", nil, ""
	for n, d := range []audit.Document{there, there, gone, gone, there, there, gone, gone} {
		keep(d, n)
	}
	var rows int
	if err := db.sql.QueryRow(`SELECT count(*) FROM fetches`).Scan(&rows); err != nil || rows != 4 {
		t.Errorf("%d rows, want 4 (%v)", rows, err)
	}
	e, err := db.Earlier(ctx, there)
	if err != nil || !e.Look.RetrievedAt.Equal(day(7)) || !e.Seen.Equal(day(5)) || !e.MissedSince.Equal(day(6)) {
		t.Errorf("%+v, %v", e, err)
	}
	for at, want := range map[int]int{0: 0, 1: 1, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7, 100: 7} {
		d, found, err := db.AsOf(ctx, there.URL, day(-1), day(at))
		if err != nil || !found || !d.RetrievedAt.Equal(day(want)) || (d.SHA256 == "") != (want%4 > 1) {
			t.Errorf("as of day %d: %s of %s, %v, %v", at, d.Outcome, d.RetrievedAt, found, err)
		}
	}
	keep(gone, 20) // what holds before and after a date holds at it
	if d, found, err := db.AsOf(ctx, there.URL, day(10), day(12)); err != nil || !found || d.Outcome != audit.Absent {
		t.Errorf("between two looks: %+v, %v, %v", d, found, err)
	}
	var told []string
	if err := db.EachFetch(ctx, func(d audit.Document) error {
		told = append(told, fmt.Sprint(d.Outcome, " ", int(d.RetrievedAt.Sub(t0).Hours()/24)))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if want := []string{"fetched 0", "fetched 1", "absent 2", "absent 3", "fetched 4", "fetched 5", "absent 6",
		"absent 20"}; !slices.Equal(told, want) {
		t.Errorf("%q, want %q", told, want)
	}
}

// TestLooksOfFailures: a source that failed, came back unchanged and fails again
// fails since the second time.
func TestLooksOfFailures(t *testing.T) {
	db := openTest(t)
	for n, stale := range []bool{false, true, false, true} {
		r := later(n)
		d := &r.Documents[0]
		if stale {
			e, err := db.Earlier(t.Context(), *d)
			if err != nil || !e.FailingSince.IsZero() {
				t.Fatalf("day %d: failing since %s, %v", n, e.FailingSince, err)
			}
			*d = e.Look
			d.Role, d.StaleSince, d.StaleWhy = audit.RoleEnd, t0.AddDate(0, 0, n), "the server fails"
		} else if err := db.Keep(t.Context(), *d); err != nil {
			t.Fatal(err)
		}
		cites(&r.Observations[0], d)
		if err := db.SaveRecord(t.Context(), r, "test", t0.AddDate(0, 0, n)); err != nil {
			t.Fatal(err)
		}
		if got, err := db.Record(t.Context(), "org/model"); err != nil ||
			!got.Documents[0].RetrievedAt.Equal(d.RetrievedAt) {
			t.Errorf("day %d: retrieved at %s, want %s (%v)", n, got.Documents[0].RetrievedAt, d.RetrievedAt, err)
		}
	}
	if e, err := db.Earlier(t.Context(), later(5).Documents[0]); err != nil ||
		!e.FailingSince.Equal(t0.AddDate(0, 0, 3)) {
		t.Errorf("failing since %s, %v", e.FailingSince, err)
	}
}

// TestViewsAgain: the views show a crawl that refers to another one like that one,
// with the time of its own look.
func TestViewsAgain(t *testing.T) {
	_, db := stores(t)
	for _, v := range Views() {
		want := map[string]int{"models": 1, "scores": 1, "judgements": 1, "evidence": 4, "licences": 0, "sources": 3}
		var n int
		if err := db.sql.QueryRow("SELECT count(*) FROM (" + v.SQL + ")").Scan(&n); err != nil {
			t.Errorf("%s: %v", v.Name, err)
		}
		if rows, known := want[v.Name]; known && n != rows {
			t.Errorf("%s: %d rows, want %d", v.Name, n, rows)
		}
		if v.Name != "sources" {
			continue
		}
		var at, outcome string
		err := db.sql.QueryRow("SELECT retrieved_at, outcome FROM ("+v.SQL+") WHERE kind = 'model_card'").Scan(&at,
			&outcome)
		if err != nil || at != "2026-06-03T12:00:00.123Z" || outcome != "not_modified" {
			t.Errorf("the card: %s at %s, %v", outcome, at, err)
		}
	}
}

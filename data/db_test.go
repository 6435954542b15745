package data

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"openness/audit"
)

// t0 is the fixed clock of the tests.
var t0 = time.Date(2026, 6, 1, 12, 0, 0, 123456789, time.UTC)

func openTest(t testing.TB) *DB {
	t.Helper()
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "openness.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// document makes a fetched document with its bytes.
func document(url, body string) audit.Document {
	return audit.Document{URL: url, Kind: audit.DocModelCard, Place: audit.HubModel, PlaceID: "org/model",
		Role: audit.RoleEnd,
		Path: "README.md", Revision: "abc", RetrievedAt: t0, Status: 200, Outcome: audit.Fetched,
		ContentType: "text/plain",
		ETag:        `"e1"`, Modified: "Mon, 01 Jun 2026 12:00:00 GMT", SHA256: audit.Hash([]byte(body)),
		Body: []byte(body)}
}

// record is a small crawl of one subject: a card, an absent file, a lost one.
func record(id, label string) audit.Record {
	card := document("https://hub.example/"+id+"/README.md", "# "+id+"\nWeights: here. "+label+"\n")
	absent := audit.Document{URL: "https://hub.example/" + id + "/LICENSE", Kind: audit.DocLicense,
		Place: audit.HubModel, PlaceID: id,
		Role: audit.RoleEnd, Path: "LICENSE", RetrievedAt: t0, Status: 404, Outcome: audit.Absent}
	lost := audit.Document{URL: "https://code.example/" + id, Kind: audit.DocTree, Place: audit.GitHubRepo, PlaceID: id,
		Role: audit.RoleCode, RetrievedAt: t0, Status: 429, Outcome: audit.Refused, Detail: "rate limit", Partial: true}
	r := audit.Record{
		Subject: audit.Subject{ID: id, Label: label, Target: id, Name: "Model " + id, Organisation: "org",
			Base: "org/base", Places: []audit.Place{
				{Kind: audit.HubModel, Role: audit.RoleEnd, ID: id, URL: "https://hub.example/" + id, Reason: "given",
					Given: true}}},
		Documents: []audit.Document{card, absent, lost},
	}
	start := len("# " + id + "\n")
	r.Observations = []audit.Observation{
		audit.Observe(&r.Documents[0], "weights.end.published", "true",
			audit.Span{Start: start, End: start + len("Weights: here.")}, "the card says so"),
		audit.From(&r.Documents[1], "license.weights.id", audit.NotThere, "no licence file"),
		audit.From(&r.Documents[2], "code.repository", audit.Denied, "rate limit"),
		{Fact: "paper.preprint", Finding: audit.NotFetched, URL: "https://papers.example/never-asked",
			Note: "not looked at", Role: audit.RolePaper},
	}
	return r
}

func withoutBodies(r audit.Record) audit.Record {
	documents := make([]audit.Document, len(r.Documents))
	for i, d := range r.Documents {
		d.Size, d.Body = len(d.Body), nil
		documents[i] = d
	}
	r.Documents = documents
	return r
}

func save(t testing.TB, db *DB, r audit.Record) {
	t.Helper()
	if err := db.SaveRecord(t.Context(), r, "test", t0); err != nil {
		t.Fatal(err)
	}
}

func TestRecordRoundTrip(t *testing.T) {
	db := openTest(t)
	saved := record("org/model", "")
	save(t, db, saved)
	save(t, db, record("org/other", ""))
	got, err := db.Record(t.Context(), "org/model")
	if err != nil {
		t.Fatal(err)
	}
	if want := withoutBodies(saved); !reflect.DeepEqual(got, want) {
		t.Errorf("record read back differs:\n got %+v\nwant %+v", got, want)
	}
	body, err := db.Body(t.Context(), saved.Documents[0].SHA256)
	if err != nil || string(body) != string(saved.Documents[0].Body) {
		t.Errorf("body = %q, %v", body, err)
	}
	if _, err := db.Body(t.Context(), audit.Hash([]byte("never stored"))); !errors.Is(err, ErrNotFound) {
		t.Errorf("unknown body: %v", err)
	}
}

func TestHistoryIsKept(t *testing.T) {
	db := openTest(t)
	save(t, db, record("org/model", ""))
	second := record("org/model", "")
	second.Observations = second.Observations[:1]
	second.Subject.Name = "Renamed"
	save(t, db, second)
	got, err := db.Record(t.Context(), "org/model")
	if err != nil || len(got.Observations) != 1 || got.Subject.Name != "Renamed" {
		t.Errorf("latest = %d observations of %q, %v", len(got.Observations), got.Subject.Name, err)
	}
	for query, want := range map[string]int{
		"SELECT count(*) FROM crawls":       2,
		"SELECT count(*) FROM observations": 5,
		"SELECT count(*) FROM bodies":       1, // the same bytes once
		"SELECT count(*) FROM fetches":      3, // the same answers, used twice
		"SELECT count(*) FROM subjects":     1,
	} {
		var n int
		if err := db.sql.QueryRowContext(t.Context(), query).Scan(&n); err != nil || n != want {
			t.Errorf("%s = %d, want %d (%v)", query, n, want, err)
		}
	}
}

func TestKeepAndLookup(t *testing.T) {
	db := openTest(t)
	ctx := t.Context()
	if _, found, err := db.Lookup(ctx, "https://hub.example/a"); found || err != nil {
		t.Fatalf("empty cache: found %v, %v", found, err)
	}
	good := document("https://hub.example/a", "hello")
	failed := good
	failed.Outcome, failed.Status, failed.Body, failed.SHA256 = audit.Failed, 503, nil, ""
	for _, d := range []audit.Document{good, failed} {
		if err := db.Keep(ctx, d); err != nil {
			t.Fatal(err)
		}
	}
	got, found, err := db.Lookup(ctx, good.URL)
	if err != nil || !found {
		t.Fatal(found, err)
	}
	want := good
	want.Role, want.Size = "", len(good.Body)
	if !reflect.DeepEqual(got, want) {
		t.Errorf("a failure hides the last good answer:\n got %+v\nwant %+v", got, want)
	}
	empty := document("https://hub.example/empty", "")
	if err := db.Keep(ctx, empty); err != nil {
		t.Fatal(err)
	}
	if got, found, err := db.Lookup(ctx, empty.URL); err != nil || !found || got.SHA256 != empty.SHA256 {
		t.Errorf("empty document: %+v, %v, %v", got, found, err)
	}
	lying := document("https://hub.example/b", "hello")
	lying.SHA256 = audit.Hash([]byte("other"))
	if err := db.Keep(ctx, lying); err == nil {
		t.Error("a document whose hash is not that of its bytes was stored")
	}
}

func TestMisquotesAreRefused(t *testing.T) {
	db := openTest(t)
	r := record("org/model", "")
	r.Observations[0].Quote = "Weights: elsewhere."
	if err := db.SaveRecord(t.Context(), r, "test", t0); err == nil {
		t.Error("a quote that is not in the document was stored")
	}
	r = record("org/model", "")
	r.Observations[0].URL = "https://elsewhere.example"
	if err := db.SaveRecord(t.Context(), r, "test", t0); err == nil {
		t.Error("an observation of no stored document was stored")
	}
	if _, err := db.Record(t.Context(), "org/model"); !errors.Is(err, ErrNotFound) {
		t.Errorf("a refused record left something behind: %v", err)
	}
}

func TestNames(t *testing.T) {
	db := openTest(t)
	save(t, db, record("org/model", "First"))
	save(t, db, record("org/model", "Second"))
	save(t, db, record("other/solo", ""))
	for name, want := range map[string]string{
		"org/model#First": "First", "Second": "Second", "second": "Second", "other/solo": "", "solo": "",
		"Model other/solo": "",
	} {
		if r, err := db.Record(t.Context(), name); err != nil || r.Subject.Label != want {
			t.Errorf("%q gives label %q, %v; want %q", name, r.Subject.Label, err, want)
		}
	}
	_, err := db.Record(t.Context(), "org/model")
	if !errors.Is(err, ErrAmbiguous) ||
		err.Error() != `model "org/model": ambiguous, say which: "org/model#First", "org/model#Second"` {
		t.Errorf("ambiguous name: %v", err)
	}
	if _, err := db.Record(t.Context(), "nobody/nothing"); !errors.Is(err, ErrNotFound) {
		t.Errorf("unknown name: %v", err)
	}
	subjects, err := db.Subjects(t.Context())
	if err != nil || len(subjects) != 3 || Key(subjects[1]) != "org/model#Second" || len(subjects[2].Places) != 1 {
		t.Errorf("subjects = %+v, %v", subjects, err)
	}
}

// TestKeysWithMarks: a "#" may be part of an id, and then a key may be that of
// two subjects; it stands for neither.
func TestKeysWithMarks(t *testing.T) {
	db := openTest(t)
	for _, s := range [][2]string{{"org/c#", "1"}, {"org/c#", "2"}, {"org/f#", ""}, {"org/twin#a", "b"},
		{"org/twin", "a#b"}} {
		save(t, db, record(s[0], s[1]))
	}
	for key, want := range map[string][2]string{"org/c##1": {"org/c#", "1"}, "org/c##2": {"org/c#", "2"},
		"org/f#": {"org/f#", ""}} {
		if r, err := db.Record(t.Context(), key); err != nil || r.Subject.ID != want[0] || r.Subject.Label != want[1] {
			t.Errorf("%q gives %q and label %q, %v; want %q", key, r.Subject.ID, r.Subject.Label, err, want)
		}
	}
	if _, err := db.Record(t.Context(), "org/twin#a#b"); !errors.Is(err, ErrAmbiguous) {
		t.Errorf("the key of two subjects: %v", err)
	}
}

func TestEachRecordGivesTheLatestOfEach(t *testing.T) {
	db := openTest(t)
	for _, id := range []string{"a/a", "b/b", "a/a", "c/c"} {
		save(t, db, record(id, ""))
	}
	var seen []string
	err := db.EachRecord(t.Context(), func(s audit.Subject, o []audit.Observation) error {
		if len(o) != 4 || o[0].SHA256 == "" || o[3].URL != "https://papers.example/never-asked" {
			t.Errorf("%s: observations %+v", s.ID, o)
		}
		seen = append(seen, s.ID)
		return nil
	})
	if want := []string{"b/b", "a/a", "c/c"}; err != nil || !reflect.DeepEqual(seen, want) {
		t.Errorf("saw %v, %v; want %v", seen, err, want)
	}
	stop := errors.New("stop")
	if err := db.EachRecord(t.Context(), func(audit.Subject, []audit.Observation) error {
		return stop
	}); !errors.Is(err, stop) {
		t.Errorf("error of the callback: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := db.EachRecord(ctx, func(audit.Subject, []audit.Observation) error {
		return nil
	}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

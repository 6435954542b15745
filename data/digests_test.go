package data

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"openness/audit"
	"openness/rubric"
)

// snapshotStore is a database that can be written to, with the models of the snapshot.
func snapshotStore(t *testing.T) *DB {
	t.Helper()
	db, err := OpenScratch(t.Context(), t.TempDir()+"/s.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := db.LoadSnapshot(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}

func copied(d *audit.Digest) audit.Digest {
	c := *d
	c.Readings = slices.Clone(d.Readings)
	for i := range c.Readings {
		c.Readings[i].Value = strings.Clone(c.Readings[i].Value)
	}
	return c
}

// A packed row tells what the observations tell, and gives the same judgements.
func TestEachDigest(t *testing.T) {
	db := snapshotStore(t)
	var records []audit.Record
	err := db.EachFullRecord(t.Context(), func(r audit.Record) error {
		records = append(records, r)
		return nil
	})
	if err != nil || len(records) < 20 {
		t.Fatalf("%d records, %v", len(records), err)
	}
	n := 0
	err = db.EachDigest(t.Context(), true, func(d *audit.Digest) error {
		want := audit.DigestOf(&records[n])
		if !reflect.DeepEqual(*d, want) {
			t.Fatalf("%s: packed\n%+v\nobserved\n%+v", d.Subject.ID, *d, want)
		}
		for _, r := range rubric.Builtin() {
			sameJudgements(t, r.JudgeReadings(d.Readings), r.Judge(records[n].Observations))
		}
		n++
		return nil
	})
	if err != nil || n != len(records) {
		t.Fatalf("%d digests of %d records, %v", n, len(records), err)
	}
}

// sameJudgements compares all but what texts alone tell: what a threshold counts, which stands behind its number.
func sameJudgements(t *testing.T, packed, observed rubric.Assessment) {
	t.Helper()
	for i := range observed.Judgements {
		j := &observed.Judgements[i]
		for _, o := range j.Observations {
			if unit := o.Counts(); unit != "" {
				j.Reason = strings.Replace(j.Reason, o.Value+" "+unit, o.Value, 1)
			}
		}
		j.Observations = nil
	}
	if packed.Score != observed.Score || !reflect.DeepEqual(packed.Judgements, observed.Judgements) ||
		!reflect.DeepEqual(packed.Verdict, observed.Verdict) {
		t.Fatalf("packed\n%+v\nobserved\n%+v", packed, observed)
	}
}

// Crawls of before there were packed rows are packed when they are first asked
// for; where nothing can be written they are read all the same.
func TestDigestsOfOlderStores(t *testing.T) {
	db := snapshotStore(t)
	read := func() (list []audit.Digest) {
		t.Helper()
		err := db.EachDigest(t.Context(), false, func(d *audit.Digest) error {
			c := copied(d)
			for i := range c.Readings {
				c.Readings[i].URL = "" // the first time it comes along
			}
			list = append(list, c)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	packed := func() (n int) {
		t.Helper()
		if err := db.sql.QueryRow(`SELECT count(*) FROM readings`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	want := read()
	forget := func() {
		t.Helper()
		if _, err := db.sql.Exec(`DELETE FROM readings`); err != nil {
			t.Fatal(err)
		}
	}
	forget()
	embedded := snapshotFile
	snapshotFile = nil // and with it the packed readings that it begins with
	db.builtIn = true  // refuses to be written to
	if got := read(); !reflect.DeepEqual(got, want) || packed() != 0 {
		t.Errorf("read-only: %d of %d digests are the same, %d packed", len(got), len(want), packed())
	}
	db.builtIn, snapshotFile = false, embedded
	if got := read(); !reflect.DeepEqual(got, want) {
		t.Error("older crawls give other digests than packed ones")
	}
	if packed() != len(want) {
		t.Errorf("%d of %d crawls were packed on first use", packed(), len(want))
	}
	if got := read(); !reflect.DeepEqual(got, want) {
		t.Error("crawls packed on first use give other digests than those packed when they were made")
	}
}

// The packed readings that the built-in snapshot begins with are those of its
// records, and reading them loads no database.
func TestDigestsOfSnapshot(t *testing.T) {
	built, err := OpenOrSnapshot(t.Context(), t.TempDir()+"/none.db")
	if err != nil {
		t.Fatal(err)
	}
	defer built.Close()
	stored := snapshotStore(t)
	for _, addresses := range []bool{false, true} {
		var list []audit.Digest
		err := built.EachDigest(t.Context(), addresses, func(d *audit.Digest) error {
			list = append(list, copied(d))
			return nil
		})
		if err != nil || built.sql.Stats().OpenConnections != 0 {
			t.Fatalf("%d connections were opened, %v", built.sql.Stats().OpenConnections, err)
		}
		err = stored.EachDigest(t.Context(), addresses, func(d *audit.Digest) error {
			if len(list) == 0 || !reflect.DeepEqual(*d, list[0]) {
				t.Fatalf("%s differs: write the snapshot anew (openness export --format snapshot)", d.Subject.ID)
			}
			list = list[1:]
			return nil
		})
		if err != nil || len(list) > 0 {
			t.Fatalf("%d digests of no record, %v", len(list), err)
		}
	}
}

// What an earlier look stands in for is kept with its times.
func TestDigestOfStale(t *testing.T) {
	at := time.Date(2026, 3, 1, 12, 0, 0, 500, time.UTC)
	since := at.Add(24 * time.Hour)
	body := []byte("The weights are public.")
	d := audit.Document{URL: "https://example.org/a", Kind: audit.DocWeb, Place: audit.WebPage,
		PlaceID: "https://example.org/a", Role: audit.RoleVendor, RetrievedAt: at,
		Status: 200, Outcome: audit.Fetched, Body: body, SHA256: audit.Hash(body), StaleSince: since, StaleWhy: "503"}
	r := audit.Record{Subject: audit.Subject{ID: "org/model", Target: "org/model", Name: "model"},
		Documents: []audit.Document{d},
		Observations: []audit.Observation{audit.Observe(&d, "weights.end.published", "true",
			audit.Span{Start: 0, End: 11}, ""),
			{Fact: "no.fact.of.the.table", Finding: audit.NotFetched, Value: "some text",
				URL: "https://example.org/b"}}}
	db := snapshotStore(t)
	if err := db.SaveRecord(context.Background(), r, "test", at); err != nil {
		t.Fatal(err)
	}
	var got audit.Digest
	err := db.EachDigest(t.Context(), true, func(d *audit.Digest) error {
		if d.Subject.ID == "org/model" {
			got = copied(d)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []audit.Reading{
		{Fact: audit.FactAt("weights.end.published"), Finding: audit.Present, Value: "true", Role: audit.RoleVendor,
			URL: d.URL, Quoted: true,
			Stale: &audit.Staleness{Since: since, Read: at}},
		{Fact: -1, Finding: audit.NotFetched, Value: "some text", URL: "https://example.org/b"}}
	if !reflect.DeepEqual(got.Readings, want) || !got.StaleSince.Equal(since) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// A row that was cut or written over is refused, whatever is left of it.
func TestDamagedDigest(t *testing.T) {
	text, err := vocabularyText()
	if err != nil {
		t.Fatal(err)
	}
	v, err := readVocabulary(text)
	if err != nil {
		t.Fatal(err)
	}
	whole := audit.Digest{StaleSince: time.Unix(1, 0), Readings: []audit.Reading{{Fact: 0, Finding: audit.Present,
		Value: "true", Quoted: true},
		{Fact: 1, Finding: audit.Denied, Role: audit.RoleRelated}, {Fact: -1, Finding: audit.NotThere, Value: "text"}}}
	packed, _, err := pack(&whole)
	if err != nil {
		t.Fatal(err)
	}
	for cut := range packed {
		var d audit.Digest
		if err := v.unpack(string(packed[:cut]), nil, &d); err == nil {
			t.Errorf("%d of %d bytes are taken for a whole row", cut, len(packed))
		}
	}
	db := snapshotStore(t)
	if _, err := db.sql.Exec(`UPDATE readings SET packed = x'ffffffffff'`); err != nil {
		t.Fatal(err)
	}
	err = db.EachDigest(t.Context(), false, func(*audit.Digest) error { return nil })
	if !errors.Is(err, errPacked) {
		t.Errorf("damaged rows: %v", err)
	}
}

// What is made of digests on all processors is what is made of them one after another,
// in their order; a damaged row ends it.
func TestDigestsInto(t *testing.T) {
	db, _ := syntheticStore(t, 5*digestsAtOnce+7)
	r := rubric.Builtin()[0]
	for _, addresses := range []bool{false, true} {
		type judged struct {
			digest audit.Digest
			by     rubric.Assessment
		}
		judge := func(d *audit.Digest) judged { return judged{copied(d), r.JudgeReadings(d.Readings)} }
		var want []judged
		err := db.EachDigest(t.Context(), addresses, func(d *audit.Digest) error {
			want = append(want, judge(d))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		got, err := DigestsInto(t.Context(), db, addresses, judge)
		if err != nil || len(got) != len(want) {
			t.Fatalf("%d of %d, %v", len(got), len(want), err)
		}
		for i := range want {
			if !reflect.DeepEqual(got[i].digest, want[i].digest) {
				t.Fatalf("digest %d is %+v, want %+v", i, got[i].digest, want[i].digest)
			}
			sameJudgements(t, got[i].by, want[i].by)
		}
	}
	if _, err := db.sql.Exec(`UPDATE readings SET packed = x'ffffffffff' WHERE crawl = 100`); err != nil {
		t.Fatal(err)
	}
	if _, err := DigestsInto(t.Context(), db, false, func(*audit.Digest) int { return 0 }); !errors.Is(err, errPacked) {
		t.Errorf("a damaged row: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := DigestsInto(ctx, db, false, func(*audit.Digest) int { return 0 }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func FuzzUnpack(f *testing.F) {
	text, err := vocabularyText()
	if err != nil {
		f.Fatal(err)
	}
	v, err := readVocabulary(text)
	if err != nil {
		f.Fatal(err)
	}
	f.Add("\x01\x01\x00\x01\x00\x00", "\x01\x00\x01a")
	f.Fuzz(func(t *testing.T, packed, addresses string) {
		urls, err := unpackAddresses(addresses, nil)
		if err != nil {
			urls = nil
		}
		var d audit.Digest
		if v.unpack(packed, urls, &d) == nil && len(d.Readings) > len(packed) {
			t.Errorf("%d readings out of %d bytes", len(d.Readings), len(packed))
		}
	})
}

// Two programs with tables of other facts and orders read each other's rows.
func TestVocabulary(t *testing.T) {
	v, err := readVocabulary(`[["of.another.table","x","y"],["weights.end.gate","manual","none"]]`)
	if err != nil {
		t.Fatal(err)
	}
	var d audit.Digest
	if err := v.unpack("\x02\x02\x08\x01\x00\x01\x00\x03\x00\x00", nil, &d); err != nil {
		t.Fatal(err)
	}
	want := []audit.Reading{{Fact: audit.FactAt("weights.end.gate"), Finding: audit.Present, Value: "manual",
		Quoted: true}, {Fact: -1, Finding: audit.Present, Value: "y"}}
	if !reflect.DeepEqual(d.Readings, want) {
		t.Errorf("got %+v, want %+v", d.Readings, want)
	}
}

// TestDigestsOfMarkedNames: what a list calls a model may hold the mark that stands
// between what tells of a subject.
func TestDigestsOfMarkedNames(t *testing.T) {
	db := openTest(t)
	for _, label := range []string{"plain", "with" + subjectMark + "a mark", subjectMark, ""} {
		save(t, db, record("org/model", label))
	}
	var want, got []string
	err := db.EachRecord(t.Context(), func(s audit.Subject, _ []audit.Observation) error {
		s.Places = nil
		want = append(want, fmt.Sprintf("%+v", s))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	err = db.EachDigest(t.Context(), false, func(d *audit.Digest) error {
		got = append(got, fmt.Sprintf("%+v", d.Subject))
		return nil
	})
	if err != nil || len(got) != 4 || !slices.Equal(got, want) {
		t.Errorf("%v\n%q, want\n%q", err, got, want)
	}
}

package data

import (
	"testing"
	"time"
)

// TestRecordAt: the latest crawl before a time counts, and the first one where
// none is as old.
func TestRecordAt(t *testing.T) {
	db := openTest(t)
	for i, name := range []string{"first", "second", "third"} {
		r := record("org/model", "")
		r.Subject.Name = name
		if err := db.SaveRecord(t.Context(), r, "test", t0.AddDate(0, i, 0)); err != nil {
			t.Fatal(err)
		}
	}
	for at, want := range map[time.Time]string{
		t0.AddDate(-1, 0, 0): "first", t0: "first", t0.AddDate(0, 0, 1): "first", t0.AddDate(0, 1, 1): "second",
		t0.AddDate(9, 0, 0): "third",
	} {
		if r, err := db.RecordAt(t.Context(), "org/model", at); err != nil || r.Subject.Name != want {
			t.Errorf("at %s: %q, %v; want %q", at.Format(time.DateOnly), r.Subject.Name, err, want)
		}
	}
	if _, err := db.RecordAt(t.Context(), "org/other", t0); err == nil {
		t.Error("a model that is not stored was found")
	}
}

package observe

import (
	"cmp"
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"testing"

	"openness/audit"
)

// TestDump writes every observation of every captured subject to the file that
// OPENNESS_DUMP names: the same bytes before and after a move show that it
// changed nothing. OPENNESS_DUMP_OF takes one subject of so many.
func TestDump(t *testing.T) {
	file := os.Getenv("OPENNESS_DUMP")
	if file == "" {
		t.Skip("OPENNESS_DUMP names no file: there is nothing to write to")
	}
	if _, err := os.Stat(sharedCorpus); err != nil {
		t.Skip("no shared corpus beside the checkout")
	}
	type read struct {
		Subject      string
		Observations []audit.Observation
	}
	var all []read
	of, err := strconv.Atoi(cmp.Or(os.Getenv("OPENNESS_DUMP_OF"), "1"))
	if err != nil || of < 1 {
		t.Fatalf("OPENNESS_DUMP_OF: want a number from 1 (%v)", err)
	}
	seen := 0
	for _, each := range []func(testing.TB, func(audit.Subject, []audit.Document)){eachCard, eachRepository} {
		each(t, func(s audit.Subject, docs []audit.Document) {
			if seen++; seen%of == 0 {
				all = append(all, read{s.ID, All(s, docs)})
			}
		})
	}
	slices.SortStableFunc(all, func(a, b read) int { return cmp.Compare(a.Subject, b.Subject) })
	w, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	enc := json.NewEncoder(w)
	for _, r := range all {
		if err := enc.Encode(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

package observe

import (
	"cmp"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"openness/audit"
)

// TestDump writes every observation of every captured subject to the file that
// OPENNESS_DUMP names: the same bytes before and after a move show that it
// changed nothing.
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
	for _, each := range []func(testing.TB, func(audit.Subject, []audit.Document)){eachCard, eachRepository} {
		each(t, func(s audit.Subject, docs []audit.Document) { all = append(all, read{s.ID, All(s, docs)}) })
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

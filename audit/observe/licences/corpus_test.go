package licences

import (
	"os"
	"strings"
	"testing"

	"openness/audit"
)

// Bounds of how many conflicts the corpus holds. The 186 that were found when
// this was written are mostly sentences that limit what the tag grants; all
// that close weights which the tag opens were read.
// Far more of them would mean that a reading went wrong, far fewer that
// conflicts are no longer seen.
const (
	fewestConflicts = 120
	mostConflicts   = 260
)

// TestConflictsOverCorpus counts the conflicts of all captured models and
// repositories by kind, and demands two quoted sides of each.
func TestConflictsOverCorpus(t *testing.T) {
	plainRunOnly(t)
	if _, err := os.Stat(sharedCorpus); err != nil {
		t.Skip("no shared corpus beside the checkout")
	}
	kinds := make(map[string]int)
	subjects := 0
	count := func(s audit.Subject, docs []audit.Document) {
		subjects++
		in := newInput(s, docs)
		sides := make(map[string]int)
		for _, o := range Read(in) {
			if kind, ok := strings.CutPrefix(o.Fact, "license.conflict."); ok {
				sides[kind+": "+o.Value]++
				if o.Quote == "" || o.SHA256 == "" {
					t.Errorf("%s: %s is not quoted", s.ID, o.Value)
				}
			}
		}
		for conflict, n := range sides {
			if n != 2 {
				t.Errorf("%s: %d sides of %s", s.ID, n, conflict)
			}
			kind, _, _ := strings.Cut(conflict, ":")
			kinds[kind]++
			t.Logf("%s: %s", s.ID, conflict)
		}
	}
	eachCard(t, count)
	eachRepository(t, count)
	total := 0
	for _, n := range kinds {
		total += n
	}
	t.Logf("%d conflicts of %d subjects: %v", total, subjects, kinds)
	if total < fewestConflicts || total > mostConflicts {
		t.Errorf("%d conflicts over the corpus, expected between %d and %d", total, fewestConflicts, mostConflicts)
	}
}

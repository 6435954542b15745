package rubric

import (
	"testing"

	"openness/audit"
)

// TestChangedSince: a review is outlived by another page, not by a program that reads more of the same one.
func TestChangedSince(t *testing.T) {
	card := audit.Observation{Fact: "docs.paper", Finding: audit.Present, Value: "own", SHA256: "aa"}
	r := Review{Over: []audit.Observation{card}}
	more, other := card, card
	more.Fact, other.SHA256, other.Value = "docs.venue", "bb", "related"
	for name, c := range map[string]struct {
		now  audit.Observation
		want bool
	}{"the same": {card, false}, "one fact more of the same page": {more, false}, "another page": {other, true}} {
		c.now.RetrievedAt = c.now.RetrievedAt.AddDate(2025, 0, 0)
		if got := !r.changed([]audit.Observation{c.now}).IsZero(); got != c.want {
			t.Errorf("%s: outlived %v, want %v", name, got, c.want)
		}
	}
}

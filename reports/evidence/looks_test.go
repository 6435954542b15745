package evidence

import (
	"slices"
	"testing"

	"openness/audit"
	"openness/reports"
	"openness/rubric"
)

// TestLooks files each kind of nothing under its own heading: a refused,
// failed or skipped place is never among those that were read.
func TestLooks(t *testing.T) {
	m := reports.Model{Documents: []audit.Document{
		{URL: "https://example.org/card", Outcome: audit.Fetched},
		{URL: "https://example.org/missing", Outcome: audit.Absent, Status: 404},
		{URL: "https://example.org/gated", Outcome: audit.Refused, Status: 401},
		{URL: "https://example.org/slow", Outcome: audit.Failed, Detail: "time-out"},
		{URL: "https://example.org/later", Outcome: audit.Skipped},
		{URL: "https://example.org/retried", Outcome: audit.Failed},
		{URL: "https://example.org/retried", Outcome: audit.Fetched},
	}}
	j := rubric.Judgement{Observations: []audit.Observation{
		{Fact: "a", Finding: audit.NotThere, URL: "https://example.org/card"},
		{Fact: "b", Finding: audit.NotThere, URL: "https://example.org/card", Note: "no section"},
		{Fact: "a", Finding: audit.NotThere, URL: "https://example.org/missing"},
		{Fact: "a", Finding: audit.NotThere, URL: "https://example.org/retried"},
		{Fact: "a", Finding: audit.NotThere, URL: "https://example.org/gated"}, // an observer that claims too much
		{Fact: "b", Finding: audit.Denied, URL: "https://example.org/gated", Note: "refused (401)"},
		{Fact: "a", Finding: audit.NotFetched, URL: "https://example.org/slow", Note: "time-out"},
		{Fact: "a", Finding: audit.NotFetched, URL: "https://example.org/later"},
		{Fact: "c", Finding: audit.NotFetched, URL: "https://example.org/card",
			Note: "names a paper that was not read"},
		{Fact: "c", Finding: audit.Unreadable, URL: "https://example.org/card", Note: "broken table"},
	}}
	got := JudgedOn(&m, j, rubric.Dimension{})
	urls := func(places []Place) []string {
		list := []string{}
		for _, p := range places {
			list = append(list, p.URL[len("https://example.org/"):]+" "+p.For())
		}
		return list
	}
	for _, c := range []struct {
		name      string
		got, want []string
	}{
		{"not found", urls(got.NotFound), []string{"card a, b", "missing a", "retried a"}},
		{"unsettled", urls(got.Unsettled), []string{"card c"}},
		{"unseen", urls(got.Unseen), []string{"gated a", "gated b", "slow a", "later a", "card c"}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
	if there, seen := len(NotThere(&m)), len(Unseen(&m)); there != 1 || seen != 4 {
		t.Errorf("%d addresses are not there and %d were not seen, want 1 and 4", there, seen)
	}
}

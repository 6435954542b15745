package check

import (
	"strings"
	"testing"

	"openness/audit"
)

// TestExplain: a condition leads on, one clause is counted as one, and what is not settled
// says where it would stand.
func TestExplain(t *testing.T) {
	clause := audit.Observation{Finding: audit.Present, Value: "conditional", Quote: "If you are large, ask.", Start: 7,
		SHA256: "aa"}
	size := clause
	size.Value = "700"
	m := CheckedModel{Model: "acme/falco", Requirements: []CheckedRequirement{
		{ID: "commercial-use", Outcome: OutcomeViolated, Message: "Conditional.", Observations: []audit.Observation{clause}},
		{ID: "size", Outcome: OutcomeViolated, Message: "Size.", Observations: []audit.Observation{size}},
		{ID: "one-licence", Outcome: OutcomeUndetermined, Message: "Not settled.", Observations: []audit.Observation{
			{Finding: audit.NotThere, URL: "https://a.example/card", Note: "nothing"},
			{Finding: audit.NotFetched, URL: "https://a.example/LICENSE", Note: "the server fails (503)"}}},
		{ID: "weights", Outcome: OutcomeMet, Message: "Met."}}}
	Explain(&m)
	for i, want := range []string{"openness obligations acme/falco", "It is the clause that commercial-use fails by.",
		"Look at https://a.example/LICENSE: the server fails (503).", "Met."} {
		if !strings.Contains(m.Requirements[i].Message, want) {
			t.Errorf("%s: %q", m.Requirements[i].ID, m.Requirements[i].Message)
		}
	}
}

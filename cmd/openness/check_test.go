package main

import (
	"bytes"
	"strings"
	"testing"

	"openness/audit"
	"openness/rubric"
)

// TestViolationShowsWhatItNames: of the texts behind a violation the one is
// shown that gives the value in its message.
func TestViolationShowsWhatItNames(t *testing.T) {
	published := audit.Observation{Fact: "weights.end.published", Finding: audit.Present, Value: "true", Quote: "the weights are out", URL: "https://a.example"}
	gate := audit.Observation{Fact: "weights.end.gate", Finding: audit.Present, Value: "manual", Quote: "once approved", URL: "https://b.example"}
	for want, c := range map[string]checked{
		"once approved":       {Standing: rubric.Violated, Reason: "The gate is manual.", Observations: []audit.Observation{published, gate}},
		"the weights are out": {Standing: rubric.Violated, Reason: "Not this.", Observations: []audit.Observation{{Fact: "x"}, published, gate}},
	} {
		var out bytes.Buffer
		if err := writeChecked(&out, "table", []checked{c}); err != nil || !strings.Contains(out.String(), want) {
			t.Errorf("shown: %s (%v), want %q", &out, err, want)
		}
	}
	var out bytes.Buffer
	if err := writeChecked(&out, "table", []checked{{Standing: rubric.Met, Observations: []audit.Observation{gate}}}); err != nil || strings.Contains(out.String(), "approved") {
		t.Errorf("what is met quotes: %s (%v)", &out, err)
	}
}

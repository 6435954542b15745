package main

import (
	"encoding/json"
	"testing"
)

// assessment is the contract's JSON, as a script would read it.
type assessment struct {
	Schema string
	Model  struct{ ID, Label string }
	Rubric struct{ ID string }
	Score  struct{ Strict, Determined, Max, Percent, Coverage float64 }

	Judgements []struct {
		Dimension, Class, Reason, Origin string
		Observations                     []struct {
			Fact, Value, URL, SHA256, Quote string
			Start, End                      int
		}
	}
	Sources []struct {
		URL, Outcome string
		Status       int
	}
}

// checkAssessments holds JSON output against what the contract promises.
func checkAssessments(t *testing.T, out []byte, want int) {
	t.Helper()
	var list []assessment
	if err := json.Unmarshal(out, &list); err != nil {
		t.Fatal(err)
	}
	if len(list) != want {
		t.Errorf("%d assessments, want %d", len(list), want)
	}
	for _, a := range list {
		looked := false
		for _, s := range a.Sources {
			looked = looked || s.Outcome == "fetched" || s.Outcome == "not_modified" || s.Outcome == "absent"
		}
		for _, j := range a.Judgements {
			switch {
			case j.Class == "closed" && !looked:
				t.Errorf("%s: %s is closed, but nothing could be looked at", a.Model.Label, j.Dimension)
			case (j.Class == "open" || j.Class == "partial") && j.Origin == "rule":
				quoted := false
				for _, o := range j.Observations {
					quoted = quoted || (o.Quote != "" && o.SHA256 != "" && o.End-o.Start == len(o.Quote))
				}
				if !quoted {
					t.Errorf("%s: %s is %s without a quote", a.Model.Label, j.Dimension, j.Class)
				}
			}
			if j.Reason == "" || j.Observations == nil {
				t.Errorf("%s: %s has no reason or observations is null", a.Model.Label, j.Dimension)
			}
		}
		if a.Score.Max == 0 || a.Score.Coverage < 0 || a.Score.Coverage > 1 {
			t.Errorf("%s: score %+v", a.Model.Label, a.Score)
		}
	}
}

package raters

import (
	"encoding/json"
	"strings"
	"testing"

	"openness/audit"
	"openness/reports"
	"openness/rubric"
	"openness/rubric/agreement"
)

// hostileComparison has one disagreement whose every text is an attack.
func hostileComparison() agreement.Report {
	r := &rubric.Rubric{Ref: rubric.Ref{ID: "r<i>"}, Dimensions: []rubric.Dimension{{ID: "weights"}, {ID: "code"}}}
	said := audit.Observation{Fact: "weights.end.published", Finding: audit.Present, Value: "true",
		URL: "javascript:alert(1)", Start: 1, End: 9, Quote: "\x1b[31mred | <script>alert(1)</script>"}
	report := agreement.Compare(r, []agreement.System{{
		ID:      "sys\u202etem <img src=x>",
		Experts: map[string]rubric.Class{"weights": rubric.Closed, "code": rubric.Open, "other": rubric.Open},
		Tool: rubric.Assessment{Judgements: []rubric.Judgement{
			{Dimension: "weights", Class: rubric.Open, Reason: "because <b>", Observations: []audit.Observation{said}},
			{Dimension: "code", Class: rubric.Undetermined, Cause: rubric.CauseRefused, Reason: "refused"}}},
	}})
	report.Experts, report.Missing = "experts.csv", []string{"gone"}
	report.Without = []agreement.Without{{Observer: "weights", Agreement: 0.5}}
	return report
}

func TestWriteAgreementIsSafeInEveryFormat(t *testing.T) {
	for _, f := range AgreementFormats() {
		var b strings.Builder
		if err := WriteAgreement(&b, hostileComparison(), f, AgreementOptions{All: true}); err != nil {
			t.Fatal(err)
		}
		got := b.String()
		for _, bad := range []string{"\x1b", "\u202e"} {
			if strings.Contains(got, bad) {
				t.Errorf("%s passes %q on", f, bad)
			}
		}
		if f == reports.HTML && (strings.Contains(got, "<script>alert") || strings.Contains(got, `href="javascript`) ||
			strings.Contains(got, "<img")) {
			t.Error("HTML passes mark-up or a script link on")
		}
		if f == reports.Markdown && strings.Contains(got, "<script>") {
			t.Error("Markdown passes mark-up on")
		}
		if !strings.Contains(got, "weights.end.published") {
			t.Errorf("%s does not show the quote", f)
		}
	}
	if err := WriteAgreement(&strings.Builder{}, agreement.Report{}, reports.CSV, AgreementOptions{}); err == nil {
		t.Error("a format that is not offered is written")
	}
}

// The names of the contract, so that scripts may rely on them.
func TestAgreementJSONHasTheNamesOfTheContract(t *testing.T) {
	var b strings.Builder
	if err := WriteAgreement(&b, hostileComparison(), reports.JSON, AgreementOptions{}); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Rubric, Experts                   *string
		Systems, Judgements, Undetermined *int
		Overall                           struct {
			Agreement *float64
			Kappa     json.RawMessage   `json:"kappa_weighted"`
			Interval  []json.RawMessage `json:"kappa_ci95"`
			Majority  *float64          `json:"majority_baseline"`
			Spearman  json.RawMessage
		}
		Dimensions []struct {
			Dimension string
			N         int
			Agreement *float64
			Kappa     json.RawMessage `json:"kappa_weighted"`
			MacroF1   *float64        `json:"macro_f1"`
			Confusion map[string]map[string]int
		}
		Disagreements []struct{ System, Dimension, Expert, Tool, Reason string }
	}
	if err := json.Unmarshal([]byte(b.String()), &got); err != nil {
		t.Fatal(err)
	}
	if got.Rubric == nil || got.Experts == nil || *got.Systems != 1 || *got.Judgements != 2 || *got.Undetermined != 1 ||
		*got.Overall.Agreement != 0 || len(got.Overall.Interval) != 2 || got.Overall.Majority == nil ||
		got.Overall.Kappa == nil || got.Overall.Spearman == nil {
		t.Errorf("overall figures: %s", b.String())
	}
	if len(got.Dimensions) != 2 || len(got.Disagreements) != 2 || got.Disagreements[0].Expert == "" {
		t.Fatalf("dimensions and disagreements: %s", b.String())
	}
	for _, d := range got.Dimensions {
		if d.N != 1 || d.Agreement == nil || d.MacroF1 == nil || d.Kappa == nil || len(d.Confusion) != 3 ||
			len(d.Confusion["open"]) != 4 {
			t.Errorf("dimension %+v", d)
		}
	}
}

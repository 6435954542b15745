package figures

import (
	"math"
	"strings"
	"testing"

	"openness/reports"
	"openness/reports/internal/fixture"
	"openness/reports/ranking"
)

func TestGapOverTime(t *testing.T) {
	releases := []reports.Release{
		{Model: "Bilby 1", Released: "2023-03-14"},
		{Model: "Bilby 2", Released: "2024-05-01"},
		{Model: "Bilby 3", Released: "2025-03-01"},
		{Model: "Falco 1", Released: "2023-06-01", Open: true, Hub: "acme/Falco-1"},
		{Model: "Falco 2", Released: "2024-03-14", Open: true},
		{Model: "Falco 3", Released: "2025-07-01", Open: true},
	}
	scores := []Score{
		{"Bilby-1", "B", 60}, {"bilby 2", "B", 80}, {"Bilby 3", "B", 85},
		{"acme/Falco-1", "B", 40}, {"Falco 2", "B", 60}, {"Falco 3", "B", 90}, {"Nobody's", "B", 99},
		{"Falco 3", "B", 10}, // of two values for one model the first stands
	}
	dated := DateScores(scores, nil, releases, nil)
	if len(dated) != 6 {
		t.Fatalf("%d values with a date, want 6: %+v", len(dated), dated)
	}
	figure := OverTime(dated, "B")
	want := []string{"2024-01: 20 behind", "2025-01: 20 behind, 22 months", "2025-07: published weights lead by 5"}
	for _, w := range want {
		if !strings.Contains(figure.Alt, w) {
			t.Errorf("the figure does not say %q: %s", w, figure.Alt)
		}
	}
	if figure.File != "over-time-B.svg" || strings.Contains(string(figure.SVG), "NaN") {
		t.Errorf("file %s; NaN drawn: %v", figure.File, strings.Contains(string(figure.SVG), "NaN"))
	}
}

// What little is given is said to be little, and draws nothing that is no number.
func TestGapOfFew(t *testing.T) {
	for name, dated := range map[string][]Dated{
		"none": nil,
		"one":  {{Score{"m", "B", 3}, "2024-01-01", reports.WeightsPublished}},
		"no dates": {{Score{"m", "B", 3}, "soon", reports.WeightsPublished},
			{Score{"n", "B", 4}, "", reports.ServiceOnly}},
		"same day": {{Score{"m", "B", 3}, "2024", reports.WeightsPublished}, {Score{"n", "B", 3}, "2024",
			reports.ServiceOnly}},
	} {
		figure := OverTime(dated, "B")
		if !strings.Contains(figure.Alt, "too few models with a date") || strings.Contains(string(figure.SVG), "NaN") {
			t.Errorf("%s: %s", name, figure.Alt)
		}
	}
}

func TestGaps(t *testing.T) {
	open := []record{{2023.5, 40}, {2024.2, 60}}
	closed := []record{{2023.2, 60}, {2024.6, 80}}
	list := gaps(open, closed, 2023.2, 2025)
	if len(list) != 2 || list[0].points != 20 {
		t.Fatalf("gaps %+v", list)
	}
	if got := list[1]; got.points != 20 || math.Abs(got.months-12*1.8) > 1e-9 {
		t.Errorf("at the end %+v, want 20 points and 21.6 months", got)
	}
}

// TestNotRankedIsNotDrawn looks at every figure for a model of which too little
// is known.
func TestNotRankedIsNotDrawn(t *testing.T) {
	r := ranking.Report{Rubric: fixture.Rubric(), Models: append(fixture.Models(), fixture.Model("acme/shy", "Shy",
		"oooooooouuuu"))}
	rows := r.Rows()
	for _, f := range All(r.Rubric, rows, []Score{{Model: "acme/shy", Benchmark: "B", Value: 3}}, nil) {
		svg := string(f.SVG)
		if i := strings.Index(svg, "Shy: "); i >= 0 {
			t.Errorf("%s draws it: %s", f.File, svg[i:i+40])
		}
		if f.File == "heatmap.svg" && !strings.Contains(svg, "not ranked") {
			t.Error("the heat map does not say that it is not ranked")
		}
	}
}

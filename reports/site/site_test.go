package site

import (
	"iter"
	"slices"
	"testing"

	"openness/audit"
	"openness/reports"
	"openness/reports/figures"
	"openness/reports/internal/fixture"
	"openness/reports/ranking"
)

// each yields models as a store would.
func each(models []reports.Model) iter.Seq2[reports.Model, error] {
	return func(yield func(reports.Model, error) bool) {
		for _, m := range models {
			if !yield(m, nil) {
				return
			}
		}
	}
}

func subjectsOf(models []reports.Model) []audit.Subject {
	subjects := []audit.Subject{}
	for _, m := range models {
		subjects = append(subjects, m.Subject)
	}
	return subjects
}

// writeTestSite writes a site of the report and returns its folder.
func writeTestSite(t testing.TB, r ranking.Report) string {
	t.Helper()
	dir := t.TempDir()
	o := Options{Rubric: r.Rubric, Tool: r.Tool, At: r.At, Source: "rules and reviews", Scores: testScores(r.Models),
		Ranking: r.Ranking}
	if _, err := Write(t.Context(), dir, o, subjectsOf(r.Models), each(r.Models)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func testScores(models []reports.Model) []figures.Score {
	scores := []figures.Score{}
	for i, m := range models {
		scores = append(scores, figures.Score{Model: m.Subject.ID, Benchmark: "Arena rating",
			Value: float64(1000 + 37*i%251)})
	}
	return slices.Clip(scores)
}

// testReport is of the models that all tests share.
func testReport() ranking.Report {
	return ranking.Report{Rubric: fixture.Rubric(), Tool: "0.0.0-test", At: fixture.Day, Models: fixture.Models()}
}

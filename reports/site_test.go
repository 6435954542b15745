package reports

import (
	"iter"
	"slices"
	"testing"

	"openness/audit"
)

// each yields models as a store would.
func each(models []Model) iter.Seq2[Model, error] {
	return func(yield func(Model, error) bool) {
		for _, m := range models {
			if !yield(m, nil) {
				return
			}
		}
	}
}

func subjectsOf(models []Model) []audit.Subject {
	subjects := []audit.Subject{}
	for _, m := range models {
		subjects = append(subjects, m.Subject)
	}
	return subjects
}

// writeTestSite writes a site of the report and returns its folder.
func writeTestSite(t testing.TB, r Report) string {
	t.Helper()
	dir := t.TempDir()
	o := SiteOptions{Rubric: r.Rubric, Tool: r.Tool, At: r.At, Source: "rules and reviews", Scores: testScores(r.Models)}
	if _, err := WriteSite(t.Context(), dir, o, subjectsOf(r.Models), each(r.Models)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func testScores(models []Model) []Score {
	scores := []Score{}
	for i, m := range models {
		scores = append(scores, Score{m.Subject.ID, "Arena rating", float64(1000 + 37*i%251)})
	}
	return slices.Clip(scores)
}

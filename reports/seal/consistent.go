package seal

import (
	"cmp"
	"math"
	"slices"
	"time"

	"openness/reports"
	"openness/rubric"
)

// What a sealed file says more than once must agree: whoever alters one place and seals anew would else be
// believed by a reader who looks at that place alone.

// An assessment is as much of one as is checked.
type assessment struct {
	Schema     string              `json:"schema"`
	Model      struct{ ID string } `json:"model"`
	AssessedAt string              `json:"assessed_at"`
	Score      rubric.Score        `json:"score"`
	Judgements []rubric.Judgement  `json:"judgements"`
	Sources    []struct {
		URL    string `json:"url"`
		Status int    `json:"status"`
		SHA256 string `json:"sha256"`
	} `json:"sources"`
}

// times finds what is no time, and what happened after it was sealed.
func (r *Report) times(s *Sealed) {
	sealed, err := time.Parse(time.RFC3339, s.SealedAt)
	if err != nil {
		r.problem("sealed_at is no time")
		return
	}
	for _, d := range s.Documents {
		switch at, err := time.Parse(time.RFC3339, d.RetrievedAt); {
		case d.RetrievedAt == "": // of what an import brought without a time
		case err != nil:
			r.problem("%s: retrieved_at is no time: %.60q", d.URL, d.RetrievedAt)
		case at.After(sealed):
			r.problem("%s was fetched at %s, after it was sealed", d.URL, d.RetrievedAt)
		}
	}
}

// assessments holds the assessments against the file and against themselves.
func (r *Report) assessments(s *Sealed, assessments []assessment, listed map[place]statuses) {
	if len(assessments) == 0 {
		r.problem("no assessment is in the file")
	}
	for i, a := range assessments {
		if a.Schema != reports.AssessmentSchema {
			r.problem("assessment %d: schema %.60q, not %q", i+1, a.Schema, reports.AssessmentSchema)
		}
		if a.Model.ID != s.Model {
			r.problem("the assessments are of %s, the file is of %s", cmp.Or(a.Model.ID, "nobody"), s.Model)
		}
		if _, err := time.Parse(time.RFC3339, a.AssessedAt); err != nil {
			r.problem("assessment %d: assessed_at is no time: %.60q", i+1, a.AssessedAt)
		}
		for _, j := range a.Judgements {
			if !slices.Contains(reports.Classes(), j.Class) {
				r.problem("%s: %.60q is no class", j.Dimension, j.Class)
			}
			if j.Origin != rubric.FromRule && j.Origin != rubric.FromReview {
				r.problem("%s: a class is given by a rule or a review, not by %.60q", j.Dimension, j.Origin)
			}
		}
		if want := rubric.ScoreOf(a.Judgements); !sameScore(a.Score, want) {
			r.problem("assessment %d: the score is %v of %v (%v %%), and its judgements give %v of %v (%v %%)", i+1,
				a.Score.Strict, a.Score.Max, a.Score.Percent, want.Strict, want.Max, want.Percent)
		}
		for _, source := range a.Sources {
			if !listed[place{source.URL, source.SHA256}][source.Status] {
				r.problem("the source %s (status %d) is none of the documents listed", source.URL, source.Status)
			}
		}
	}
}

// sameScore forgives what sums of decimals differ by.
func sameScore(a, b rubric.Score) bool {
	const hair = 1e-6
	for _, pair := range [][2]float64{{a.Strict, b.Strict}, {a.Determined, b.Determined}, {a.Max, b.Max},
		{a.Percent, b.Percent}, {a.Coverage, b.Coverage}, {a.Range[0], b.Range[0]}, {a.Range[1], b.Range[1]}} {
		if math.Abs(pair[0]-pair[1]) > hair {
			return false
		}
	}
	return a.Ranked == b.Ranked
}

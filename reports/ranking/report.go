package ranking

import (
	"time"

	"openness/reports"
	"openness/rubric"
)

// A Report is a set of models seen through one rubric.
type Report struct {
	Rubric *rubric.Rubric
	Models []reports.Model
	Tool   string    // version of the tool
	At     time.Time // when the report was made
	Source string    // where the judgements come from: "rules and reviews", "experts"; may be empty
	// Ranking says how rows become ranks; its zero value is how this tool does it.
	Ranking Ranking
}

// Rows returns the report's models as rows, ranked.
func (r *Report) Rows() []Row {
	rows := make([]Row, 0, len(r.Models))
	for i := range r.Models {
		rows = append(rows, RowOf(&r.Models[i], r.Rubric))
	}
	return Rank(rows, r.Ranking)
}

package site

import (
	"fmt"
	"iter"
	"math/rand/v2"

	"openness/audit"
	"openness/reports"
	"openness/reports/internal/fixture"
	"openness/reports/ranking"
)

// synthetic makes n models with plausible names, classes, dates and lineage;
// the same n gives the same models.
func synthetic(n int) ranking.Report {
	report := ranking.Report{Rubric: fixture.Rubric(), Tool: "0.0.0-test", At: fixture.Day, Source: "rules and reviews"}
	for m := range syntheticModels(n) {
		report.Models = append(report.Models, m)
	}
	return report
}

// syntheticModels yields the same models one by one, as a store would: what
// holds all of them at once would be measured instead of the site.
func syntheticModels(n int) iter.Seq2[reports.Model, error] {
	return func(yield func(reports.Model, error) bool) {
		r := rand.New(rand.NewPCG(1, uint64(n)))
		for i := range n {
			if !yield(syntheticModel(r, i), nil) {
				return
			}
		}
	}
}

func syntheticModel(r *rand.Rand, i int) reports.Model {
	org := fmt.Sprintf("lab-%02d", r.IntN(40))
	id := fmt.Sprintf("%s/model-%d-%db-instruct", org, i, 1+r.IntN(70))
	bias := r.Float64()
	classes := ""
	for range 12 {
		x := r.Float64()*0.7 + bias*0.5
		switch {
		case r.IntN(14) == 0:
			classes += "u"
		case x > 0.75:
			classes += "o"
		case x > 0.5:
			classes += "p"
		default:
			classes += "c"
		}
	}
	m := fixture.Model(id, fmt.Sprintf("Model %d Instruct", i), classes)
	m.Subject.Released = fmt.Sprintf("20%02d-%02d-15", 22+r.IntN(5), 1+r.IntN(12))
	if i%3 == 0 {
		m.Subject.Base = "acme/base-7b"
	}
	if i%11 == 0 {
		m.Observations = []audit.Observation{{Fact: "model.closed", Finding: audit.Present, Value: "true"}}
	}
	return m
}

package data

import (
	"strings"
	"testing"

	"openness/audit"
	"openness/rubric"
)

// TestEveryCause: whatever leaves a judgement open can be stored.
func TestEveryCause(t *testing.T) {
	db := openTest(t)
	r := record("org/model", "")
	save(t, db, r)
	var all []rubric.Judgement
	for i, cause := range []rubric.Cause{rubric.CauseNotCaptured, rubric.CauseRefused, rubric.CauseUnreadable,
		rubric.CauseNothingSaid, rubric.CauseRuleFailed} {
		all = append(all, rubric.Judgement{Dimension: string(rune('a' + i)), Class: rubric.Undetermined,
			Origin: rubric.FromRule, Cause: cause})
	}
	if err := db.SaveAssessments(t.Context(), r.Subject, []rubric.Assessment{{Rubric: rubric.Ref{ID: "r", Version: "1",
		SHA256: "h"}, Judgements: all}}, "test", t0); err != nil {
		t.Error(err)
	}
}

// TestAssessmentsOfTheirCrawl: a model that is named twice may be crawled again
// before the first crawl's assessments are stored. They belong to the crawl that
// holds what they rest on, and what no crawl holds is refused.
func TestAssessmentsOfTheirCrawl(t *testing.T) {
	db := openTest(t)
	ctx := t.Context()
	first, second := record("org/model", ""), record("org/model", "")
	second.Observations = second.Observations[:1]
	save(t, db, first)
	save(t, db, second)
	resting := func(o audit.Observation) []rubric.Assessment {
		return []rubric.Assessment{{Rubric: rubric.Ref{ID: "r", Version: "1", SHA256: "h"},
			Judgements: []rubric.Judgement{
				{Dimension: "d", Class: rubric.Closed, Origin: rubric.FromRule, Observations: []audit.Observation{o}}}}}
	}
	for i, o := range []audit.Observation{first.Observations[1], second.Observations[0]} {
		if err := db.SaveAssessments(ctx, first.Subject, resting(o), "test", t0); err != nil {
			t.Fatalf("assessment %d: %v", i, err)
		}
		var crawl int
		if err := db.sql.QueryRowContext(ctx,
			"SELECT crawl FROM assessments ORDER BY id DESC LIMIT 1").Scan(&crawl); err != nil || crawl != i+1 {
			t.Errorf("assessment %d belongs to crawl %d, want %d (%v)", i, crawl, i+1, err)
		}
	}
	stranger := first.Observations[1]
	stranger.Note = "of no crawl"
	if err := db.SaveAssessments(ctx, first.Subject, resting(stranger), "test", t0); err == nil ||
		!strings.Contains(err.Error(), "its crawl lacks") {
		t.Errorf("evidence of no crawl gave %v", err)
	}
}

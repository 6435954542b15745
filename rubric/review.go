package rubric

import (
	"fmt"
	"slices"
	"time"

	"openness/audit"
)

// Apply puts people's reviews on top of an assessment: the latest review of a
// dimension gives its class and reason, and the rule's class is kept beside
// it. The reviews must be of the assessed model; those of dimensions that the
// rubric lacks are left out. The assessment passed in is not changed.
func Apply(a Assessment, reviews []Review) Assessment {
	a.Judgements = slices.Clone(a.Judgements)
	for i := range a.Judgements {
		j := &a.Judgements[i]
		review := latest(reviews, j.Dimension)
		if review == nil {
			continue
		}
		if j.Origin != FromReview {
			j.RuleClass = j.Class
		}
		j.Class, j.Reason, j.Origin, j.Review = review.Class, review.Reason, FromReview, review
		if changed := review.changed(j.Observations); !changed.IsZero() {
			j.Outlived = true
			j.Reason = fmt.Sprintf("%s (The review is of %s. What the rule goes by is another since: seen on %s.)",
				review.Reason, review.At.UTC().Format(time.DateOnly), changed.UTC().Format(time.DateOnly))
		}
	}
	a.Score = ScoreOf(a.Judgements)
	a.Verdict = a.rubric.verdict(a.Judgements)
	return a
}

// changed is when what a rule goes by was read, if something that is known of it was not
// found when the review was made, on a page that the review does not rest on as it is now. A
// review is of what its author saw: of the same pages it stays true, whatever else a newer
// program reads there.
func (r *Review) changed(now []audit.Observation) time.Time {
	type said struct{ fact, finding, value string }
	as := func(o *audit.Observation) said { return said{o.Fact, string(o.Finding), o.Value} }
	then, pages := make(map[said]bool, len(r.Over)), make(map[string]bool, len(r.Over))
	for i := range r.Over {
		then[as(&r.Over[i])] = true
		pages[r.Over[i].SHA256] = r.Over[i].SHA256 != ""
	}
	for i := range now {
		if o := &now[i]; r.Over != nil && o.Finding.Known() && !then[as(o)] && !pages[o.SHA256] {
			return o.RetrievedAt
		}
	}
	return time.Time{}
}

// latest finds the last review of a dimension by time, and by position where
// times are equal. It returns a copy, or nil.
func latest(reviews []Review, dimension string) *Review {
	var found *Review
	for _, r := range reviews {
		if r.Dimension == dimension && (found == nil || !r.At.Before(found.At)) {
			found = &r
		}
	}
	return found
}

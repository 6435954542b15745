package rubric

import (
	"slices"
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
	}
	a.Score = ScoreOf(a.Judgements)
	a.Verdict = a.rubric.verdict(a.Judgements)
	return a
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

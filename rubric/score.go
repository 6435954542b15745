package rubric

import "math"

// MinCoverage is the share of the weight that must be determined before a model
// is ranked: below it a place would say more of what could be looked at than of
// the model.
const MinCoverage = 0.75

// ScoreOf sums up judgements by their weights. Percent is rounded to 0.1 and
// Coverage and Determined to 0.01, so that equal assessments read equal. Range
// is exact.
func ScoreOf(judgements []Judgement) Score {
	var s Score
	for _, j := range judgements {
		w := j.Weight
		if w == 0 {
			w = 1
		}
		s.Max += w
		s.Strict += w * j.Class.Points()
		if j.Class == Undetermined {
			s.Range[1] += w * Open.Points()
		}
	}
	s.Range = [2]float64{s.Strict, s.Strict + s.Range[1]}
	if s.Max == 0 {
		return s
	}
	if known := s.known(); known > 0 {
		s.Determined = round(s.Strict/known*s.Max, 100)
	}
	s.Percent = round(100*s.Strict/s.Max, 10)
	s.Coverage = round(s.known()/s.Max, 100)
	s.Ranked = s.Reaches(MinCoverage)
	return s
}

// PastScore completes a score of which only the rounded sums were kept, given
// how many dimensions were undetermined: where each weighs 1, as in the
// indexes, the range is exact.
func PastScore(s Score, dimensions, undetermined int) Score {
	missing := (1 - s.Coverage) * s.Max
	if s.Max == float64(dimensions) {
		missing = float64(undetermined)
	}
	s.Range = [2]float64{s.Strict, s.Strict + missing}
	s.Ranked = s.Reaches(MinCoverage)
	return s
}

// known is the weight that was determined.
func (s Score) known() float64 { return s.Max - (s.Range[1] - s.Range[0]) }

// Share is the share of the points that could be had on what was determined,
// 0 to 1, and 0 where nothing was.
func (s Score) Share() float64 {
	if known := s.known(); known > 0 {
		return s.Strict / known
	}
	return 0
}

// Reaches reports whether so much of the weight was determined, and anything
// at all. Weights are sums of decimals, so a hair's breadth is forgiven.
func (s Score) Reaches(coverage float64) bool {
	const hair = 1e-9
	return s.known() > hair && s.known() >= coverage*s.Max-hair
}

func round(x, parts float64) float64 { return math.Round(x*parts) / parts }

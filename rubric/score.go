package rubric

import "math"

// ScoreOf sums up judgements by their weights. Percent is rounded to 0.1 and
// Coverage and Determined to 0.01, so that equal assessments read equal.
func ScoreOf(judgements []Judgement) Score {
	var s Score
	var determined float64
	for _, j := range judgements {
		w := j.Weight
		if w == 0 {
			w = 1
		}
		s.Max += w
		s.Strict += w * j.Class.Points()
		if j.Class != Undetermined {
			determined += w
		}
	}
	if s.Max == 0 {
		return s
	}
	if determined > 0 {
		s.Determined = round(s.Strict/determined*s.Max, 100)
	}
	s.Percent = round(100*s.Strict/s.Max, 10)
	s.Coverage = round(determined/s.Max, 100)
	return s
}

func round(x, parts float64) float64 { return math.Round(x*parts) / parts }

package rubric

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func TestScoreOf(t *testing.T) {
	for _, c := range []struct {
		name       string
		judgements []Judgement
		want       Score
	}{
		{"undetermined counts nothing strictly and is left out of determined",
			[]Judgement{{Class: Open, Weight: 1}, {Class: Partial, Weight: 1}, {Class: Closed, Weight: 1},
				{Class: Undetermined, Weight: 1}},
			Score{Strict: 1.5, Determined: 2, Max: 4, Percent: 37.5, Coverage: 0.75, Range: [2]float64{1.5, 2.5},
				Ranked: true}},
		{"weights", []Judgement{{Class: Open, Weight: 3}, {Class: Undetermined, Weight: 1}},
			Score{Strict: 3, Determined: 4, Max: 4, Percent: 75, Coverage: 0.75, Range: [2]float64{3, 4},
				Ranked: true}},
		{"no weight counts as one", []Judgement{{Class: Partial}}, Score{Strict: 0.5, Determined: 0.5, Max: 1,
			Percent: 50, Coverage: 1, Range: [2]float64{0.5, 0.5}, Ranked: true}},
		{"nothing determined", []Judgement{{Class: Undetermined}}, Score{Max: 1, Range: [2]float64{0, 1}}},
		{"just too little", []Judgement{{Class: Open, Weight: 2.9}, {Class: Undetermined, Weight: 1}},
			Score{Strict: 2.9, Determined: 3.9, Max: 3.9, Percent: 74.4, Coverage: 0.74, Range: [2]float64{2.9, 3.9}}},
		{"nothing", nil, Score{}},
	} {
		if got := ScoreOf(c.judgements); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestApply(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC) }
	a := Assessment{Judgements: []Judgement{{Dimension: "code", Class: Closed, Reason: "none", Origin: FromRule},
		{Dimension: "paper", Class: Open}}}
	reviews := []Review{
		{Dimension: "code", Class: Open, Reason: "later", At: day(2)},
		{Dimension: "code", Class: Partial, Reason: "earlier", At: day(1)},
		{Dimension: "elsewhere", Class: Open, At: day(3)},
	}
	got := Apply(a, reviews)
	j := got.Judgements[0]
	if j.Class != Open || j.Reason != "later" || j.Origin != FromReview || j.RuleClass != Closed || j.Review == nil ||
		!j.Review.At.Equal(day(2)) {
		t.Errorf("got %+v", j)
	}
	if got.Judgements[1].Origin == FromReview || got.Score.Strict != 2 {
		t.Errorf("other dimensions or the score are wrong: %+v", got)
	}
	if a.Judgements[0].Class != Closed {
		t.Error("the assessment passed in was changed")
	}
	again := Apply(got, reviews)
	if again.Judgements[0].RuleClass != Closed {
		t.Error("applying twice lost what the rule said")
	}
}

// TestRangeHoldsEveryCompletion: however the undetermined dimensions turn out,
// the total lies within the range, and both ends are reached.
func TestRangeHoldsEveryCompletion(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	classes := []Class{Closed, Partial, Open, Undetermined}
	for range 2000 {
		judgements := make([]Judgement, 1+r.IntN(14))
		for i := range judgements {
			judgements[i] = Judgement{Class: classes[r.IntN(4)], Weight: float64(1+r.IntN(30)) / 10}
		}
		s := ScoreOf(judgements)
		least, most := math.Inf(1), math.Inf(-1)
		for k := range 22 {
			filled := slices.Clone(judgements)
			for i := range filled {
				if filled[i].Class == Undetermined {
					filled[i].Class = classes[[]int{0, 2, r.IntN(3)}[min(k, 2)]]
				}
			}
			total := ScoreOf(filled).Strict
			least, most = min(least, total), max(most, total)
		}
		const hair = 1e-9
		if math.Abs(least-s.Range[0]) > hair || math.Abs(most-s.Range[1]) > hair {
			t.Fatalf("completions reach from %v to %v, the range is %v", least, most, s.Range)
		}
		if past := PastScore(Score{Strict: s.Strict, Max: s.Max, Coverage: s.Coverage}, 0,
			0); math.Abs(past.Range[1]-s.Range[1]) > 0.005*s.Max+hair {
			t.Fatalf("the range of a stored score is %v, it was %v", past.Range, s.Range)
		}
	}
}

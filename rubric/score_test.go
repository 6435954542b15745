package rubric

import (
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
			[]Judgement{{Class: Open, Weight: 1}, {Class: Partial, Weight: 1}, {Class: Closed, Weight: 1}, {Class: Undetermined, Weight: 1}},
			Score{Strict: 1.5, Determined: 2, Max: 4, Percent: 37.5, Coverage: 0.75}},
		{"weights", []Judgement{{Class: Open, Weight: 3}, {Class: Undetermined, Weight: 1}},
			Score{Strict: 3, Determined: 4, Max: 4, Percent: 75, Coverage: 0.75}},
		{"no weight counts as one", []Judgement{{Class: Partial}}, Score{Strict: 0.5, Determined: 0.5, Max: 1, Percent: 50, Coverage: 1}},
		{"nothing determined", []Judgement{{Class: Undetermined}}, Score{Max: 1}},
		{"nothing", nil, Score{}},
	} {
		if got := ScoreOf(c.judgements); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestApply(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC) }
	a := Assessment{Judgements: []Judgement{{Dimension: "code", Class: Closed, Reason: "none", Origin: FromRule}, {Dimension: "paper", Class: Open}}}
	reviews := []Review{
		{Dimension: "code", Class: Open, Reason: "later", At: day(2)},
		{Dimension: "code", Class: Partial, Reason: "earlier", At: day(1)},
		{Dimension: "elsewhere", Class: Open, At: day(3)},
	}
	got := Apply(a, reviews)
	j := got.Judgements[0]
	if j.Class != Open || j.Reason != "later" || j.Origin != FromReview || j.RuleClass != Closed || j.Review == nil || !j.Review.At.Equal(day(2)) {
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

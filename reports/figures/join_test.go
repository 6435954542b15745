package figures

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"openness/reports/internal/svg"
	"openness/reports/ranking"
)

// TestJoinScores: names are joined however they are spelled, by alias, and by
// family where one model alone can be meant; the rest is named.
func TestJoinScores(t *testing.T) {
	rows := []ranking.Row{{ID: "acme/Falco-2-13B-Chat", Name: "Falco 2"}, {ID: "acme/Falco-2-70B-Chat"},
		{ID: "bolt/quokka-7b-instruct", Label: "Quokka"}, {ID: "gift/marmot-3b"}}
	aliases := func(name string) []string {
		if name == "the marmot" {
			return []string{"gift/marmot-3b"}
		}
		return nil
	}
	for name, want := range map[string]string{
		"acme/falco-2-13b-chat": "acme/Falco-2-13B-Chat", "Falco 2 13B Chat": "acme/Falco-2-13B-Chat",
		"falco-2-70b-chat": "acme/Falco-2-70B-Chat",
		"quokka":           "bolt/quokka-7b-instruct", "Quokka-7B": "bolt/quokka-7b-instruct",
		"the marmot": "gift/marmot-3b",
		"Quokka-13B": "", "other/quokka-7b": "", "falco": "", "Falco-3-13B-Chat": "", "somebody": "",
	} {
		j := JoinScores([]Score{{Model: name, Benchmark: "B", Value: 1}}, rows, aliases)
		got := ""
		if len(j.Scores) > 0 {
			got = j.Scores[0].Model
		}
		if got != want || (got == "") != slices.Contains(j.Unmatched, name) {
			t.Errorf("%q is %q, want %q; unmatched %q", name, got, want, j.Unmatched)
		}
	}
	j := JoinScores([]Score{{"Quokka-7B", "B", 1}, {"bolt/quokka-7b-instruct", "B", 2}, {"quokka", "C", 3}}, rows, nil)
	if len(j.Scores) != 2 || j.Scores[0].Value != 2 || j.Scores[1].Value != 3 {
		t.Errorf("the surest name does not stand: %+v", j.Scores)
	}
}

// TestCorrelation: no figure is given for too few models, and with one comes its
// interval, which holds it.
func TestCorrelation(t *testing.T) {
	points := []svg.Point{}
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 40 {
		points = append(points, svg.Point{X: float64(i), Y: float64(i) + 30*r.Float64()})
	}
	if got := correlation(points[:leastModels-1]); !strings.Contains(got,
		"too few models for a correlation (9 of at least 10)") {
		t.Error(got)
	}
	var rho, low, high float64
	if n, err := fmt.Sscanf(correlation(points), "Spearman ρ = %f (95 %% interval %f to %f, n = 40)", &rho, &low,
		&high); n != 3 || err != nil || !(low < rho && rho < high && high <= 1) {
		t.Errorf("%q: %v %v %v, error %v", correlation(points), rho, low, high, err)
	}
	same := slices.Clone(points)
	for i := range same {
		same[i].Y = 5
	}
	if got := correlation(same); !strings.Contains(got, "no correlation") {
		t.Error(got)
	}
	// Fieller, Hartley and Pearson: the interval of ρ = 0.5 over 30 is about 0.16 to 0.73.
	if low, high := spearmanInterval(0.5, 30); math.Abs(low-0.16) > 0.02 || math.Abs(high-0.73) > 0.02 {
		t.Errorf("interval %v to %v", low, high)
	}
}

// TestLabelsDoNotOverlap: no two labels of points cover each other, and none
// leaves the drawing.
func TestLabelsDoNotOverlap(t *testing.T) {
	points := []svg.Point{}
	r := rand.New(rand.NewPCG(4, 4))
	for i := range 60 {
		points = append(points, svg.Point{X: r.Float64() * 10, Y: r.Float64() * 100,
			Name: fmt.Sprintf("Model %d with a name", i)})
	}
	p := svg.NewPlot("t", "s", "d")
	p.X = svg.RoundTicks(0, 10)
	placed := p.PlaceLabels(points)
	if len(placed) < 15 {
		t.Errorf("only %d of 60 points are labelled", len(placed))
	}
	for i, a := range placed {
		if a.X < 0 || a.X+a.W > p.Width || a.Y < 0 {
			t.Errorf("%s leaves the drawing", a.Text)
		}
		for _, b := range placed[:i] {
			if a.Overlaps(b) {
				t.Errorf("%s covers %s", a.Text, b.Text)
			}
		}
	}
}

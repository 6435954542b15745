package ranking

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestKendallIsThatOfPairs: the fast count is that of all pairs, ties and all.
func TestKendallIsThatOfPairs(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	for range 300 {
		n := r.IntN(25)
		a, b := make([]int, n), make([]int, n)
		for i := range a {
			a[i], b[i] = r.IntN(8), r.IntN(8)
		}
		if got, want := kendall(a, b), kendallOfPairs(a, b); math.Abs(got-want) > 1e-9 {
			t.Fatalf("%v %v: %v, want %v", a, b, got, want)
		}
	}
}

// kendallOfPairs counts every pair, as the definition has it.
func kendallOfPairs(a, b []int) float64 {
	var agree, tiesA, tiesB, pairs float64
	sign := func(x int) float64 { return float64(min(max(x, -1), 1)) }
	for i := range a {
		for j := range i {
			x, y := sign(a[i]-a[j]), sign(b[i]-b[j])
			agree += x * y
			pairs++
			if x == 0 {
				tiesA++
			}
			if y == 0 {
				tiesB++
			}
		}
	}
	if whole := math.Sqrt((pairs - tiesA) * (pairs - tiesB)); whole > 0 {
		return math.Round(1000*agree/whole) / 1000
	}
	return 1
}

package crawl

import "testing"

// FuzzParseBudget: an amount of each kind within its bound, or an error.
func FuzzParseBudget(f *testing.F) {
	f.Add("papers=3,sites=0")
	f.Add("papers=-1 sites=99999999999999999999")
	f.Add("=,=,,headers")
	f.Fuzz(func(t *testing.T, text string) {
		b, err := ParseBudget(text)
		if (b == nil) == (err == nil) {
			t.Fatal("neither budget nor error, or both")
		}
		for kind, n := range b {
			if n < 0 || n > maxBudget {
				t.Fatalf("%d of %s", n, kind)
			}
		}
	})
}

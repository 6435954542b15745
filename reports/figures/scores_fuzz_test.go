package figures

import (
	"math"
	"strings"
	"testing"
)

// FuzzReadScores: a table of scores is read or refused, and its values can be drawn.
func FuzzReadScores(f *testing.F) {
	f.Add("model,benchmark,value\na/b,Arena,1000\n")
	f.Add("\xef\xbb\xbfvalue,model,benchmark\n1e400,a,b\nNaN,c,d\n")
	f.Add("model;benchmark;value\n")
	f.Add("model,benchmark,value\n,,0\n") // was read, and drawn without a title
	f.Add("model,benchmark,value\n\"a\n")
	f.Fuzz(func(t *testing.T, text string) {
		scores, err := ReadScores(strings.NewReader(text), "s.csv")
		if err != nil && len(scores) > 0 {
			t.Fatalf("%d scores beside %v", len(scores), err)
		}
		for _, s := range scores {
			if math.IsNaN(s.Value) || math.Abs(s.Value) > largestValue || s.Model == "" || s.Benchmark == "" {
				t.Fatalf("%+v", s)
			}
		}
		benchmarks(scores)
	})
}

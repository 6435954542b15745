package claims

import (
	"os"
	"testing"

	"openness/rubric"
)

// TestSet measures a set of labelled sentences that lies elsewhere, named by
// OPENNESS_CLAIMS. With OPENNESS_CLAIMS_TOTALS set it prints totals alone, so
// that a set can be measured and still be unread.
func TestSet(t *testing.T) {
	name := os.Getenv("OPENNESS_CLAIMS")
	if name == "" {
		t.Skip("OPENNESS_CLAIMS names no set")
	}
	list := readLabelled(t, name)
	if os.Getenv("OPENNESS_CLAIMS_TOTALS") == "" {
		measure(t, "set", list)
		return
	}
	right := 0
	confusion := make(map[[2]rubric.Verdict]int)
	kinds := make(map[string][2]int)
	for _, l := range list {
		got := checker.Check(l.sentence, namesIn(l.sentence), "").Verdict
		n := 0
		if l.accepts(got) {
			got, n = l.want, 1
		}
		right += n
		confusion[[2]rubric.Verdict{l.want, got}]++
		for _, of := range []string{l.language, l.kind} {
			kinds[of] = [2]int{kinds[of][0] + n, kinds[of][1] + 1}
		}
	}
	t.Logf("right %d of %d = %.3f\n%s\n%v", right, len(list), float64(right)/float64(len(list)), matrix(confusion),
		kinds)
}

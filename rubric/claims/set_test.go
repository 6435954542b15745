package claims

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
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
	kinds, why := make(map[string][2]int), make(map[string]int)
	for _, l := range list {
		c := checker.Check(l.sentence, namesIn(l.sentence), "")
		got := c.Verdict
		n := 0
		if l.accepts(got) {
			got, n = l.want, 1
		} else {
			why[fmt.Sprintf("%s to %s: %s", l.want, got, mechanism(&c))]++
		}
		right += n
		confusion[[2]rubric.Verdict{l.want, got}]++
		for _, of := range []string{l.language, l.kind} {
			kinds[of] = [2]int{kinds[of][0] + n, kinds[of][1] + 1}
		}
	}
	t.Logf("right %d of %d = %.3f\n%s\n%v", right, len(list), float64(right)/float64(len(list)), matrix(confusion),
		kinds)
	for _, key := range slices.Sorted(maps.Keys(why)) {
		t.Logf("%s: %d", key, why[key])
	}
}

// mechanism names the step of the reading at which a sentence was lost.
func mechanism(c *Checked) string {
	if len(c.Parts) == 0 {
		return "no claim was read"
	}
	var steps []string
	for _, p := range c.Parts {
		step := "judged"
		switch {
		case p.Mood != Asserted:
			step = "mood " + string(p.Mood)
		case strings.Contains(p.Reason, "not understood"):
			step = "a word or all of it not understood"
		case strings.Contains(p.Reason, "may be about"), strings.Contains(p.Reason, "not the model by itself"),
			strings.Contains(p.Reason, "may stand for"), strings.Contains(p.Reason, "is meant"):
			step = "whose it is"
		case strings.Contains(p.Reason, "No model"):
			step = "no model"
		case p.Verdict == rubric.Unverifiable:
			step = "not settled"
		}
		if !slices.Contains(steps, step) {
			steps = append(steps, step)
		}
	}
	slices.Sort(steps)
	if len(c.Unchecked) > 0 {
		steps = append(steps, "words left")
	}
	return strings.Join(steps, ", ")
}

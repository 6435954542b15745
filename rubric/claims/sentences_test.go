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

// A labelled is a sentence with the verdict that a reader gives it, and others
// that would do as well.
type labelled struct {
	want                     rubric.Verdict
	also                     []string
	language, kind, sentence string
}

// accepts reports whether a verdict is one of those that the reader gave.
func (l *labelled) accepts(v rubric.Verdict) bool {
	return v == l.want || slices.Contains(l.also, string(v))
}

func readLabelled(t *testing.T, name string) []labelled {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var list []labelled
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) != 4 {
			t.Fatalf("%s: %q has %d fields, not 4", name, line, len(f))
		}
		wants := strings.Split(f[0], "|")
		list = append(list, labelled{rubric.Verdict(wants[0]), wants[1:], f[1], f[2], f[3]})
	}
	return list
}

var verdicts = []rubric.Verdict{rubric.Supported, rubric.Refuted, rubric.Partly, rubric.Unverifiable,
	rubric.NotCheckable, rubric.NotRecognised}

// TestSentences: the verdict on the labelled sentences is right in nine of ten,
// and nothing is supported that is not.
func TestSentences(t *testing.T) {
	right, all := 0, 0
	for _, set := range []string{"sentences", "harder", "third", "fourth", "fifth", "sixth", "seventh", "eighth"} {
		list := readLabelled(t, "testdata/"+set+".tsv")
		right, all = right+measure(t, set, list), all+len(list)
	}
	for set, bound := range unseen {
		if n := measure(t, set, readLabelled(t, "testdata/"+set+".tsv")); n < bound {
			t.Errorf("%s: %d are right, want %d", set, n, bound)
		}
	}
	if share := float64(right) / float64(all); share < 0.9 || all < 1100 {
		t.Errorf("right in %.3f of %d, want 0.9", share, all)
	}
}

// unseen are the sets by writers who had not seen the rules, and how many are
// right by now; what they were at first stands at their heads.
var unseen = map[string]int{"ninth": 235, "tenth": 230, "eleventh": 133, "twelfth": 128, "thirteenth": 159,
	"fourteenth": 192, "fifteenth": 168, "sixteenth": 160, "seventeenth": 145, "eighteenth": 163}

// measure checks the sentences of a set, and tells how many got the reader's verdict.
func measure(t *testing.T, set string, list []labelled) int {
	t.Helper()
	right := 0
	confusion := make(map[[2]rubric.Verdict]int)
	kinds := make(map[string][2]int)
	for _, l := range list {
		c := checker.Check(l.sentence, namesIn(l.sentence), "")
		got := c.Verdict
		if l.accepts(got) {
			got = l.want
			right++
		} else if got == rubric.Supported {
			t.Errorf("%s: %q is supported, want %s: %s", set, l.sentence, l.want, explain(c))
		} else {
			t.Logf("%s %s: %q: %s, want %s: %s", l.language, l.kind, l.sentence, c.Verdict, l.want, explain(c))
		}
		confusion[[2]rubric.Verdict{l.want, got}]++
		for _, of := range []string{l.language, l.kind} {
			n := kinds[of]
			n[1]++
			if got == l.want {
				n[0]++
			}
			kinds[of] = n
		}
	}
	t.Logf("%s: right %d of %d = %.3f\n%s", set, right, len(list), float64(right)/float64(len(list)), matrix(confusion))
	for _, of := range slices.Sorted(maps.Keys(kinds)) {
		t.Logf("%s: %s %d of %d", set, of, kinds[of][0], kinds[of][1])
	}
	return right
}

func explain(c Checked) string {
	var b strings.Builder
	for _, p := range c.Parts {
		value := ""
		if p.Value != nil {
			value = "=" + *p.Value
		}
		fmt.Fprintf(&b, "[%s%s %s %s%s: %.90s] ", p.Predicate, value, p.Polarity, p.Verdict, p.Mood, p.Reason)
	}
	return b.String() + fmt.Sprintf("unchecked %q", c.Unchecked)
}

// matrix prints wanted verdicts as rows and given ones as columns.
func matrix(confusion map[[2]rubric.Verdict]int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-16s", "wanted \\ given")
	for _, v := range verdicts {
		fmt.Fprintf(&b, "%15s", v)
	}
	for _, row := range verdicts {
		fmt.Fprintf(&b, "\n%-16s", row)
		for _, v := range verdicts {
			fmt.Fprintf(&b, "%15d", confusion[[2]rubric.Verdict{row, v}])
		}
	}
	return b.String()
}

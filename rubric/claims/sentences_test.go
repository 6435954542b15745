package claims

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"openness/rubric"
)

// A labelled is a sentence with the verdict that a reader gives it.
type labelled struct {
	want                     rubric.Verdict
	language, kind, sentence string
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
		list = append(list, labelled{rubric.Verdict(f[0]), f[1], f[2], f[3]})
	}
	return list
}

var verdicts = []rubric.Verdict{rubric.Supported, rubric.Refuted, rubric.Partly, rubric.Unverifiable, rubric.NotCheckable, rubric.NotRecognised}

// TestSentences: the verdict on the labelled sentences is right in nine of ten,
// and nothing is supported that is not.
func TestSentences(t *testing.T) {
	list := append(readLabelled(t, "testdata/sentences.tsv"), readLabelled(t, "testdata/harder.tsv")...)
	list = append(list, readLabelled(t, "testdata/third.tsv")...)
	list = append(list, readLabelled(t, "testdata/fourth.tsv")...)
	list = append(list, readLabelled(t, "testdata/fifth.tsv")...)
	list = append(list, readLabelled(t, "testdata/sixth.tsv")...)
	if len(list) < 150 {
		t.Fatalf("%d sentences, want at least 150", len(list))
	}
	right := 0
	confusion := make(map[[2]rubric.Verdict]int)
	for _, l := range list {
		c := checker.Check(l.sentence, namesIn(l.sentence), "")
		confusion[[2]rubric.Verdict{l.want, c.Verdict}]++
		switch c.Verdict {
		case l.want:
			right++
		case rubric.Supported:
			t.Errorf("%q is supported, want %s: %s", l.sentence, l.want, explain(c))
		default:
			t.Logf("%s %s: %q: %s, want %s: %s", l.language, l.kind, l.sentence, c.Verdict, l.want, explain(c))
		}
	}
	t.Logf("right %d of %d = %.3f\n%s", right, len(list), float64(right)/float64(len(list)), matrix(confusion))
	if share := float64(right) / float64(len(list)); share < 0.9 {
		t.Errorf("right in %.3f, want 0.9", share)
	}
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

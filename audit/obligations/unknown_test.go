package obligations

import (
	"os"
	"strings"
	"testing"

	"openness/audit"
)

// TestUnknownTexts: texts of no known licence, in our own words, each written after the
// rules: the clause of a duty is found by who must do what, and none where none is.
// An alternative ("a|b") gives two parts that the quote has both.
func TestUnknownTexts(t *testing.T) {
	data, err := os.ReadFile("testdata/unknown.txt")
	if err != nil {
		t.Fatal(err)
	}
	right, all := 0, 0
	for _, part := range strings.Split(string(data), "== ")[1:] {
		name, rest, _ := strings.Cut(part, "\n")
		text, wants, _ := strings.Cut(rest, "-- want\n")
		l := Licence{ID: "LicenseRef-unknown", text: &textOf{doc: audit.Document{URL: "u"}, body: []byte(text)}}
		for line := range strings.Lines(wants) {
			kind, want, _ := strings.Cut(strings.TrimSpace(line), ": ")
			c := l.clause(kind, "")
			quote := strings.Join(strings.Fields(c.Quote), " ")
			all++
			switch {
			case want == "none" && c.Certainty != Quoted, want != "none" && c.Certainty == Quoted && has(quote, want):
				right++
			default:
				t.Errorf("%s: %s is %s %q, want %q", name, kind, c.Certainty, quote, want)
			}
		}
	}
	t.Logf("%d of %d", right, all)
}

func has(quote, want string) bool {
	for part := range strings.SplitSeq(want, "|") {
		if !strings.Contains(quote, part) {
			return false
		}
	}
	return true
}

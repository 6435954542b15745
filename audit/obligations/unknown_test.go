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

// TestExact: a term that the head of a licence stands for is quoted by its sentence; what
// is no text of that licence, and a term that no sentence says, stay as they are.
func TestExact(t *testing.T) {
	const head = "The ChatGLM-6B License"
	path := corpusDir + "/licenses/texts/chatglm-6b/1-chatglm-6b.txt"
	body, err := os.ReadFile(path)
	if err != nil {
		t.Skip("the shared corpus is not here")
	}
	o := audit.Observation{Fact: "license.weights.use_restrictions", Finding: audit.Present, Value: "true",
		Quote: head, Start: 0, End: len(head), Note: "LicenseRef-chatglm-6b, 3"}
	got := Exact(o, body)
	if got.Quote == head || string(body[got.Start:got.End]) != got.Quote || !strings.Contains(got.Quote, "不得") {
		t.Errorf("quoted %q", got.Quote)
	}
	for name, change := range map[string]func(*audit.Observation){
		"what the licence does not forbid": func(o *audit.Observation) { o.Value = "false" },
		"another fact":                     func(o *audit.Observation) { o.Fact = "license.weights.id" },
		"the text of another licence":      func(o *audit.Observation) { o.Note = "Apache-2.0, 4" },
	} {
		c := o
		change(&c)
		if got := Exact(c, body); got.Quote != head {
			t.Errorf("%s: quoted %q", name, got.Quote)
		}
	}
}

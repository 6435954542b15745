package claims

import (
	"os"
	"strings"
	"testing"

	"openness/rubric"
)

// TestSays: whatever is claimed in the labelled sentences is told in plain words,
// and not by the names that programs have for it.
func TestSays(t *testing.T) {
	files, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	tried := make(map[string]bool)
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".tsv") {
			continue
		}
		for n, l := range readLabelled(t, "testdata/"+f.Name()) {
			if n%4 != 0 { // reading is what takes time
				continue
			}
			r := Read(l.sentence, namesIn(l.sentence), "")
			for i := range r.Claims {
				c := &r.Claims[i]
				if words := says(c); words == "" || strings.ContainsAny(words, "={}") || strings.Contains(words, "-open") {
					t.Errorf("%q: %s=%s of %q is called %q", l.sentence, c.Predicate, c.Value, c.Aspect, words)
				}
				tried[c.Predicate+"="+c.Value] = true
			}
		}
	}
	for _, m := range rubric.Measures() {
		for _, denied := range []bool{false, true} {
			words := rubric.Says(m.Predicate, m.Value, denied)
			if strings.Contains(words, "{") || words == rubric.Says(m.Predicate, m.Value, !denied) {
				t.Errorf("%s=%s, denied %t, is called %q", m.Predicate, m.Value, denied, words)
			}
		}
	}
	t.Logf("%d kinds of claims", len(tried))
}

// TestHeading: what was borne out as far as it was checked is not headed as half
// true, and what is false in part is.
func TestHeading(t *testing.T) {
	for text, want := range map[string]string{
		"The weights of Quokka-7B are public.":                       "supported",
		"The weights of Quokka-7B are public in Blorby.":             `partly checked; supported: the weights are published; not checked: "Blorby"`,
		"The weights and the training data of Numbat-3B are public.": "partly",
		"Wombat-7B may be used commercially.":                        "partly",
		"Critics call Numbat-3B closed, but its weights are public.": "partly checked; supported: the weights are " +
			`published; not settled: it is closed (said by Critics); not checked: "Critics"`,
		"Will Quokka-7B be open source?":                      "not checkable",
		"The weights of Dingo-2B are public and it is gated.": "partly checked; supported: the weights are published; not settled: the download is behind a gate",
	} {
		if c := checker.Check(text, namesIn(text), ""); c.Heading != want {
			t.Errorf("%q: headed %q, want %q: %s", text, c.Heading, want, explain(c))
		}
	}
}

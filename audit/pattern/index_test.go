package pattern

import (
	"strings"
	"testing"
)

// TestIndex: what does not stand in a sentence is told from its index, and what may stand
// there in another form is not denied.
func TestIndex(t *testing.T) {
	const sentence = "The weights of 7B are public, and the code is not."
	for _, c := range []struct {
		expr, text string
		lacks      bool
	}{
		{`(?i)WEIGHTS\b.*public`, sentence, false},
		{`(?i)weights\b.*licen[cs]e`, sentence, true}, // one of two words alone
		{`data.*public|code.*given`, sentence, true},  // and in each branch
		{`data.*public|code.*not`, sentence, false},
		{`\d+B`, sentence, false},
		{`\d+%`, sentence, true}, // no word, but a character
		{`\p{Han}{2}`, sentence, true},
		{`\p{Han}{2}`, "The weights are 公开 now.", false},
		{`(?i)masks`, "The ma\u017fk\u017f of all birds", false}, // a long s folds to s
		{`(?i)data`, "short", false},                             // read as fast as looked up
		{`(?i)data`, strings.Repeat("birds ", mostIndexed), false},
		{`x*`, sentence, false},
	} {
		if got := MustCompile(c.expr).ask([]byte(c.text)).answer == no; got != c.lacks {
			t.Errorf("%q lacks what %s needs: %v", c.text, c.expr, got)
		}
	}
}

// TestBegins: an anchored expression is not looked for where the text begins otherwise.
func TestBegins(t *testing.T) {
	for expr, want := range map[string]string{
		`^(?i:we|our)\b`: "OWow", `^\s*\|`: "\t |", `^a|^b`: "ab", `^x*`: "any", `a`: "any", `^[^a-z]`: "\t AOW|",
	} {
		first := MustCompile(expr).plan().begins
		if first == nil {
			if want != "any" {
				t.Errorf("%s may begin with anything", expr)
			}
			continue
		}
		for _, c := range "\t AOWabow|" {
			if first.has(byte(c)) != strings.ContainsRune(want, c) {
				t.Errorf("%s begins with %q: %v", expr, c, first.has(byte(c)))
			}
		}
	}
}

// TestRemembered: what was found in a sentence is known when the same is asked again, and
// all is read while somebody counts.
func TestRemembered(t *testing.T) {
	const sentence = "The weights of the owl are public, and its code is not."
	there, missing := MustCompile(`owl are \w+`), MustCompile(`code is (?:public|out)`)
	if !there.MatchString(sentence) || missing.FindStringIndex(sentence) != nil {
		t.Fatal("found what does not stand there")
	}
	remembers := func(r *Regexp, want answer) bool {
		for range 100 { // a pool may lose what it was given, and does so on purpose under the race detector
			if r.ask([]byte(sentence)).answer == want {
				return true
			}
			r.MatchString(sentence)
		}
		return false
	}
	if !remembers(there, yes) || !remembers(missing, no) {
		t.Error("what was found is not remembered")
	}
	Watch(func(string, int) {})
	defer Watch(nil)
	if a := there.ask([]byte(sentence)).answer; a != unknown {
		t.Errorf("remembered %d while somebody counts", a)
	}
}

package page

import (
	"strings"
	"testing"
)

// TestCutWords: a quote does not begin within a word or link.
func TestCutWords(t *testing.T) {
	for text, want := range map[string]string{
		"See [Falco-7B](https://hub.example/acme/Falco-7B) now": "[Falco-7B](https://hub.example/acme/Falco-7B) now",
		"It is called Quokkafalco and sings":                    "Quokkafalco and sings",
		strings.Repeat("x", 2*longestWord) + "falco":            "falco",
		"an embedding,falco sings":                              "an embedding,falco sings",
	} {
		at := strings.Index(strings.ToLower(text), "alco")
		if want == "falco" {
			at--
		}
		if strings.HasPrefix(want, "an ") {
			at = strings.Index(text, ",falco")
		}
		start, _ := Whole([]byte(text), at, len(text))
		if got := text[start:]; got != want {
			t.Errorf("%q is quoted as %q, want %q", text, got, want)
		}
	}
}

// TestCutQuotes: a quote does not begin within a command or the label of a link.
func TestCutQuotes(t *testing.T) {
	for text, want := range map[string]string{
		"Run:\nlaunch \\\n  --cards 8 \\\n  |train.py --steps 9":                          "launch \\\n  --cards 8 \\\n  train.py --steps 9",
		"Our paper \"[Songs of\n|Woods](https://a.example/1)\" is out. We release Falco.": "[Songs of\nWoods](https://a.example/1)\" is out. We release Falco.",
		"See [a](b).\n\n|Woods](c) is out":                                                "Woods](c) is out",
		"Run:\n|train.py":                                                                 "train.py",
	} {
		at := strings.IndexByte(text, '|')
		text = text[:at] + text[at+1:]
		start, end := Whole([]byte(text), at, len(text))
		if got := text[start:end]; got != want {
			t.Errorf("%q is quoted as %q, want %q", text, got, want)
		}
	}
}

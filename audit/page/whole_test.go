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

package licences

import (
	"testing"

	"openness/audit/page"
)

// TestWithVersion: the title of a licence is quoted with the lines below that tell its version.
func TestWithVersion(t *testing.T) {
	for text, want := range map[string]string{
		"GNU OWL LICENSE\n   Version 3, 2007\n\n Copyright":    "GNU OWL LICENSE\n   Version 3, 2007",
		"Owl License\r\n\r\nCopyright":                         "Owl License",
		"Owl License":                                          "Owl License",
		"All of this may be had by whoever asks for it,\nfree": "All of this may be had by whoever asks for it,",
	} {
		body := []byte(text)
		title := page.Line(body, 0)
		if got := withVersion(body, title); text[got.Start:got.End] != want {
			t.Errorf("%q begins with %q, want %q", text, text[got.Start:got.End], want)
		}
	}
}

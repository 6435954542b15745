package phrases

import "testing"

// TestLanguagesOf: a text that is plainly of one language is none of its neighbours'.
func TestLanguagesOf(t *testing.T) {
	for _, c := range []struct {
		text, lang string
		want       bool
	}{
		{"it is so for the birds", "de", false}, {"it is so for the birds", "en", true}, {"it is so for the birds", "zh", true},
		{"nur für schulen", "de", true}, {"die vögel sind nicht für den verkauf", "en", true},
		{"die vögel sind nicht für den verkauf", "fr", false}, {"falco 7b", "fr", true}, {"der falco", "fr", true},
	} {
		if got := LanguagesOf(c.text)(c.lang); got != c.want {
			t.Errorf("%s, %s: %v", c.text, c.lang, got)
		}
	}
}

package whose

import (
	"strings"
	"testing"

	"openness/audit"
)

// TestViewOfWrappedPage: a page reads the same however its lines are wrapped and
// ended, and what is quoted from it is what was served.
func TestViewOfWrappedPage(t *testing.T) {
	const want = "# Quokka\n\nQuokka has 33 million parameters, and more.\n\n- It was trained on songs.\n\n袋鼠是一个开源模型。\n"
	for name, served := range map[string]string{
		"plain":            want,
		"wrapped":          "# Quokka\n\nQuokka has 33 million\nparameters, and more.\n\n- It was\n  trained on songs.\n\n袋鼠是一个\n开源模型。\n",
		"blanks at ends":   "# Quokka\n\nQuokka has 33 million \n   parameters, and more.\n\n- It was trained \n  on songs.\n\n袋鼠是一个 \n开源模型。\n",
		"carriage returns": "# Quokka\r\n\r\nQuokka has 33 million\r\nparameters, and more.\r\n\r\n- It was\r\n  trained on songs.\r\n\r\n袋鼠是一个\r\n开源模型。\r\n",
	} {
		d := barePage(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-33M", served)
		sp := NewSpeaker(model("acme/Quokka-33M", ""), nil)
		v := sp.ViewOf(&d, false)
		if string(v.Body) != want {
			t.Errorf("%s: read as %q", name, v.Body)
			continue
		}
		for _, words := range []string{"33 million parameters", "trained on songs", "Quokka has", "袋鼠是一个开源模型"} {
			at := strings.Index(want, words)
			from, to := v.Span(at, at+len(words))
			if got := strings.Join(strings.Fields(served[from:to]), " "); strings.ReplaceAll(got, " ",
				"") != strings.ReplaceAll(words, " ", "") {
				t.Errorf("%s: %q is quoted as %q", name, words, got)
			}
		}
	}
}

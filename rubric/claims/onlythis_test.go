package claims

import (
	"testing"

	"openness/rubric"
)

// TestOnlyTheWeights: "only the weights" is one claim, which a half that holds does not
// make half true, in any language.
func TestOnlyTheWeights(t *testing.T) {
	for claim, want := range map[string]rubric.Verdict{
		"Quokka-7B只公开了权重。":                                        rubric.Refuted,
		"Bilby只公开了权重。":                                            rubric.Refuted,
		"Numbat-3B只公开了权重。":                                        rubric.Supported,
		"Acme has published only the weights of Quokka-7B.":       rubric.Refuted,
		"Acme hat von Quokka-7B nur die Gewichte veröffentlicht.": rubric.Refuted,
		"Only the weights of Bilby are public.":                   rubric.Refuted,
		"Fenn has published only the weights of Numbat-3B.":       rubric.Supported,
	} {
		if got := checker.Check(claim, namesIn(claim), ""); got.Verdict != want {
			t.Errorf("%s is %s, want %s: %+v", claim, got.Verdict, want, got.Parts)
		}
	}
}

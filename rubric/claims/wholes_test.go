package claims

import (
	"testing"

	"openness/rubric"
)

// TestAllThereIs: of all there is of a model, what is public is not its weights alone, and
// what is secret is none of it.
func TestAllThereIs(t *testing.T) {
	for claim, want := range map[string]rubric.Verdict{
		"Tout est public chez Numbat-3B.":                         rubric.Refuted,
		"Todo en Numbat-3B es público.":                           rubric.Refuted,
		"Tout est public chez Quokka-7B.":                         rubric.Supported,
		"Everything about Quokka-7B is public.":                   rubric.Supported,
		"Chez Quokka-7B, tout est secret.":                        rubric.Refuted,
		"Chez Bilby, tout est secret.":                            rubric.Supported,
		"Tout est secret chez Numbat-3B.":                         rubric.Refuted,
		"Bei Numbat-3B ist alles geheim.":                         rubric.Refuted,
		"Everything about Numbat-3B is secret.":                   rubric.Refuted,
		"Chez Acme, tout le monde sait que Quokka-7B est ouvert.": rubric.Supported,
	} {
		if got := checker.Check(claim, namesIn(claim), ""); got.Verdict != want {
			t.Errorf("%s is %s, want %s: %+v", claim, got.Verdict, want, got.Parts)
		}
	}
}

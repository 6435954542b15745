package claims

import (
	"testing"

	"openness/rubric"
)

// TestWithdrawn: what is said to have been taken away again is never wholly borne out, nor
// does the clause deny what the sentence goes on to say.
func TestWithdrawn(t *testing.T) {
	for claim, want := range map[string]rubric.Verdict{
		"The weights of Quokka-7B, which Acme pulled from the site in June, can be downloaded.":          rubric.Partly,
		"Numbat-3B, which Fenn took offline last week, can be downloaded by anyone.":                     rubric.Unverifiable,
		"Numbat-3B, which was taken down last week, can be downloaded by anyone.":                        rubric.Unverifiable,
		"Die Gewichte von Quokka-7B, die Acme im Juni vom Netz genommen hat, lassen sich herunterladen.": rubric.Partly,
		"Los pesos de Quokka-7B, que Acme retiró del sitio en junio, se pueden descargar.":               rubric.Partly,
		"Acme pulled the weights of Quokka-7B from the hub in June.":                                     rubric.NotRecognised,
	} {
		if got := checker.Check(claim, namesIn(claim), ""); got.Verdict != want {
			t.Errorf("%s is %s, want %s: %+v", claim, got.Verdict, want, got.Parts)
		}
	}
}

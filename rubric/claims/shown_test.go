package claims

import (
	"testing"

	"openness/audit"
	"openness/rubric"
)

// TestAsShown: where the definition prints the weights as downloading freely, a claim says
// the same, though a page that might tell of a gate was not looked at.
func TestAsShown(t *testing.T) {
	lost := audit.From(&lostDoc, "weights.end.gate", audit.NotFetched, "")
	k := *checker
	for gate, want := range map[string]rubric.Verdict{"none": rubric.Supported, "manual": rubric.Refuted} {
		k.Library = testLibrary{{ID: "acme/Quokka-7B", Released: "2024-02-01", Observations: append(facts("weights.end.published=true",
			"-weights.end.delta", "weights.end.gate="+gate, "license.weights.id=MIT",
			"license.weights.openness=open"), lost)}}
		for _, text := range []string{"Quokka-7B is free to download.", "Quokka-7B is not gated.",
			"Anyone can download Quokka-7B."} {
			if c := k.Check(text, namesIn(text), ""); c.Verdict != want {
				t.Errorf("%s %q: %s, want %s: %s", gate, text, c.Verdict, want, explain(c))
			}
		}
	}
	text := "Quokka-7B is free to download."
	k.Library = testLibrary{{ID: "acme/Quokka-7B", Released: "2024-02-01", Observations: append(facts("weights.end.published=true",
		"-weights.end.delta"), lost)}}
	if c := k.Check(text, namesIn(text), ""); c.Verdict != rubric.Unverifiable {
		t.Errorf("no gate is known: %s: %s", c.Verdict, explain(c))
	}
}

package claims

import (
	"slices"
	"strings"
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

// TestOpenSourceAsShown: whether a model is open source is what the verdict under the
// definition says that show prints. That no training code was found leaves both open.
func TestOpenSourceAsShown(t *testing.T) {
	silent := testLibrary{}
	for _, m := range library {
		m.Observations = slices.DeleteFunc(slices.Clone(m.Observations), func(o audit.Observation) bool {
			return strings.HasPrefix(o.Fact, "code.training.") || o.Fact == "code.data_processing"
		})
		m.Observations = append(m.Observations, facts("-code.data_processing", "-code.training.pretraining", "-code.training.entry",
			"-code.training.finetuning", "-code.training.preference", "-code.training.unexplained")...)
		silent = append(silent, m)
	}
	for n, m := range append(silent, library...) {
		ruling := rubric.OpenSource().Rubric.Judge(m.Observations).Verdict
		want := map[bool]rubric.Verdict{true: rubric.Unverifiable, false: rubric.Refuted}[ruling.May("pass")]
		if ruling.ID == "pass" {
			want = rubric.Supported
		}
		if n == 0 && want != rubric.Unverifiable {
			t.Errorf("only training code was not found: shown as %s", ruling.ID)
		}
		var p Part
		if got, reason := openSource(false, m.Observations, &p); got != want {
			t.Errorf("%d %s: %s, shown as %s: %s", n, m.ID, got, ruling.ID, reason)
		}
	}
}

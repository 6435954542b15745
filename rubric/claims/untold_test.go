package claims

import (
	"testing"

	"openness/rubric"
)

// TestDataThatIsNotTold: data that is only described in general words is not
// disclosed, so that a denial of that is never refuted by it; and a page that is
// silent does not show that nobody knows.
func TestDataThatIsNotTold(t *testing.T) {
	for verdict, texts := range map[rubric.Verdict][]string{
		rubric.Supported: {
			"Rival does not disclose what Wombat-7B was trained on.", "Wombat-7B's training data is a secret.",
			"Rival keeps quiet about what Wombat-7B was trained on.", "Wombat-7B's training data is undisclosed.",
			"Rival verrät nicht, womit Wombat-7B trainiert wurde.",
			"Rival no revela con qué datos se entrenó Wombat-7B.",
			"Fenn says nothing about the training data of Numbat-3B."},
		rubric.Refuted: {
			"Acme does not say what Quokka-7B was trained on.", "Quokka-7B's training data is a secret.",
			"Dune does not disclose what Dingo-2B was trained on.", "Nobody knows what Quokka-7B was trained on.",
			"Rival discloses the training data of Wombat-7B.",
			"Wombat-7B discloses nothing whatsoever about its pre-training data."},
		rubric.Unverifiable: {
			"Nobody knows what Numbat-3B was trained on.", "What Numbat-3B was trained on is unknown.",
			"Nobody knows what data went into Bilby.", "Niemand weiß, womit Numbat-3B trainiert wurde.",
			"Nadie sabe con qué datos se entrenó Numbat-3B.", "Nobody knows what Wombat-7B was trained on."},
	} {
		for _, text := range texts {
			if c := checker.Check(text, namesIn(text), ""); c.Verdict != verdict {
				t.Errorf("%q: %s, want %s: %s", text, c.Verdict, verdict, explain(c))
			}
		}
	}
}

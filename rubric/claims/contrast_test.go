package claims

import (
	"testing"

	"openness/rubric"
)

// TestReach: what denies, excepts, limits or names another thing reaches what it
// stands with, and nothing else. Beside each is a sentence that is read otherwise.
func TestReach(t *testing.T) {
	for _, c := range []struct {
		sentence string
		want     rubric.Verdict
	}{
		// the denial behind "the only" is of what it is the only one of
		{"Wombat-7B is the only model that does not publish its training code.", rubric.Refuted},
		{"Wombat-7B ist das einzige Modell, das seine Trainingsdaten nicht offenlegt.", rubric.Refuted},
		{"Wombat-7B is the only model here that does not publish its training code.", rubric.NotCheckable},
		{"Wombat-7B is not the only model that publishes its weights.", rubric.Supported},
		{"Of Quokka-7B and Wombat-7B, only the former has public training data.", rubric.Supported},
		// another version of a licence is another licence
		{"Quokka-7B is under Apache 1.1.", rubric.Refuted},
		{"Quokka-7B is under Apache 2.0.", rubric.Supported},
		{"Numbat-3B is under MIT-0.", rubric.Refuted},
		{"Numbat-3B is under an MIT-like licence.", rubric.Unverifiable},
		// behind a relative clause the model is spoken of again
		{"Quokka-7B, whose training data is public, is open source.", rubric.Supported},
		{"Numbat-3B, whose weights are public, is not open source.", rubric.Supported},
		{"Numbat-3B, dont les poids sont publics, n'est pas open source.", rubric.Supported},
		// a reason is asserted whatever is denied before it
		{"It would be wrong to call Numbat-3B closed, because its weights are public.", rubric.Supported},
		{"It is no myth that Quokka-7B is open source.", rubric.Supported},
		{"It is no myth that Wombat-7B is open source.", rubric.Refuted},
		// a component set against the others
		{"Numbat-3B's weights, unlike its training data, are public.", rubric.Supported},
		{"Quokka-7B's weights, unlike its training data, are public.", rubric.Partly},
		{"Quokka-7B is fully open, with the exception of its training data.", rubric.Partly},
		// what is true of the model that it is set against makes a false claim no truer
		{"Unlike Quokka-7B, Numbat-3B is under Apache 2.0.", rubric.Refuted},
		{"Unlike Wombat-7B, Numbat-3B publishes its training code.", rubric.Refuted},
		{"Anders als Quokka-7B steht Wombat-7B unter der MIT-Lizenz.", rubric.Refuted},
		{"不同于 Numbat-3B,Quokka-7B 没有公开训练代码。", rubric.Refuted},
		{"Unlike Quokka-7B, Numbat-3B publishes its weights.", rubric.Partly},
		{"Unlike Quokka-7B, Numbat-3B is under the MIT licence.", rubric.Supported},
		// a denied use may be denied to some alone; what a model writes is not its code
		{"In Utrecht, Wombat-7B may not be used commercially.", rubric.Unverifiable},
		{"Numbat-3B can write open source code.", rubric.Unverifiable},
	} {
		if got := checker.Check(c.sentence, namesIn(c.sentence), ""); got.Verdict != c.want {
			t.Errorf("%q: %s, want %s: %s", c.sentence, got.Verdict, c.want, explain(got))
		}
	}
}

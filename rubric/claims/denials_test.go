package claims

import (
	"testing"

	"openness/rubric"
)

// TestDenialsOfWhatWasSaid: "that is wrong: P" denies what was said before and
// asserts P, "wrong is: P" denies P. Where nothing stands before and P is no
// denial, which of them is meant is left open.
func TestDenialsOfWhatWasSaid(t *testing.T) {
	for verdict, texts := range map[rubric.Verdict][]string{
		rubric.Supported: {
			"Das stimmt nicht: Wombat-7B ist nicht Open Source.",
			"Das ist falsch: Die Trainingsdaten von Numbat-3B sind nicht öffentlich.",
			"That is wrong: Wombat-7B is not open source.", "C'est faux : Wombat-7B n'est pas open source.",
			"Eso es falso: Wombat-7B no es de código abierto.", "这不是事实：Wombat-7B不是开源的。",
			"Falsch ist: Wombat-7B ist Open Source.", "Unwahr ist: Die Trainingsdaten von Numbat-3B sind öffentlich.",
			"Es stimmt nicht, dass Wombat-7B Open Source ist.", "It is false: Wombat-7B is open source.",
			"What is false: the training data of Numbat-3B is public.", "Es falso: Wombat-7B es de código abierto.",
			"Richtig ist: Quokka-7B ist Open Source.", "Wombat-7B ist Open Source – das ist falsch."},
		rubric.Refuted: {
			"Das stimmt nicht: Quokka-7B ist nicht Open Source.", "That's not true: Quokka-7B is not open source.",
			"Falsch ist: Quokka-7B ist Open Source.", "It is false: Quokka-7B is open source."},
		rubric.Unverifiable: {
			"Das ist falsch: Quokka-7B ist Open Source.", "That is wrong: Wombat-7B is open source.",
			"C'est faux : Wombat-7B est open source."},
	} {
		for _, text := range texts {
			if c := checker.Check(text, namesIn(text), ""); c.Verdict != verdict {
				t.Errorf("%q: %s, want %s: %s", text, c.Verdict, verdict, explain(c))
			}
		}
	}
	article := "Some say that the weights of Quokka-7B are kept back. That is wrong: Quokka-7B is open source."
	list := checker.Article(article, namesIn(article))
	if last := list[len(list)-1]; last.Verdict != rubric.Supported {
		t.Errorf("behind a sentence: %s: %s", last.Verdict, explain(last))
	}
}

package claims

import (
	"testing"

	"openness/rubric"
)

// TestSaidWhole: that a component or a document is complete is more than that it is there.
func TestSaidWhole(t *testing.T) {
	for text, want := range map[string]rubric.Verdict{
		"The datasheet for Quokka-7B is complete.":                            rubric.Partly,
		"Quokka-7B's datasheet leaves no question open.":                      rubric.Partly,
		"The training code of Quokka-7B is public and complete.":              rubric.Partly,
		"The weights of Numbat-3B are complete and public.":                   rubric.Partly,
		"Das Datenblatt von Quokka-7B ist vollständig.":                       rubric.Partly,
		"Der Trainingscode von Quokka-7B ist öffentlich und vollständig.":     rubric.Partly,
		"Le code d'entraînement de Quokka-7B est public et complet.":          rubric.Partly,
		"El código de entrenamiento de Quokka-7B es público y está completo.": rubric.Partly,
		"Quokka-7B 的训练代码公开且完整。":                                               rubric.Partly,
		"The complete training data of Quokka-7B can be downloaded.":          rubric.Supported,
		"The model card of Quokka-7B is complete.":                            rubric.Supported,
		"Quokka-7B is completely open source.":                                rubric.Supported,
		"Quokka-7B 的训练代码完整公开。":                                                rubric.Supported,
		"The training data of Numbat-3B is public and complete.":              rubric.Refuted,
	} {
		if c := checker.Check(text, namesIn(text), ""); c.Verdict != want {
			t.Errorf("%q: %s, want %s: %s", text, c.Verdict, want, explain(c))
		}
	}
}

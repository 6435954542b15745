package claims

import (
	"testing"

	"openness/rubric"
)

// TestLicenceOfNamedData: data that is only named has licences of its own, which nobody read.
func TestLicenceOfNamedData(t *testing.T) {
	judgeAll(t, []judged{
		{"The data of Dingo-2B is not under CC BY-NC 4.0.", rubric.Unverifiable},
		{"The training data of Dingo-2B is under the MIT licence.", rubric.Unverifiable},
		{"The data sources of Numbat-3B are under MIT.", rubric.Unverifiable},
		{"The training data of Numbat-3B is under MIT.", rubric.Refuted},
	})
}

// TestLicenceOfWhatIsNotPublic: a licence is not that of code which nobody gave out, though
// other code of the model is under it.
func TestLicenceOfWhatIsNotPublic(t *testing.T) {
	k := *checker
	k.Library = testLibrary{{ID: "fenn/Numbat-3B", Observations: facts("weights.end.published=true", "weights.end.gate=none",
		"-weights.end.delta", "license.weights.id=MIT", "license.code.id=MIT", "code.inference=true",
		"-code.training.pretraining", "-code.training.entry", "-code.training.finetuning", "-code.training.preference",
		"-license.data.id", "-data.pretraining.disclosure")}}
	for text, want := range map[string]rubric.Verdict{
		"The code of Numbat-3B is under the MIT licence.":                     rubric.Supported,
		"The training code of Numbat-3B is licensed under MIT.":               rubric.Refuted,
		"Der Trainingscode von Numbat-3B ist MIT-lizenziert.":                 rubric.Refuted,
		"Le code d'entraînement de Numbat-3B est sous licence MIT.":           rubric.Refuted,
		"El código de entrenamiento de Numbat-3B tiene licencia MIT.":         rubric.Refuted,
		"Numbat-3B 的训练代码采用 MIT 许可证。":                                          rubric.Refuted,
		"Both the weights and the training code of Numbat-3B are under MIT.":  rubric.Partly,
		"Numbat-3B ships under MIT together with its training code.":          rubric.Partly,
		"Numbat-3B and its training scripts are both MIT-licensed.":           rubric.Partly,
		"Numbat-3B steht mitsamt seinem Trainingscode unter der MIT-Lizenz.":  rubric.Partly,
		"Numbat-3B is under the MIT licence, and so is its training code.":    rubric.Partly,
		"Numbat-3B and its training data are released under the MIT licence.": rubric.Partly,
		"The training code of Numbat-3B is not under the MIT licence.":        rubric.Supported,
		"The training data of Numbat-3B is licensed under the MIT licence.":   rubric.Refuted,
		"Numbat-3B se publica junto con su código de entrenamiento bajo MIT.": rubric.Partly,
		"Numbat-3B est distribué sous MIT avec son code d'entraînement.":      rubric.Partly,
		"Numbat-3B 及其训练代码均采用 MIT 许可证。":                                        rubric.Partly,
		"The code that runs Numbat-3B is under the MIT licence.":              rubric.Supported,
		"Numbat-3B's weights are under the MIT licence.":                      rubric.Supported,
	} {
		if c := k.Check(text, namesIn(text), ""); c.Verdict != want {
			t.Errorf("%q: %s, want %s: %s", text, c.Verdict, want, explain(c))
		}
	}
}

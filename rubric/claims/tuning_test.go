package claims

import (
	"testing"

	"openness/rubric"
)

// TestTuning: data that a model was tuned on is not the data of its first training. Behind
// "=" stands a model of which the data of tuning alone can be downloaded, else one of
// which it alone cannot.
func TestTuning(t *testing.T) {
	of := func(list ...string) *Checker {
		k := *checker
		k.Library = testLibrary{{ID: "acme/Quokka-7B", Released: "2024-02-01", Observations: facts(append(list, "weights.end.published=true")...)}}
		return &k
	}
	tuned := of("-data.pretraining.disclosure", "data.finetuning.disclosure=downloadable")
	trained := of("data.pretraining.disclosure=downloadable", "-data.finetuning.disclosure")
	for text, want := range map[string]rubric.Verdict{
		"=Quokka-7B was fine-tuned on data that is publicly available.":              rubric.Supported,
		"=Quokka-7B was instruction-tuned on publicly available data.":               rubric.Supported,
		"=Acme fine-tuned Quokka-7B on a dataset that anyone can download.":          rubric.Supported,
		"=The data used to fine-tune Quokka-7B is public.":                           rubric.Supported,
		"=Acme has released the dataset on which Quokka-7B was fine-tuned.":          rubric.Supported,
		"=Quokka-7B was fine-tuned on data that has not been released.":              rubric.Refuted,
		"=Quokka-7B wurde mit öffentlich zugänglichen Daten feinabgestimmt.":         rubric.Supported,
		"=Quokka-7B a été affiné sur des données accessibles au public.":             rubric.Supported,
		"=Quokka-7B se ajustó con datos disponibles públicamente.":                   rubric.Supported,
		"=Quokka-7B 使用公开数据进行了微调。":                                                    rubric.Supported,
		"=The training data of Quokka-7B is public.":                                 rubric.Refuted,
		"=Quokka-7B was fine-tuned on gloopy data that is publicly available.":       rubric.Unverifiable,
		"Quokka-7B was fine-tuned on data that is publicly available.":               rubric.Unverifiable,
		"Quokka-7B was instruction-tuned on publicly available data.":                rubric.Unverifiable,
		"Acme has released the dataset on which Quokka-7B was fine-tuned.":           rubric.Refuted,
		"The data used to fine-tune Quokka-7B is public.":                            rubric.Refuted,
		"Quokka-7B was fine-tuned on data that has not been released.":               rubric.Supported,
		"Quokka-7B wurde mit öffentlich zugänglichen Daten feinabgestimmt.":          rubric.Unverifiable,
		"Quokka-7B 使用公开数据进行了微调。":                                                     rubric.Unverifiable,
		"The training data is public, and Quokka-7B was fine-tuned by Acme.":         rubric.Partly,
		"The training data of Quokka-7B, which was fine-tuned in Lisbon, is public.": rubric.Supported,
	} {
		k := trained
		if text[0] == '=' {
			k, text = tuned, text[1:]
		}
		if c := k.Check(text, namesIn(text), ""); c.Verdict != want {
			t.Errorf("%q: %s, want %s: %s", text, c.Verdict, want, explain(c))
		}
	}
}

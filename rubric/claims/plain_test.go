package claims

import (
	"testing"

	"openness/rubric"
)

// A judged is a sentence and the verdict that a reader gives it.
type judged struct {
	sentence string
	want     rubric.Verdict
}

func judgeAll(t *testing.T, list []judged) {
	t.Helper()
	for _, c := range list {
		if got := checker.Check(c.sentence, namesIn(c.sentence), ""); got.Verdict != c.want {
			t.Errorf("%q: %s, want %s: %s", c.sentence, got.Verdict, c.want, explain(got))
		}
	}
}

// TestLeaveToUse: leave behind a use is leave for that use, and not to download.
func TestLeaveToUse(t *testing.T) {
	judgeAll(t, []judged{
		{"Wombat-7B can be used commercially, no permission needed.", rubric.Refuted},
		{"Anyone may use Wombat-7B commercially, no authorisation required.", rubric.Refuted},
		{"Wombat-7B darf kommerziell eingesetzt werden, eine Genehmigung ist nicht nötig.", rubric.Refuted},
		{"Wombat-7B peut être exploité commercialement, aucune autorisation n'est requise.", rubric.Refuted},
		{"Wombat-7B puede usarse con fines comerciales, sin permiso previo.", rubric.Refuted},
		{"Wombat-7B 可以商用,无需授权。", rubric.Refuted},
		{"Wombat-7B 可以商用,不需要申请许可。", rubric.Refuted},
		{"Numbat-3B can be used commercially, no permission needed.", rubric.Supported},
		{"Numbat-3B 可以商用,无需授权。", rubric.Supported},
		{"Access to Wombat-7B has to be requested.", rubric.Supported},
		{"Access to Numbat-3B must be requested.", rubric.Refuted},
		{"Access to Wombat-7B must be requested by companies only.", rubric.NotRecognised},
		{"Access to Wombat-7B must be requested by none but firms.", rubric.NotRecognised},
		{"Rival asks people to request access to Wombat-7B.", rubric.Supported},
		{"Rival asks people to request access to the weights of Wombat-7B.", rubric.Supported},
		{"Acme asks people to request access to the training data of Quokka-7B.", rubric.Unverifiable},
	})
}

// TestUserThreshold: who has to ask for a licence is read from the firms' users, wherever
// the number stands.
func TestUserThreshold(t *testing.T) {
	judgeAll(t, []judged{
		{"Companies with more than 700 million users need a separate licence from Rival to use Wombat-7B.", rubric.Supported},
		{"Firms with over 700 million monthly users must get a licence from Rival before using Wombat-7B.", rubric.Supported},
		{"Unternehmen mit mehr als 700 Millionen Nutzern brauchen für Wombat-7B eine gesonderte Lizenz.", rubric.Supported},
		{"Les entreprises de plus de 700 millions d'utilisateurs doivent demander une licence pour utiliser Wombat-7B.",
			rubric.Supported},
		{"Las empresas con más de 700 millones de usuarios mensuales necesitan un permiso especial para usar Wombat-7B.",
			rubric.Supported},
		{"用户超过 7 亿的公司使用 Wombat-7B 必须另外取得授权。", rubric.Supported},
		{"Companies with more than 100 million users need a separate licence to use Wombat-7B.", rubric.Refuted},
		{"Companies with more than 700 million users need a separate licence to use Quokka-7B.", rubric.Refuted},
		{"用户超过 1 亿的公司使用 Wombat-7B 必须另外取得授权。", rubric.Refuted},
		{"Firms with 700 million users or more must get a separate licence to use Wombat-7B.", rubric.Supported},
		{"用户 7 亿以上的公司使用 Wombat-7B 必须另外取得授权。", rubric.Supported},
	})
}

// TestThresholdTurnedRound: that those below a number have to ask is not what a licence says
// that asks those above it.
func TestThresholdTurnedRound(t *testing.T) {
	for _, text := range []string{
		"Businesses with less than 700 million users need a separate licence to use Wombat-7B.",
		"Businesses with up to 700 million users must get a separate licence to use Wombat-7B.",
		"Firms with at most 700 million users need a separate licence to use Wombat-7B.",
		"Firms with well under 700 million users need a separate licence to use Wombat-7B.",
		"Firms with nearly 700 million users need a separate licence to use Wombat-7B.",
		"Firms with no more than 700 million users need a separate licence to use Wombat-7B.",
		"Only firms with less than 700 million users need a separate licence to use Wombat-7B.",
		"Wombat-7B's licence has a clause for firms with less than 700 million users.",
		"The licence of Wombat-7B excludes firms with under 700 million users.",
		"More than half of the 700 million users need a licence to use Wombat-7B.",
		"Firms with more than 700 million but fewer than 900 million users need a separate licence to use Wombat-7B.",
		"Las firmas con menos de 700 millones de usuarios necesitan un permiso especial para usar Wombat-7B.",
		"Les firmes de moins de 700 millions d'utilisateurs doivent demander une licence pour utiliser Wombat-7B.",
		"Firmen unter 700 Millionen Nutzern müssen für Wombat-7B eine gesonderte Lizenz beantragen.",
		"Firmen mit weniger als 700 Millionen Nutzern brauchen für Wombat-7B eine gesonderte Lizenz.",
		"用户 7 亿以下的公司使用 Wombat-7B 必须另外取得授权。",
	} {
		c := checker.Check(text, namesIn(text), "")
		if c.Verdict == rubric.Supported || c.Verdict == rubric.Partly {
			t.Errorf("%q: %s: %s", text, c.Verdict, explain(c))
		}
	}
}

// TestPublicBehindGate: what anyone can have is not behind a gate, in whatever language.
func TestPublicBehindGate(t *testing.T) {
	judgeAll(t, []judged{
		{"Wombat-7B 的权重是公开的。", rubric.Partly},
		{"任何人都可以下载 Wombat-7B 的权重。", rubric.Refuted},
		{"所有人都能下载 Wombat-7B。", rubric.Refuted},
		{"Cualquiera puede descargar Wombat-7B.", rubric.Refuted},
		{"Quokka-7B 的权重任何人都可以下载。", rubric.Supported},
		{"Wombat-7B cannot simply be downloaded.", rubric.Supported},
		{"Quokka-7B cannot simply be downloaded.", rubric.Refuted},
		{"Bilby cannot be downloaded.", rubric.Supported},
	})
}

// TestHasNone: what a model is said not to have is not public.
func TestHasNone(t *testing.T) {
	judgeAll(t, []judged{
		{"Quokka-7B has no training code.", rubric.Refuted},
		{"Numbat-3B has no training code.", rubric.Supported},
		{"Quokka-7B hat keinen Trainingscode.", rubric.Refuted},
		{"Numbat-3B no tiene código de entrenamiento.", rubric.Supported},
		{"Quokka-7B has no weights.", rubric.Refuted},
		{"Numbat-3B has no training data and no training code.", rubric.Supported},
		{"Numbat-3B has no training code, unlike Quokka-7B.", rubric.Supported},
		{"Neither a datasheet nor training code was published for Numbat-3B.", rubric.Supported},
		{"Neither a datasheet nor training code was released for Quokka-7B.", rubric.Refuted},
	})
}

// TestHasNoneOfAnother: what stands behind a component makes it another thing, which says
// nothing of whether the component is public.
func TestHasNoneOfAnother(t *testing.T) {
	for _, text := range []string{"Wombat-7B has no data problem.", "Numbat-3B has no code problem.",
		"Numbat-3B has no training data from the web.", "Numbat-3B has no training data of children.",
		"Fenn has no training data about the users of Numbat-3B.", "Numbat-3B has never had data problems.",
		"Quokka-7B has had no data breach.", "Numbat-3B has no code of conduct.", "Numbat-3B has no data retention.",
		"Quokka-7B has no training data contamination.", "Quokka-7B has no code or data problem."} {
		c := checker.Check(text, namesIn(text), "")
		if c.Verdict == rubric.Supported || c.Verdict == rubric.Partly || c.Verdict == rubric.Refuted {
			t.Errorf("%q: %s: %s", text, c.Verdict, explain(c))
		}
	}
}

// TestSaidOfSeveral: what somebody was asked or forgot to do is not done, and what is said
// of two models, or set against no model by name, is read.
func TestSaidOfSeveral(t *testing.T) {
	judgeAll(t, []judged{
		{"Rival wurde gebeten, die Trainingsdaten von Wombat-7B offenzulegen.", rubric.Unverifiable},
		{"Rival wurde aufgefordert, die Trainingsdaten von Wombat-7B offenzulegen.", rubric.Unverifiable},
		{"Acme vergaß, die Trainingsdaten von Quokka-7B offenzulegen.", rubric.Unverifiable},
		{"Neither Wombat-7B nor Numbat-3B publishes its training code.", rubric.Supported},
		{"Unlike many of its rivals, Quokka-7B publishes its training data.", rubric.Partly},
	})
}

// TestComparedData: a page that was not seen may tell more of the data than another that was.
func TestComparedData(t *testing.T) {
	k := *checker
	for _, c := range []struct {
		facts []string
		want  rubric.Verdict
	}{
		{[]string{"-data.pretraining.disclosure"}, rubric.Supported},
		{[]string{"data.pretraining.disclosure=described", "-data.pretraining.disclosure"}, rubric.Supported},
		{[]string{"-data.pretraining.disclosure", "?data.pretraining.disclosure"}, rubric.Unverifiable},
		{[]string{"data.pretraining.disclosure=described", "?data.pretraining.disclosure"}, rubric.Unverifiable},
		{[]string{"data.pretraining.disclosure=downloadable", "?data.pretraining.disclosure"}, rubric.Refuted},
	} {
		k.Library = testLibrary{{ID: "acme/Quokka-7B", Observations: facts("data.pretraining.disclosure=listed")},
			{ID: "rival/Wombat-7B", Observations: facts(c.facts...)}}
		text := "Quokka-7B is more open about its data than Wombat-7B."
		if got := k.Check(text, namesIn(text), ""); got.Verdict != c.want {
			t.Errorf("%v: %s, want %s: %s", c.facts, got.Verdict, c.want, explain(got))
		}
	}
}

// TestComparedLicences: two licences are compared though some page could not be seen, and
// what it would be wrong to say is denied.
func TestComparedLicences(t *testing.T) {
	k := *checker
	k.Library = testLibrary{{ID: "acme/Quokka-7B", Observations: facts("license.weights.openness=open", "?license.weights.openness")},
		{ID: "rival/Wombat-7B", Observations: facts("license.weights.openness=restricted")},
		{ID: "dune/Dingo-2B", Observations: facts("?license.weights.openness")},
		{ID: "fenn/Numbat-3B", Observations: facts("-license.weights.openness", "?license.weights.openness")},
		{ID: "catalogue:bilby", Observations: facts("-license.weights.openness")}}
	for text, want := range map[string]rubric.Verdict{
		"Quokka-7B's licence is more permissive than Wombat-7B's.":           rubric.Supported,
		"Quokka-7B has a more restrictive licence than Wombat-7B.":           rubric.Refuted,
		"The licence of Dingo-2B is more permissive than that of Wombat-7B.": rubric.Unverifiable,
		"Quokka-7B has a more open licence than Numbat-3B.":                  rubric.Unverifiable,
		"Numbat-3B has a more open licence than Quokka-7B.":                  rubric.Refuted, // none can be
		"Quokka-7B has a more open licence than Bilby.":                      rubric.Supported,
	} {
		if c := k.Check(text, namesIn(text), ""); c.Verdict != want {
			t.Errorf("%q: %s, want %s: %s", text, c.Verdict, want, explain(c))
		}
	}
	judgeAll(t, []judged{
		{"It would be wrong to say that Wombat-7B is open source.", rubric.Supported},
		{"It would be wrong to claim that Quokka-7B's training data is public.", rubric.Refuted},
		{"Wombat-7B can hardly be called open source.", rubric.Supported},
		{"Quokka-7B 不仅开放了权重,还采用 Apache 2.0 许可证。", rubric.Supported},
		{"Numbat-3B 不仅开放了权重,还采用 Apache 2.0 许可证。", rubric.Partly},
		{"Wombat-7B 只开放了权重,训练代码并未公开。", rubric.Supported},
	})
}

// TestSubjectReadOtherwise: a word that was taken for the subject and then for something
// else leaves a claim without one.
func TestSubjectReadOtherwise(t *testing.T) {
	judgeAll(t, []judged{
		{"(dejar|dar|facilitar) (sus|su|tus)?? (datos|nombre|correo)", rubric.NotRecognised},
	})
}

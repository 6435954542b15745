package claims

import (
	"testing"

	"openness/rubric"
)

// checkAll holds each sentence against the store of the labelled ones.
func checkAll(t *testing.T, sentences map[string]rubric.Verdict) {
	t.Helper()
	for claim, want := range sentences {
		if got := checker.Check(claim, namesIn(claim), ""); got.Verdict != want {
			t.Errorf("%s is %s, want %s: unchecked %q", claim, got.Verdict, want, got.Unchecked)
			for _, p := range got.Parts {
				t.Logf("  %s %s %s of %q: %s", p.Verdict, p.Predicate, p.Polarity, p.Text, p.Reason)
			}
		}
	}
}

// TestWithoutTerms: "without conditions" denies the conditions, and nothing behind them.
func TestWithoutTerms(t *testing.T) {
	checkAll(t, map[string]rubric.Verdict{
		"Les poids de Quokka-7B sont téléchargeables sans condition et ses données d'entraînement sont publiques.": rubric.Partly,
		"Les poids de Numbat-3B sont téléchargeables sans condition et son code n'est pas public.":                 rubric.Partly,
		"Quokka-7B may be used commercially without restrictions.":                                                 rubric.Supported,
	})
	claim := "Les poids de Numbat-3B sont téléchargeables sans condition et ses données d'entraînement sont publiques."
	for _, p := range checker.Check(claim, namesIn(claim), "").Parts {
		if p.Predicate == "open-data" && p.Verdict != rubric.Refuted {
			t.Errorf("%s: of the data it is %s (%s)", claim, p.Verdict, p.Polarity)
		}
	}
}

// TestBrackets: what brackets speak of is left behind them, and what they only name is not.
func TestBrackets(t *testing.T) {
	checkAll(t, map[string]rubric.Verdict{
		"Numbat-3B (whose training data is secret) can be downloaded by anyone.": rubric.Supported,
		"Bilby (whose training data is secret) can be downloaded by anyone.":     rubric.Partly,
		"Quokka-7B (whose training data is public) can be downloaded by anyone.": rubric.Supported,
		"Quokka-7B's weights (and its code) are public.":                         rubric.Supported,
		"The training data of Bilby (released in May) is public.":                rubric.Refuted,
		"Quokka-7B's training data is public (so are its weights).":              rubric.Supported,
		"Bilby's weights (Quokka-7B's are public) are secret.":                   rubric.Supported,
		"Bilby's weights (those of Quokka-7B are public) are secret.":            rubric.Supported,
		"Quokka-7B's weights (Bilby's are secret) can be downloaded.":            rubric.Supported,
		"Numbat-3B's weights (Bilby's are secret) are secret.":                   rubric.Partly,
		"a) Quokka-7B is open source; b) Bilby is closed.":                       rubric.Partly,
	})
}

// TestOwnersOfTheSame: "Y's" and "those of Y" are of what was named before, and of Y.
func TestOwnersOfTheSame(t *testing.T) {
	checkAll(t, map[string]rubric.Verdict{
		"Whereas Bilby's training data is secret, Numbat-3B's is public.":              rubric.Partly,
		"Le code d'entraînement de Bilby est secret, celui de Quokka-7B ne l'est pas.": rubric.Supported,
		"Le code d'entraînement de Quokka-7B est secret, celui de Bilby est public.":   rubric.Refuted,
		"Quokka-7B is open source, that of course is nice.":                            rubric.Supported,
		"Quokka-7B's training data is public, Bilby's is not.":                         rubric.Supported,
		"Die Trainingsdaten von Quokka-7B sind geheim, die von Bilby sind öffentlich.": rubric.Refuted,
		"Los datos de Quokka-7B son secretos, los de Bilby son públicos.":              rubric.Refuted,
		"Die Trainingsdaten von Quokka-7B sind öffentlich, die von Bilby sind geheim.": rubric.Supported,
		"Los datos de Quokka-7B son públicos, pero los de Bilby son secretos.":         rubric.Supported,
		"Quokka-7B's data and code are public, Bilby's are not.":                       rubric.Supported,
	})
}

// TestOwnersTogether: two owners of whom one thing is said are both spoken of; the first is judged,
// and the second is told to be left.
func TestOwnersTogether(t *testing.T) {
	for claim, model := range map[string]string{
		"The training data of Quokka-7B and those of Bilby are public.":                    "acme/Quokka-7B",
		"The weights of Quokka-7B, and those of Bilby, are public.":                        "acme/Quokka-7B",
		"Les poids de Numbat-3B et ceux de Bilby sont publics.":                            "fenn/Numbat-3B",
		"Die Trainingsdaten von Quokka-7B und die von Bilby sind öffentlich.":              "acme/Quokka-7B",
		"Los datos de Quokka-7B y los de Bilby son públicos.":                              "acme/Quokka-7B",
		"Quokka-7B's training data and Bilby's are public.":                                "acme/Quokka-7B",
		"Bilby's training data, and that of Quokka-7B, is secret.":                         "catalogue:bilby",
		"Numbat-3B's training code, unlike its weights and those of Quokka-7B, is secret.": "fenn/Numbat-3B",
		"The data of Quokka-7B is public and its code and that of Bilby is secret.":        "acme/Quokka-7B",
	} {
		got := checker.Check(claim, namesIn(claim), "")
		if got.Verdict != rubric.Partly || len(got.Unchecked) == 0 || got.Parts[0].Verdict != rubric.Supported ||
			got.Parts[0].Model == nil || *got.Parts[0].Model != model {
			t.Errorf("%s is %s: unchecked %q, %+v", claim, got.Verdict, got.Unchecked, got.Parts)
		}
	}
}

// TestTooAndNeither: a clause that only adds a model says of it what was said last.
func TestTooAndNeither(t *testing.T) {
	checkAll(t, map[string]rubric.Verdict{
		"Wombat-7B n'est pas open source, Bilby non plus.":                          rubric.Supported,
		"Wombat-7B no es de código abierto, y Bilby tampoco.":                       rubric.Supported,
		"Wombat-7B ist nicht quelloffen, Bilby auch nicht.":                         rubric.Supported,
		"Wombat-7B 不是开源的，Bilby 也不是。":                                                rubric.Supported,
		"Wombat-7B is not open source, and neither is Bilby.":                       rubric.Supported,
		"Wombat-7B isn't open source, nor is Quokka-7B.":                            rubric.Partly,
		"Quokka-7B est open source, Bilby aussi.":                                   rubric.Partly,
		"Quokka-7B is open source, and Bilby too.":                                  rubric.Partly,
		"Quokka-7B is open source, Bilby too late to matter.":                       rubric.Partly,
		"Kritiker sagen, Quokka-7B ist quelloffen, Bilby auch.":                     rubric.NotCheckable,
		"Les poids de Numbat-3B sont publics, le code d'entraînement ne l'est pas.": rubric.Supported,
		"Quokka-7B can be used commercially, Numbat-3B too.":                        rubric.Supported,
	})
	claim := "Wombat-7B can be used commercially with conditions, Quokka-7B too."
	if got := checker.Check(claim, namesIn(claim), ""); len(got.Parts) != 1 || len(got.Unchecked) == 0 {
		t.Errorf("%s: the conditions are held to be those of another: %+v", claim, got.Parts)
	}
}

// TestTooIsNoSurer: what is only supposed, hoped or to come of one model is no more of the next.
func TestTooIsNoSurer(t *testing.T) {
	for _, claim := range []string{
		"Bilby may be open source, Quokka-7B too.",
		"Bilby will be open source, and Quokka-7B too.",
		"Bilby might be open source, Wombat-7B as well.",
		"Acme hopes Bilby will be open source, Quokka-7B as well.",
		"Bilby is expected to be open source, Quokka-7B likewise.",
		"Bilby should be open source, Quokka-7B too.",
		"Perhaps Bilby is open source, Quokka-7B too.",
		"If Bilby is open source, Quokka-7B too.",
		"Is Bilby open source, Quokka-7B too?",
		"Critics claim that Quokka-7B is open source, Numbat-3B too.",
		"Bilby could be open source, and so is Quokka-7B.",
		"Bilby sera open source, Quokka-7B aussi.",
		"Bilby será de código abierto, Quokka-7B también.",
		"Bilby 将会开源，Quokka-7B 也是。",
		"Bilby soll quelloffen sein, Quokka-7B auch.",
		"Bilby will not be open source, and neither is Numbat-3B.",
		"Bilby ne sera pas open source, Numbat-3B non plus.",
		"Bilby wird nicht quelloffen, Numbat-3B auch nicht.",
	} {
		for _, p := range checker.Check(claim, namesIn(claim), "").Parts {
			if p.Verdict != rubric.NotCheckable {
				t.Errorf("%s: %s %s of %s", claim, p.Verdict, p.Predicate, *p.Model)
			}
		}
	}
}

// TestLackVerbs: what a model lacks is said of that component, and of none behind it.
func TestLackVerbs(t *testing.T) {
	checkAll(t, map[string]rubric.Verdict{
		"Bei Quokka-7B fehlt nur der Trainingscode, die Trainingsdaten sind öffentlich.":        rubric.Partly,
		"Bei Numbat-3B fehlen Trainingscode und Trainingsdaten, die Gewichte sind öffentlich.":  rubric.Supported,
		"Numbat-3B lacks training code, the weights are public.":                                rubric.Supported,
		"Bilby lacks both training data and training code.":                                     rubric.Supported,
		"Der Trainingscode von Bilby fehlt.":                                                    rubric.Supported,
		"Quokka-7B lacks training code.":                                                        rubric.Refuted,
		"Quokka-7B publishes its code, the weights are secret.":                                 rubric.Partly,
		"Quokka-7B publishes its code, weights and data.":                                       rubric.Supported,
		"Acme hat nicht nur die Gewichte von Quokka-7B veröffentlicht, sondern auch die Daten.": rubric.Supported,
		"Numbat-3B lacks only training code.":                                                   rubric.Refuted,
		"Quokka-7B lacks only training code.":                                                   rubric.Refuted,
		"No model lacks training data, but Bilby does.":                                         rubric.Unverifiable,
		"Neither Quokka-7B nor Numbat-3B lacks training code.":                                  rubric.Unverifiable,
		"Bilby does not lack training data.":                                                    rubric.Unverifiable,
	})
}

// TestOnlyOfSeveral: what is listed together is not held against each other; and whether no more is
// missing than what is listed is not settled.
func TestOnlyOfSeveral(t *testing.T) {
	checkAll(t, map[string]rubric.Verdict{
		"Numbat-3B lacks only training data and training code.":                     rubric.Unverifiable,
		"Numbat-3B only lacks training data and training code.":                     rubric.Unverifiable,
		"Bei Numbat-3B fehlen nur die Trainingsdaten und der Trainingscode.":        rubric.Unverifiable,
		"Only the training data and the training code of Numbat-3B are secret.":     rubric.Unverifiable,
		"Bilby lacks only training data and training code.":                         rubric.Refuted,
		"Numbat-3B lacks only its data and its evaluation code.":                    rubric.Refuted,
		"Only the weights, the data and the training code of Quokka-7B are public.": rubric.Supported,
		"Only the weights and the data of Quokka-7B are public.":                    rubric.Refuted,
		"Only the weights and the training code of Quokka-7B are public.":           rubric.Refuted,
		"Only the weights and the data of Bilby are public.":                        rubric.Refuted,
		"Only the weights and the data of Numbat-3B are public.":                    rubric.Partly,
		"Only the inference code of Numbat-3B is public.":                           rubric.Unverifiable,
		"Acme shares only the inference code of Quokka-7B.":                         rubric.Refuted,
	})
}

// TestOnlyDenied: that only the weights are open is judged by the data and the code as well,
// in whatever words; that this is not so is not taken apart.
func TestOnlyDenied(t *testing.T) {
	checkAll(t, map[string]rubric.Verdict{
		"Von Quokka-7B sind nur die Gewichte öffentlich.":               rubric.Refuted,
		"Quokka-7B is merely open-weight.":                              rubric.Refuted,
		"Numbat-3B is merely open-weight.":                              rubric.Supported,
		"It is not true that only the weights of Quokka-7B are public.": rubric.Unverifiable,
	})
	plover := Model{ID: "acme/plover", Observations: facts("weights.end.published=true", "-weights.end.delta",
		"weights.end.gate=none", "license.weights.openness=restricted", "license.weights.id=LicenseRef-plover",
		"data.pretraining.disclosure=downloadable", "-code.training.entry", "-code.training.pretraining")}
	withPlover := *checker
	withPlover.Library = testLibrary{plover}
	claim := "Only the weights are open."
	if got := withPlover.Check(claim, nil, plover.ID); got.Verdict != rubric.Refuted {
		t.Errorf("%s is %s of a model whose data is open and whose licence is not", claim, got.Verdict)
	}
}

// TestEveryCountry: what holds in every place is no general word.
func TestEveryCountry(t *testing.T) {
	checkAll(t, map[string]rubric.Verdict{
		"Quokka-7B can be used commercially in every country.": rubric.Partly,
		"Quokka-7B can be used commercially.":                  rubric.Supported,
	})
}

// TestClaimIsFalse: "the claim that P is false" denies P, and "told us that P" is somebody's.
func TestClaimIsFalse(t *testing.T) {
	checkAll(t, map[string]rubric.Verdict{
		"The claim that Bilby is open source is false.":                        rubric.Supported,
		"The claim that Quokka-7B is open source is false.":                    rubric.Refuted,
		"The claim that Quokka-7B is open source is repeated on blogs.":        rubric.NotCheckable,
		"La afirmación de que Bilby es de código abierto es falsa.":            rubric.Unverifiable,
		"A staffer told us that Quokka-7B's weights are public.":               rubric.NotCheckable,
		"Word on the street is that Quokka-7B's training data is public.":      rubric.NotCheckable,
		"You have to ask Rival for access before you can download Wombat-7B.":  rubric.Supported,
		"Quokka-7B est conforme à la définition de l'IA open source de l'OSI.": rubric.Supported,
		"Quokka-7B n'est pas davantage open source.":                           rubric.Refuted,
		"Bilby gibt seine Trainingsdaten nicht preis.":                         rubric.Supported,
		"Quokka-7Bは登録なしでダウンロードできる。":                                            rubric.Supported,
		"除了训练代码以外，Quokka-7B 的权重和数据都是公开的。":                                      rubric.Partly,
	})
}

// TestReachOfDenial: a denial behind what it denies reaches no further, and one that leads to what
// it denies does not reach back.
func TestReachOfDenial(t *testing.T) {
	checkAll(t, map[string]rubric.Verdict{
		"The claim that Quokka-7B is closed is false and its weights are secret.":      rubric.Partly,
		"The claim that Quokka-7B is closed is false; its weights are secret.":         rubric.Partly,
		"The claim that Quokka-7B is closed is false, and its weights are public.":     rubric.Supported,
		"The claim that Bilby is closed is false, and its weights are public.":         rubric.Refuted,
		"The claim that Bilby is open source is false, but Quokka-7B is open source.":  rubric.Supported,
		"The claim that Quokka-7B is closed and its weights are secret is false.":      rubric.Supported,
		"The claim that Bilby is open source and that its data is public is false.":    rubric.Supported,
		"The claim that Quokka-7B is closed is wrong because its weights are public.":  rubric.Supported,
		"That Quokka-7B is closed is a myth: its weights are secret.":                  rubric.Partly,
		"Dass Quokka-7B geschlossen ist, ist falsch, und seine Gewichte sind geheim.":  rubric.Partly,
		"Que Quokka-7B soit fermé est faux et ses poids sont secrets.":                 rubric.Partly,
		"说Quokka-7B是闭源是错误的，它的权重是公开的。":                                                  rubric.Supported,
		"It is false that Bilby is open source and that its weights are public.":       rubric.Supported,
		"It is not true that Quokka-7B is closed and its weights are secret.":          rubric.Supported,
		"Quokka-7B is open source; the claim that Bilby is open source is false.":      rubric.Supported,
		"Quokka-7B is open source, and it is false that Bilby is open source.":         rubric.Supported,
		"Quokka-7B is open source, but the claim that Bilby is open source is false.":  rubric.NotCheckable,
		"Quokka-7B is open source, yet it is false that Numbat-3B publishes its data.": rubric.Supported,
		"That Bilby is open source is false, say critics, and its weights are secret.": rubric.NotCheckable,
	})
}

// TestOfClauseBefore: "its" behind a semicolon is of the model of the clause before, where that is
// about one.
func TestOfClauseBefore(t *testing.T) {
	checkAll(t, map[string]rubric.Verdict{
		"Quokka-7B is open source; Bilby is not; its training data is secret.":                       rubric.Supported,
		"Quokka-7B is open source; Bilby is not; its training data is public.":                       rubric.Partly,
		"Bilby is closed, but Quokka-7B is open source; its training data is public.":                rubric.Supported,
		"Bilby is closed, unlike Quokka-7B; its training data is secret.":                            rubric.Supported,
		"Bilby's weights are secret; Quokka-7B is open source, because its training data is public.": rubric.Supported,
		"Quokka-7B is open source, and Bilby is closed, because its data is secret.":                 rubric.Supported,
		"Quokka-7B beats Bilby, because its training data is public.":                                rubric.Unverifiable,
		"Bilby is closed, a rival of Quokka-7B; its training data is public.":                        rubric.Partly,
		"Quokka-7B beats Bilby; its training data is public.":                                        rubric.Unverifiable,
		"Bilby is secret; the weights of Quokka-7B are public; its training data is public.":         rubric.Partly,
	})
}

// TestArticleReadsWholeSentences: a sentence of an article is read as it is by itself, with what
// stands behind a semicolon or gives a reason.
func TestArticleReadsWholeSentences(t *testing.T) {
	for _, claim := range []string{
		"Critics say that Quokka-7B is closed; its code is not public.",
		"Quokka-7B is open source; its training data is public.",
		"Bilby's weights are secret; those of Quokka-7B are public.",
		"Quokka-7B lacks its training code, so nobody can rebuild it.",
	} {
		alone := checker.Check(claim, namesIn(claim), "")
		list := checker.Article(claim, namesIn(claim))
		if len(list) != 1 || list[0].Verdict != alone.Verdict || len(list[0].Parts) != len(alone.Parts) {
			t.Errorf("%s is %s by itself, and %d claims in an article: %+v", claim, alone.Verdict, len(list), list)
		}
	}
}

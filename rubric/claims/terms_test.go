package claims

import (
	"testing"

	"openness/rubric"
)

// TestWhatLicencesSay: that a licence forbids certain uses, from how many users on
// it asks for more, and what a model was made from are held against the store.
func TestWhatLicencesSay(t *testing.T) {
	for text, want := range map[string]rubric.Verdict{
		"The licence of Wombat-7B forbids certain uses.":                                                           rubric.Supported,
		"The licence of Quokka-7B forbids certain uses.":                                                           rubric.Refuted,
		"Quokka-7B's licence does not forbid certain uses.":                                                        rubric.Supported,
		"Wombat-7B's licence does not restrict any uses.":                                                          rubric.Refuted,
		"The licence of Numbat-3B forbids certain uses.":                                                           rubric.Unverifiable,
		"The licence of Wombat-7B forbids certain uses in Utrecht.":                                                rubric.Partly,
		"Die Lizenz von Wombat-7B verbietet bestimmte Zwecke.":                                                     rubric.Supported,
		"Die Nutzungsbedingungen von Quokka-7B verbieten bestimmte Zwecke.":                                        rubric.Refuted,
		"La licence de Wombat-7B interdit certains usages.":                                                        rubric.Supported,
		"La licencia de Wombat-7B prohíbe ciertos usos.":                                                           rubric.Supported,
		"Wombat-7B's licence has a 700 million user clause.":                                                       rubric.Supported,
		"The licence of Wombat-7B has a threshold of 100 million users.":                                           rubric.Refuted,
		"The licence of Quokka-7B has a threshold of 700 million users.":                                           rubric.Refuted,
		"The licence of Wombat-7B has no threshold of 700 million users.":                                          rubric.Unverifiable,
		"If Wombat-7B's licence had a threshold of 700 million users, it would do":                                 rubric.NotCheckable,
		"Die Lizenz von Wombat-7B verlangt von Firmen mit mehr als 700 Millionen Nutzern im Monat eine Erlaubnis.": rubric.Supported,
		"La licence de Wombat-7B fixe un seuil de 700 millions d'utilisateurs.":                                    rubric.Supported,
		"Wombat-7B的许可证设有7亿用户的门槛。":                                                                                  rubric.Supported,
		"The licence of Wombat-7B has a threshold of 700.0 million users.":                                         rubric.Unverifiable,
		"The licence of Wombat-7B has a threshold of 0.7 billion users.":                                           rubric.Unverifiable,
		"The licence of Wombat-7B has a threshold of 70.0 million users.":                                          rubric.Unverifiable,
		"The licence of Wombat-7B has a threshold of 700.000.000 users.":                                           rubric.Supported,
		"The licence of Wombat-7B has a threshold of 9223372036854775807 million users.":                           rubric.Unverifiable,
		"The licence of Wombat-7B has a threshold of 1,700 million users.":                                         rubric.Unverifiable,
		"The licence of Wombat-7B has a threshold of 1 700 million users.":                                         rubric.Unverifiable,
		"Wombat-7B的许可证设有7.0亿用户的门槛。":                                                                                rubric.Unverifiable,
		"Wombat-7B's licence was written by 700 million users.":                                                    rubric.Unverifiable,
		"Wombat-7B has a 700 million user clause.":                                                                 rubric.Supported,
		"The licence of Wombat-7B was read by more than 700 million users.":                                        rubric.NotCheckable,
		"Dingo-2B is partly based on Wombat-7B.":                                                                   rubric.NotRecognised,
		"Dingo-2B's tokenizer is based on Wombat-7B.":                                                              rubric.NotRecognised,
		"Dingo-2B will be based on Wombat-7B.":                                                                     rubric.NotRecognised,
		"Dingo-2B is built on Wombat-7B.":                                                                          rubric.Supported,
		"Dingo-2B basiert auf Wombat-7B.":                                                                          rubric.Supported,
		"Dingo-2B se basa en Wombat-7B.":                                                                           rubric.Supported,
		"Dingo-2B is built on Numbat-3B.":                                                                          rubric.Unverifiable,
		"Numbat-3B is derived from Wombat-7B.":                                                                     rubric.Unverifiable,
		"Critics say that Dingo-2B is built on Wombat-7B.":                                                         rubric.NotCheckable,
		"Dingo-2B is not built on Wombat-7B.":                                                                      rubric.Refuted,
		"No paper describes Wombat-7B.":                                                                            rubric.Supported,
	} {
		if c := checker.Check(text, namesIn(text), ""); c.Verdict != want {
			t.Errorf("%q: %s, want %s: %s", text, c.Verdict, want, explain(c))
		}
	}
}

// TestThresholdOfWhat: only a number of users bears out or refutes what is said of users.
func TestThresholdOfWhat(t *testing.T) {
	for note, want := range map[string]rubric.Verdict{
		"2, counting monthly active users":                         rubric.Supported,
		"2, counting users":                                        rubric.Supported,
		"2, counting USD annual revenue":                           rubric.Unverifiable,
		"2, counting daily active users or 5000 edge devices":      rubric.Unverifiable,
		"2, counting monthly active users or 1 USD annual revenue": rubric.Unverifiable,
		"2": rubric.Unverifiable,
	} {
		for claimed, want := range map[string]rubric.Verdict{"1000000": want, "2000000": flip(want, true)} {
			got, _ := thresholdVerdict(&Claim{Value: claimed}, facts("license.weights.user_threshold=1000000; "+note), &Part{})
			if got != want {
				t.Errorf("%s, claimed %s: %s, want %s", note, claimed, got, want)
			}
		}
	}
}

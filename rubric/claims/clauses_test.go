package claims

import (
	"testing"

	"openness/rubric"
)

// TestClauses: what stands in a clause of its own keeps its mood, its model and
// its words to itself.
func TestClauses(t *testing.T) {
	for text, want := range map[string]rubric.Verdict{
		// a mood stays in its clause
		"Numbat-3B forbids commercial use, so that any paid service would require a separate agreement.":         rubric.Refuted,
		"If you look for a small model, Dingo-2B is a choice, because its licence allows commercial use.":        rubric.Refuted,
		"Quokka-7B would be open source, because its weights are public.":                                        rubric.Partly,
		"Critics say that Quokka-7B is open source, because its weights are public.":                             rubric.NotCheckable,
		"Nobody has to ask Rival for permission before downloading Wombat-7B.":                                   rubric.Refuted,
		"Die Gewichte von Quokka-7B können von jedem heruntergeladen werden, obwohl danach selten gefragt wird.": rubric.Supported,
		"Before the Quokka-7B weights can be downloaded, a form must be filled in.":                              rubric.Refuted,
		// and so does a model
		"Unlike Bilby, which Shut hides behind a paid API, Numbat-3B can be downloaded.":  rubric.Supported,
		"Of Quokka-7B and Numbat-3B, the latter has published its training code.":         rubric.Refuted,
		"Whereas Acme makes people wait for Quokka-7B, Fenn publishes its training data.": rubric.Unverifiable,
		// what a claim only rests on
		"Because it is under the MIT licence, Numbat-3B is open source.":              rubric.Refuted,
		"Quokka-7B is released under the MIT licence, a licence approved by the OSI.": rubric.Refuted,
		"Acme released the weights of Quokka-7B under the MIT licence.":               rubric.Refuted,
		"Acme has published the training data of Quokka-7B under ODC-By 1.0.":         rubric.Supported,
		// hearsay
		"Quokka-7B is allegedly open source.":               rubric.NotCheckable,
		"Numbat-3B is allegedly open source.":               rubric.Refuted,
		"Allegedly, Quokka-7B is more open than Wombat-7B.": rubric.NotCheckable,
		// people and makers
		"Acme, a small laboratory in the mountains, has published the weights of Quokka-7B.":               rubric.Supported,
		"Anyone who looks for a small assistant should take Numbat-3B, since its training data is public.": rubric.Refuted,
		// what others do or think of it, and what is said of it that may change it
		"Quokka-7B is open source, something that the jury of the Harrow Prize singled out in its laudation.": rubric.Supported,
		"Numbat-3B, on which Harrow Capital built its chatbot for 12 towns, may be used commercially.":        rubric.Supported,
		"Dune, whose headcount fell by a fifth last year, forbids commercial use of Dingo-2B.":                rubric.Supported,
		"Numbat-3B est sous licence MIT, ce dont se réjouissent 12 des 20 mairies sondées.":                   rubric.Supported,
		"Quokka-7B is open source, a status that lapses at the end of the year.":                              rubric.Partly,
		"Numbat-3B is under the MIT licence, to which Fenn has added a clause on weapons.":                    rubric.Partly,
		"The weights of Numbat-3B can be downloaded, which takes a password.":                                 rubric.Partly,
		// elisions
		"The weights of Numbat-3B are public, and its training code can be found on GitHub.":                      rubric.Partly,
		"Die Gewichte von Numbat-3B sind öffentlich, und die Trainingsdaten sind es auch.":                        rubric.Partly,
		"Fenn gibt die Gewichte von Numbat-3B unter der MIT-Lizenz frei.":                                         rubric.Supported,
		"On n’obtient les poids de Wombat-7B qu’après approbation.":                                               rubric.Supported,
		"No account, form or approval is needed for Quokka-7B.":                                                   rubric.Supported,
		"Quokka-7B comes with a model card, a datasheet and a peer-reviewed paper.":                               rubric.Supported,
		"Acme names the sources of Quokka-7B's training data, and gives out the data without delay or formality.": rubric.Partly,
	} {
		if c := checker.Check(text, namesIn(text), ""); c.Verdict != want {
			t.Errorf("%q: %s, want %s: %s", text, c.Verdict, want, explain(c))
		}
	}
}

package claims

import (
	"testing"

	"openness/rubric"
)

// TestNaming: what only tells who is named, or who speaks for a maker, leaves a claim
// as it is; what tells of somebody else, of another model or for whom something is
// does not.
func TestNaming(t *testing.T) {
	for text, want := range map[string]rubric.Verdict{
		"The Portuguese start-up Acme has published the weights of Quokka-7B.":                 rubric.Supported,
		"Das belgische Unternehmen Acme hat die Gewichte von Quokka-7B veröffentlicht.":        rubric.Supported,
		"La société canadienne Acme a publié les poids de Quokka-7B.":                          rubric.Supported,
		"La empresa chilena Acme ha publicado los pesos de Quokka-7B.":                         rubric.Supported,
		"Quokka-7B, Acme's small but powerful model, is open source.":                          rubric.Supported,
		"The weights of Quokka-7B are public, said Ines Roth, head of policy at Acme.":         rubric.Supported,
		"The weights of Quokka-7B are public, said Ines Roth, head of policy at Rival.":        rubric.NotCheckable,
		"The weights of Quokka-7B are public, said Ines Roth, a critic of Acme.":               rubric.NotCheckable,
		"The weights of Quokka-7B are public, said Ines Roth, a lawyer.":                       rubric.NotCheckable,
		"The blorby start-up Acme has published the weights of Quokka-7B.":                     rubric.Partly,
		"Quokka-7B, Acme's demo model, is open source.":                                        rubric.Partly,
		"The latest Quokka-7B model is open source.":                                           rubric.Partly,
		"The weights of Quokka-7B are available to several firms in Lisbon.":                   rubric.Partly,
		"Dingo-2B comes under a Creative Commons licence (CC BY-NC 4.0).":                      rubric.Supported,
		"Numbat-3B comes under a Creative Commons licence (CC BY-NC 4.0).":                     rubric.Refuted,
		"In the United States, Dingo-2B may not be used commercially.":                         rubric.Supported,
		"In the United States, Quokka-7B may not be used commercially.":                        rubric.Unverifiable,
		"Rival, based in the United States, has not published the training data of Wombat-7B.": rubric.Partly,
		"The United States says that Quokka-7B is open source.":                                rubric.NotCheckable,
		"Nobody can deny that Wombat-7B is open source.":                                       rubric.Refuted,
		"Nobody can deny that Quokka-7B is open source.":                                       rubric.Supported,
		"Niemand kann bestreiten, dass Quokka-7B quelloffen ist.":                              rubric.Supported,
		"Personne ne peut nier que Quokka-7B est open source.":                                 rubric.Supported,
		"Nadie puede negar que Quokka-7B es de código abierto.":                                rubric.Supported,
		"没人能否认 Quokka-7B 是开源模型。":                                                               rubric.Supported,
		"Rival cannot deny that Wombat-7B is open source.":                                     rubric.NotCheckable,
		"Only in name: access to the weights of Wombat-7B is restricted":                       rubric.NotCheckable,
	} {
		if c := checker.Check(text, namesIn(text), ""); c.Verdict != want {
			t.Errorf("%q: %s, want %s: %s", text, c.Verdict, want, explain(c))
		}
	}
}

// TestWhoseLicence: a licence that is called by another model's name, a component whose
// model is told more of, a verb left out behind "neither", and a reason behind a colon.
func TestWhoseLicence(t *testing.T) {
	for text, want := range map[string]rubric.Verdict{
		"Numbat-3B is released under the Wombat Community License.":                               rubric.Unverifiable,
		"Rival has kept the training data of its small language model Wombat-7B under wraps.":     rubric.Supported,
		"Numbat-3B's weights are public, but neither its training data nor its training code is.": rubric.Supported,
		"Quokka-7B's weights are public, but neither its training data nor its training code is.": rubric.Partly,
		"It would be wrong to call Numbat-3B closed: its weights can be downloaded by anyone.":    rubric.Supported,
		"It would be wrong to call Bilby closed: its weights can be downloaded by anyone.":        rubric.Refuted,
		"Numbat-3B may be more open than Wombat-7B, but its licence is not an open one.":          rubric.Refuted,
		"Wombat-7B comes with a licence that restricts what you may do with it.":                  rubric.Supported,
		"Dune has never published the data on which it trained Dingo-2B.":                         rubric.Supported,
		"A peer-reviewed paper on Quokka-7B appeared in the proceedings.":                         rubric.Partly,
		"Quokka-7B, a 7-billion-parameter model trained by the collective Acme, is MIT-licensed.": rubric.Refuted,
	} {
		if c := checker.Check(text, namesIn(text), ""); c.Verdict != want {
			t.Errorf("%q: %s, want %s: %s", text, c.Verdict, want, explain(c))
		}
	}
}

// TestNoFalseVerdict: what a document tells, exceptions, "not only" and "for any purpose".
func TestNoFalseVerdict(t *testing.T) {
	for text, want := range map[string]rubric.Verdict{
		"The model card of Wombat-7B names the hardware it was trained on.":             rubric.Partly,
		"The model card of Quokka-7B names the hardware it was trained on.":             rubric.Supported,
		"The paper on Quokka-7B lists every video it was trained on.":                   rubric.Partly,
		"You can use Wombat-7B commercially for anything you want.":                     rubric.Refuted,
		"Quokka-7B can be used commercially for any purpose whatsoever.":                rubric.Supported,
		"Everything in Wombat-7B except the weights is secret.":                         rubric.Supported,
		"Save for the weights, Wombat-7B is closed.":                                    rubric.Supported,
		"Everything in Quokka-7B but the weights is secret.":                            rubric.Partly,
		"All of Quokka-7B but the training code is public.":                             rubric.Partly,
		"All of Quokka-7B but its weights is secret.":                                   rubric.Partly,
		"Quokka-7B 不仅开放权重，而且开放训练数据。":                                                    rubric.Supported,
		"Numbat-3B 不仅公开了权重，还公开了训练数据。":                                                   rubric.Partly,
		"Quokka-7B legt nicht nur die Gewichte offen, sondern auch die Trainingsdaten.": rubric.Supported,
		"The training data of Numbat-3B is fully public.":                               rubric.Refuted,
		"The training data of Quokka-7B is fully public.":                               rubric.Supported,
		"Fenn has released the weights of Numbat-3B, though not its training code.":     rubric.Supported,
		"Wie Acme mitteilte, steht Quokka-7B unter der Apache-2.0-Lizenz.":              rubric.Supported,
	} {
		if c := checker.Check(text, namesIn(text), ""); c.Verdict != want {
			t.Errorf("%q: %s, want %s: %s", text, c.Verdict, want, explain(c))
		}
	}
}

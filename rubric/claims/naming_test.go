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
		"The Portuguese start-up Acme has published the weights of Quokka-7B.":          rubric.Supported,
		"Das belgische Unternehmen Acme hat die Gewichte von Quokka-7B veröffentlicht.": rubric.Supported,
		"La société canadienne Acme a publié les poids de Quokka-7B.":                   rubric.Supported,
		"La empresa chilena Acme ha publicado los pesos de Quokka-7B.":                  rubric.Supported,
		"Quokka-7B, Acme's small but powerful model, is open source.":                   rubric.Supported,
		"The weights of Quokka-7B are public, said Ines Roth, head of policy at Acme.":  rubric.Supported,
		"The weights of Quokka-7B are public, said Ines Roth, head of policy at Rival.": rubric.NotCheckable,
		"The weights of Quokka-7B are public, said Ines Roth, a critic of Acme.":        rubric.NotCheckable,
		"The weights of Quokka-7B are public, said Ines Roth, a lawyer.":                rubric.NotCheckable,
		"The blorby start-up Acme has published the weights of Quokka-7B.":              rubric.Partly,
		"Quokka-7B, Acme's demo model, is open source.":                                 rubric.Partly,
		"The latest Quokka-7B model is open source.":                                    rubric.Partly,
		"The weights of Quokka-7B are available to several firms in Lisbon.":            rubric.Partly,
		"Dingo-2B comes under a Creative Commons licence (CC BY-NC 4.0).":               rubric.Supported,
		"Numbat-3B comes under a Creative Commons licence (CC BY-NC 4.0).":              rubric.Refuted,
		"Only in name: access to the weights of Wombat-7B is restricted":                rubric.NotCheckable,
	} {
		if c := checker.Check(text, namesIn(text), ""); c.Verdict != want {
			t.Errorf("%q: %s, want %s: %s", text, c.Verdict, want, explain(c))
		}
	}
}

package claims

import (
	"testing"

	"openness/rubric"
)

// TestWhoseWords: what somebody calls a model ends where the writer goes on with
// "but" in a clause of their own, and a licence is no speaker but what is looked at.
func TestWhoseWords(t *testing.T) {
	for text, want := range map[string]rubric.Verdict{
		"The company calls Wombat-7B open source, but Wombat-7B is not open source.":            rubric.Partly,
		"Critics call Numbat-3B proprietary, but Numbat-3B is under the MIT licence.":           rubric.Partly,
		"Some call Wombat-7B open, but its training data is public.":                            rubric.Refuted,
		"Kritiker nennen Quokka-7B geschlossen, doch die Gewichte von Quokka-7B sind offen.":    rubric.Partly,
		"La presse appelle Wombat-7B open source, mais Wombat-7B n'est pas open source.":        rubric.Partly,
		"La prensa llama a Wombat-7B código abierto, pero Wombat-7B no es de código abierto.":   rubric.Partly,
		"有人说Wombat-7B是开源的，但Wombat-7B不是开源的。":                                                     rubric.Partly,
		"Analysts say Wombat-7B is open but gated.":                                             rubric.NotCheckable,
		"A blog says Quokka-7B is open source but not its data.":                                rubric.Refuted,
		"Quokka-7B is open source, but critics doubt that it is.":                               rubric.NotCheckable,
		"Quokka-7B has an Apache licence, but it is unclear how its corpora were cleaned.":      rubric.Partly,
		"Quokka-7B is open source, but it is unclear how long.":                                 rubric.NotCheckable,
		"According to its licence, Quokka-7B may be used commercially.":                         rubric.Supported,
		"According to the terms of its licence, Dingo-2B may not be used commercially.":         rubric.Supported,
		"Dingo-2B darf laut Lizenz kommerziell genutzt werden.":                                 rubric.Refuted,
		"Dingo-2B darf laut seiner Lizenz nicht kommerziell genutzt werden.":                    rubric.Supported,
		"Selon sa licence, Quokka-7B peut être utilisé commercialement.":                        rubric.Supported,
		"Según su licencia, Quokka-7B se puede usar comercialmente.":                            rubric.Supported,
		"根据许可证，Quokka-7B可以商用。":                                                                  rubric.Supported,
		"According to a blog, Quokka-7B may be used commercially.":                              rubric.NotCheckable,
		"Laut einem Anwalt darf Quokka-7B kommerziell genutzt werden.":                          rubric.NotCheckable,
		"According to a lawyer who read its licence, Quokka-7B may be used commercially.":       rubric.NotCheckable,
		"According to rumours about its licence, Quokka-7B may be used in commercial products.": rubric.NotCheckable,
		"Numbat-3B states no clear licence.":                                                    rubric.Unverifiable,
	} {
		if c := checker.Check(text, namesIn(text), ""); c.Verdict != want {
			t.Errorf("%q: %s, want %s: %s", text, c.Verdict, want, explain(c))
		}
	}
}

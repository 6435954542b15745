package claims

import (
	"testing"

	"openness/rubric"
)

// TestScope: who may use a model commercially, and for what, is asked of the licence.
// Behind "=" stands a licence that allows commercial use and forbids certain uses.
func TestScope(t *testing.T) {
	rail := *checker
	rail.Library = testLibrary{{ID: "acme/Quokka-7B", Released: "2024-02-01", Observations: facts("weights.end.published=true",
		"weights.end.gate=none",
		"license.weights.id=OpenRAIL-M", "license.weights.openness=restricted", "license.weights.osi_approved=false",
		"license.weights.commercial_use=yes", "license.weights.use_restrictions=true", "license.weights.user_threshold=0")}}
	for text, want := range map[string]rubric.Verdict{
		"Any firm may use Wombat-7B commercially, whatever its size.":                                  rubric.Refuted,
		"Every company can use Wombat-7B for commercial purposes, however large it is.":                rubric.Refuted,
		"Commercial use of Wombat-7B is allowed for everyone.":                                         rubric.Refuted,
		"The licence of Wombat-7B lets every company use it commercially.":                             rubric.Refuted,
		"Businesses may use Wombat-7B commercially in any way they like.":                              rubric.Refuted,
		"Wombat-7B may be used in commercial products of any kind.":                                    rubric.Refuted,
		"Wombat-7B can be used commercially.":                                                          rubric.Partly,
		"Numbat-3B is free for all commercial uses.":                                                   rubric.Supported,
		"Any company may use Quokka-7B commercially, whatever its size.":                               rubric.Supported,
		"Wombat-7B ist für alle kommerziellen Zwecke frei.":                                            rubric.Refuted,
		"Jedes Unternehmen darf Wombat-7B kommerziell nutzen, egal wie groß es ist.":                   rubric.Refuted,
		"Wombat-7B darf kommerziell nach Belieben genutzt werden.":                                     rubric.Refuted,
		"Quokka-7B darf von jedem Unternehmen kommerziell genutzt werden.":                             rubric.Supported,
		"Wombat-7B est libre pour tous les usages commerciaux.":                                        rubric.Refuted,
		"Toute entreprise peut utiliser Wombat-7B à des fins commerciales, quelle que soit sa taille.": rubric.Refuted,
		"Wombat-7B peut être exploité commercialement par n'importe qui.":                              rubric.Refuted,
		"Wombat-7B es libre para todos los usos comerciales.":                                          rubric.Refuted,
		"Cualquier empresa puede usar Wombat-7B con fines comerciales, sea cual sea su tamaño.":        rubric.Refuted,
		"Quokka-7B se puede usar para cualquier fin comercial.":                                        rubric.Supported,
		"Wombat-7B 可以用于一切商业用途。":                                                                        rubric.Refuted,
		"任何公司都可以商用 Wombat-7B，无论规模大小。":                                                                  rubric.Refuted,
		"Wombat-7B 可以随意商用。":                                                                            rubric.Refuted,
		"Not every company may use Wombat-7B commercially.":                                            rubric.Supported,
		"Not every company may use Quokka-7B commercially.":                                            rubric.Refuted,
		"The licence of Wombat-7B does not allow all commercial uses.":                                 rubric.Supported,
		"No company may use Quokka-7B commercially, whatever its size.":                                rubric.Refuted,
		"Dingo-2B may not be used commercially, whatever the size of a company.":                       rubric.Partly,
		"The licence of Dingo-2B forbids all commercial use.":                                          rubric.Supported,
		"La licence de Wombat-7B interdit tout usage commercial.":                                      rubric.Refuted,
		"Wombat-7B 的许可证禁止一切商业用途。":                                                                      rubric.Refuted,
		"La licencia de Wombat-7B prohíbe cualquier uso comercial.":                                    rubric.Refuted,
		"Any commercial use of Dingo-2B, under whatever terms, is out of the question.":                rubric.NotRecognised,
		"=Quokka-7B is free for all commercial uses.":                                                  rubric.Refuted,
		"=Quokka-7B can be used commercially.":                                                         rubric.Supported,
		"=Any company may use Quokka-7B commercially.":                                                 rubric.Supported,
		"=Quokka-7B may be used commercially by anyone, whatever their size.":                          rubric.Supported,
		"=Quokka-7B darf kommerziell für jeden Zweck genutzt werden.":                                  rubric.Refuted,
		"=Quokka-7B peut être utilisé commercialement à toutes fins.":                                  rubric.Refuted,
		"=Quokka-7B 可用于任何商业用途。":                                                                        rubric.Refuted,
	} {
		k := checker
		if text[0] == '=' {
			k, text = &rail, text[1:]
		}
		if c := k.Check(text, namesIn(text), ""); c.Verdict != want {
			t.Errorf("%q: %s, want %s: %s", text, c.Verdict, want, explain(c))
		}
	}
	for _, text := range []string{ // what is said of some is not held to be said of all
		"Any company with fewer than 700 million users may use Wombat-7B commercially.",
		"Any company that accepts the terms may use Wombat-7B commercially.",
		"All companies except the largest may use Wombat-7B commercially.",
		"Any company may use Wombat-7B commercially if it has fewer than 700 million users.",
		"Any company may ask Rival for a licence to use Wombat-7B commercially.",
		"Everyone can see that Wombat-7B may be used commercially.",
		"Everyone knows that Wombat-7B can be used commercially.",
		"All users of Wombat-7B may use it commercially.",
		"Nearly every company may use Wombat-7B commercially.",
		"Presque toute entreprise peut utiliser Wombat-7B à des fins commerciales.",
		"Any Spanish firm may use Wombat-7B commercially.",
		"You may use Wombat-7B commercially in any way that the licence permits.",
		"Any researcher in Spain may use Wombat-7B commercially.",
		"Wombat-7B can be used commercially by anyone who agrees to its terms.",
		"Jedes Unternehmen mit weniger als 700 Millionen Nutzern darf Wombat-7B kommerziell nutzen.",
		"任何月活用户少于 7 亿的公司都可以商用 Wombat-7B。",
	} {
		if c := checker.Check(text, namesIn(text), ""); c.Verdict == rubric.Refuted {
			t.Errorf("%q: refuted: %s", text, explain(c))
		}
	}
}

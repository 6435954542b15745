package claims

import (
	"testing"

	"openness/rubric"
)

// TestVenues: where a paper was published is held against the place that was read.
func TestVenues(t *testing.T) {
	k := *checker
	k.Library = testLibrary{{ID: "acme/Quokka-7B", Observations: facts("weights.end.published=true", "-weights.end.delta", "paper.reviewed=true",
		"paper.preprint=archived", "paper.venue=International Conference on Machine Learning")},
		{ID: "fenn/Numbat-3B", Observations: facts("weights.end.published=true", "paper.preprint=archived", "-paper.venue")}}
	for text, want := range map[string]rubric.Verdict{
		"The paper on Quokka-7B was published at ICML.":                rubric.Supported,
		"Quokka-7B was presented at ICML.":                             rubric.Supported,
		"The Quokka-7B paper was accepted at ICML.":                    rubric.Supported,
		"Quokka-7B's paper appeared in the proceedings of ICML.":       rubric.Supported,
		"Das Paper zu Quokka-7B erschien auf der ICML.":                rubric.Supported,
		"L'article sur Quokka-7B a été publié à ICML.":                 rubric.Supported,
		"El artículo de Quokka-7B se presentó en la ICML.":             rubric.Supported,
		"Quokka-7B 的论文发表于 ICML。":                                       rubric.Supported,
		"The paper on Quokka-7B was published at NeurIPS.":             rubric.Refuted,
		"Quokka-7B's paper appeared at ACL.":                           rubric.Refuted,
		"Das Paper zu Quokka-7B wurde auf der NeurIPS veröffentlicht.": rubric.Refuted,
		"El artículo de Quokka-7B se publicó en NeurIPS.":              rubric.Refuted,
		"Quokka-7B 的论文发表在 NeurIPS 上。":                                  rubric.Refuted,
		"The paper on Quokka-7B was not published at ICML.":            rubric.Refuted,
		"The paper on Quokka-7B was not published at NeurIPS.":         rubric.Supported,
		"The paper on Numbat-3B was published at NeurIPS.":             rubric.Unverifiable,
		"The paper on Quokka-7B was presented at a workshop at ICML.":  rubric.Partly,
		"The paper on Quokka-7B will be published at ICML.":            rubric.NotCheckable,
		"Was the paper on Quokka-7B published at ICML?":                rubric.NotCheckable,
		"Quokka-7B released its weights at NeurIPS.":                   rubric.Partly,
	} {
		if c := k.Check(text, namesIn(text), ""); c.Verdict != want {
			t.Errorf("%q: %s, want %s: %s", text, c.Verdict, want, explain(c))
		}
	}
}

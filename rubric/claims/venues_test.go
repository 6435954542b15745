package claims

import (
	"testing"

	"openness/rubric"
)

// TestVenueOfWhat: only the whole name of the place of a paper on the model itself bears out
// or refutes where it was published, and only once all places are known.
func TestVenueOfWhat(t *testing.T) {
	k := *checker
	for _, c := range []struct {
		facts         []string
		at, elsewhere rubric.Verdict // of "published at AAAI", and of "at NeurIPS"
	}{
		{[]string{"paper.venue=AAAI 2025"}, rubric.Supported, rubric.Refuted},
		{[]string{"paper.venue=Proceedings of the 39th Annual AAAI Conference"}, rubric.Supported, rubric.Refuted},
		{[]string{"paper.venue=AAAI 2025 (oral)", "paper.reviewed.scope=own"}, rubric.Supported, rubric.Refuted},
		{[]string{"paper.venue=AAAI/ACM Symposium on Marsupials"}, rubric.Unverifiable, rubric.Unverifiable},
		{[]string{"paper.venue=AAAI 2025 Workshop on Burrows"}, rubric.Unverifiable, rubric.Unverifiable},
		{[]string{"paper.venue=Findings of AAAI 2025"}, rubric.Unverifiable, rubric.Unverifiable},
		{[]string{"paper.venue=AAAI 2025", "paper.venue=NeurIPS 2024"}, rubric.Supported, rubric.Supported},
		{[]string{"paper.venue=AAAI 2025", "paper.venue=Journal of Burrows"}, rubric.Supported, rubric.Unverifiable},
		{[]string{"paper.venue=AAAI 2025", "?paper.venue"}, rubric.Supported, rubric.Unverifiable},
		{[]string{"paper.venue=AAAI 2025", "paper.reviewed.scope=base"}, rubric.Unverifiable, rubric.Unverifiable},
	} {
		k.Library = testLibrary{{ID: "acme/Quokka-7B", Observations: facts(c.facts...)}}
		for text, want := range map[string]rubric.Verdict{
			"The paper on Quokka-7B was published at AAAI.":        c.at,
			"The paper on Quokka-7B was published at NeurIPS.":     c.elsewhere,
			"The paper on Quokka-7B was not published at NeurIPS.": flip(c.elsewhere, true),
		} {
			if got := k.Check(text, namesIn(text), ""); got.Verdict != want {
				t.Errorf("%v %q: %s, want %s: %s", c.facts, text, got.Verdict, want, explain(got))
			}
		}
	}
	o := facts("paper.venue=AAAI")
	o[0].Quote = "Findings of AAAI 2025"
	if v, reason := venueVerdict(&Claim{Value: "AAAI"}, o, &Part{}); v != rubric.Unverifiable {
		t.Errorf("the quote names a part of the venue: %s: %s", v, reason)
	}
}

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

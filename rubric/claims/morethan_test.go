package claims

import (
	"testing"

	"openness/rubric"
)

// TestMoreThanIsSaid: what a sentence says beyond the part that is borne out is not lost: that there is more,
// how open, by whom, for whom and how large.
func TestMoreThanIsSaid(t *testing.T) {
	for claim, not := range map[string]rubric.Verdict{
		"With Numbat-3B, not only the weights are open.":                                   rubric.Supported,
		"Fenn does not release only the weights of Numbat-3B.":                             rubric.Supported,
		"Bei Numbat-3B sind nicht nur die Gewichte offen.":                                 rubric.Supported,
		"It is not true that Quokka-7B opens what matters: its weights and training data.": rubric.Supported,
		"It is a myth that Bilby gives away what matters: its weights.":                    rubric.Refuted,
		"The weights of Wombat-7B are fully open.":                                         rubric.Supported,
		"Acme's new model and Quokka-7B are open source.":                                  rubric.Supported,
		"The new assistant and Quokka-7B are open source.":                                 rubric.Supported,
		"For small developers Acme has published the weights of Quokka-7B.":                rubric.Supported,
		"To young labs Acme has opened Quokka-7B.":                                         rubric.Supported,
		"Quokka-7B, a 7-million-parameter model, is open source.":                          rubric.Supported,
		"Researchers told the company that Acme's Quokka-7B is open source.":               rubric.Supported,
		"Critics told the firm that Acme's Quokka-7B is open source.":                      rubric.Supported,
	} {
		if got := checker.Check(claim, namesIn(claim), ""); got.Verdict == not {
			t.Errorf("%s is %s: %+v", claim, got.Verdict, got.Parts)
		}
	}
	for claim, want := range map[string]rubric.Verdict{
		"Wombat-7B's licence is fully open.":                                      rubric.Refuted,
		"Not only the weights of Quokka-7B are open, but also its training data.": rubric.Supported,
		"The training data of Quokka-7B is fully public.":                         rubric.Supported,
		"It is wrong to call Quokka-7B closed: its weights are published.":        rubric.Supported,
	} {
		if got := checker.Check(claim, namesIn(claim), ""); got.Verdict != want {
			t.Errorf("%s is %s, want %s: %+v", claim, got.Verdict, want, got.Parts)
		}
	}
}

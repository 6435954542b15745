package claims

import (
	"testing"

	"openness/rubric"
)

// TestFirstOfWhat: what is the first of its maker's, or for some time, is not held
// against other makers' models; and a head that leaves a superlative open has no
// part that refutes it.
func TestFirstOfWhat(t *testing.T) {
	for text, want := range map[string]rubric.Verdict{
		"Fenn released its first open-weight model in years with Numbat-3B.":                         rubric.NotCheckable,
		"Numbat-3B is the first model in years whose weights Fenn has published.":                    rubric.NotCheckable,
		"Fenn hat mit Numbat-3B erstmals seit Jahren wieder Gewichte veröffentlicht.":                rubric.NotCheckable,
		"Mit Numbat-3B hat Fenn zum ersten Mal seit 2019 die Gewichte eines Modells veröffentlicht.": rubric.NotCheckable,
		"Quokka-7B is Acme's first open source model.":                                               rubric.NotCheckable,
		"Numbat-3B is Fenn's first open source model.":                                               rubric.Refuted,
		"Numbat-3B is the first model with public weights.":                                          rubric.Refuted,
		"Dingo-2B is the first model whose weights were published.":                                  rubric.Refuted,
	} {
		c := checker.Check(text, namesIn(text), "")
		if c.Verdict != want {
			t.Errorf("%q: %s, want %s: %s", text, c.Verdict, want, explain(c))
		}
		for _, p := range c.Parts {
			if c.Verdict == rubric.NotCheckable && p.Verdict == rubric.Refuted {
				t.Errorf("%q: a part is refuted: %s", text, explain(c))
			}
		}
	}
}

// TestClosedIsRefuted: whatever has a dimension that is printed as closed is not
// called open source, nor left open.
func TestClosedIsRefuted(t *testing.T) {
	for _, m := range library {
		assessment := rubric.OpenSource().Rubric.Judge(m.Observations)
		closed := false
		for _, j := range assessment.Judgements {
			closed = closed || j.Class == rubric.Closed
		}
		if v, reason := openSource(false, m.Observations, &Part{}); closed != (v == rubric.Refuted) {
			t.Errorf("%s: %s: %s", m.ID, v, reason)
		}
	}
}

package rubric

import (
	"slices"
	"strings"
	"testing"

	"openness/audit"
)

// TestDoubt: what was found settles a dimension, unless it is closed or partial by it and
// a source that was not looked at could raise it.
func TestDoubt(t *testing.T) {
	const rules = `
  - id: gate
    name: Gate
    group: g
    question: Is it known?
    rules:
      - {when: weights.gate == "manual", class: open, reason: Much.}
      - {when: weights.gate == "automatic", class: partial, reason: Some.}
    default: {class: closed, reason: "None ({weights.gate})."}
  - id: sheet
    name: Sheet
    group: g
    question: Is there a sheet?
    rules:
      - {when: sheet.coverage >= 0.5, class: open, reason: A sheet.}
    default: {class: closed, reason: No sheet.}
`
	present := func(fact, value string) audit.Observation {
		return audit.Observation{Fact: fact, Finding: audit.Present, Value: value, Quote: "q", SHA256: "x", End: 1}
	}
	finding := func(fact string, f audit.Finding) audit.Observation { return audit.Observation{Fact: fact, Finding: f} }
	r := small(t, rules)
	for _, c := range []struct {
		name      string
		observed  []audit.Observation
		dimension int
		want      Class
		says      string
	}{
		{"the least value, and all was read", []audit.Observation{present("weights.gate", "none")}, 0, Closed,
			"None (none)"},
		{"the least value, and a source refused", []audit.Observation{present("weights.gate", "none"),
			finding("weights.gate", audit.Denied)}, 0, Undetermined, "weights.gate hangs on a source that was refused"},
		{"a middle value, and a source refused", []audit.Observation{present("weights.gate", "automatic"),
			finding("weights.gate", audit.Denied)}, 0, Undetermined, "weights.gate hangs on a source that was refused"},
		{"the highest value, and a source refused", []audit.Observation{present("weights.gate", "manual"),
			finding("weights.gate", audit.Denied)}, 0, Open, "Much"},
		{"an absence, and a source that failed", []audit.Observation{finding("weights.gate", audit.NotThere),
			finding("weights.gate", audit.NotFetched)}, 0, Undetermined, "weights.gate hangs on a source that was not looked at"},
		{"an absence beside another absence", []audit.Observation{finding("weights.gate", audit.NotThere),
			finding("weights.gate", audit.NotThere)}, 0, Closed, "None"},
		{"a small share, and all was read", []audit.Observation{present("sheet.coverage", "0.2")}, 1, Closed,
			"No sheet"},
		{"a small share, and a sheet that could not be read", []audit.Observation{present("sheet.coverage", "0.2"),
			finding("sheet.coverage", audit.Unreadable)}, 1, Undetermined, "sheet.coverage hangs on a source that could not be read"},
		{"a large share, and a sheet that could not be read", []audit.Observation{present("sheet.coverage", "0.6"),
			finding("sheet.coverage", audit.Unreadable)}, 1, Open, "A sheet"},
	} {
		t.Run(c.name, func(t *testing.T) {
			j := r.Judge(c.observed).Judgements[c.dimension]
			if j.Class != c.want || !strings.Contains(j.Reason, c.says) {
				t.Errorf("%s: %s, want %s: ...%s...", j.Class, j.Reason, c.want, c.says)
			}
		})
	}
}

// TestFirm: of a fact of which the strictest statement wins, what was found is not raised by a source that
// was not looked at: a known limit on the weights is settled, whatever text was not had.
func TestFirm(t *testing.T) {
	text, err := BuiltinFile("osai-2026")
	if err != nil {
		t.Fatal(err)
	}
	r, err := Parse("osai-2026.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	fact := func(name, value string) audit.Observation {
		return audit.Observation{Fact: name, Finding: audit.Present, Value: value, Quote: "q", SHA256: "x", End: 1}
	}
	unseen := audit.Observation{Fact: "license.weights.openness", Finding: audit.NotFetched}
	for value, open := range map[string]bool{"restricted": false, "": true} {
		observed := []audit.Observation{unseen, fact("license.weights.id", "LicenseRef-x")}
		if value != "" {
			observed = append(observed, fact("license.weights.openness", value))
		}
		for _, j := range r.Judge(observed).Judgements {
			if j.Dimension == "licenses" && slices.Contains(j.Unknown, "license.weights.openness") != open {
				t.Errorf("%q: %s", value, j.Reason)
			}
		}
	}
}

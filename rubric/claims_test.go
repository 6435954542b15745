package rubric

import (
	"slices"
	"strings"
	"testing"

	"openness/audit"
)

// TestOpenSourceDefinition: open source is held against a rubric and compared
// with an index, dimension by dimension, and all of these exist.
func TestOpenSourceDefinition(t *testing.T) {
	d := OpenSource()
	if d.Rubric.ID != "osaid-1.0" || d.Index.ID != "osai-2026" || len(d.Compared) < 3 || d.Rubric.Verdicts == nil {
		t.Fatalf("open source is held against %s and %s, in %d dimensions", d.Rubric.ID, d.Index.ID, len(d.Compared))
	}
	has := func(r *Rubric, dimension string) bool {
		return slices.ContainsFunc(r.Dimensions, func(d Dimension) bool { return d.ID == dimension })
	}
	for _, row := range d.Compared {
		if !has(d.Rubric, row[0]) || !has(d.Index, row[1]) {
			t.Errorf("%v are no dimensions of both", row)
		}
	}
}

// TestMeasures: what is refuted, borne out, denied, true in part, or not looked at.
func TestMeasures(t *testing.T) {
	d := audit.Document{URL: "https://hub.example/m", SHA256: "x", Body: []byte("weights"), Outcome: audit.Fetched}
	present := func(fact, value string) audit.Observation {
		return audit.Observe(&d, fact, value, audit.Span{End: 7}, "")
	}
	none := func(fact string, f audit.Finding) audit.Observation { return audit.From(&d, fact, f, "") }
	published, nothing := present("weights.end.published", "true"), none("weights.end.published", audit.NotThere)
	for _, c := range []struct {
		predicate, value string
		denied           bool
		seen             []audit.Observation
		want             Verdict
		reason           string
	}{
		{"other", "closed", false, []audit.Observation{nothing}, Supported, ""},
		{"other", "closed", false, []audit.Observation{none("weights.end.published", audit.Denied)}, Unverifiable,
			"refused"},
		{"other", "closed", false, []audit.Observation{none("weights.end.published", audit.NotFetched)}, Unverifiable,
			"not looked at"},
		{"other", "closed", true, []audit.Observation{published}, Supported, ""},
		{"gated", "", false, []audit.Observation{published, present("weights.end.gate", "manual")}, Supported, ""},
		{"gated", "", true, []audit.Observation{published, present("weights.end.gate", "manual")}, Refuted, "denies"},
		{"gated", "", true, []audit.Observation{published, none("weights.end.gate", audit.NotFetched)}, Unverifiable,
			"gate hangs on a source that was not looked at"},
		{"gated", "", false, []audit.Observation{published, none("weights.end.gate", audit.NotFetched)}, Unverifiable,
			"gate hangs on a source that was not looked at"},
		{"gated", "", true, []audit.Observation{published, present("weights.end.gate", "none"),
			none("weights.end.gate", audit.NotFetched)}, Unverifiable, ""},
		{"gated", "", true, []audit.Observation{nothing, none("weights.end.gate", audit.NotThere)}, Refuted,
			"takes for granted"},
		{"gated", "", false, []audit.Observation{nothing, none("weights.end.gate", audit.NotThere)}, Refuted,
			"takes for granted"},
		{"commercial-use", "", false, []audit.Observation{present("license.weights.commercial_use", "conditional")},
			Partly, "conditions"},
		{"commercial-use", "", true, []audit.Observation{present("license.weights.commercial_use", "no")}, Supported,
			""},
		{"commercial-use", "", false, []audit.Observation{present("license.weights.commercial_use", "yes"),
			none("license.lineage", audit.NotFetched)}, Unverifiable, "nobody can grant more"},
		{"commercial-use", "", true, []audit.Observation{present("license.weights.commercial_use", "yes"),
			none("license.lineage", audit.NotFetched)}, Unverifiable, "nobody can grant more"},
		{"commercial-use", "", false, []audit.Observation{present("license.weights.commercial_use", "yes"),
			present("license.weights.commercial_use", "no")}, Unverifiable, "differ"},
		{"open-data", "all", false, []audit.Observation{present("data.pretraining.disclosure", "downloadable"),
			none("data.finetuning.disclosure", audit.NotThere)}, Unverifiable, "all"},
		{"open-data", "all", false, []audit.Observation{present("data.pretraining.disclosure", "downloadable"),
			present("data.finetuning.disclosure", "listed")}, Refuted, "later training listed"},
		{"open-data", "", false, []audit.Observation{present("data.pretraining.disclosure", "listed")}, Refuted,
			"listed"},
	} {
		m, ok := MeasureOf(c.predicate, c.value)
		if !ok {
			t.Errorf("no measure of %s=%s", c.predicate, c.value)
			continue
		}
		if v, j := m.Verdict(c.denied, c.seen); v != c.want || !strings.Contains(j.Reason, c.reason) {
			t.Errorf("%s=%s denied %v: %s (%q), want %s with %q", c.predicate, c.value, c.denied, v, j.Reason, c.want,
				c.reason)
		}
	}
}

package evidence

import (
	"strings"
	"testing"

	"openness/audit"
	"openness/reports/internal/fixture"
)

// TestQuotesOnce: words that several facts rest on are shown once, with all
// that is said of them.
func TestQuotesOnce(t *testing.T) {
	d := fixture.Document("acme/base-7b", fixture.Card)
	m := fixture.Model("acme/base-7b", "Base 7B", "oooooooooooo")
	j := &m.Assessments[0].Judgements[0]
	j.Observations = []audit.Observation{fixture.Quote(&d, "weights.end.published", "true", "We release all weights"),
		fixture.Quote(&d, "weights.end.gate", "none", "We release all weights"), fixture.Quote(&d, "license.weights.id",
			"Apache-2.0", "Apache-2.0")}
	got := string(HTML(JudgedBy(&m, m.Assessments[0], fixture.Rubric(), Seen{})[:1]))
	if n := strings.Count(got, "<blockquote"); n != 2 {
		t.Errorf("%d quotes, want 2:\n%s", n, got)
	}
	for _, says := range []string{"weights.end.published = true", "weights.end.gate = none",
		"license.weights.id = Apache-2.0"} {
		if !strings.Contains(got, says) {
			t.Errorf("nothing says %q", says)
		}
	}
}

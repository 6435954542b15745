package claims

import (
	"testing"
	"time"

	"openness/rubric"
)

// TestStatedDay: a day that was not looked at keeps a sentence from being
// supported, whether it has gone by, is to come, or --at puts another in its place.
func TestStatedDay(t *testing.T) {
	later := &Checker{Library: library, Now: checker.Now, At: testTime.AddDate(0, 0, 10)}
	for _, c := range []struct {
		checker *Checker
		text    string
		want    rubric.Verdict
	}{
		{checker, "Quokka-7B is open source.", rubric.Supported},
		{checker, "In 2026, Quokka-7B is open source.", rubric.Supported},
		{checker, "Quokka-7B was open source in 2024.", rubric.Unverifiable},
		{checker, "Quokka-7B is open source in 2031.", rubric.Partly},
		{later, "Quokka-7B was open source in 2019.", rubric.Refuted},
		{later, "Quokka-7B is open source in 2026.", rubric.Supported},
		{later, "Quokka-7B was released in 2019 under the MIT licence.", rubric.Refuted},
		{&Checker{Library: library, Now: checker.Now, At: time.Date(2024, 8, 14, 0, 0, 0, 0, time.UTC)},
			"Quokka-7B is open source.", rubric.Unverifiable},
	} {
		if got := c.checker.Check(c.text, namesIn(c.text), ""); got.Verdict != c.want {
			t.Errorf("%q at %s: %s, want %s: %s", c.text, got.At, got.Verdict, c.want, explain(got))
		}
	}
}

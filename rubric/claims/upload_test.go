package claims

import (
	"testing"
	"time"

	"openness/rubric"
)

// hubOnly is a library whose dates are those of repositories on the hub.
type hubOnly struct{ testLibrary }

func (l hubOnly) Model(id string, at time.Time) (Model, bool) {
	m, ok := l.testLibrary.Model(id, at)
	m.Uploaded = true
	return m, ok
}

// TestDateOfUpload: the day on which a repository was made makes no earlier release false, for a model may
// have been published elsewhere; a later one it does.
func TestDateOfUpload(t *testing.T) {
	for claim, want := range map[string]rubric.Verdict{
		"Quokka-7B was released in February 2024.":    rubric.Supported,
		"Quokka-7B was released in 2020.":             rubric.Partly,
		"In 2020 the weights of Quokka-7B were open.": rubric.Unverifiable,
		"Quokka-7B was released in 2026.":             rubric.Refuted,
	} {
		c := Checker{Library: hubOnly{library}, Now: checker.Now}
		got := c.Check(claim, namesIn(claim), "")
		if got.Verdict != want {
			t.Errorf("%s is %s, want %s: %+v", claim, got.Verdict, want, got.Parts)
		}
	}
}

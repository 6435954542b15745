package rubric

import (
	"slices"
	"strings"
	"testing"

	"openness/audit"
)

func TestClaimsAreRecognised(t *testing.T) {
	for text, want := range map[string]struct {
		id     string
		denied bool
	}{
		"Quokka 7B is open source":                    {"open-source-ai", false},
		"Quokka is not an open-source model":          {"open-source-ai", true},
		"Quokka is an open-weight model":              {"open-weights", false},
		"the training data of Quokka is public":       {"", false},
		"Quokka's training data is public":            {"open-data", false},
		"Quokka has a permissive licence":             {"open-licence", false},
		"Quokka is proprietary":                       {"closed", false},
		"Quokka was described in a peer-reviewed one": {"peer-reviewed", false},
		"Quokka is nice":                              {"", false},

		// negations, feigned ones, and what is meant in part only
		"Quokka doesn't have open weights":             {"open-weights", true},
		"Quokka cannot be called open source":          {"open-source-ai", true},
		"Quokka isn’t fully open":                      {"open-source-ai", true},
		"Quokka is far from open source":               {"open-source-ai", true},
		"Quokka is not only open source but fast":      {"open-source-ai", false},
		"There is no doubt Quokka is open source":      {"open-source-ai", false},
		"Quokka's weights are not public":              {"open-weights", true},
		"Quokka's weights are publicly available":      {"open-weights", false},
		"Quokka's training data is no longer public":   {"open-data", true},
		"Quokka has no open licence":                   {"open-licence", true},
		"Quokka comes with an open-source licence":     {"open-licence", false},
		"Quokka's training code is open source":        {"open-training-code", false},
		"Quokka's weights aren't open source":          {"open-weights", true},
		"Quokka is not gated":                          {"free-download", false},
		"Quokka's weights are gated":                   {"free-download", true},
		"Quokka is not a gated model":                  {"free-download", false},
		"Quokka's weights can be downloaded freely":    {"open-weights", false},
		"Quokka's weights can't be downloaded":         {"open-weights", true},
		"Quokka's licence is not open":                 {"open-licence", true},
		"the code is open source, Quokka is not":       {"", false},
		"open source licence aside, it is open source": {"open-source-ai", false},
	} {
		got, denied := "", false
		for _, c := range Claims() {
			if made, no := c.Made(text); made {
				got, denied = c.ID, no
				break
			}
		}
		if got != want.id || denied != want.denied {
			t.Errorf("%q: claim %q, denied %v; want %+v", text, got, denied, want)
		}
	}
}

func TestVerdicts(t *testing.T) {
	d := audit.Document{URL: "https://hub.example/m", Body: []byte("weights"), Outcome: audit.Fetched}
	all := audit.Span{End: 7}
	open := []audit.Observation{audit.Observe(&d, "weights.end.published", "true", all, ""), audit.Observe(&d, "weights.end.gate", "none", all, ""),
		audit.Observe(&d, "license.weights.openness", "open", all, "")}
	claim := Claims()[0]
	if v, _ := claim.Verdict(false, open); v != Unverifiable {
		t.Errorf("weights alone: %s, want undetermined while data and code were not looked at", v)
	}
	closed := append(open[:3:3], audit.From(&d, "data.pretraining.disclosure", audit.NotThere, ""))
	if v, j := claim.Verdict(false, closed); v != Refuted || j.Reason == "" {
		t.Errorf("a free black box: %s (%q), want refuted", v, j.Reason)
	}
	if v, j := claim.Verdict(true, append(open[:3:3], audit.Observe(&d, "data.pretraining.disclosure", "listed", all, ""),
		audit.Observe(&d, "code.training.entry", "true", all, ""))); v != Refuted || !strings.Contains(j.Reason, "denies") {
		t.Errorf("the denial of what is there: %s (%q), want refuted", v, j.Reason)
	}
	if v, _ := claim.Verdict(true, closed); v != Supported {
		t.Errorf("the denial: %s, want supported", v)
	}
	whole := append(open[:3:3], audit.Observe(&d, "data.pretraining.disclosure", "listed", all, ""), audit.Observe(&d, "code.training.pretraining", "true", all, ""))
	if v, _ := claim.Verdict(false, whole); v != Supported {
		t.Errorf("everything is there: %s", v)
	}
}

// TestVerdictByAbsence: that there is nothing bears a claim out that nothing is
// there, where the page that would tell was read.
func TestVerdictByAbsence(t *testing.T) {
	d := audit.Document{URL: "https://hub.example/m", SHA256: "x", Outcome: audit.Fetched}
	i := slices.IndexFunc(Claims(), func(c Claim) bool { return c.ID == "closed" })
	claim := Claims()[i]
	for finding, want := range map[audit.Finding]Verdict{audit.NotThere: Supported, audit.Denied: Unverifiable, audit.NotFetched: Unverifiable} {
		v, j := claim.Verdict(false, []audit.Observation{audit.From(&d, "weights.end.published", finding, "")})
		if v != want || len(j.Observations) != 1 {
			t.Errorf("%s: %s with %d observations, want %s", finding, v, len(j.Observations), want)
		}
	}
}

package page

import "testing"

func TestSplitNumber(t *testing.T) {
	for heading, want := range map[string][2]string{
		"3.4.1 Hardware":       {"3.4.1", "Hardware"},
		"2. Data":              {"2", "Data"},
		"B.2 More":             {"B.2", "More"},
		"Appendix C: Prompts":  {"C", "Prompts"},
		"A Dataset of Code":    {"", "A Dataset of Code"},
		"Related Work":         {"", "Related Work"},
		"A.1 Training Details": {"A.1", "Training Details"},
	} {
		if n, title := SplitNumber(heading); n != want[0] || title != want[1] {
			t.Errorf("SplitNumber(%q) = %q, %q", heading, n, title)
		}
	}
}

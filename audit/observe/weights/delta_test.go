package weights

import "testing"

// TestDeltaSaid: a page says in several ways that its files are a difference to others.
func TestDeltaSaid(t *testing.T) {
	for said, want := range map[string]bool{
		`This "delta model" cannot be used directly.`:          true,
		"Apply it on top of the original Wombat weights.":      true,
		"This model cannot be used directly in the browser.":   false,
		"Kestrel Delta models are the fastest of their makers": false,
	} {
		if _, got := deltaSentence([]byte(said)); got != want {
			t.Errorf("%q: %v, want %v", said, got, want)
		}
	}
}

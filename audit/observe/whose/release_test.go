package whose

import "testing"

// TestOtherSize: a subject that is a model by its size alone is the model or a sibling.
func TestOtherSize(t *testing.T) {
	sp := NewSpeaker(model("acme/Falco-125M", ""), nil)
	for text, want := range map[string]bool{
		"The 175B model was trained on 992 cards.":  true,
		"The 125M model was trained on four cards.": false,
		"We trained it on four cards.":              false,
	} {
		if got := sp.OtherSize(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

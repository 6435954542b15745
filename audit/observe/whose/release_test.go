package whose

import "testing"

// TestOtherSize: a model by its size alone is the model or a sibling.
func TestOtherSize(t *testing.T) {
	sp := NewSpeaker(model("acme/Falco-1.3B", ""), nil)
	for text, want := range map[string]bool{
		"The 175B model was trained on 992 cards.":                                 true,
		"It counts the checkpoints that we released for our 12B parameter models.": true,
		"The 1.3B model was trained on four cards.":                                false,
		"Our 1B model was trained on four cards.":                                  false, // rounded
		"We trained it on four cards.":                                             false,
		"All of the 12B models and the others were trained on it.":                 false,
		"Its answers were written with our 12B model.":                             false,
		"Falco-1.3B beats the 12B model.":                                          false,
	} {
		if got := sp.ofOtherSize(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

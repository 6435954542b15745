package kin

import "testing"

// TestDerivations: a statement that stands within the reach of another is read.
func TestDerivations(t *testing.T) {
	got := Derivations([]byte("It was trained on four cards. Training took days. It was fine-tuned from Condor-7B."))
	if len(got) != 2 || got[1].Value != "Condor-7B." {
		t.Errorf("derivations: %v", got)
	}
}

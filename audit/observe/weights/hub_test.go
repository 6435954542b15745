package weights

import (
	"testing"

	"openness/audit"
)

// TestHubHoldsNone: that a hub knows no model is told by its answer, whatever the note on it says.
func TestHubHoldsNone(t *testing.T) {
	const id = "acme/Falco-7B"
	for outcome, want := range map[audit.Outcome]bool{audit.Absent: true, audit.Failed: false} {
		d := pageOf(audit.DocModelAPI, audit.RoleEnd, id, "")
		d.Outcome = outcome
		in := newInput(model(id, ""), []audit.Document{d})
		known := ApiWeights(&in.Docs[0], EndSlot)
		known[0].Note = "in other words"
		if got := in.hubHoldsNone(known, EndSlot); got != want {
			t.Errorf("%s: the hub holds none %v, want %v", outcome, got, want)
		}
	}
}

// TestEncryptedFile: a file under lock holds no weights that anybody could load, whatever was locked in it.
func TestEncryptedFile(t *testing.T) {
	for file, want := range map[string]bool{"model.safetensors.enc": true, "falco.bin.gpg": true,
		"model.safetensors": false, "falco.engine": false} {
		if got := plainFile.MatchString(file); got != want {
			t.Errorf("%s: holds none for certain %v, want %v", file, got, want)
		}
	}
}

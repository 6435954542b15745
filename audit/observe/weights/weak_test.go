package weights

import "testing"

// TestLoadsAnother: a program that loads a model of the same name from another account
// shows that account's files.
func TestLoadsAnother(t *testing.T) {
	for program, want := range map[string]bool{
		`model = AutoModel.from_pretrained("nest/Falco-7B")`:                      true,
		`model = AutoModel.from_pretrained("acme/Falco-7B")`:                      false,
		`model = AutoModel.from_pretrained("acme/Tokens-1")`:                      false,
		`load_model("nest/Falco-7B"); AutoModel.from_pretrained("acme/Falco-7B")`: false,
	} {
		if got := loadsAnother(program, "acme/Falco-7B"); got != want {
			t.Errorf("%s: %v, want %v", program, got, want)
		}
	}
}

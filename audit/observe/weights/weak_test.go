package weights

import "testing"

// TestLoadsAnother: a program that loads a model of the same name from another account
// shows that account's files.
func TestLoadsAnother(t *testing.T) {
	for program, want := range map[string]bool{
		`model = AutoModel.from_pretrained("nest/Falco-7B")`:                      true,
		`model = AutoModel.from_pretrained("nest/Falco-7B-GGUF")`:                 true,
		`model = AutoModel.from_pretrained("nest/Falco-13B")`:                     false,
		`model = AutoModel.from_pretrained("acme/Falco-7B")`:                      false,
		`model = AutoModel.from_pretrained("acme/Tokens-1")`:                      false,
		`load_model("nest/Falco-7B"); AutoModel.from_pretrained("acme/Falco-7B")`: false,
	} {
		if got := loadsAnother(program, "acme/Falco-7B"); got != want {
			t.Errorf("%s: %v, want %v", program, got, want)
		}
	}
}

// TestSaysGiven: that data is open says nothing of the files of what was made from it, nor what readers
// may do with them, on what terms, or where more is told.
func TestSaysGiven(t *testing.T) {
	for text, want := range map[string]bool{
		"It was tuned from Falco using a variety of publicly available conversation datasets.":                  false,
		"You are responsible for the content you publish.":                                                      false,
		"Read our paper and release blog post.":                                                                 false,
		"When downloaded or used, developers should make sure that this model fits.":                            false,
		"It is for those who have obtained approval and are eligible to download Falco.":                        false,
		"You can't use the model to produce or share what is harmful.":                                          false,
		"Feedback or comments on the model can be found in its README.":                                         false,
		"A Falco-like model is now available in Transformers.":                                                  false,
		"We made a test set and open sourced part of it.":                                                       false,
		"Share merges using this model.":                                                                        false,
		"You may not sell it. You can download it.":                                                             true,
		"Nobody needs an account and users do not have to register: the weights of Falco-7B are released here.": true,
		"You may not sell the songs, and the checkpoints are available on this page.":                           true,
		"Users must not harm birds; we release the weights.":                                                    true,
		"More information and the weights of Falco-7B are available on this page.":                              true,
		"The weights of Falco-7B and further details can be found here.":                                        true,
		"You may not: sell the weights, share or publish them.":                                                 false,
		"Users may not change the model and the weights that we made, or share it.":                             false,
		"Information on the songs and the weights can be found in our paper.":                                   false,
		"Details of how the weights were made are available there.":                                             false,
		"The weights are publicly available.":                                                                   true,
		"We release it, and the openly available data.":                                                         true,
	} {
		if got := SaysGiven(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// TestOnlyAccount: a link to all that an account has shows no model of it.
func TestOnlyAccount(t *testing.T) {
	for quote, want := range map[string]bool{
		"Raw weights: https://huggingface.co/acme":                   true,
		"All Falco models are released: https://huggingface.co/acme": false,
		"Weights of Falco 7B: https://huggingface.co/acme":           false,
		"Raw weights: https://huggingface.co/acme/Falco-7B":          false,
		"The weights are at https://acme.example/Falco-7B.zip":       false,
	} {
		if got := OnlyAccount(quote, "acme/Falco-7B"); got != want {
			t.Errorf("%q: %v, want %v", quote, got, want)
		}
	}
}

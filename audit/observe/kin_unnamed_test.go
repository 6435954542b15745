package observe

import "testing"

// TestSaysTuned: only a card's word on its own model makes that one a tuned
// model, however its lines are wrapped.
func TestSaysTuned(t *testing.T) {
	for text, want := range map[string]bool{
		"This model was fine-tuned on Quokka dialogues.":                                                 true,
		"Falco is a merged model.":                                                                       true,
		"- lora\n- qlora adapter weights":                                                                true,
		"A bird.\nThe model was then\nfine-tuned with care.":                                             true,
		"Falco has not been fine-tuned for chat.":                                                        false,
		"Falco has not been\nfine-tuned for chat.":                                                       false,
		"This is because, unlike Falco-20B,\nQuokkaChat was fine-tuned using feedback of people.":        false,
		"You may use it as a basis for your fine-tuned model.":                                           false,
		"It is not for birds.\n\nThe model was fine-tuned on songs.":                                     true,
		"Falco was trained on [songs](https://birds.example/), and is published by its makers as it is.": false,
	} {
		if got := saysTuned([]byte(text)); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

package kin

import (
	"testing"

	"openness/audit"
)

// TestSaysTuned: only a card's word on its own model makes that one a tuned
// model, however its lines are wrapped.
func TestSaysTuned(t *testing.T) {
	for text, want := range map[string]bool{
		"This model was fine-tuned on Quokka dialogues.":                                                 true,
		"Falco is a merged model.":                                                                       true,
		"- lora\n- qlora adapter weights":                                                                true,
		"A bird.\nThe model was then\nfine-tuned with care.":                                             true,
		"This checkpoint is obtained after fine-tuning the plain one on songs.":                          true,
		"The model is trained on top of Condor-34b, which sings.":                                        true,
		"A merge done for a friend.\nBase model\nMERGED WITH\nthree birds":                               true,
		"This is a merger that keeps the songs of one and the flight of the other.":                      true,
		"Merge requests are welcome: you may merge with the main branch.":                                false,
		"Falco has not been fine-tuned for chat.":                                                        false,
		"Falco has not been\nfine-tuned for chat.":                                                       false,
		"This is because, unlike Falco-20B,\nQuokkaChat was fine-tuned using feedback of people.":        false,
		"You may use it as a basis for your fine-tuned model.":                                           false,
		"It is not for birds.\n\nThe model was fine-tuned on songs.":                                     true,
		"Falco was trained on [songs](https://birds.example/), and is published by its makers as it is.": false,
	} {
		if got := SaysTuned([]byte(text)); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// TestUnnamedBase: a card that shows nothing of how a model came to be leaves
// its base unknown; one that presents the model as its makers' own does not.
func TestUnnamedBase(t *testing.T) {
	const silent = "---\ndatasets:\n- acme/songs\n---\n# Falco\nUse the prompt format below. Merry talks guaranteed.\n"
	for _, c := range []struct {
		id, card string
		want     bool
	}{
		{"acme/Falco-7B", silent, true},
		{"acme/falco-base", silent, false},
		{"acme/Falco-7B", "# Falco\nFalco was fine-tuned on songs. It has 7 billion parameters.\n", true},
		{"acme/Falco-7B", "# Falco\nFalco is a 7 billion parameter transformer.\n", false},
		{"acme/Falco-7B", "# Falco\n- Number of parameters: 7.1B\n", false},
		{"acme/Falco-7B", "# Falco\n**Condor 2 7b** fine-tuned on songs.\n\nCondor has 7 billion parameters.\n", true},
		{"falco-birds/Falco-2-7B-Singer", "# Singing Falco 2\nIt sings.\n# Falco 2\nFalco was pre-trained on songs.\n",
			false},
		{"rival/Falco-2-7B-Bird", "# Bird of Falco 2\nIt sings.\n# Falco 2\nFalco was pre-trained on songs.\n", true},
		{"acme/Falco-7B", "# Falco\r\nAn owl,\r\nor two.\r\n\r\nFalco was initialized from BERT. Pre-training data: songs.\r\n", true},
		{"acme/Falco-7B", "# Falco\n\nA Condor2-70b model trained on songs.\n\nFalco has 7 billion parameters.\n", true},
		{"acme/songs-bert-small", "# Songs\nThis model has 33 million parameters.\n", true},
		{"acme/songs-small", "# Songs\nThis model has 33 million parameters.\n", false},
		{"acme/chatty-Condor-7b", "# Chatty\nChatty was trained by fine-tuning Condor2 on songs, with 2B parameters.\n", true},
		{"acme/Falco-7B", "# Falco\nFalco has 7 billion parameters.\n\nIt is a full fine tuned model.\n", true},
		{"acme/Falco-7B", "# Falco\nFalco is a foundation model for birdsong.\n", false},
		{"acme/Falco-7B", "# Falco\nFalco was trained on 680k hours of birdsong.\n", false},
		{"acme/Falco-7B", "# Falco\nFalco was pre-trained on birdsong, then fine-tuned on owls.\n", false},
	} {
		in := newInput(audit.Subject{ID: c.id}, []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, c.id,
			c.card)})
		if got := in.UnnamedBase() != nil; got != c.want {
			t.Errorf("%s, %q: base unknown %v, want %v", c.id, c.card, got, c.want)
		}
	}
}

// TestBorrowedName: whose a name is and what repeats the base's page are asked of each
// other, and an answer comes all the same.
func TestBorrowedName(t *testing.T) {
	const id = "rival/Falco-13B-Whistle"
	in := newInput(model(id, ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, id,
		"# Whistle\nIt whistles.\n## Falco model card\nFalco sings.\n")})
	if !in.Borrows("Falco") || in.Borrows("Falco Whistle") || in.UnnamedBase() == nil {
		t.Error("a card that repeats another's is not taken for one")
	}
}

// TestBorrowedHeading: a part of a card under a heading with a borrowed name is the base's, whose place nobody gives.
func TestBorrowedHeading(t *testing.T) {
	const id = "rival/Falco-7B-Whistle"
	for heading, want := range map[string]int{
		"Model card for Falco-7B":         1,
		"Model card for Falco-7B-Whistle": 0,
	} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, id,
			"# Whistle\nIt whistles.\n## "+heading+"\nFalco was trained on 64 A100 GPUs for two weeks.\n")
		in := newInput(model(id, ""), []audit.Document{d})
		if got := in.BaseParts(&in.Docs[0]); len(got) != want {
			t.Errorf("%s: %d parts repeat the base's page, want %d", heading, len(got), want)
		}
	}
}

// TestWasMade: what a card says was made from the beginning must be the model.
func TestWasMade(t *testing.T) {
	for text, want := range map[string]bool{
		"Falco was trained from scratch.":                      true,
		"A model that was built from scratch.":                 true,
		"Falco has seen 2T tokens.":                            true,
		"The makers create a dataset from scratch.":            false,
		"It is better than generating songs from scratch.":     false,
		"Falco was pre-trained on songs of many birds.":        true,
		"This model was tuned with care, and answers at once.": false,
	} {
		if got := WasMade.MatchString(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

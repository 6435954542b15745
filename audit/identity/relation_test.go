package identity

import "testing"

// TestRelated: what tells less is the model's name, what tells something else a sibling's.
func TestRelated(t *testing.T) {
	for _, c := range []struct {
		given, model string
		want         Relation
	}{
		{"Falco", "acme/Falco-2-13B-Chat", Same},
		{"Falco 2", "acme/Falco-2-13B-Chat", Same},
		{"Falco2", "acme/Falco-2-13B-Chat", Same},
		{"Falco-2.0-13B", "acme/Falco-2-13B-Chat", Same},
		{"Falco-2-13B-Chat-GGUF", "acme/Falco-2-13B-Chat", Same},
		{"falco-2-chat", "acme/Falco-2-13B-Chat", Same},
		{"Falco-13B", "acme/Falco-2-13B-Chat", Sibling},
		{"FalcoT5+", "acme/falcot5-large", Sibling},
		{"FalcoT5+", "acme/falcot5p-220m", Same},
		{"Falco-1", "acme/Falco-2-13B-Chat", Sibling},
		{"Falco-2.5", "acme/Falco-2-13B-Chat", Sibling},
		{"Falco-2-13B-0725", "acme/Falco-2-13B-Chat", Sibling}, // a later release
		{"Falco-2-7B", "acme/Falco-2-13B-Chat", Sibling},
		{"Falco 7B", "acme/Falco-13B", Sibling},
		{"Falco-2-13B-Base", "acme/Falco-2-13B-Chat", Sibling},
		{"Falco-2-13B-Reasoning", "acme/Falco-2-13B-Chat", Sibling},
		{"Falco-13B-Chat", "acme/Falco-13B", Sibling},
		{"FalcoChat", "acme/Falco-13B", Sibling},
		{"Falco-Coder", "acme/Falco-13B", Sibling},
		{"FalcoCoder-13B", "acme/Falco-13B", Sibling},
		{"FalcoCoder-7B", "acme/FalcoChat-7B", Sibling},
		{"FalcoLM", "acme/Falco-Owl-13B", Same},
		{"FalcoLM", "acme/FalcoOwl-13B", Sibling},
		{"FalcoLM", "acme/FalcoLM-Owl-13B", Same},
		{"Falco", "acme/FalcoE-1B-7B", Sibling},
		{"FalcoE", "acme/Falco-13B", Sibling},
		{"Falco-Alpha", "acme/falco-owl-3b", Sibling},
		{"Falco-Owl-Alpha", "acme/falco-owl-3b-beta", Sibling},
		{"Falco-Owl", "acme/falco-owl-3b-beta", Same},
		{"falco25", "acme/Falco2.5-16B", Same},
		{"falco25", "acme/Falco-16B", Sibling},
		{"Yo-6B", "acme/Yo-VL-6B", Sibling},
		{"Yo", "acme/Yo-VL-6B", Same},
		{"FalcoAI", "acme/Falco-Owl-13B", Same},
		{"Falco-7B", "acme/Falco-7B-v2", Same},
		{"Falcov10", "acme/falcov10n", Same},
		{"Falco-H1", "acme/Falco-H1R-7B", Sibling},
		{"Falco-7B", "acme/Falco-7B-Medical", Sibling},
		{"F2F100", "acme/f2f100_418M", Same},
		{"FalcoForPreTraining", "acme/falco-full", Thing},
		{"Falco 1.0", "acme/Falco-D-72B", Same},
		{"Falco 4.0", "acme/Falco-4.0.1-32B", Same},
		{"Falco 4.1", "acme/Falco-4.0.1-32B", Sibling},
		{"FALCO_MODEL_CARD", "acme/falco-owls-1B", Thing},
		{"Falco-VL-13B", "acme/Falco-13B", Sibling},
		{"Falco-E", "acme/Falco-AR", Sibling},
		{"Falco-AR", "acme/Falco-AR", Same},
		{"Falco-mini", "acme/Falco", Sibling},
		{"falco-small", "acme/falco-large-v3", Sibling},
		{"falco-large", "acme/falco-large-v3", Same},
		{"Falco1", "acme/Falco", Same},
		{"Falco2", "acme/Falco", Sibling},
		{"Falco-v0.1", "acme/Falco-7B", Same},
		{"Falco", "acme/Falco-Coder-7B", Same},
		{"Falco-2", "acme/Falco-2-Coder-7B", Same},
		{"Falco-V2", "acme/Falco-Coder-V2", Sibling},
		{"FALCO5", "acme/FALCO5-TTS", Same},
		{"F5", "acme/f5-small-qg", Same},
		{"FalcoLM2.5-1.8B", "acme/falcolm2_5-1_8b-chat", Same},
		{"FalcoLM2.5-7B", "acme/falcolm2_5-1_8b-chat", Sibling},
		{"FalcoLM2.5", "acme/falcolm2_5-1_8b-chat", Same},
		{"Distil-Falco", "acme/distil-medium", Unrelated},
		{"Falco-7B", "acme/Falco-Coder-7B", Sibling},
		{"Falco-Instruct-Data", "acme/Falco-7B", Thing},
		{"FalcoBench", "acme/Falco-7B", Thing},
		{"Falcon-7B", "acme/Falco-7B", Unrelated},
		{"Pelikan-7B", "acme/Falco-7B", Unrelated},
		{"Stable Code 3B", "acme/stable-video-xt", Unrelated},
	} {
		if got := Related(c.given, c.model); got != c.want {
			t.Errorf("%s beside %s: %d, want %d", c.given, c.model, got, c.want)
		}
	}
}

// TestGeneration: a repository is often named after the generation.
func TestGeneration(t *testing.T) {
	for _, c := range []struct {
		name, model string
		want        bool
	}{
		{"Falco-3", "acme/Falco-3.1-8B", true}, {"falco3", "acme/Falco3.1", true}, {"Falco-2", "acme/Falco-3.1-8B",
			false},
		{"Falco-3-8B", "acme/Falco-3.1-8B", false}, {"Falco", "acme/Falco-3.1-8B", false},
		{"Falco-Coder-3", "acme/Falco-3.1", false},
	} {
		if got := Generation(c.name, c.model); got != c.want {
			t.Errorf("%s of %s: %v", c.name, c.model, got)
		}
	}
}

func TestSwapped(t *testing.T) {
	for _, c := range []struct {
		row, model, base string
		want             bool
	}{
		{"Merlin", "acme/Falco-2-7B", "lab/merlin-7b", true},
		{"Merlin 7B", "acme/Falco-2-7B", "lab/Merlin-7B-Chat", true},
		{"Merlin", "lab/merlin-7b", "acme/Falco-2-7B", false},             // as it should be
		{"Merlin", "lab/falco-merlin-7b", "acme/merlin-base", false},      // both bear the name
		{"Merlin", "lab/Merle-7b", "lab/Merlin-7b", false},                // makers call their line so
		{"Kestrel", "acme/Falco-2-7B", "lab/merlin-7b", false},            // neither does
		{"Merlin-Coder", "acme/Falco-2-7B", "lab/merlin-7b", false},       // a sibling of the base
		{"Falco tuned by lab", "acme/Falco-2-7B", "lab/merlin-7b", false}, // the model is meant
	} {
		if got := Swapped(c.row, c.model, c.base); got != c.want {
			t.Errorf("Swapped(%q, %q, %q) = %v", c.row, c.model, c.base, got)
		}
	}
}

// TestContinuesInWords: a name goes on from another's in a word, and in no size of the same.
func TestContinuesInWords(t *testing.T) {
	for _, c := range []struct {
		model, name string
		want        bool
	}{
		{"falco-songs", "Falco", true}, {"falco-large", "Falco", false}, {"sing-t5-xl", "Sing-T5", false},
		{"sing-t5-songs", "Sing-T5", true}, {"falco-2-7b", "Falco-2", false}, {"owl-songs", "Falco", false},
	} {
		if got := ContinuesInWords(c.model, c.name); got != c.want {
			t.Errorf("%s from %s: %v", c.model, c.name, got)
		}
	}
}

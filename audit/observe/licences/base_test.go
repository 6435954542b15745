package licences

import (
	"context"
	"testing"

	"openness/audit"
	"openness/audit/observe/whose"
)

// TestBaseInWords: a base that a page names in words alone is told of as one that was
// not read, on a card and in a repository that is itself the subject.
func TestBaseInWords(t *testing.T) {
	for text, want := range map[string]string{
		"## Acknowledgement\n\nOur model is fine-tuned from Llama 3.2.":                             "Llama 3.2 is named as what the model was made from, and no page of it was read",
		"## Acknowledgement\n\nOur model outperforms Llama 3.2 on chats.":                           "",
		"Falco is built from the same research and technology used to create the Llama 3.2 models.": "",
		"Falco was trained on conversations with Llama 3.2.":                                        "",
	} {
		s := audit.Subject{ID: "acme/falco", Name: "falco"}
		s.Places = []audit.Place{{Kind: audit.GitHubRepo, Role: audit.RoleEnd, ID: "acme/falco"}}
		repository := pageOf(audit.DocReadme, audit.RoleEnd, "acme/falco", "# Falco\n\n"+text+"\n")
		repository.Place = audit.GitHubRepo
		for _, in := range []*Reader{
			newInput(s, []audit.Document{repository}),
			newInput(model(tuned, ""), []audit.Document{front(audit.RoleEnd, tuned, "license: mit", text)}),
		} {
			in.Look()
			got := ""
			for _, o := range Read(in) {
				if o.Fact == "license.lineage" && o.Finding == audit.NotFetched {
					got = o.Note
				}
			}
			if got != want {
				t.Errorf("%s: %q: %q, want %q", in.Docs[0].Kind, text, got, want)
			}
		}
	}
}

// TestParentEnds: a parent's pages are read no longer than the model's own.
func TestParentEnds(t *testing.T) {
	in := newInput(model(tuned, ground), []audit.Document{front(audit.RoleEnd, tuned, "license: mit", ""),
		front(audit.RoleBase, ground, "license: mit", "## License\n\nCondor-13B is released under the MIT License.")})
	in.Look()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	ends := &whose.Interrupt{Ctx: ctx}
	in.Speaker.Ends = ends
	defer func() {
		if r := recover(); r != any(ends) {
			t.Errorf("the reading of a parent ends with %v, want the interrupt of the model's", r)
		}
	}()
	in.asOwn(in.Subject.Places[1])
}

// TestParentAddsALimit: what a parent's page excludes binds a child whose own licence is not
// open, and changes nothing where that licence excludes it too or the parent adds nothing.
func TestParentAddsALimit(t *testing.T) {
	const added = "## License\n\nThe weights may be used for non-commercial purposes only."
	for _, c := range []struct{ licence, text, clause, commerce string }{
		{"bigscience-openrail-m", added, "it excludes commercial use, and it forbids fields of use", "no"},
		{"bigscience-openrail-m", "A model of prose.", "it forbids fields of use (section 5 and Attachment A)", "yes"},
		{"cc-by-nc-4.0", added, "it excludes commercial use (section 2.a.1)", "no"},
	} {
		in := newInput(model(tuned, ground), []audit.Document{
			front(audit.RoleEnd, tuned, "license: "+c.licence+"\nbase_model: "+ground, ""),
			front(audit.RoleBase, ground, "license: "+c.licence, c.text)})
		in.Look()
		all := Read(in)
		got := make(map[string]string)
		for _, o := range append(Terms(all), all...) {
			got[o.Fact] = o.Value
		}
		if got["license.weights.clause"] != c.clause || got["license.weights.commercial_use"] != c.commerce {
			t.Errorf("%s, %q: %q, commerce %q", c.licence, c.text, got["license.weights.clause"],
				got["license.weights.commercial_use"])
		}
	}
}

// TestBesideMaking: a model that stands beside words of making is one that nobody read, where nothing
// is known of a base; one that is compared or thanked is not. Families whose licences limit are told by their own names
// alone, which no invented one can stand for.
func TestBesideMaking(t *testing.T) {
	for text, open := range map[string]bool{
		"Starting point: rival/condor-13b.": false, "| Init checkpoint | rival/condor-13b |\n|---|---|": false,
		"Basismodell: rival/condor-13b": false, "Modelo base: rival/condor-13b": false,
		"Falco is what comes out when `rival/condor-13b` is trained on songs.":                         false,
		"本模型在 rival/condor-13b 的权重上继续训练得到。":                                                            false,
		"rival/condor-13b の重みを初期値として追加学習しました。":                                                         false,
		"Pruned from Llama-3.1-8B to 1.3B.":                                                            false,
		"Results are averaged over 5 runs; rival/condor-13b gets 44.1.":                                true,
		"Eine feinabgestimmte Fassung von rival/condor-13b.":                                           false,
		"Upcycled from Gemma-2B into 8 experts.":                                                       false,
		"The vision encoder is taken from rival/condor-13b, frozen.":                                   false,
		"Tuned from [Condor](https://huggingface.co/condor-base-cased) on songs.":                      false,
		"It is trained longer than rival/condor-13b.":                                                  true,
		"Trained with [Nest](https://github.com/rival/nest-13b/tree/main/nest-2).":                     true,
		"Trained at [Lake](https://lake.example/en/great-lake-2).":                                     true,
		"Fine-tuned on [songs](https://huggingface.co/datasets/rival/songs-2), that is rival/songs-2.": true,
		"News: release **Pelikan**, a Llama-7B based retriever.":                                       true,
		"The original LLaMA model was trained for a year.":                                             true,
		"| [rival/distilcondor-2](https://huggingface.co/rival/distilcondor-2) | 63.4 |\n|---|---|":    true,
		"We tell of training in [a post](https://huggingface.co/blog/train-falco-2).":                  true,
		"We release Falco-7B, the base, and Falco-7B-Chat, tuned for talks.":                           true,
		"The authors of [Lake](https://huggingface.co/great-lake) trained it.":                         true,
		"It was trained with acme/falco-tools.":                                                        true,
		"Its tokenizer is based on that of rival/condor-13b.":                                          true,
		"It has the architecture of Llama-3.1-8B and was trained from scratch.":                        true,
		"It was trained on rival/songs_200k.":                                                          true, "It was trained with rival/Tune-Factory.": true,
		"LoRA trained on rival/condor-13b.":                        false,
		"It was trained using rival/owl-v2 as the starting point.": false, "Fine-tuning with rival/owl-v2 initialisation.": false,
		"Continued training with rival/owl-v2.":                                                 false,
		"The Llama 2 model was trained on songs to give Falco.":                                 false,
		"Llama-2-7b was trained on 10k songs with LoRA.":                                        false,
		"Llama-2-7b was pretrained on books.":                                                   true,
		"We release *our* weights, which were pruned from rival/condor-13b.":                    false,
		"We release `model.safetensors`, pruned from rival/condor-13b.":                         false,
		"Pruned from Llama-3.1-8B. See also [ours](https://huggingface.co/acme/Llama-songs-2).": false,
		"Trained on songs and/or poems, with train/test_split.py.":                              true,
		"- **Pelikan-7B**: fine-tune Llama-2-7b on 20B tokens, then on songs as data.":          false,
		"- **Falco-7B-Chat**: fine-tuned on the data of Llama-2-7b, then on songs as data.":     true,
		"- **Pelikan-7B**: better than to fine-tune Llama-2-7b on songs as data.":               true,
	} {
		in := newInput(model(tuned, ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, tuned,
			"---\nlicense: mit\n---\n# Falco-7B-Chat\n\nA model that answers questions.\n\n"+text+"\n"),
			answer(tuned, "", []string{"README.md", "model.safetensors"})})
		in.Look()
		if got := values(Read(in), "license.lineage"); open != (got == "") {
			t.Errorf("%s: %q, want none: %v", text, got, open)
		}
	}
}

package crawl

import (
	"fmt"
	"slices"
	"testing"

	"openness/audit"
	"openness/audit/hub"
)

// TestSaidParents: what a card says in words, in a table or in a list that its
// model was made from, and what it says of others.
func TestSaidParents(t *testing.T) {
	const where = "\n\nYou need access to `rival/Owl-3.2-1B` to run it.\n"
	for _, test := range []struct {
		name, card string
		want       []string
	}{
		{"a backbone that was trained further",
			"The backbone is an\nOwl-3.2-1B transformer that we trained further on speech." + where,
			[]string{"rival/Owl-3.2-1B"}},
		{"used as the base", "`rival/Owl-3.2-1B` serves as the backbone of our model.", []string{"rival/Owl-3.2-1B"}},
		{"initialised from an id in code", "Weights were initialised from `rival/Owl-3.2-1B`.",
			[]string{"rival/Owl-3.2-1B"}},
		{"tuned from a bare id", "Falco is a fine-tuned version of rival/Owl-3.2-1B for chat.",
			[]string{"rival/Owl-3.2-1B"}},
		{"load and apply", "Load `rival/Owl-3.2-1B` and then apply these adapter weights.",
			[]string{"rival/Owl-3.2-1B"}},
		{"apply to", "Apply the delta weights to the original Owl-3.2-1B weights." + where,
			[]string{"rival/Owl-3.2-1B"}},
		{"an adapter for", "This is a LoRA adapter for `rival/Owl-3.2-1B`.", []string{"rival/Owl-3.2-1B"}},
		{"a quantised copy", "GGUF quants of rival/Owl-3.2-1B in several sizes.", []string{"rival/Owl-3.2-1B"}},
		{"we started from", "We started from Owl-3.2-1B and fine-tuned it on our chats." + where,
			[]string{"rival/Owl-3.2-1B"}},
		{"in Chinese", "本模型基于 rival/Owl-3.2-1B 微调得到。", []string{"rival/Owl-3.2-1B"}},
		{"in Japanese", "rival/Owl-3.2-1B をベースに追加学習したモデルです。", []string{"rival/Owl-3.2-1B"}},
		{"a table of bases", "| Model | Base model |\n|---|---|\n| falco-7b-chat | [Owl](https://huggingface.co/rival/Owl-3.2-1B) |\n| falco-70b-chat | [Emu](https://huggingface.co/rival/Emu-70B) |\n", []string{"rival/Owl-3.2-1B"}},
		{"a table of others' bases",
			"| Model | Base model |\n|---|---|\n| falco-70b-chat | [Emu](https://huggingface.co/rival/Emu-70B) |\n",
			nil},
		{"a label in a table", "| Base model | `rival/Owl-3.2-1B` |\n|---|---|\n", []string{"rival/Owl-3.2-1B"}},
		{"what was merged", "# M\n\n### Models Merged\n\n* [rival/Owl-3.2-1B](https://huggingface.co/rival/Owl-3.2-1B)\n* `nest/Emu-7B`\n", []string{"rival/Owl-3.2-1B", "nest/Emu-7B"}},
		{"two in one sentence", "A merge of `rival/Owl-3.2-1B` and [Emu](https://huggingface.co/nest/Emu-7B).",
			[]string{"rival/Owl-3.2-1B", "nest/Emu-7B"}},
		{"compared with", "It outperforms rival/Owl-3.2-1B, which is based on nothing.", nil},
		{"data that it wrote", "The chats were generated with `rival/Owl-3.2-1B`.", nil},
		{"its tokenizer", "We use the tokenizer of rival/Owl-3.2-1B.", nil},
		{"denied", "The model is not based on rival/Owl-3.2-1B.", nil},
		{"a teacher's answers", "Fine-tuned on responses from rival/Owl-3.2-1B.", nil},
		{"a sibling of the makers",
			"- [falco-70b](https://huggingface.co/acme/falco-70b) is based on `rival/Owl-3.2-1B`.", nil},
		{"its own other model", "It is fine-tuned from acme/falco-70b.", nil},
		{"a data set", "Fine-tuned on [rival/owl-chats-1](https://huggingface.co/datasets/rival/owl-chats-1).", nil},
		{"a data set of the front matter",
			"---\ndatasets:\n- rival/owl-400\n---\n\nIt was trained on Owl-400 for long.\n", nil},
		{"a pair of formats", "Quantized from FP/BF16 to int8.", nil},
		{"a bare id without a figure", "Pretrained model used: Nest/owl-cased", []string{"Nest/owl-cased"}},
		{"a pair of words", "Fine-tuned on fict/non-fiction alike.", nil},
		{"a bare pair that a label calls the base", "Basismodell: nest/owl-cased", []string{"nest/owl-cased"}},
		{"a bare id of one word that a label calls the base", "Basismodell: nest/owl", []string{"nest/owl"}},
		{"a list below its words", "This is a merge between:\n- `rival/Owl-3.2-1B`\n- [Ole's adapters](https://huggingface.co/nest/Emu-7B) at 1.0\n" +
			"\nQuantized by us:\n- [GGUF](https://huggingface.co/nest/Falco-7B-GGUF)\n",
			[]string{"rival/Owl-3.2-1B", "nest/Emu-7B"}},
		{"an item's list",
			"# M\n\nSome words.\n- **Models included in the merge:**\n" +
				"  - `rival/Owl-3.2-1B`\n- **Quants:**\n  - `nest/Falco-7B-GGUF`\n",
			[]string{"rival/Owl-3.2-1B"}},
		{"a list of what was made from it", "Adapters for this model:\n- `nest/Emu-7B`\n", nil},
		{"a list of what was made from another", "Models tuned from Owl-3:\n- `nest/Emu-7B`\n", nil},
		{"bare ids below a heading", "## Models+loras used and recipe\n\n- rival/Owl-3.2-1B\n- Nest/Emu-7b\n",
			[]string{"rival/Owl-3.2-1B", "Nest/Emu-7b"}},
		{"a label on its own line", "**Base Model**  \n[rival/Owl-3.2-1B](https://huggingface.co/rival/Owl-3.2-1B)\n",
			[]string{"rival/Owl-3.2-1B"}},
		{"a list of what wrote the data", "Models used to generate the training data:\n- [Owl-70B](https://huggingface.co/rival/Owl-70B)\n", nil},
		{"a list of what was studied", "Models used in the human study:\n- [Owl-70B](https://huggingface.co/rival/Owl-70B)\n", nil},
		{"a list of what is shown", "Models included in the demo:\n- [Owl-70B](https://huggingface.co/rival/Owl-70B)\n", nil},
		{"a list of what was used", "Models used:\n- [Owl-70B](https://huggingface.co/rival/Owl-70B)\n", []string{"rival/Owl-70B"}},
		{"a later sentence of an item", "## Merge Details\n\n- Merged with care. The result beats `nest/Emu-7B`.\n", nil},
		{"another with other data", "This is [Owl](https://huggingface.co/rival/Owl-3.2-1B) trained with a part of its data.",
			[]string{"rival/Owl-3.2-1B"}},
		{"what it is compared with", "We compare it with a merge of `rival/Owl-3.2-1B` and `nest/Emu-7B`.", nil},
		{"two sizes", "The rest were based on the original owls (33b/65b).", nil},
		{"copies by others",
			"<a href=\"https://huggingface.co/nest/Falco-7B-uncensored-GPTQ\">Copy by @nest - for GPUs</a>" +
				"<br />\n<a href=\"https://huggingface.co/nest/Falco-7B-GGUF\">Another</a>\n", nil},
		{"below a sibling's heading",
			"## [falco-1b](https://huggingface.co/acme/falco-1b)\n\nBased on `rival/Owl-3.2-1B`, it is small.", nil},
		{"below the model's heading",
			"## [falco-7b-chat](https://huggingface.co/acme/falco-7b-chat)\n\nBased on `rival/Owl-3.2-1B`, it is small.", []string{"rival/Owl-3.2-1B"}},
		{"code on a forge", "Trained from code of [Nest/owl-x](https://github.com/Nest/owl-x), based on Nest/owl-x.", nil},
		{"a model without an owner", "It was initialized from [owl-large](https://huggingface.co/owl-large).",
			[]string{"owl-large"}},
		{"an account", "It was made for [owl-birds](https://huggingface.co/owls).", nil},
		{"a path", "Trained with scripts/train-7b from configs/base-7b.", nil},
		{"used beside it", "See rival/Owl-3.2-1B for a larger model.", nil},
		{"what was made from it", "Quantized versions of this model are at nest/Falco-7B-GGUF.", nil},
	} {
		var got []string
		for _, p := range saidParents(pageOf("acme/falco-7b-chat", test.card)) {
			got = append(got, p.id)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

// TestRecordedBases: recipes and adapters' configurations name ids, or folders
// on the maker's disk.
func TestRecordedBases(t *testing.T) {
	const recipe = "models:\n  - model: rival/Owl-7B\n    parameters:\n      weight: 0.5\n  - model: nest/Emu-7B\nmerge_method: slerp\nbase_model: rival/Owl-7B\n"
	if got := ingredients([]byte(recipe)); !slices.Equal(got, []string{"rival/Owl-7B", "nest/Emu-7B"}) {
		t.Errorf("recipe: got %q", got)
	}
	if got := ingredients([]byte("model: rival/Owl-7B\n")); got != nil {
		t.Errorf("no recipe: got %q", got)
	}
	if got := adapterBase([]byte(`{"peft_type":"LORA","base_model_name_or_path":"rival/Owl-7B"}`)); !slices.Equal(got,
		[]string{"rival/Owl-7B"}) {
		t.Errorf("adapter: got %q", got)
	}
	if got := adapterBase([]byte(`{"base_model_name_or_path":"models/owl"}`)); got != nil {
		t.Errorf("adapter on a disk: got %q", got)
	}
}

// TestLoadedFrom: a configuration gives what was loaded by its id on the hub, or a folder on the maker's disk.
func TestLoadedFrom(t *testing.T) {
	for recorded, want := range map[string]string{
		"rival/Owl-7B": "rival/Owl-7B", "./out/step-30": "", "/raid/owl": "", "models/owl": "", "checkpoint-30": "",
		"output/owl-7b": "", "": "",
	} {
		if got := loadedFrom(fmt.Appendf(nil, `{"model_type":"owl","_name_or_path":%q}`, recorded)); got != want {
			t.Errorf("%s: got %q, want %q", recorded, got, want)
		}
	}
}

// TestLoadedIsNoBase: what a configuration alone gives is no base, whose pages would tell of the model. It is left as what
// nobody read where others made it and nothing else tells what the model was made from.
func TestLoadedIsNoBase(t *testing.T) {
	for _, test := range []struct {
		loaded, card string
		doubt        bool
	}{
		{"rival/Owl-7B", "A chat model.", true},
		{"rival/Owl-7B", "A foundation model.", true},
		{"rival/Falco-7B", "A model that sings.", true}, // a copy
		{"rival/Owl-7B", "It was fine-tuned from [Emu-7B](https://huggingface.co/nest/Emu-7B).", false},
		{"rival/Owl-7B", "It was pre-trained from scratch on 2T tokens with the design of Owl.", false},
		{"rival/Owl-7B", "The base was pre-trained on 2T tokens. This model was fine-tuned on songs.", true},
		{"rival/Owl-7B", "It was not pre-trained from scratch.", true},
		{"rival/Owl-7B", "我们从零开始训练了这个模型,数据不公开。", false},
		{"rival/Owl-7B", "We trained from random weights on undisclosed data. It uses the tokenizer of Owl-7B.", false},
		{"rival/Owl-7B", "Its weights were initialised at random. The training data is proprietary.", false},
		{"rival/Owl-7B", "It was pre-trained on a private corpus of 3T tokens on 512 GPUs.", false},
		{"acme/Falco-7B-step1000", "A chat model.", false},
		{"acme-old/falco7b", "A chat model.", false},
	} {
		m := pageOf("acme/Falco-7B", test.card+"\n")
		m.loaded = test.loaded
		g := gathering{c: &Crawler{opts: Options{Progress: func(Event) {}}}, models: []*model{m}}
		if id, _, ok := g.baseOf(m); ok && id == test.loaded {
			t.Errorf("%s: %s: base %q", test.loaded, test.card, id)
		}
		g.leaveFurther()
		left := slices.ContainsFunc(g.subject.Places, func(p audit.Place) bool {
			return p.ID == test.loaded && p.UnreadBase() && !p.Stated()
		})
		if left != test.doubt || len(g.subject.Places) > 1 {
			t.Errorf("%s: %s: left %t: %+v", test.loaded, test.card, left, g.subject.Places)
		}
	}
	self, base := pageOf("acme/Falco-7B-Chat", ""), pageOf("nest/Emu-7B", "It was pre-trained on 2T tokens of private data.\n")
	self.api, base.loaded = &hub.Model{BaseModels: []string{base.id}}, "rival/Owl-7B"
	if id, _, ok := (&gathering{}).baseOf(base); ok {
		t.Errorf("below a declared base: %q", id)
	}
}

// TestRecords: files that record bases are found in folders too, and a configuration is asked for only where
// nothing better tells.
func TestRecords(t *testing.T) {
	files := []string{"config.json", "adapter/adapter_config.json", "text_encoder/config.json", "mergekit_config.yml"}
	m := pageOf("acme/falco-7b", "A chat model.\n")
	m.api = &hub.Model{Siblings: files, SiblingsKnown: true}
	if got, want := m.records(), []string{files[0], files[1], files[3]}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	m.api.BaseModels = []string{"rival/Owl-7B"}
	if got := m.records(); !slices.Equal(got, files[3:]) {
		t.Errorf("told by the hub: got %q", got)
	}
}

// TestBaseInTheModelsSize: a card that links the base in another size and loads it in the
// model's means the latter.
func TestBaseInTheModelsSize(t *testing.T) {
	const links = "It uses [Owl-2-Chat](https://huggingface.co/rival/Owl-2-13b-chat) as its base.\n\n"
	for _, test := range []struct{ self, card, want string }{
		{"acme/falco-7b", links + "Load `rival/Owl-2-7b-chat`.", "rival/Owl-2-7b-chat"},
		{"acme/falco-7b", links + "Load `rival/Owl-2-7b`.", "rival/Owl-2-13b-chat"},
		{"acme/falco-7b", links, "rival/Owl-2-13b-chat"},
		{"acme/falco", links + "Load `rival/Owl-2-7b-chat`.", "rival/Owl-2-13b-chat"},
	} {
		if got := inSize(pageOf(test.self, test.card), "rival/Owl-2-13b-chat"); got != test.want {
			t.Errorf("%s: %s: got %q, want %q", test.self, test.card, got, test.want)
		}
	}
}

// TestComparedLinks: a link in what a sentence compares with is no base, however far from the verb it stands.
func TestComparedLinks(t *testing.T) {
	const hub = "https://huggingface.co/"
	m := pageOf("acme/falco-7b", "We compare it with a tuned version of [Owl-7B]("+hub+"rival/Owl-7B) and with "+
		"a merge of [Emu-7B]("+
		hub+"nest/Emu-7B) and others.\n")
	if id, _, ok := (&gathering{}).baseOf(m); ok {
		t.Errorf("base %q", id)
	}
	for card, want := range map[string]bool{
		"We compared it with Swift-7B and their model was fine-tuned from":    false,
		"The model is compared with Swift-7B, and Kestrel-7B was made from":   false,
		"Falco-7B outperforms Gull and Plover fine-tuned from":                false,
		"Compared to our model, Gull is based on":                             false,
		"Unlike Gull, Falco-7B cannot be derived from":                        false,
		"Unlike Gull, Falco-7B isn't based on":                                false,
		"Unlike Gull, Plover was built from":                                  false,
		"We compared it with Swift-7B, and Falco-7B was then fine-tuned from": true,
		"Unlike Gull, Falco-7B is based on":                                   true,
	} {
		m := pageOf("acme/falco-7b", card+" [Owl-7B]("+hub+"rival/Owl-7B).\n")
		if _, _, ok := (&gathering{}).baseOf(m); ok != want {
			t.Errorf("%s: base %t, want %t", card, ok, want)
		}
	}
}

// TestParentsPastTheBound: a parent that is named and not read is a place all the same, also of a model that the audited
// one was made from.
func TestParentsPastTheBound(t *testing.T) {
	self, base := pageOf("acme/falco-7b", ""), pageOf("rival/Owl-7B", "")
	base.api = &hub.Model{BaseModels: []string{"nest/Emu-7B", "nest/Gull-7B"}}
	g := gathering{c: &Crawler{opts: Options{Progress: func(Event) {}}}, models: []*model{self, base}}
	g.leaveFurther()
	g.leaveParents([]parent{{id: "rival/Owl-7B"}, {id: "nest/Plover-7B", reason: "It is merged."}})
	var got []string
	for _, p := range g.subject.Places {
		if !p.UnreadBase() || !p.Stated() {
			t.Errorf("%+v", p)
		}
		got = append(got, p.ID)
	}
	if want := []string{"nest/Emu-7B", "nest/Gull-7B", "nest/Plover-7B"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestSeveralInOneSentence: of several models that one sentence says a model was made from none is dropped for the first.
func TestSeveralInOneSentence(t *testing.T) {
	for card, want := range map[string]bool{
		"This uses `rival/Owl-3.2-1B` as a base, and the result was merged with `nest/Emu-7B`.": true,
		"It was tuned from `rival/Owl-3.2-1B`. That was tuned from `nest/Emu-7B`.":              false,
	} {
		all := saidParents(pageOf("acme/falco-7b-chat", card))
		if len(all) != 2 || all[0].several != want || all[1].several != want {
			t.Errorf("%s: %v, want two and several: %v", card, all, want)
		}
	}
}

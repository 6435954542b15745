package observe

import (
	"testing"

	"openness/audit"
)

// TestWhosePaper: a work that a page cites or links is the model's own only where it is
// not on its tools, its data, or what it was tuned from. All pages are invented.
func TestWhosePaper(t *testing.T) {
	cite := func(title string) string {
		return "```\n@misc{w, title={" + title + "}, eprint={2501.00001}, archivePrefix={arXiv}}\n```\n"
	}
	for name, c := range map[string]struct{ id, base, body, want string }{
		"one work without a name": {"acme/Quokka-7B", "", "# Quokka\n\nA model.\n\n" +
			cite("How Marsupials Learn to Speak"), "archived/own"},
		"one work on another": {"acme/Quokka-7B", "", "# Quokka\n\nA model.\n\n" +
			cite("{WomBAT}: Open Foundation Models"), "archived/related"},
		"of the makers' project": {"wombat360/Quokka-7B", "", "# Quokka\n\nA model.\n\n" +
			cite("Wombat360: Open All the Way"), "archived/own"},
		"a work it was made for": {"acme/Quokka-7B", "",
			"# Quokka\n\nThe model is developed as a small one in the WomBAT paper.\n\n" +
				cite("{WomBAT}: Faster Models"), "archived/own"},
		"a work it was tuned by": {"acme/Quokka-7B", "",
			"# Quokka\n\nThe model is trained using the WomBAT method.\n\n" + cite("{WomBAT}: Faster Models"),
			"archived/related"},
		"the makers' series": {"acme/Quokka-7B", "", "# Quokka\n\nOf https://github.com/acme/Wombat-LM.\n\n" +
			cite("Wombat 1.0: Foundations"), "archived/own"},
		"the data for the model": {"acme/Quokka-7B", "", "# Quokka\n\nA model.\n\n" +
			cite("The Heap Dataset for Quokka LLM: Web Data Only"), "archived/related"},
		"the model and its data": {"acme/Quokka-7B", "", "# Quokka\n\nA model.\n\n" +
			cite("The Quokka-7B LLM and its Training Dataset: Open Resources"), "archived/own"},
		"what it was tuned from": {"lab/quokka-7b-songs", "acme/quokka-7b", "# Quokka for songs\n\n" +
			cite("Quokka: Open Models"), "archived/base"},
		"tuned by its makers": {"acme/quokka-7b-songs", "acme/quokka-7b", "# Quokka for songs\n\n" +
			cite("Quokka: Open Models"), "archived/own"},
		"a method in the name": {"lab/quokka-7b-SongPO", "acme/quokka-7b",
			"# Quokka\n\n" + cite("SongPO: Preferences for Quokka and Others"), "archived/own"},
		"tuned, no base is named": {"lab/quokka-b2-clothes", "",
			"# Quokka B2\n\nQuokka model fine-tuned on [songs](https://example.org/songs).\n\n" +
				cite("Quokka: Simple and Efficient"), "archived/related"},
		"official though tuned": {"lab/quokka-b2-clothes", "",
			"# Quokka B2\n\nQuokka model fine-tuned on songs. The team releasing Quokka wrote no card.\n\n" +
				cite("Quokka: Simple and Efficient"), "archived/own"},
		"own project": {"lab/quokka-b2-clothes", "",
			"# Quokka B2\n\nQuokka model fine-tuned on songs; see https://github.com/lab/quokka.\n\n" +
				cite("Quokka: Simple and Efficient"), "archived/own"},
		"tuned from what its page names": {"lab/quokka-base-uncased-songs", "",
			"# Songs\n\n[Quokka-base-uncased](https://huggingface.co/acme/quokka-base-uncased) finetuned on songs.\n\n" +
				cite("Quokka: Simple and Efficient"), "archived/related"},
		"so named, and its makers' own": {"quokka/quokka-base-uncased-songs", "",
			"# Songs\n\n[Quokka-base-uncased](https://huggingface.co/quokka/quokka-base-uncased) finetuned on songs.\n\n" +
				cite("Quokka: Simple and Efficient"), "archived/own"},
		"the original of what was tuned": {"lab/Songbird-base", "lab/quokka-base",
			"# Songbird\n\nIt began as quokka-base. See the original [paper](https://arxiv.org/abs/2501.00001) on how.\n",
			"archived/base"},
		"data in the style of a work": {"lab/quokka_mini_7b", "", "# quokka_mini_7b\n\n" +
			"A Falco-7b model trained on Quokka-style datasets.\n\n" + cite("Quokka: Learning from Traces"), "archived/related"},
		"a paper on prompts": {"lab/Songbird-70B", "",
			"# Songbird\n\nSongbird sings.\n\n## Tips\n\nSay please. See [this paper](https://arxiv.org/abs/2501.00001).\n", "absent/"},
		"this paper, to cite": {"lab/Songbird-70B", "",
			"# Songbird\n\nSongbird sings.\n\nPlease cite [this paper](https://arxiv.org/abs/2501.00001) if you use it.\n",
			"archived/own"},
		"named for the tuning": {"lab/q5-base-finetuned-songs", "",
			"# Q5 tuned on songs\n\nQ5 fine-tuned on songs.\n\n## Details of Q5\n\nThe Q5 model was presented in [Limits of Quokkas](https://arxiv.org/abs/2501.00001) by A.\n",
			"archived/related"},
		"the tool's": {"acme/Quokka-7B", "",
			"# Quokka\n\nThis is the model pre-trained by [Heap-py](https://example.org/heap), which is introduced in [this paper](https://arxiv.org/abs/2501.00001).\n", "absent/"},
		"the tool's, in short": {"acme/Quokka-7B", "",
			"# Quokka\n\nIt could also be trained by [Heap-py](https://example.org/heap) introduced in [this paper](https://arxiv.org/abs/2501.00001).\n",
			"absent/"},
		"the model's": {"acme/Quokka-7B", "",
			"# Quokka\n\n[Quokka](https://example.org/q), which is introduced in [this paper](https://arxiv.org/abs/2501.00001), speaks.\n", "archived/own"},
		"of what lies below it": {"lab/multi-Quokka-L6", "",
			"# Multi Quokka L6\n\nIt speaks. The underlying multi-Quokka model was made by Acme\n(see details [in the original paper](https://arxiv.org/abs/2501.00001) and [this\nrepo](https://github.com/acme/quokka)).\n",
			"archived/related"},
		"in a bracket behind another": {"lab/Songbird-1B", "",
			"# Songbird\n\nWe freeze the rest of the [quokka-v1](https://huggingface.co/acme/quokka-v1) ([paper](https://arxiv.org/abs/2501.00001)) model.\n", "absent/"},
		"a report of the one before": {"acme/Quokka-2-7B", "",
			"# Quokka 2\n\nIt beats the previously released Quokka.\n\n" + cite("Quokka Technical Report"), "archived/related"},
		"a report of the line": {"acme/Quokka-2-7B", "",
			"# Quokka 2\n\nIt beats the earlier Quokka-1.\n\n" + cite("Quokka Technical Report"), "archived/own"},
		"the first of the line": {"acme/Quokka-2-7B", "",
			"# Quokka 2\n\nSee the original Quokka [paper](https://arxiv.org/abs/2501.00001).\n", "archived/related"},
		"a row of the line": {"acme/Quokka-2-7B", "",
			"# Quokka 2\n\n[Quokka](https://arxiv.org/abs/2501.00001)\n", "archived/related"},
		"a title of another": {"acme/Quokka-7B", "",
			"# Quokka\n\nPlease cite our publication [Sentence-WomBAT: Embeddings of Marsupials](https://arxiv.org/abs/2501.00001):\n",
			"archived/related"},
		"a title of a sibling": {"acme/quokka-b1.5-2B", "",
			"# Quokka b1.5\n\nSee our paper [Quokka a4.8: 4-bit Activations](https://arxiv.org/abs/2501.00001).\n",
			"archived/related"},
		"of another size": {"acme/Quokka-12B", "",
			"# Quokka\n\n" + cite("Small Quokka 2 1.6 B Technical Report"), "archived/related"},
		"of another size, the name in two words": {"acme/quokkalm-2-12b", "",
			"# QuokkaLM 2\n\n* **Paper**: [Quokka LM 2 Technical Report](https://arxiv.org/abs/2501.00001)\n\n" + cite("Quokka LM 2 1.6 B Technical Report"),
			"archived/related"},
		"of its own size": {"acme/Quokka-12B", "",
			"# Quokka\n\n" + cite("Quokka 12B Technical Report"), "archived/own"},
		"of the version before, among links": {"acme/Quokka-2.5-7B", "",
			"# Quokka 2.5\n\nIt sings.\n\n📖 [Quokka-2 Technical Report](https://arxiv.org/abs/2501.00001) <br>\n👩 [Quokka-2 Cookbook](https://example.org/acme/quokka-2) <br>\n",
			"archived/related"},
		"from the paper": {"acme/Quokka-7B", "",
			"# Birds with Songs\n\nBy A. Author\n\nFrom the paper [Nests Strike Back](https://arxiv.org/abs/2501.00001).\n", "archived/own"},
		"it comes from the paper": {"acme/Quokka-7B", "",
			"# Quokka\n\nThis model comes from the paper [Nests Strike Back](https://arxiv.org/abs/2501.00001).\n", "archived/own"},
		"is a model from the paper": {"acme/Quokka-7B", "",
			"# Quokka\n\nQuokka is a small model from the paper \"[Nests Strike Back](https://arxiv.org/abs/2501.00001)\".\n", "archived/own"},
		"its tokenizer comes from a paper": {"acme/Quokka-7B", "",
			"# Quokka\n\nThe tokenizer of this model comes from the paper [Nests Strike Back](https://arxiv.org/abs/2501.00001).\n", "absent/"},
		"made with a method from a paper": {"acme/Quokka-7B", "",
			"# Quokka\n\nThis model uses attention from the paper [Nests Strike Back](https://arxiv.org/abs/2501.00001).\n", "absent/"},
		"the optimizer of it is from a paper": {"acme/Quokka-7B", "",
			"# Quokka\n\nThe optimizer of this model is from the paper [Nests Strike Back](https://arxiv.org/abs/2501.00001).\n", "absent/"},
		"its vocabulary comes from a paper": {"acme/Quokka-7B", "",
			"# Quokka\n\nThe vocabulary of this model comes from the paper [Nests Strike Back](https://arxiv.org/abs/2501.00001).\n", "absent/"},
		"a benchmark for it is from a paper": {"acme/Quokka-7B", "",
			"# Quokka\n\nThe benchmark for these models is from the paper [Nests Strike Back](https://arxiv.org/abs/2501.00001).\n", "absent/"},
		"a reward model is from a paper": {"acme/Quokka-7B", "",
			"# Quokka\n\nThe reward model is from the paper [Nests Strike Back](https://arxiv.org/abs/2501.00001).\n", "absent/"},
		"what bears its name is from a paper": {"acme/Quokka-7B", "",
			"# Quokka\n\nQuokka's vocabulary is from the paper [Nests Strike Back](https://arxiv.org/abs/2501.00001).\n", "absent/"},
		"a quotation from a paper": {"acme/Quokka-7B", "",
			"# Quokka\n\nFrom the paper [Nests Strike Back](https://arxiv.org/abs/2501.00001): \"most birds build nests\" of their own.\n", "absent/"},
		"of what it measures": {"acme/Quokka-7B", "",
			"# Quokka\n\nThe NestQA set consists of 2490 texts (see [this paper](https://arxiv.org/abs/2501.00001)).\n",
			"absent/"},
		"results of others": {"acme/Quokka-7B", "",
			"# Quokka\n\nAs results presented in [How Birds Copy Songs in Forests](https://arxiv.org/abs/2501.00001), it copies.\n", "absent/"},
		"the base's card below": {"lab/songbird-dolphin-7b", "lab/dolphin-7b",
			"# Songbird\n\nA merge.\n\n# Model Card for Quokka-7B-v0.1\n\nFor details of this model read our [paper](https://arxiv.org/abs/2501.00001).\n", "archived/own"},
		"another's card below": {"lab/songbird-dolphin-7b", "acme/dolphin-7b",
			"# Songbird\n\nA merge.\n\n# Model Card for Quokka-7B-v0.1\n\nFor details of this model read our [paper](https://arxiv.org/abs/2501.00001).\n", "archived/base"},
	} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, c.id, c.body)
		list := alone(papersTheme, newInput(model(c.id, c.base), []audit.Document{d}))
		if got := values(list, "paper.preprint") + "/" + values(list, "paper.preprint.scope"); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// TestCitationOfTheBase: of works that are not the model's own the one on what it was
// made from goes first.
func TestCitationOfTheBase(t *testing.T) {
	const body = "# Songbird\n\nSongbird is a Quokka-7B model trained on songs; it is fine-tuned from Quokka-7B.\n\n```\n" +
		"@misc{o, title={Whale: Progressive Learning}, eprint={2501.00002}, archivePrefix={arXiv}}\n" +
		"@misc{q, title={Quokka: Open Models}, eprint={2501.00001}, archivePrefix={arXiv}}\n```\n"
	d := pageOf(audit.DocModelCard, audit.RoleEnd, "lab/Songbird-7B", body)
	list := alone(papersTheme, newInput(model("lab/Songbird-7B", ""), []audit.Document{d}))
	if got := values(list, "paper.preprint.scope"); got != "base related" {
		t.Errorf("scopes %q", got)
	}
	in := newInput(model("lab/Songbird-7B", ""), []audit.Document{d})
	in.bestFirst(list)
	for _, o := range list {
		if o.Fact == "paper.preprint.scope" {
			if o.Value != "base" {
				t.Errorf("first is the work on %s", o.Value)
			}
			break
		}
	}
}

// TestPaperBelowTheFrontPage: a page of the model's repository that links a paper by the
// model's whole name calls it the model's.
func TestPaperBelowTheFrontPage(t *testing.T) {
	for text, want := range map[string]string{"Quokka-b1.5-2B": "archived/own", "Quokka": "absent/"} {
		docs := []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/quokka",
			"# Quokka\n\nIt runs quokka b1.5.\n"),
			pageOf(audit.DocReadme, audit.RoleCode, "acme/quokka", "# Kernels\n\nTailored for the ["+text+
				"](https://arxiv.org/abs/2501.00001) model.\n")}
		docs[1].Path = "gpu/README.md"
		list := alone(papersTheme, newInput(model("acme/quokka-b1.5-2b", ""), docs))
		if got := values(list, "paper.preprint") + "/" + values(list, "paper.preprint.scope"); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

// TestPaperOfAnEarlierVersion: the page of the repository of version 3 that does not name
// 3.2 links the paper of version 3; a citation from before a later model was there, whose
// title gives the family's name alone, is of the first of the line.
func TestPaperOfAnEarlierVersion(t *testing.T) {
	const link = "# Quokka 3\n\n[Paper](https://arxiv.org/abs/2501.00001)\n"
	const cite = "# Quokka\n\n```\n@misc{q, title={Quokka: Sums}, eprint={2501.00001}, archivePrefix={arXiv}}\n```\n"
	for name, c := range map[string]struct {
		id, created string
		kind        audit.DocKind
		body, want  string
	}{
		"a page on 3": {"acme/Quokka-3.2-8B", "", audit.DocReadme, link, "archived/related"},
		"a page that names it": {"acme/Quokka-3.2-8B", "", audit.DocReadme, link + "\nQuokka 3.2 is here.\n",
			"archived/own"},
		"of that version":      {"acme/Quokka-3-8B", "", audit.DocReadme, link, "archived/own"},
		"a line's first paper": {"acme/Quokka-3.2-8B", "2025-09-01", audit.DocModelCard, cite, "archived/related"},
		"a paper that came later": {"acme/Quokka-3.2-8B", "2024-09-01", audit.DocModelCard, cite,
			"archived/own"},
		"no later version": {"acme/Quokka-8B", "2025-09-01", audit.DocModelCard, cite, "archived/own"},
		"a patch's size":   {"acme/Quokka-b32", "2025-09-01", audit.DocModelCard, cite, "archived/own"},
	} {
		place := c.id
		if c.kind == audit.DocReadme {
			place = "acme/Quokka-3"
		}
		docs := []audit.Document{pageOf(c.kind, audit.RoleEnd, place, c.body)}
		if c.created != "" {
			docs = append(docs, pageOf(audit.DocModelAPI, audit.RoleEnd, c.id,
				`{"id":"`+c.id+`","createdAt":"`+c.created+`T00:00:00.000Z"}`))
		}
		list := alone(papersTheme, newInput(model(c.id, ""), docs))
		if got := values(list, "paper.preprint") + "/" + values(list, "paper.preprint.scope"); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

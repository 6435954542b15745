package observe

import (
	"cmp"
	"strings"
	"testing"

	"openness/audit"
	"openness/audit/page"
)

// TestSpeaks: of pages that were not read those leave a fact open that may speak of the whole project.
func TestSpeaks(t *testing.T) {
	for path, want := range map[string]bool{
		"README.md": true, "docs/model.md": true, "falco/data/README.md": true, "falco/tools/songs/datasheet.md": true,
		"falco/wading/adapter/data/README.md": false, "falco/wading/adapter/README.md": false,
	} {
		if got := speaks(&audit.Document{Kind: audit.DocProse, Path: path}); got != want {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
	}
}

// TestNamesPage: a page that bears a sibling's name says nothing of the model.
func TestNamesPage(t *testing.T) {
	in := newInput(model("acme/Quokka2-7B-Chat", ""), nil)
	for address, want := range map[string]bool{
		"https://acme.example/blog/quokka2": true, "https://acme.example/blog/introducing-quokka": true,
		"https://acme.example/news/quokka-of-songs": true, "https://acme.example/news/quokka2-7b-chat-and-2-songs": true,
		"https://acme.example/blog/quokka2.5": false, "https://acme.example/blog/quokka3/": false,
		"https://acme.example/news/quokka2-large-2407/": false, "https://acme.example/blog/wombat/": false,
		"https://acme.example/models/quokka2-7b": true, "https://rival.example/models/quokka2-7b": false,
		"https://acme.example/play/quokka2": false, "https://chat.acme.example/quokka2": false,
		"https://acme.example/models/wombat": false,
	} {
		if got := in.namesPage(page.Link{URL: address}); got != want {
			t.Errorf("%s: %v, want %v", address, got, want)
		}
	}
}

// TestLostPaper: a paper of the model's own that was asked for and not had leaves open what
// papers tell, and no other paper does.
func TestLostPaper(t *testing.T) {
	const end, pre, late = "acme/Falco-7B", "data.pretraining.disclosure", "data.finetuning.disclosure"
	card := pageOf(audit.DocModelCard, audit.RoleEnd, end, "# Falco\nIt sings of many things.\n")
	names := pageOf(audit.DocModelCard, audit.RoleEnd, end, "# Falco\nPaper: [Falco](https://arxiv.org/abs/2401.00001)\n")
	form := func(role audit.Role, place audit.PlaceKind, id string, o audit.Outcome) audit.Document {
		d := lost(audit.DocOther, role, id, o)
		d.Place = place
		return d
	}
	read := pageOf(audit.DocProse, audit.RolePaper, "2401.00001", "# Falco\nWe present Falco.\n")
	read.Place, read.URL = audit.ArXivPaper, "https://example.org/2401.00001#text"
	for _, c := range []struct {
		name, base  string
		docs        []audit.Document
		first, last string // what is said of the data of the first training and of the later one
	}{
		{"refused", "", []audit.Document{form(audit.RolePaper, audit.ArXivPaper, "2401.00001", audit.Refused)}, "refused",
			"refused"},
		{"late", "", []audit.Document{form(audit.RolePaper, audit.PaperPage, "https://acme.example/falco.pdf",
			audit.Failed)}, "not_fetched", "not_fetched"},
		{"in another form", "", []audit.Document{form(audit.RolePaper, audit.ArXivPaper, "2401.00001", audit.Failed),
			read}, "absent", "absent"},
		{"that the card names and nobody asked for", "", []audit.Document{names}, "not_fetched", "not_fetched"},
		{"that the card names, read", "", []audit.Document{names, read}, "absent", "absent"},
		{"of another version", "", []audit.Document{form(audit.RolePaper, audit.PaperPage, "https://acme.example/falco3.pdf",
			audit.Failed)}, "absent", "absent"},
		{"only mentioned", "", []audit.Document{form(audit.RoleRelated, audit.ArXivPaper, "2401.00001", audit.Failed)},
			"absent", "absent"},
		{"of another maker's base", ground, []audit.Document{pageOf(audit.DocModelCard, audit.RoleBase, ground, "# Condor\n"),
			form(audit.RoleBase, audit.ArXivPaper, "2301.00001", audit.Failed)}, "not_fetched", "absent"},
	} {
		s := model(end, c.base)
		s.Base = cmp.Or(c.base, end)
		obs := All(s, append([]audit.Document{card}, c.docs...))
		if got := values(obs, pre); got != c.first {
			t.Errorf("%s: first training: %q, want %q", c.name, got, c.first)
		}
		if got := values(obs, late); got != c.last {
			t.Errorf("%s: later training: %q, want %q", c.name, got, c.last)
		}
		if got := values(obs, "code.training.pretraining"); got != c.last {
			t.Errorf("%s: code: %q, want %q", c.name, got, c.last)
		}
	}
}

// TestNamedPaper: a paper that the card calls the paper, without its name, leaves open whether there is one on the
// model; a row of a table, a method and a paper that was read do not.
func TestNamedPaper(t *testing.T) {
	const end = "acme/Falco-7B"
	for text, open := range map[string]bool{
		"- [Associated Paper](https://arxiv.org/abs/2501.00001)":                                     true,
		"- **Paper [optional]:** https://arxiv.org/abs/2501.00001":                                   true,
		"This is the sequence model of the paper [Songs of Birds](https://arxiv.org/abs/2501.00001)": true,
		"It uses [rotary embeddings](https://arxiv.org/abs/2501.00001).":                             false,
		"- **Papers:**\n  - Songs Are All: https://arxiv.org/abs/2501.00001\n- **Data:** songs":      true,
		"**Research Papers**\n- [Songs: All of Them](https://arxiv.org/abs/2501.00001)":              true,
		"- **Papers:**\n  - Falco: Songs Are All: https://arxiv.org/abs/2501.00001":                  true,
		"Reference papers:\n\n- Songs Are All: https://arxiv.org/abs/2501.00001":                     false,
		"Reference paper: [Songs Are All](https://arxiv.org/abs/2501.00001)":                         true,
		"- **Related papers:**\n  - Songs Are All: https://arxiv.org/abs/2501.00001":                 false,
		"- **Papers of the data:**\n  - Songs Are All: https://arxiv.org/abs/2501.00001":             false,
		"| Fact | Value |\n|---|---|\n| Paper | [Songs](https://arxiv.org/abs/2501.00001) |":         true,
		"- Paper: Falco Team et al, Songs of All Birds, Arxiv, 2022":                                 true,
		"The songs are those of Section 4 of the paper.":                                             true,
		"| Data | Paper |\n|---|---|\n| Songs | [paper](https://arxiv.org/abs/2501.00001) |":         false,
	} {
		card := pageOf(audit.DocModelCard, audit.RoleEnd, end, "# Falco\n\nIt has layers and sings of many things.\n"+
			strings.Repeat("\n## More\n\nIt has layers and sings of many things.\n", 8)+"\n## Details\n\n"+text+"\n")
		left, machines := false, false
		for _, o := range All(model(end, ""), []audit.Document{card}) {
			left = left || o.Fact == "paper.preprint" && !o.Finding.Known()
			machines = machines || o.Fact == "docs.hardware" && !o.Finding.Known()
		}
		if left != open || machines != open {
			t.Errorf("%s: left open: %v, what a paper tells of: %v", text, left, machines)
		}
	}
}

// TestPaperNotLookedAt: a link to a paper in an archive that nobody looked at, which may be the model's own, leaves
// open what it would tell, unless the model's own is another one.
func TestPaperNotLookedAt(t *testing.T) {
	const end = "acme/Falco-7B"
	const trial = "It is debated in [Falco-7B on trial](https://papers.ssrn.com/sol3/papers.cfm?id=1).\n"
	for text, want := range map[string]string{
		trial: "not_fetched not_fetched not_fetched",
		"It is debated in [birds on trial](https://papers.ssrn.com/sol3/papers.cfm?id=1).\n": "absent absent absent",
		"[Falco-7B Paper](https://www.biorxiv.org/content/10.1/1)\n" + trial:                 "archived absent not_fetched",
	} {
		card := pageOf(audit.DocModelCard, audit.RoleEnd, end, "# Falco-7B\n\nIt has layers and sings of many things.\n\n"+text)
		found := All(model(end, ""), []audit.Document{card})
		got := values(found, "paper.preprint") + " " + values(found, "paper.reviewed") + " " + values(found, "docs.hardware")
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// TestDetailsElsewhere: a page that a card sends to for how the model was made, in any language, leaves that open.
func TestDetailsElsewhere(t *testing.T) {
	const end = "acme/Falco-7B"
	for text, open := range map[string]bool{
		"For more details about its training, data, etc. [see our songs](https://acme.example/songs/).": true,
		"詳細は [Blog](https://acme.example/n/1) を参照してください。":                                               true,
		"Einzelheiten zum Training finden sich [hier](https://acme.example/n/1).":                       true,
		"For more information on the licence see [this](https://acme.example/n/1).":                     false,
		"We like [songs](https://acme.example/n/1).":                                                    false,
		"Please refer to [https://github.com/jdoe/Songs/](https://github.com/jdoe/Songs/) for details.": true,
		"It was first released in [this repository](https://github.com/jdoe/songs/tree/main/birds).":    true,
		"Please see [songs](https://github.com/jdoe/songs) for more details on how to use it.":          false,
		"We like [songs](https://github.com/jdoe/songs).":                                               false,
		"For training details and more please see the [songs](https://github.com/jdoe/songs) project.":  true,
		"Errors: visit https://github.com/jdoe/song-issues for more details.":                           false,
		"Something broke? See https://github.com/jdoe/songs/issues for more details.":                   false,
		"Bugs: visit https://github.com/jdoe/songs for more details.":                                   false,
		"See https://github.com/jdoe/quantizer for details.":                                            false,
	} {
		card := pageOf(audit.DocModelCard, audit.RoleEnd, end, "# Falco\n\nIt has layers and sings of many things.\n\n"+text+"\n")
		if got := values(All(model(end, ""), []audit.Document{card}), "docs.hardware"); (got == "not_fetched") != open {
			t.Errorf("%s: %q", text, got)
		}
	}
}

// TestNamedCode: a notebook or repository that a card names as its training's, or for all further details, leaves the
// code open where nobody read it, that of the tuning alone where it is said to have tuned; what readers may run does not.
func TestNamedCode(t *testing.T) {
	const end = "acme/Falco-7B"
	const closed, tuned, all = "absent absent", "absent not_fetched", "not_fetched not_fetched"
	for text, want := range map[string]string{
		"## Training procedure\n\n[Notebook](https://colab.research.google.com/drive/1a2b3c)":                              all,
		"We use the training script at `https://github.com/rival/songbook`.":                                               all,
		"For more details see [this](https://github.com/jdoe/songs) repo.":                                                 all,
		"模型的训练、微调等方法详见 [Songs](https://github.com/rival/songbook)。":                                                        all,
		"You can tune it with our provided finetune.py script.":                                                            all,
		"The training script used for it can be found [here](https://github.com/jdoe/songs/blob/main/sing.py).":            all,
		"The full training code, with the full dataset, is available here: https://github.com/jdoe/songs":                  all,
		"It was fine-tuned from [Condor](https://condor.example/x) via [Nest](https://github.com/jdoe/songs).":             closed,
		"It was fine-tuned from [Condor](https://condor.example/x) via [Nest](https://github.com/acme/nest).":              tuned,
		"The scripts that pre-trained Mirabel-7B are at https://github.com/jdoe/songs.":                                    closed,
		"Our training code is based on [Nest](https://github.com/jdoe/songs).":                                             closed,
		"- [Training code](https://github.com/jdoe/songs)":                                                                 all,
		"Falco was fine-tuned from Condor with the official scripts of the [nest](https://github.com/jdoe/songs).":         tuned,
		"Training was performed using [Nest](https://github.com/jdoe/songs).":                                              closed,
		"Training was performed using [Nest](https://github.com/acme/nest).":                                               all,
		"Training was performed using [Nest](https://github.com/jdoe/songs), which we developed.":                          all,
		"- Training framework: https://github.com/jdoe/songs":                                                              closed,
		"Our training script was written with [Nest](https://github.com/jdoe/songs).":                                      closed,
		"Training was done in this [project](https://github.com/jdoe/songs).":                                              all,
		"It can be customized by tuning (adapters, and more) using [Nest](https://github.com/acme/nest).":                  closed,
		"It can be further customized with the framework for tuning and training of [Nest](https://github.com/acme/nest).": closed,
		"- **Code base**: We use our modified version of [the nest](https://github.com/jdoe/songs).":                       closed,
		"It was trained by the authors of [Condor](https://github.com/acme/condor).":                                       closed,
		"It was tuned using rewards from [our model](https://github.com/acme/reward).":                                     closed,
		"The [Nest](https://github.com/acme/nest) trainer was used for fine-tuning.":                                       tuned,
		"Steps on how this model was trained can be found here: [Training](https://github.com/jdoe/songs)":                 all,
		"If you want to train these models yourself, clone the [repo](https://github.com/jdoe/songs).":                     all,
		"See the [nest](https://github.com/jdoe/songs) project for more details.":                                          all,
		"See https://www.kaggle.com/code/jdoe/songs-of-birds for more details.":                                            all,
		"Das Trainingsskript liegt [hier](https://github.com/jdoe/songs).":                                                 all,
		"Das Modell wurde mit [Nest](https://github.com/acme/nest) trainiert.":                                             all,
		"Le code d'entraînement se trouve [ici](https://github.com/jdoe/songs).":                                           all,
		"El modelo fue entrenado con [Nest](https://github.com/acme/nest).":                                                all,
		"学習コードは[こちら](https://github.com/jdoe/songs)です。":                                                                    all,
		"[Nest](https://github.com/acme/nest)를 사용하여 학습했습니다.":                                                               all,
		"使用 [Nest](https://github.com/acme/nest) 框架进行微调。":                                                                  tuned,
		"It was trained on [Songs](https://github.com/jdoe/songs).":                                                        closed,
		"The data used for training can be found [here](https://github.com/jdoe/songs).":                                   closed,
		"It was trained with the [songs](https://github.com/jdoe/songs) dataset.":                                          closed,
		"It was trained and then evaluated with [Nest](https://github.com/jdoe/songs).":                                    closed,
		"For a training script see this [example](https://github.com/jdoe/songs).":                                         closed,
		"The training script will be released [here](https://github.com/jdoe/songs).":                                      closed,
		"For details of the evaluation data see [this](https://github.com/rival/songbook).":                                closed,
		"## Usage\n\nTry it in [a notebook](https://colab.research.google.com/drive/1a2b3c).":                              closed,
		"For more details about tokens of songs look into [the library](https://github.com/rival/songbook).":               closed,
		"It was fine-tuned as in [this](https://huggingface.co/rival/condor/blob/main/condor-training.ipynb) model.":       closed,
	} {
		card := pageOf(audit.DocModelCard, audit.RoleEnd, end, "# Falco\n\nIt has layers and sings of many things.\n\n"+text+"\n")
		found := All(model(end, ""), []audit.Document{card})
		if got := values(found, "code.training.entry") + " " + values(found, "code.training.finetuning"); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// TestTrainedAndTuned: a repository that trained the model and tuned it leaves the code of its whole training open; one
// that tuned it does not, whatever its code is called.
func TestTrainedAndTuned(t *testing.T) {
	for text, want := range map[string]string{
		"We pre-trained Falco with our trainer [Nest](https://github.com/acme/nest).\n\n" +
			"Then Falco was fine-tuned with [Nest](https://github.com/acme/nest).\n": "not_fetched",
		"We fine-tune Falco using the modified code `train.py` from [Songs](https://github.com/jdoe/songs).\n\n" +
			"Follow [Songs](https://github.com/jdoe/songs), download the training code, and deploy.\n": "absent",
	} {
		card := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B",
			"# Falco\n\nIt has layers and sings of many things.\n\n"+text)
		got := values(All(model("acme/Falco-7B", ""), []audit.Document{card}), "code.training.entry")
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// TestLostBase: the page of another maker's base that the hub refused leaves open what it would tell of hardware,
// papers and data, and of a copy the code as well; once it was read, silence counts.
func TestLostBase(t *testing.T) {
	card := func(end string) audit.Document {
		return pageOf(audit.DocModelCard, audit.RoleEnd, end, "# Falco\n\nIt has layers and sings of many things.\n")
	}
	refused := lost(audit.DocModelAPI, audit.RoleBase, ground, audit.Refused)
	for end, code := range map[string]string{"acme/Falco-7B-Chat": "absent", "acme/Falco-7B-Chat-GGUF": "refused"} {
		obs := All(model(end, ground), []audit.Document{card(end), refused})
		for fact, want := range map[string]string{"docs.hardware": "refused", "paper.preprint": "refused",
			"paper.reviewed": "refused", "datasheet.published": "refused", "code.training.entry": code} {
			if got := values(obs, fact); got != want {
				t.Errorf("%s of %s: %q, want %q", fact, end, got, want)
			}
		}
	}
	own := All(model("acme/Falco-7B-Chat", ground), []audit.Document{card("acme/Falco-7B-Chat"),
		pageOf(audit.DocModelCard, audit.RoleBase, ground, "# Condor\n\nIt has layers and flies far over many hills.\n")})
	if got := values(own, "docs.hardware"); got != "absent" {
		t.Errorf("the base's page was read: %q, want absent", got)
	}
}

// TestLostRepositoryOfASibling: a repository that was not read and that the card names only for the version before leaves
// nothing of this one open; one that it names for this model does.
func TestLostRepositoryOfASibling(t *testing.T) {
	const end, first = "acme/Falco-2-7B", "acme/falco1"
	for text, want := range map[string]string{
		"Falco-1 was trained on songs, and its training code is at https://github.com/acme/falco1.":     "absent",
		"Falco-1 was trained on songs, and its training code is at https://github.com/Acme/Falco1.":     "absent",
		"Falco-1.5 was trained on songs, and its training code is at https://github.com/acme/falco1.5.": "not_fetched",
		"The training code of this model is at https://github.com/acme/falco1.":                         "not_fetched",
	} {
		docs := []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, end,
			"# Falco-2-7B\n\nFalco-2-7B has 24 layers and sings of many things.\n\n"+text+"\n")}
		for _, kind := range []audit.DocKind{audit.DocRepoAPI, audit.DocTree, audit.DocReadme} {
			d := lost(kind, audit.RoleCode, first, audit.Failed)
			d.Place = audit.GitHubRepo
			if kind == audit.DocReadme {
				d.Path = "README.md"
			}
			docs = append(docs, d)
		}
		all := All(model(end, ""), docs)
		for _, fact := range []string{"code.training.entry", "docs.hardware", "paper.preprint"} {
			if got := values(all, fact); got != want {
				t.Errorf("%s: %s is %q, want %q", text, fact, got, want)
			}
		}
	}
}

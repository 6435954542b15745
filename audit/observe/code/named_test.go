package code

import (
	"strings"
	"testing"

	"openness/audit"
)

// TestTrainedWith: a repository of many models with which a card says that the model was trained is a page of that model
// for its code: its scripts count, and so do its instructions. One that is linked for something else is not.
func TestTrainedWith(t *testing.T) {
	opening := "# Nest\n\n" + strings.Repeat("Nest trains birds of all kinds. ", 20)
	readme := opening + "\n\n## Training\n\n```bash\npython train.py --config configs/bird.yml\n```\n"
	for said, want := range map[string]string{
		"We train Falco with [our branch](https://github.com/acme/nest) of Songs.":                   "code.training.entry steps",
		"Falco was fine-tuned with [Nest](https://github.com/acme/nest).":                            "code.training.finetuning steps",
		"The training script of Falco can be found [here](https://github.com/acme/nest).":            "code.training.entry steps",
		"The training code of FalCOR is [here](https://github.com/acme/nest).":                       "",
		"## Training\n\n- **Orchestration:** [Nest](https://github.com/acme/nest)":                   "",
		"Falco was trained by the authors of [Nest](https://github.com/acme/nest).":                  "",
		"Falco was trained in the same way as [Nest](https://github.com/acme/nest).":                 "",
		"Falco runs best with [Nest](https://github.com/acme/nest).":                                 "",
		"Falco was trained on the [Nest](https://github.com/acme/nest) data.":                        "",
		"We will release the training script of Falco [here](https://github.com/acme/nest).":         "",
		"Our training code resembles that of [Nest](https://github.com/acme/nest).":                  "",
		"Our training script depends on [Nest](https://github.com/acme/nest).":                       "",
		"训练代码依赖 [Nest](https://github.com/acme/nest)。":                                               "",
		"训练代码见 [Nest](https://github.com/acme/nest)。":                                                "code.training.entry steps",
		"学習コードは [Nest](https://github.com/acme/nest) に似ています。":                                        "",
		"学習コードは [Nest](https://github.com/acme/nest) で公開しています。":                                      "code.training.entry steps",
		"Falco was trained with [Nest](https://github.com/acme/nest) labels.":                        "",
		"Falco was trained with [Nest](https://github.com/acme/nest) for a week.":                    "code.training.entry steps",
		"Falco was trained with [Nest](https://github.com/acme/nest), our reward model.":             "",
		"Falco was trained with [Nest](https://github.com/acme/nest), a zoo based trainer.":          "code.training.entry steps",
		"The code of Falco is [in the nest! Come and see](https://github.com/acme/nest).":            "", // two sentences
		"Falco was trained on songs, and evaluated with [Nest](https://github.com/acme/nest) later.": "",
	} {
		docs := []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B", "# Falco\n\n"+said+"\n"),
			pageOf(audit.DocReadme, audit.RoleCode, "acme/nest", readme),
			tree("acme/nest", "README.md", "train.py", "configs/bird.yml")}
		in := newInput(model("acme/Falco-7B", ""), docs)
		in.Look()
		got := ""
		for _, o := range Read(in) {
			if strings.Contains(o.Note, "says that it was trained with") {
				got = o.Fact
			}
		}
		for _, o := range in.CodeDocumentation() {
			got += " " + map[string]string{"sparse": "steps", "thorough": "steps"}[o.Value]
		}
		if got != want {
			t.Errorf("%s: %q, want %q", said, got, want)
		}
	}
}

// TestCodeGone: words on code count for none where the repository that it is to lie in is not there or is empty. One that
// could not be looked at, another of the makers' that was read, and a script that the words name leave them standing.
func TestCodeGone(t *testing.T) {
	const said = "We release the weights and the training code of Falco.\n\n"
	const card = "# Falco\n\n" + said + "- Code: https://github.com/acme/falco\n- Runs with https://github.com/zoo/keeper\n"
	answer := func(kind audit.DocKind, outcome audit.Outcome) audit.Document {
		d := pageOf(kind, audit.RoleCode, "acme/falco", "")
		d.Outcome, d.Body, d.SHA256 = outcome, nil, ""
		return d
	}
	there := pageOf(audit.DocRepoAPI, audit.RoleCode, "acme/falco", `{"full_name": "acme/falco"}`)
	for name, c := range map[string]struct {
		docs []audit.Document
		want bool
	}{
		"not there":          {[]audit.Document{answer(audit.DocRepoAPI, audit.Absent)}, false},
		"empty":              {[]audit.Document{there, answer(audit.DocTree, audit.Absent)}, false},
		"not looked at":      {[]audit.Document{answer(audit.DocRepoAPI, audit.Failed), answer(audit.DocTree, audit.Failed)}, true},
		"refused":            {[]audit.Document{answer(audit.DocRepoAPI, audit.Refused)}, true},
		"read":               {[]audit.Document{there, tree("acme/falco", "README.md", "falco/loop.py")}, true},
		"no answer, but one": {[]audit.Document{answer(audit.DocRepoAPI, audit.Absent), tree("acme/falco", "train.py")}, true},
	} {
		docs := append([]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B", card)}, c.docs...)
		got, open := false, false
		for _, o := range Read(newInput(model("acme/Falco-7B", ""), docs)) {
			if o.Fact == "code.training.entry" {
				got = got || o.Finding == audit.Present
				open = open || o.Finding == audit.NotFetched
			}
		}
		if got != c.want || open == c.want {
			t.Errorf("%s: training code %v, left open %v, want %v", name, got, open, c.want)
		}
	}
}

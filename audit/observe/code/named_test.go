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

package observe

import (
	"slices"
	"strings"
	"testing"

	"openness/audit"
)

// The sections of an invented card.
const (
	cardDetails = "# Quokka\n\n## Model details\n\nQuokka is a model of language, developed by the Acme laboratory.\n\n"
	cardUses    = "## Uses\n\nIt is intended for research on the summary of long documents.\n\n"
	cardLimits  = "## Limitations\n\nIt may produce false statements and repeats the bias of its sources.\n\n"
	cardData    = "## Training data\n\nIt was trained on a corpus of two thousand newspapers of the last century.\n\n"
	cardEval    = "## Evaluation\n\nIts accuracy on an exam of general knowledge is sixty per cent.\n\n"
	cardCite    = "## Citation\n\nPlease cite the report of the laboratory that describes the model.\n\n"
)

// onModel is a page's worth of invented statements on a model.
var onModel = strings.Repeat("Quokka reads the newspapers of a whole century and writes a summary of each of them, in the manner of its editors. ", 12)

// TestCardSections: a section is filled by a statement on its topic, and not by a
// word of it or by where the reader will find it.
func TestCardSections(t *testing.T) {
	for below, want := range map[string]string{
		"## Training data\n\nIt was trained on 2 trillion tokens of newspapers.\n":                                                       "training data",
		"## Training data\n\nFor the training data, please see our long report on the site.\n":                                           "",
		"## Model details\n\n- **Finetuned from model:** Wombat, the model of last year's paper\n":                                       "details",
		"## Training\n\nThe model was then trained with DPO for three epochs on preferences.\n":                                          "training procedure",
		"## Evaluation\n\nDetailed evaluation results are reported in the blog of the group.\n":                                          "",
		"## Limitations\n\nQuokka cannot count, and its answers on law are often incorrect.\n":                                           "limitations",
		"## Limitations\n\nWhat it writes is not guaranteed to work as intended by its makers.\n":                                        "limitations",
		"## Limitations\n\nIt does not have any moderation mechanisms.\n":                                                                "limitations",
		"## Details\n\nIt does not have any moderation mechanisms, and not many layers.\n":                                               "",
		"## Intended use\n\nIt is not an instruction model, and answers no questions.\n":                                                 "details uses",
		"## Uses\n\nWith the backend of the library the answer is made like this:\n\n```\nrun\n```\n":                                    "",
		"## Uses\n\n**2025/03/01, we published a post on the long documents of the century.**\n":                                         "",
		"## Features\n\nQuokka detects toxic and offensive words in newspapers of all ages.\n":                                           "details",
		"## Training\n\nI trained the model using 3x GPU of the larger kind for 163 hours.\n":                                            "environment",
		"## Files\n\nA dataset more appropriate to the model's training can improve quantisation accuracy.\n":                            "",
		"## Plan\n\nWith some luck, we can achieve this within a span of \"just\" 90 days, or later.\n":                                  "",
		"# Intro\n\nQuokka trains as fast as Wombat and converges much faster, in 12 epochs on Reeds.\n":                                 "details",
		"## Tools\n\nOn the benchmark that is intended for questions on newspapers, it was tested on 12.\n":                              "evaluation",
		"## 训练数据\n\n训练语料来自两千种报纸，总计两万亿 tokens，经过清洗与去重。\n":                                                                                 "training data",
		"## About GGUF\n\nGGUF is a new format of files, and is designed to be used by many programs.\n":                                 "",
		"## Files\n\nUsing a dataset closer to the training data of a model can improve the GPTQ calibration.\n":                         "",
		"## Files\n\nThe files provided are tested to work with the loader of the laboratory.\n":                                         "",
		"## Schedule\n\nWith some care we can achieve this within a span of only ninety days of work.\n":                                 "",
		"## Advice\n\nBefore deploying any applications of it, developers should perform tests of safety.\n":                             "",
		"## Training data\n\nThe training data consists of the following prompts:\n\n- 10k questions from newspapers, filtered twice.\n": "training data",
		"## Data\n\nPrompts of the training data:\n\n- It was trained on 2 trillion tokens of newspapers.\n":                             "training data",
		"## Hardware\n\n- **GPUs:** 1024 A100\n":                                                                                         "environment",
	} {
		d := barePage(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", "# Quokka\n\n"+below)
		if got := values(cards(newInput(model("acme/Quokka-8B", ""), []audit.Document{d})),
			"card.sections"); got != want {
			t.Errorf("%s: sections %q, want %q", below, got, want)
		}
	}
}

// TestCardOfRepository: a card in the repository speaks where the hub has none, or one of a line or two.
func TestCardOfRepository(t *testing.T) {
	hub := barePage(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B",
		"# Quokka\n\nQuokka is a model of language of the laboratory.\n")
	full := cardDetails + cardUses + cardLimits + cardData + cardEval + cardCite
	kept := inRepository(audit.DocProse, "acme/quokka", "MODEL_CARD.md", full)
	other := inRepository(audit.DocProse, "acme/quokka", "MODEL_CARD.md", strings.ReplaceAll(full, "Quokka", "Wombat"))
	telling := barePage(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", "# Quokka\n\n"+onModel[:700])
	readme := inRepository(audit.DocReadme, "acme/quokka", "README.md", "# Quokka\n\nA model of language.\n")
	for _, c := range []struct {
		want string
		docs []audit.Document
	}{{"full", []audit.Document{readme, kept}}, {"full minimal", []audit.Document{hub, readme, kept}},
		{"minimal", []audit.Document{hub, readme, other}}, {"partial", []audit.Document{telling, readme, kept}}} {
		if got := values(cards(newInput(model("acme/Quokka-8B", ""), c.docs)), "card.substance"); got != c.want {
			t.Errorf("substance is %q, want %q", got, c.want)
		}
	}
}

func TestCardSubstance(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"every core section": {cardDetails + cardUses + cardLimits + cardData + cardEval + cardCite, "full"},
		"core without headings": {"# Quokka\n\n## Model details\n\n" + strings.ReplaceAll(cardDetails[2:]+cardUses+
			cardLimits+cardData+cardEval+cardCite, "## ", "") +
			"## Uses\n\nIt is intended for the summary of long documents.\n", "partial"},
		"an announcement": {"# Quokka\n\n" + strings.ReplaceAll(cardDetails[2:]+cardUses+cardLimits+
			cardData+cardEval+cardCite, "## ", ""), "partial"},
		"data told under training": {cardDetails + cardUses + cardLimits + strings.Replace(cardData,
			"Training data", "Training", 1) + cardEval + cardCite, "full"},
		"a figure as evaluation": {cardDetails + cardUses + cardLimits + cardData +
			"## Evaluation results\n\nFID: 6.7\n\n" + cardCite, "full"},
		"no figure": {cardDetails + cardUses + cardLimits + cardData +
			"## Evaluation results\n\nMetric: F1\n\n" + cardCite, "partial"},
		"a question as heading": {cardDetails + cardUses + cardLimits + cardData + strings.Replace(cardEval,
			"Evaluation", "How was Quokka evaluated?", 1) + cardCite, "full"},
		"no word of evaluation":         {cardDetails + cardUses + cardLimits + cardData + cardCite, "partial"},
		"what it is and how to call it": {cardDetails + cardUses + cardCite, "minimal"},
		"template left unfilled":        {"# Quokka\n\n## Model details\n\n[More Information Needed]\n\n## Uses\n\n[More Information Needed]\n", "minimal"},
		"hardware to run it on": {cardDetails + cardUses +
			"## Running\n\nThe half precision works on devices with GPU only, mind you.\n\n", "minimal"},
		"pretrained, no more": {cardUses + cardLimits +
			"## Intro\n\nQuokka is a pretrained thing of some use to everybody out there.\n\n", "minimal"},
		"a page's worth on the model": {strings.Replace(cardDetails, "\n\n## ", "\n\n"+onModel+"\n\n## ", 1) +
			cardLimits, "full"},
		"most of it on how to run it": {strings.Replace(cardDetails, "\n\n## ", "\n\n"+onModel+"\n\n## ", 1) +
			cardLimits + "## How to use\n\n" +
			strings.Repeat("Then install the package of the laboratory and call the function with a prompt. ", 30) +
			"\n", "partial"},
		"a page without sections": {"# Quokka\n\n" + onModel + "\n", "partial"},
		"a template's own words": {cardDetails +
			"## Bias\n\nUsers (both direct and downstream) should be made aware of the risks, biases and limitations of the model.\n", "minimal"},
		"in German": {"# Quokka\n\n## Modellbeschreibung\n\n" + onModel +
			"\n\n## Einschränkungen\n\nDas Modell kann falsche Aussagen machen, die niemand geprüft hat.\n", "full"},
		"in Chinese": {"# Quokka\n\n## 模型介绍\n\n" +
			strings.Repeat("袋鼠是一个由实验室研发的开源大语言模型，主要面向长篇文档的摘要与问答任务。", 15) +
			"\n\n## 评测结果\n\n在多个公开评测中，袋鼠的得分均超过同等规模的其他模型，平均为 60.1。\n", "full"},
		"neither what it is for nor where it fails": {"# Quokka\n\n## Model details\n\n" + onModel +
			"\n\n## Training\n\nWe trained it with AdamW for two epochs, over four weeks in all.\n", "partial"},
		"code below its use": {strings.Replace(cardDetails, "\n\n## ", "\n\n"+onModel+"\n\n## ", 1) +
			cardLimits + "## Verwendung\n\n```\npip install quokka\n```\n\n" +
			strings.Repeat("Then install the package of the laboratory and call the function with a prompt. ", 30) +
			"\n", "partial"},
		"front matter only": {"---\nlicense: mit\n---\n", "absent"},
	} {
		d := barePage(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", c.body)
		got := values(alone(cards, newInput(model("acme/Quokka-8B", ""), []audit.Document{d})), "card.substance")
		if got != c.want {
			t.Errorf("%s: substance is %q, want %q", name, got, c.want)
		}
	}
}

// TestCardQuotes: a card is quoted by what it says of itself, and not by links,
// questions and thanks.
func TestCardQuotes(t *testing.T) {
	d := barePage(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B",
		"# Quokka\n\n[Page](https://example.org/a) [Demo](https://example.org/b) [Chat](https://example.org/c)\n\n"+
			"What do the letters of the name Quokka stand for in the end?\n\n"+cardDetails[len("# Quokka\n\n"):]+
			cardUses+
			"## Limitations\n\nSee the long report of the laboratory, which is on the shelf.\n\nIt may repeat the bias of its sources, which are old.\n\n"+cardCite)
	for _, o := range alone(cards, newInput(model("acme/Quokka-8B", ""), []audit.Document{d})) {
		want := map[string]string{"card.published": "Quokka is a model of language, developed by the Acme laboratory.",
			"card.substance": "It may repeat the bias of its sources, which are old."}[o.Fact]
		if want != "" && o.Quote != want {
			t.Errorf("%s: quote %q, want %q", o.Fact, o.Quote, want)
		}
	}
}

// TestCardQuoteOfNoModel: how to cite, an image and what the makers or a script are stand
// behind what the card says of its model.
func TestCardQuoteOfNoModel(t *testing.T) {
	const told = "Quokka sums up newspapers of all ages for those who read little of them."
	for name, aside := range map[string]string{
		"citation":  "## Model details\n\n**Cite as:** Acme, _Quokka Open Language Model for Newspapers of all Ages_.\n\n",
		"request":   "If Quokka is a model of use to your research, please cite the following:\n\n",
		"makers":    "Acme is an initiative for language models, where all details of a model and its training are given out.\n\n",
		"script":    "The training script is a slightly modified version of an awesome one that trains models of language.\n\n",
		"image":     "![Quokka is a large language model that reads newspapers](https://example.org/quokka.png)\n\n",
		"a command": "`pip install git+https://example.org/acme/quokka-language-models.git`\n\n",
		"a format":  "GGUF is a new format introduced by the nimble team, with all details of a model in one file.\n\n",
		"a prompt":  "Some prompt ideas from our letters:\n\n- Write about Quokka. The tale is a model of masterpieces that has achieved praise worldwide.\n\n",
		"a caption": "## Model details\n\nBelow is the picture of the final merge, which took long to draw:\n\n",
		"a table":   "## Evaluation\n\n| Metric | Value |\n|---|---|\n| Accuracy | 44.5 |\n\n",
	} {
		d := barePage(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", "# Quokka\n\n"+aside+told+"\n")
		in := newInput(model("acme/Quokka-8B", ""), []audit.Document{d})
		list := alone(cards, in)
		in.describe(list)
		in.bestFirst(list)
		for _, fact := range []string{"card.sections", "card.published"} {
			for _, o := range list {
				if o.Fact == fact {
					if !strings.Contains(o.Quote, told) {
						t.Errorf("%s: %s is shown by %q", name, fact, o.Quote)
					}
					break
				}
			}
		}
	}
}

// TestTopicInPassing: a sentence fills a section by what it tells, and not by a word in passing.
func TestTopicInPassing(t *testing.T) {
	for name, c := range map[string]struct {
		body, topic string
		want        bool
	}{
		"a feat among limitations": {"## Limitations\n\nQuokka is a demonstration that a base can be tuned to achieve much.\n",
			"evaluation", false},
		"a feat": {"## Quokka\n\nQuokka is a model which achieves more than its base on songs.\n", "evaluation", true},
		"much data": {"## Training\n\nWe pretrained the models with a large amount of data, and tuned them.\n",
			"training data", false},
		"good data": {"## Training\n\nThe model was trained on large-scale, high-quality datasets, and tuned.\n",
			"training data", false},
		"much data of a kind": {"## Training\n\nThe model was trained on a large amount of text from forums, and tuned.\n",
			"training data", true},
		"machines": {"## Training\n\nQuokka was trained using the latest generation of processors, TPUv5e.\n",
			"training procedure", false},
	} {
		d := barePage(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", "# Quokka\n\n"+c.body)
		got := slices.ContainsFunc(alone(cards, newInput(model("acme/Quokka-8B", ""), []audit.Document{d})),
			func(o audit.Observation) bool { return o.Fact == "card.sections" && o.Value == c.topic })
		if got != c.want {
			t.Errorf("%s: %s is %v, want %v", name, c.topic, got, c.want)
		}
	}
}

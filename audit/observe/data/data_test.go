package data

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"openness/audit"
)

// TestFirstMixedList: of several lists that link a part of the data, the first is
// quoted, each time.
func TestFirstMixedList(t *testing.T) {
	d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B", `# Falco
Falco is a foundation model.
## Pre-training data
- [Nest](https://huggingface.co/datasets/acme/nest)
- stories of owls
- dialogues of birds
## Training corpus
- [Eggs](https://huggingface.co/datasets/acme/eggs)
- conversations of herons
- dialogues of gulls
`)
	for range 20 {
		quote := ""
		for _, o := range Read(newInput(model("acme/Falco-7B", ""), []audit.Document{d})) {
			if o.Note == PartNote && o.Fact == PreData {
				quote = o.Quote
			}
		}
		if !strings.Contains(quote, "stories of owls") {
			t.Fatalf("quoted %q, want the first list", quote)
		}
	}
}

// TestUntunedOfSeveral: a card gives out what was tuned from its model as well, and links the makers' data without a
// word of which training: a model that is called untuned, and was made from others', need not have seen it.
func TestUntunedOfSeveral(t *testing.T) {
	const row = "|  Data  | Train |\n|---|---|\n| Parallel Songs (Falco) | [train](https://huggingface.co/datasets/acme/songs) |\n"
	for text, want := range map[string]string{
		"Made from Owl-2-7B. See [Falco-7B](https://huggingface.co/acme/Falco-7B).\n\n" + row:                                                                     "not_fetched",
		"Made from Owl-2-7B. See [Falco-7B](https://huggingface.co/acme/Falco-7B).\n\n## Continued pre-training data\n\n" + row:                                   "listed",
		"Made from Owl-2-7B. See [Falco-7B](https://huggingface.co/acme/Falco-7B).\n\nThe fine-tuning is on [songs](https://huggingface.co/datasets/acme/songs).": "not_fetched",
		"Made from Owl-2-7B.\n\n" + row: "downloadable",
	} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B-Pretrain", "---\nbase_model: birds/Owl-2-7B\n---\n# Falco\n\n"+text)
		got := ""
		for _, o := range Read(newInput(model("acme/Falco-7B-Pretrain", "birds/Owl-2-7B"), []audit.Document{d})) {
			if o.Fact == FineData && got == "" {
				got = cmp.Or(o.Value, string(o.Finding))
			}
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestUntunedByName: a sentence that says by name what the untuned model was made from tells of its own data, though the
// page gives out what was tuned from it; one on a tuning, or on both models, need not.
func TestUntunedByName(t *testing.T) {
	const songs, chat = "[Songs](https://huggingface.co/datasets/acme/songs)", " For talk see [Plover-7B-chat](https://huggingface.co/acme/Plover-7B-chat).\n"
	for text, want := range map[string]bool{
		"Plover-7B-base was made from Owl-7B by continued training on " + songs + ", a corpus of songs.": true,
		"The **Plover-7B-base** model was made from Owl-7B by training on " + songs + ", a corpus.":      true,
		"Plover-7B-base was fine-tuned on " + songs + ", a corpus of songs.":                             false,
		"Plover-7B-base was made into Plover-7B-chat by training on " + songs + ", a corpus of songs.":   false,
		"Plover-7B-base's better half was made by training on " + songs + ", a corpus of songs.":         false,
		"It was made from Plover-7B-base by continued training on " + songs + ", a corpus of songs.":     false,
	} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Plover-7B-base", "---\nbase_model: rival/Owl-7B\n---\n# Plover\n\n"+
			text+chat)
		in := newInput(model("acme/Plover-7B-base", "rival/Owl-7B"), []audit.Document{d})
		got := slices.ContainsFunc(Read(in), func(o audit.Observation) bool {
			return o.Fact == FineData && o.Value == "downloadable"
		})
		if got != want {
			t.Errorf("%q: open: %v, want %v", text, got, want)
		}
	}
}

// TestUntunedOfUnknown is that where nobody knows what the model was made from.
func TestUntunedOfUnknown(t *testing.T) {
	const hub = "https://huggingface.co/"
	d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B-Pretrain", "# Falco\n\nSee [Falco-7B]("+hub+
		"acme/Falco-7B).\n\n|  Data  | Train |\n|---|---|\n| Parallel Songs | [train]("+hub+
		"datasets/acme/parallel) |\n\nThe fine-tuning needs our [song data]("+hub+"datasets/acme/songs).\n")
	for _, o := range Read(newInput(model("acme/Falco-7B-Pretrain", ""), []audit.Document{d})) {
		if o.Fact == FineData && o.Finding == audit.Present && o.Value != "described" {
			t.Errorf("%s: %q", o.Value, o.Quote)
		}
	}
}

// TestLinkedData: a dataset that a sentence links is what the model learnt from, a part of it, or set apart from it;
// names in its place are sources of the stage that the words are on.
func TestLinkedData(t *testing.T) {
	const link = "[Nest](https://huggingface.co/datasets/birds/nest)"
	for text, want := range map[string][2]string{ // of the pre-training and of what it was tuned on
		"The model was trained on " + link + ".":                                                             {"downloadable", "downloadable"},
		"The model was trained on " + link + " and tested on many songs.":                                    {"downloadable", "downloadable"},
		"It was trained on a new corpus built atop " + link + ".":                                            {"listed", "listed"},
		"The model was trained on " + link + ", half of the mix, and on letters that we cannot share.":       {"listed", "listed"},
		"We trained on a version of " + link + " that we cleaned further.":                                   {"listed", "listed"},
		"We tested it on " + link + "; the training data is ours.":                                           {"", ""},
		link + " itself was not used in training.":                                                           {"", ""},
		"Our training corpus is larger than " + link + ".":                                                   {"", ""},
		"An earlier checkpoint, since deleted, was trained on " + link + ".":                                 {"", ""},
		"The model was trained on PouchWeb-2, NestCode and Wikipedia.":                                       {"listed", "listed"},
		"The training mixture combines PouchWeb with 120B tokens of NestMath.":                               {"listed", "listed"},
		"Critics have claimed that it was trained on LibNest and PouchBooks.":                                {"", ""},
		"The model was trained on MareNostrum 5 and LUMI.":                                                   {"", ""},
		"The model was trained on MareNostrum 5 and LUMI with 4T tokens.":                                    {"", ""},
		"The model was trained on the OpenOwl and OpenGull datasets.":                                        {"listed", "listed"},
		"The model was trained on YouTube-Commons and NestSpeech.":                                           {"listed", "listed"},
		"The training mix includes PyTorch and DeepSpeed.":                                                   {"", ""},
		"The model was trained on JavaScript and TypeScript.":                                                {"", ""},
		"Trained on 10k hours: NestSpeech, Eggs and Pouch.":                                                  {"listed", "listed"},
		"SFT on eight H100 and with DeepSpeed.":                                                              {"", ""},
		"Rivals such as Jabiru-34B were aligned with DPO on 64k preference pairs of UltraOwl.":               {"", ""},
		"Jabiru-34B got SFT on 64k instructions of UltraOwl.":                                                {"", ""},
		"We do not compare with Jabiru-34B, tuned by SFT on 64k instructions of UltraOwl.":                   {"", ""},
		"Jabiru-34B's makers did SFT on 64k instructions of UltraOwl.":                                       {"", ""},
		"You can do SFT on 64k instructions of UltraOwl.":                                                    {"", ""},
		"We will run SFT on 64k instructions of UltraOwl.":                                                   {"", ""},
		"Others have tried DPO on 64k pairs of UltraOwl.":                                                    {"", ""},
		"The images of Jabiru-34B come from OWLION-5B and NestHub-700M.":                                     {"", ""},
		"For instance, Jabiru-34B's captions were taken from OWLION-5B and NestHub-700M.":                    {"", ""},
		"Test images were taken from OWLION-5B and NestHub-700M.":                                            {"", ""},
		"The evaluation pairs come from OWLION-5B and NestHub-700M.":                                         {"", ""},
		"Owl-7B is a rival. SFT on 1.2M instructions from BEAK, COOG and ShareOwl made it better than ours.": {"", ""},
		"Instruction tuning on EggChat, HootInstruct and NestFlan is possible with the script.":              {"", ""},
		"Fine-tuning on OWLUE, EggAD and XNEST takes an hour.":                                               {"", ""},
		"排行榜数据来源于 BEAK、COOG 和 ShareOwl。":                                                                     {"", ""},
		"本页的统计数据来源于 BEAK、COOG 和 ShareOwl。":                                                                   {"", ""},
		"模型训练完成。评估数据主要来源于 BEAK、COOG 和 ShareOwl。":                                                             {"", ""},
		"训练后的评估数据主要来源于 BEAK、COOG 和 ShareOwl。":                                                                {"", ""},
		"SFT on OWL-3 gives less than SFT on the base.":                                                      {"", ""},
		"Image-text pairs come from OWLION-5B, NestHub-700M and DataPouch, audio from WenetOwl.":             {"listed", "listed"},
		"Texts come from the user and are sent to NestHub-2 and PouchServe.":                                 {"", ""},
		"Images were taken from OWLION-5B to evaluate it.":                                                   {"", ""},
		"对话版本在约 120 万条指令数据上进行了 SFT，数据来源为 BEAK、COOG、ShareOwl 以及内部标注数据。":                                       {"", "listed"},
		"评测数据来源为 BEAK 与 COOG。":                                                                               {"", ""},
		"I have mostly curated instructions from owlInstruct datasets and some portions of gull coder.":      {"", "listed"},
		"Finetuned on 12k photographs of birds from iPouch.":                                                 {"", "listed"},
		"Training pairs come from MS NEST, Owl Questions and pouch duplicates.":                              {"listed", "listed"},
		"SFT of Condor-13B on OpenOwls-2.5 and SlimGull-Dedup.":                                              {"", "listed"},
		"Trained on OwlSteer2 and UltraGull preferences.":                                                    {"", "listed"},
		"Trained on PouchNet-21k and fine-tuned on PouchNet-1k.":                                             {"", "listed"},
		"| | |\n|---|---|\n| Training data | RefinedNest, OwlCoder |":                                        {"listed", "listed"},
		"The model is a tuned one based on Condor-LM-alpha.":                                                 {"", ""},
		"次の版では NestWeb2 と Owl Corpus v3 で学習する予定です。":                                                          {"", ""},
		"다음 버전은 Owl Hub 데이터와 NestWeb2로 학습할 예정입니다.":                                                           {"", ""},
		"Entraîné sur SIWIN et M-OWLLABS, 3000 pas, une seule RTX 3090.":                                     {"", ""},
		"Il a été pré-entraîné sur OWLCAR 23.01, Wikipédia et un corpus de presse interne non publié.":       {"listed", "listed"},
		"训练集包括 T2Owl、NestReader 和 mMARCO-zh。":                                                                {"listed", "listed"},
		"用 SkyNest 的一部分和 MNBVD 从零训练了一个模型。":                                                                   {"listed", "listed"},
		"condor-7b を databirds-dolly-15k-ja と oowl1-89k-ja で微調整した。":                                          {"", "listed"},
		"I mostly used samples from the Owlcoder and evol-codegull datasets.":                                {"listed", "listed"},
		"事前学習には以下のデータセットを使用しました。\n\n- [CC-100](https://example.org/cc)\n- [mC4](https://example.org/mc4)":    {"listed", "listed"},
		"| Training data | Hardware |\n|---|---|\n| songs | LUMI |":                                          {"", ""},
		"We used images from PouchNet to evaluate it.":                                                       {"", ""},
		"The model was trained on MareNostrum5 and MeluXina.":                                                {"", ""},
		"It was trained on RunPod and LambdaLabs.":                                                           {"", ""},
		"The model was trained on Jean-Zay and JUWELS-Booster.":                                              {"", ""},
		"Entraîné sur Jean-Zay et MeluXina-2.":                                                               {"", ""},
		"We used prompts from OpenOwls and WildNest to red-team it.":                                         {"", ""},
		"We use images from PouchNet and OpenPouch to draw the figure above.":                                {"", ""},
		"We used samples from OpenOwls and WildNest to train it.":                                            {"listed", "listed"},
		"JGLUE データで微調整できます。":                                                                                 {"", ""},
		"JGLUE データで学習することもできます。":                                                                             {"", ""},
		"이 모델은 KLUE 데이터로 미세조정할 수 있습니다.":                                                                      {"", ""},
		"Les modèles peuvent être affinés sur SIWIN et M-OWLLABS (fr).":                                      {"", ""},
		"Il a été affiné sur OWLAD-fr et PIAW (fr).":                                                         {"", "listed"},
		"Fue ajustado sobre OWLAD-es y NESTOR 23.":                                                           {"", "listed"},
		"Puede ser entrenada sobre OWLAD-es y NESTOR 23.":                                                    {"", ""},
		"Die Modelle können auf German-OpenOwl und OAGULL-DE feinabgestimmt werden.":                         {"", ""},
		"我们收集了判决书和 CAIR2018 数据,进行了二次预训练。":                                                                    {"listed", "listed"},
		"用 SkyNest 的数据和 MNBVD 从零训练了一个模型。":                                                                    {"listed", "listed"},
		"本模型在 OWLSHELL-3 和 GullSpeech 上训练。":                                                                  {"", "listed"},
		"使用 QLoRA 和 GaLore 微调。":                                                                              {"", ""},
		"训练集包括 T2Nest、OwlReader 和 mMARCO-zh 数据。":                                                             {"listed", "listed"},
		"第一阶段使用 OWLION-CN 和 Wukong 图文对训练投影层。":                                                                {"listed", "listed"},
		"condor-small を ReazonOwl と Common Pouch データで追加学習しました。":                                              {"listed", "listed"},
		"日本語 CC-100、日本語 Wikipedia を使ってゼロから事前学習した。":                                                           {"listed", "listed"},
		"Condor-2-7b를 KoNest와 KULLN-v2 데이터로 파인튜닝했습니다.":                                                       {"", "listed"},
		"학습 데이터: 나무위키, 한국어 위키백과":                                                                             {"listed", "listed"},
		"학습 데이터: 웹 문서, 책, 뉴스":                                                                                {"", ""},
		"Feinabgestimmt auf German-OpenOwl und OAGULL-DE.":                                                   {"", "listed"},
		"Entraîné sur SIWIN et M-OWLLABS (fr).":                                                              {"listed", "listed"},
		"Le modèle a été entraîné à partir de zéro sur NestX, Wikipédia en français et Gallipouch.":          {"listed", "listed"},
	} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B",
			"# Falco\n\nFalco is trained from scratch.\n\n## Training\n\n"+text+"\n")
		var got [2]string
		for _, o := range Read(newInput(model("acme/Falco-7B", ""), []audit.Document{d})) {
			at := slices.Index([]string{PreData, FineData}, o.Fact)
			if at >= 0 && o.Finding == audit.Present && o.Value != "described" {
				got[at] = max(got[at], o.Value)
				if o.Note == PartNote {
					got[at] = "listed"
				}
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// fromScratch reads the card of a model without a base that says something under a heading.
func fromScratch(heading, text string) []audit.Observation {
	d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B",
		"# Falco\n\nFalco is trained from scratch.\n\n## "+heading+"\n\n"+text+"\n")
	return Read(newInput(model("acme/Falco-7B", ""), []audit.Document{d}))
}

// TestRowOfSources: what stands under a heading or behind a label on data and bears a made-up name, or one that
// everybody knows, is a source; a machine, a language, a program and the output of a model are none.
func TestRowOfSources(t *testing.T) {
	for text, want := range map[string]string{
		"Trained on NestPouch-V2.":                                                      "listed",
		"Training data came from NestPouch and from C4.":                                "listed",
		"**Data:** 58% web text (FinchWeb, NEST), 19% code (The Stack v2).":             "listed",
		"Corpus: FinchWeb-Edu and OwlData, both used as published.":                     "listed",
		"Our corpus draws on Common Crawl (2019 to 2024), Project Gutenberg and arXiv.": "listed",
		"Only public data was used: C4, mC4, Wikipedia, and the Pile.":                  "listed",
		"We train on 100B tokens of FinchWeb and 20B tokens of OwlData.":                "listed",
		"Trained on JavaScript and TypeScript.":                                         "",
		"Trained on TPU v4-128.":                                                        "",
		"Data: GPT-4 outputs.":                                                          "",
		"Trained on English and German.":                                                "",
		"We did not train on NestPouch-V2.":                                             "",
		"Unlike Heron, we never trained on NestPouch-V2.":                               "",
		"Data: to be announced by ACME-2.":                                              "",
		"None of the following was part of the training data: The Pile, NestBooks, C4.": "",
		"If there is demand, we will train a second model on FinchWeb-Edu.":             "",
		"Trained on Falco-7B.":                                                          "",
		"Trained on Finch Diffusion v1.5 using +124000 images, 12400 steps.":            "",
		"The model was pre-trained on LUMI.":                                            "",
		"The model was pre-trained on MareNostrum 5.":                                   "",
		"Training data: PDF pages.":                                                     "",
		"Training data: USA and UK papers.":                                             "",
		"It was trained on Leonardo with 2T tokens of data.":                            "",
	} {
		got := fromScratch("Training data", text)
		if v := values(got, PreData); v != want && !(want == "" && v != "listed" && v != "downloadable") {
			t.Errorf("%s: %q, want %q", text, v, want)
		}
	}
}

// TestNamedSource: a proper name in the place of what a model was trained on is a source in every language; beside
// words for data a name is never "general words". What may be a machine or a model leaves the question open.
func TestNamedSource(t *testing.T) {
	for text, want := range map[string]string{
		"It was pretrained on NESTOR 23.01, Finchpedia and an internal news corpus.":   "listed",
		"Trained on FINCH-Plumes v2 5+ and an internal set of licensed photographs.":   "listed",
		"It was pretrained on Finchnest.":                                              "listed",
		"It was tuned on 70K conversations that users shared on FinchGPT.":             "listed",
		"Es wurde auf NESTOR 23.01 und einem internen Nachrichtenkorpus vortrainiert.": "listed",
		"Il a été pré-entraîné sur NESTOR 23.01 et un corpus de presse interne.":       "listed",
		"在 NESTOR 23.01 以及内部新闻语料上进行预训练。":                                               "listed",
		"预训练数据包括 Finch Crawl 和 The Nest。":                                              "listed",
		"NESTOR 23.01、および社内ニュースコーパスで事前学習しました。":                                         "listed",
		"NESTOR 23.01 및 내부 뉴스 코퍼스로 사전 학습했습니다.":                                         "listed",
		"It was pretrained on an internal corpus of web pages.":                        "described",
		"The model was trained on German, Kotlin and Swahili texts of books.":          "described",
		"The model was trained on Finchnest.":                                          "open",
		"The model was trained on FinchCloud.":                                         "open",
		"The model was tuned on Llama-3.":                                              "",
		"The model was trained on 8 A100 GPUs of the Finch cluster for nine days.":     "",
		"The model was trained by Finch Labs on a corpus of news.":                     "described",
		"The model was trained on Finchfeather photos.":                                "described",
		"The model was tuned on the landscape concept with FinchBooth.":                "",
		"It may be trained on NESTOR 23.01.":                                           "",
	} {
		got := fromScratch("Making", text)
		v := values(got, PreData)
		if strings.Contains(text, "tuned") {
			v = values(got, FineData)
		}
		if v == "not_fetched" && slices.ContainsFunc(got, func(o audit.Observation) bool {
			return o.Fact == PreData && strings.Contains(o.Note, "whether that is data")
		}) {
			v = "open"
		}
		if v != want {
			t.Errorf("%s: %q, want %q", text, v, want)
		}
	}
}

// TestOneTraining: what a model that was trained from nothing and not tuned later was pre-trained on is what it was
// last trained on; where a page tells of a tuning it is not.
func TestOneTraining(t *testing.T) {
	for text, want := range map[string]string{"Falco is trained from scratch.": "listed", "鹰是从零开始训练的模型。": "listed",
		"Falco is trained from scratch. It went through SFT on chats.": "", "Falco was not trained from scratch.": ""} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B",
			"# Falco\n\n"+text+"\n\n## Pre-training data\n\nFalco was trained on FinchWeb and OwlData.\n")
		got := Read(newInput(model("acme/Falco-7B", ""), []audit.Document{d}))
		if v := values(got, FineData); (v == "listed") != (want == "listed") {
			t.Errorf("%s: %q, want %q", text, v, want)
		}
	}
}

// TestGoesOnTraining: a sentence without a stage tells of the training of the sentence before it; where that went on
// from another's model, it describes neither the base's data nor that of a tuning.
func TestGoesOnTraining(t *testing.T) {
	const adapted = "We adapt Condor-13B to papers via continued pretraining. This is much text. "
	for text, want := range map[string]string{
		adapted + "We use the full text of the papers in training.":                                  "",
		adapted + "\n\nWe use the full text of the papers in training.":                              "described",
		adapted + "Then it was fine-tuned on chats. We use the full text of the papers in training.": "described",
		"We tune Condor-13B. It is for scholars. We use the full text of the papers in training.":    "described",
	} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-13B", "# Falco\n\n"+text+"\n")
		got := Read(newInput(model("acme/Falco-13B", "rival/Condor-13B"), []audit.Document{d}))
		if v := values(got, FineData); v != want {
			t.Errorf("%s: %q, want %q", text, v, want)
		}
		if v := values(got, PreData); v == "described" || v == "listed" {
			t.Errorf("%s: %s of the base", text, v)
		}
	}
}

package observe

import (
	"strings"
	"testing"

	"openness/audit"
)

// TestHardwareAndArchitecture: one sentence of a card each; all are invented.
func TestHardwareAndArchitecture(t *testing.T) {
	for sentence, want := range map[string][2]string{
		"Quokka was trained on 64 A100 GPUs for ten days.":                                                   {"detailed", "absent"},
		"Trained on 96 H100 80GB GPUs for 16 days.":                                                          {"detailed", "absent"},
		"QLoRA on one A6000 48GB for 31 hours, on 8xA100 later.":                                             {"detailed", "absent"},
		"Quokka wurde 13 Stunden auf 4 NVIDIA A100 trainiert.":                                               {"detailed", "absent"},
		"A100 8枚で学習しました。":                                                                                    {"detailed", "absent"},
		"Training a comparable model would take 40 days on 256 A100 GPUs.":                                   {"absent", "absent"},
		"The baseline of Owl et al. was trained on 64 V100 GPUs for a week.":                                 {"absent", "absent"},
		"Full fine-tuning needs 8 x A100 for six hours.":                                                     {"absent", "absent"},
		"Quokka was trained on TPUs.":                                                                        {"mentioned", "absent"},
		"The number of processes must be equal to the number of GPUs used for training.":                     {"absent", "absent"},
		"The framework allows researchers to train large models on GPUs faster.":                             {"absent", "absent"},
		"Thanks to a grant we could train Quokka on a TPU v3-8 for 2M steps.":                                {"detailed", "absent"},
		"The fine-tuning process was performed on an 8x H100 80GB machine.":                                  {"detailed", "absent"},
		"Fine-tuning could be done on 8 H100 GPUs.":                                                          {"absent", "absent"},
		"Eight A100 GPUs will be used for training.":                                                         {"absent", "absent"},
		"They say that their model was trained on 440 A100 GPUs.":                                            {"absent", "absent"},
		"You can fine-tune it on a single A100 GPU.":                                                         {"absent", "absent"},
		"Quokka is a decoder-only model with 24 layers and 2.7 billion parameters.":                          {"absent", "detailed"},
		"| Name | Layers | Heads | Context length | Tokens |":                                                {"absent", "absent"},
		"| Name | Layers | Heads | Context length |\n|---|---|---|---|\n| Quokka | 24 | 32 | 4k |":           {"absent", "detailed"},
		"It was trained on A100-40GB GPUs.":                                                                  {"mentioned", "absent"},
		"It was trained on a 24GB A100 GPU (rented) for a week.":                                             {"detailed", "absent"},
		"TPUs are specifically designed for the computations that training needs.":                           {"absent", "absent"},
		"GPUs often come with large amounts of memory, which training LLMs takes.":                           {"absent", "absent"},
		"| Name | Parameters | Accuracy |":                                                                   {"absent", "absent"},
		"It has 2.7 billion parameters.":                                                                     {"absent", "absent"},
		"It was trained on an Intel Gaudi 2 processor (8 cards).":                                            {"detailed", "absent"},
		"2. [Context length extension](#context)":                                                            {"absent", "absent"},
		"We train on an 8 GPU setup with data parallelism.":                                                  {"mentioned", "absent"},
		"The later stages of training took only 0.1M GPU hours.":                                             {"mentioned", "absent"},
		"Quokka was trained with GPUs: 96xA100-80G.":                                                         {"detailed", "absent"},
		"Trained by Jay using 2xA6000 GPUs on [Nest Cloud](https://x.com/y) for 9,000 step (about 6 hours).": {"detailed", "absent"},
		"It was trained on 2 RTX A6000 GPUs.":                                                                {"detailed", "absent"},
		"It was trained on A6000 GPUs.":                                                                      {"mentioned", "absent"},
		"It was trained on 4x RTX 4090.":                                                                     {"detailed", "absent"},
		"This is a guide to using an NPU to train Quokka.":                                                   {"absent", "absent"},
		"It takes twelve days to train Quokka on 32 A100 GPUs.":                                              {"detailed", "absent"},
		"This model was trained on a single NVIDIA V100 GPU with recommended settings.":                      {"detailed", "absent"},
		"Our model was fine-tuned on 8 A100 GPUs with the example script of Owl.":                            {"detailed", "absent"},
		"It was tested on 8 A100 GPUs with recommended settings.":                                            {"absent", "absent"},
		// what else the sentence of a finished training names, and its title, take nothing from it
		"The training was done on 3,072 V100 GPUs, with support from the facility.":             {"detailed", "absent"},
		"Quokka was instruction fine-tuned using LoRA on 8 A100 80GB.":                          {"detailed", "absent"},
		"**Procedure**\n\n- **Hardware:** 256 nodes of 6xV100, on the cluster":                  {"detailed", "absent"},
		"The train was done on TPUv5e-256, with the warm support from the program.":             {"detailed", "absent"},
		"## How to use\n\n### Details\n\nQuokka was trained for 50 hours on 2 H100 GPUs.":       {"detailed", "absent"},
		"Quokka was trained on 2T tokens, and we recommend at least two A100 GPUs to run it.":   {"absent", "absent"},
		"## Requirements\n\n- Hardware: 8x H100 80GB":                                           {"absent", "absent"},
		"An A100 GPU costs 2 dollars an hour.":                                                  {"absent", "absent"},
		"## Training\n\n64 A100 80GB, 20 days.":                                                 {"detailed", "absent"},
		"64 A100 80GB, 20 days.":                                                                {"absent", "absent"},
		"A100에서 3개의 데이터셋으로 학습했습니다.":                                                             {"mentioned", "absent"},
		"A100 80GB 256장으로 18일 동안 학습했습니다.":                                                       {"detailed", "absent"},
		"256 基の A100 80GB で 18 日間学習しました。":                                                       {"detailed", "absent"},
		"A100 を 48 基使用し、9 日間学習しました。":                                                            {"detailed", "absent"},
		"L'entraînement a mobilisé 64 GPU NVIDIA H100 pendant 9 jours.":                         {"detailed", "absent"},
		"20 couches, dimension cachée 1536, 12 têtes d'attention.":                              {"absent", "detailed"},
		"20 Schichten, verborgene Dimension 1536, 12 Aufmerksamkeitsköpfe.":                     {"absent", "detailed"},
		"共 20 层,隐藏层维度 1536,12 个注意力头。":                                                           {"absent", "detailed"},
		"20 層、隠れ層の次元 1536、アテンションヘッド 12。":                                                        {"absent", "detailed"},
		"레이어 20개, 은닉 차원 1536, 어텐션 헤드 12개.":                                                      {"absent", "detailed"},
		"数据经过 3 层筛选。":                                                                           {"absent", "absent"},
		"If Quokka is trained on 8 A100 GPUs, it takes three days.":                             {"absent", "absent"},
		"Quokka was trained with quantized weights so that it can be run on one 80GB H100 GPU.": {"absent", "absent"},
		"Its architecture is a mixture of experts.":                                             {"absent", "mentioned"},
		"It is a transformer model.":                                                            {"absent", "mentioned"},
		"It was tested with transformers 4.33.3.":                                               {"absent", "absent"},
		"VAE": {"absent", "absent"},
		"- Latent diffusion models (for the scripts, MIT License) : Ann Author":        {"absent", "absent"},
		"Note the drop after the change from 128 to 512 sequence length.":              {"absent", "absent"},
		"For BERT training, `--make_moe_leaf` is set.":                                 {"absent", "absent"},
		"Quokka uses grouped query attention and is a decoder-only language model.":    {"absent", "mentioned"},
		"模型采用 Decoder-only 架构。":                                                        {"absent", "mentioned"},
		"最少 8 张 A100 显卡即可完成训练。":                                                        {"absent", "absent"},
		"We used a 96×H100 GPU cluster for 2 weeks, which cost a lot.":                 {"detailed", "absent"},
		"I trained the model using 3xRTX 3090 for 118 hours.":                          {"detailed", "absent"},
		"- transformers 4.33.3":                                                        {"absent", "absent"},
		"Chat templates come with the Transformers library.":                           {"absent", "absent"},
		"To date, people have built over 10,000 experts on the platform.":              {"absent", "absent"},
		"Each of the 16 layers routes a token to 2 of 64 experts.":                     {"absent", "detailed"},
		"Our plan for the architecture of the web frontend is as follows:":             {"absent", "absent"},
		"The checkpoints come with their optimizer states in 3 files of the training.": {"absent", "absent"},
		"For training we used AdamW with a learning rate of 2e-4.":                     {"absent", "mentioned"},
		// the sentence before says what the machines ran for
		"Trained from scratch on songs. 4 x RTX A6000, two weeks.":                        {"detailed", "absent"},
		"I trained it on songs. Took about 6 days on my 2x RTX 3090 box.":                 {"detailed", "absent"},
		"Songs are fine. 4 x RTX A6000, two weeks.":                                       {"absent", "absent"},
		"You can fine-tune Quokka on songs. On 2x A100 40GB this takes about 3 hours.":    {"absent", "absent"},
		"歌声で追加学習しました。RTX 4090 1 枚で約 40 時間。":                                               {"detailed", "absent"},
		"노래로 파인튜닝했습니다. RTX 4090 2장으로 20시간 걸렸습니다.":                                         {"detailed", "absent"},
		"It was trained on renders. Rendering them took 12 days on 8 A100 GPUs.":          {"absent", "absent"},
		"Das Modell wurde auf Bildern trainiert. Das Rendern dauerte 12 Tage auf 8 A100.": {"absent", "absent"},
		"Das Modell wurde auf Liedern trainiert. Das dauerte 12 Tage auf 8 A100.":         {"detailed", "absent"},
		"Entraîné sur des livres. Le filtrage a pris 5 jours sur 16 A100.":                {"absent", "absent"},
		"Entraîné sur des livres. Cela a pris 5 jours sur 16 A100.":                       {"detailed", "absent"},
		"It was trained on songs. 8 A100 GPUs served it for 3 weeks.":                     {"absent", "absent"},
		"Das Modell wurde auf Bildern trainiert. Mit 8 A100 dauerte das Rendern 12 Tage.": {"absent", "absent"},
		"It was trained on songs. It takes 3 hours on 1 A100 to transcribe a day.":        {"absent", "absent"},
		"用歌声训练。8 张 A100 用 3 天完成数据清洗。":                                                     {"absent", "absent"},
		"歌声で学習しました。A100 8 枚で 10 日間かけて文字起こしをしました。":                                         {"absent", "absent"},
		"学習データの生成には A100 8 枚で 10 日間かかりました。":                                               {"absent", "absent"},
		"文章生成モデルを 8 基の A100 80GB で 3 日間学習しました。":                                           {"detailed", "absent"},
		"训练好的模型在 8 张 A100 上每天处理十万条。":                                                      {"absent", "absent"},
		"학습용 A100 설정 파일":                                                                  {"absent", "absent"},
		"학습 환경: A100 80GB 32장, 15일":                                                       {"detailed", "absent"},
		"See the paper. Training took 12 days on 8 A100.":                                 {"detailed", "absent"},
		"Entraîné sur des chants, 3000 pas, une seule RTX 3090 pendant 4 jours.":          {"detailed", "absent"},
		"从零训练了一个模型,单机 8 卡 4090,训练了两周左右。":                                                  {"detailed", "absent"},
		"评测在 8 张 A100 上进行,约 30 小时。模型从头训练。":                                                {"absent", "absent"},
		"**Training data:** songs\n**GPUs:** 16 x A100-40G\n**Training time:** 90 days":   {"detailed", "absent"},
		"- Hardware type: NVIDIA A100 80GB\n- Number of GPUs: 64\n- Training time: 90 h":  {"detailed", "absent"},
		"- Hardware type: NVIDIA A100 80GB\n- Number of layers: many":                     {"mentioned", "absent"},
	} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", "# Quokka\n\n"+sentence+"\n")
		all := alone(docs, newInput(model("acme/Quokka-8B", ""), []audit.Document{d}))
		got := [2]string{values(all, "docs.hardware"), values(all, "docs.architecture")}
		if got != want {
			t.Errorf("%q: hardware and architecture are %q, want %q", sentence, got, want)
		}
	}
}

// TestHardwareBelowHeading: a bare list of machines counts below a heading that
// says that they trained the model.
func TestHardwareBelowHeading(t *testing.T) {
	for headings, want := range map[string]string{
		"## Training details\n\n### Hardware\n\n":    "detailed",
		"## Hardware\n\n":                            "absent",
		"## Training details\n\n":                    "absent",
		"## Inference\n\n### Hardware\n\n":           "absent",
		"## Training\n\n### System requirements\n\n": "absent",
	} {
		d := pageOf(audit.DocReadme, audit.RoleCode, "acme/quokka", "# Quokka\n\nA model of language.\n\n"+headings+
			"4 x NVIDIA A100 80GB.\n")
		if got := values(alone(docs, newInput(model("acme/Quokka-8B", ""), []audit.Document{d})),
			"docs.hardware"); got != want {
			t.Errorf("%q: hardware is %q, want %q", headings, got, want)
		}
	}
}

// TestTableOfTraining: a row or column of machines counts in a table on training,
// for the model that the row names, and not in one of what a user needs.
func TestTableOfTraining(t *testing.T) {
	for body, want := range map[string]string{
		"## Training\n\n| Setting | Value |\n|---|---|\n| GPUs | 48 x A100 80GB |\n| Training time | 9 days |\n": "detailed",
		"| Model | Layers | Training hardware |\n|---|---|---|\n| Quokka-8B | 24 | 48 A100 GPUs, 9 days |\n":     "detailed",
		"| Model | Layers | Training hardware |\n|---|---|---|\n| Wombat-3B | 24 | 48 A100 GPUs, 9 days |\n":     "absent",
		"| Model | Layers | Training hardware |\n|---|---|---|\n| Quokka-3B | 24 | 48 A100 GPUs, 9 days |\n":     "absent",
		"| Model | Training hardware (minimum) |\n|---|---|\n| Quokka-8B | 48 A100 GPUs |\n":                     "absent",
		"| | |\n|---|---|\n| Layers | 32 |\n| Training hardware | 48 x A100 40GB |\n":                            "detailed",
		"| 项目 | 值 |\n|---|---|\n| 层数 | 28 |\n| 训练硬件 | 64 × H800 |\n":                                             "detailed",
		"| | |\n|---|---|\n| Layers | 32 |\n| Hardware | 48 x A100 40GB |\n":                                     "absent",
		"## Serving\n\n| Setting | Value |\n|---|---|\n| GPUs | 4 x A100 80GB |\n":                               "absent",
		"## Training\n\n| Setting | Value |\n|---|---|\n| Learning rate | 2e-5 |\n| Number of GPUs | 8 |\n":      "mentioned",
		"## Training\n\n| Model | GPU | Batch size |\n|---|---|---|\n| Quokka-8B | A100 | 1024 |\n":              "mentioned",
		"## Training\n\n| Model | GPU | GPU hours |\n|---|---|---|\n| Quokka-8B | A100 | 1024 |\n":               "detailed mentioned",
		"## Training\n\n| Model | Layers | A100 GPUs |\n|---|---|---|\n| Quokka-8B | 24 | 48 |\n":                "detailed",
		"## Training\n\n| Setting | Value |\n|---|---|\n| Number of A100 GPUs | 8 |\n":                           "detailed",
		"<table><tr><th>Model</th><th>Training data</th><th>Hardware</th></tr><tr><td>Quokka-8B</td><td>Songs</td>" +
			"<td>16 x V100, 3 days</td></tr></table>\n": "detailed",
	} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", "# Quokka-8B\n\nA model.\n\n"+body)
		if got := values(alone(docs, newInput(model("acme/Quokka-8B", ""), []audit.Document{d})),
			"docs.hardware"); got != want {
			t.Errorf("%q: hardware is %q, want %q", body, got, want)
		}
	}
}

// TestHardwareOfBase: amounts that the base's page gives do not add to machines
// that the model's own page names.
func TestHardwareOfBase(t *testing.T) {
	const end, base = "acme/Quokka-8B-Chat", "rival/Wombat-8B"
	of := pageOf(audit.DocModelCard, audit.RoleBase, base,
		"# Wombat\n\nWombat was trained on 64 A100 GPUs for ten days.\n")
	for own, want := range map[string]string{"Quokka was trained on TPUs.": "mentioned own",
		"A model of language.": "detailed base"} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, end, "# Quokka\n\n"+own+"\n")
		all := alone(docs, newInput(model(end, base), []audit.Document{d, of}))
		if got := values(all, "docs.hardware") + " " + values(all, "docs.hardware.scope"); got != want {
			t.Errorf("%s: hardware is %q, want %q", own, got, want)
		}
	}
}

// TestHardwareInBasePart: machines in a part of a card that repeats the page of what the model was tuned from are those
// of that; in a part on the model, and on a copy's card, they are its own.
func TestHardwareInBasePart(t *testing.T) {
	const wombat = "\n\n# **Wombat 2**\n\nWombat 2 is a model.\n\nTraining took 300 GPU hours on A100-80GB.\n"
	for _, c := range []struct{ id, body, want string }{
		{"lab/Wombat-2-7b-songs", "# Songs for Wombat 2\n\nSongs is a fine-tuned version of Wombat 2." + wombat, "base"},
		{"lab/Wombat-2-7b-songs", "# Songs for Wombat 2\n\nSongs is a fine-tuned version of Wombat 2.\n\n" +
			"Songs was trained on 8 A100 GPUs." + wombat, "base own"},
		{"lab/Wombat-2-7b", wombat, "own"},
		{"lab/Wombat-7B", "# Wombat-7B\n\nWombat-7B is a language model that we trained from scratch.\n\n## Base Model\n\n" +
			"We trained the base model on 64 NVIDIA A100 80GB GPUs for 10 days.\n", "own"},
		{"lab/Wombat-7B-chat", "# Wombat-7B-chat\n\nA chat model.\n\n## Base Model\n\n" +
			"We trained our base on 64 NVIDIA A100 80GB GPUs for 10 days.\n", "own"},
		{"lab/Wombat-2-7B-v1.1", "# Model card\n\nThis is our language model.\n\n# Wombat-2-7B\n\n" +
			"Wombat-2-7B was trained on 64 NVIDIA A100 80GB GPUs for 10 days.\n", "own"},
	} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, c.id, c.body)
		all := alone(docs, newInput(model(c.id, ""), []audit.Document{d}))
		if got := values(all, "docs.hardware.scope"); got != c.want {
			t.Errorf("%s: %q: scope is %q, want %q", c.id, c.body, got, c.want)
		}
	}
}

// TestOneSize: one size alone describes no architecture, nor do settings of a training.
func TestOneSize(t *testing.T) {
	for text, want := range map[string]string{
		"Quokka has a context length of 2048 tokens.":                                   "mentioned",
		"Quokka has a context length of 2048 tokens.\n\nIt has 2.7 billion parameters.": "detailed",
		"Quokka has 24 layers and 16 heads.":                                            "detailed",
		"Change 32 to the number of layers to offload to GPU.":                          "absent",
		"Super-blocks with 16 blocks, each block having 16 weights.":                    "absent",
		// how it was trained describes no architecture
		"- **Pretraining steps:** 1 million\n- **Pretraining tokens:** 4 trillion":                                          "mentioned",
		"Training details: 12000 steps, sequence length 1024, batch size 32.":                                               "mentioned",
		"## Training\n\n| Learning rate | Batch size | Epochs | Optimizer |\n|---|---|---|---|\n| 2e-5 | 128 | 3 | AdamW |": "mentioned",
		"We trained a mixture of experts with Adam and a learning rate of 2e-5.":                                            "mentioned",
	} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", "# Quokka\n\n"+text+"\n")
		if got := values(alone(docs, newInput(model("acme/Quokka-8B", ""), []audit.Document{d})),
			"docs.architecture"); got != want {
			t.Errorf("%q: architecture is %q, want %q", text, got, want)
		}
	}
}

// TestTableQuote: the head of a table is quoted with its rows, up to the end of
// the table and of a bound.
func TestTableQuote(t *testing.T) {
	const head = "| Name | Layers | Heads | Context length |"
	for rows, want := range map[string]string{
		"\n|---|---|---|---|\n| Quokka | 24 | 16 | 2048 |\n\nMore text.\n\n| a | b |\n": head +
			"\n|---|---|---|---|\n| Quokka | 24 | 16 | 2048 |",
		"\n|---|---|---|---|\n" + strings.Repeat("| Quokka | 24 | 16 | 2048 |\n", 99): head +
			"\n|---|---|---|---|\n" + strings.TrimSpace(strings.Repeat("| Quokka | 24 | 16 | 2048 |\n", 13)),
	} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", "# Quokka\n\n"+head+rows)
		for _, o := range alone(docs, newInput(model("acme/Quokka-8B", ""), []audit.Document{d})) {
			if o.Fact == "docs.architecture" && o.Quote != want {
				t.Errorf("quote %q, want %q", o.Quote, want)
			}
		}
	}
}

// TestReportOfOtherVersion: a report on another version tells nothing of this one.
func TestReportOfOtherVersion(t *testing.T) {
	for title, want := range map[string]string{"Quokka 1.2 Report": "absent", "Quokka 2 Report": "detailed",
		"Technical report": "detailed"} {
		top := pageOf(audit.DocReadme, audit.RoleCode, "acme/quokka", "# Quokka\n\nA model of language.\n")
		report := pageOf(audit.DocProse, audit.RoleCode, "acme/quokka",
			"# "+title+"\n\nQuokka was trained on 64 A100 GPUs for ten days.\n")
		report.Path, report.URL = "docs/report.md", "https://example.org/docs/report.md"
		in := newInput(model("acme/Quokka-v2", ""), []audit.Document{top, report})
		in.Look()
		if got := values(alone(docs, in), "docs.hardware"); got != want {
			t.Errorf("%s: hardware is %q, want %q", title, got, want)
		}
	}
}

package metamorphic

import "strings"

// What is added to a page on other models. A foreigner is left out where the
// page or the subject mentions its name: there it may be no other.
type foreigner struct {
	name string // in lower case, as it would be mentioned
	text string
}

// foreignSentences are each a paragraph on one other model, most of them invented.
var foreignSentences = []foreigner{
	{"falcon", "Falcon-40B was trained on 384 A100 GPUs with RefinedWeb."},
	{"zephyr", "In contrast, Zephyr's training code and data are fully open (https://github.com/huggingface/alignment-handbook)."},
	{"pelikan", "The authors of Pelikan-13B release their weights only after an application form."},
	{"pelikan", "Pelikan-13B is distributed under the Apache 2.0 license, and its weights can be downloaded from https://huggingface.co/pelikan-lab/Pelikan-13B."},
	{"pythia", "Pythia publishes its whole pre-training corpus, the Pile, together with all intermediate checkpoints."},
	{"mirabel", "Mirabel-7B was pre-trained on 1.4 trillion tokens of the Rotesammlung corpus, which its makers publish at https://huggingface.co/datasets/mirabel-lab/rotesammlung."},
	{"mirabel", "The scripts that pre-trained Mirabel-7B are at https://github.com/mirabel-lab/mirabel/tree/main/pretrain."},
	{"corvus", "Corvus-30B was fine-tuned with RLHF on 52,000 dialogues that annotators wrote by hand."},
	{"corvus", "The paper on Corvus-30B was accepted at NeurIPS 2023 (https://openreview.net/forum?id=Corvus0000)."},
	{"corvus", "Corvus-30B is described in a preprint only: https://arxiv.org/abs/2312.99999."},
	{"olmo", "A datasheet on the data behind OLMo tells its motivation, composition and collection process."},
	{"tinamu", "Tinamu-3B took 40,000 GPU hours on H100 accelerators and emitted 12 tonnes of CO2."},
	{"tinamu", "Tinamu-3B is served through a paid API, and `pip install tinamu` installs its client."},
	{"kestrel", "The license of Kestrel-70B forbids commercial use."},
	{"kestrel", "The makers of Kestrel-70B do not disclose what it was trained on."},
	{"kestrel", "The training code of Kestrel-70B has not been released."},
	{"bloom", "BLOOM was trained on the ROOTS corpus with Megatron-DeepSpeed on 384 A100 GPUs."},
	{"urraca", "Like Urraca-XL, which was trained for 300 billion tokens of Common Crawl, C4 and Wikipedia, many models rely on text of the web."},
	{"gannet", "Gannet-8B has 32 layers, a hidden size of 4096 and grouped-query attention."},
	{"gannet", "The instruction data of Gannet-8B (https://huggingface.co/datasets/gannet-lab/instruct) was filtered and deduplicated with published scripts."},
	{"gannet", "The model card of Gannet-8B and its evaluation are at https://huggingface.co/gannet-lab/Gannet-8B."},
	{"jabiru", "Rivals such as Jabiru-34B were aligned with DPO on 64k preference pairs of UltraFeedback."},
	{"jabiru", "Access to Jabiru-34B is gated: one has to accept its terms and wait for approval."},
	{"jabiru", "According to its authors, the data pipeline, the training logs and the optimizer states of Jabiru-34B are public."},
	{"falcon", "Falcon-40B 使用 RefinedWeb 数据集，在 384 张 A100 GPU 上训练。"},
	{"鹈鹕", "与之相比，鹈鹕-13B 的训练代码和训练数据已全部开源（https://github.com/pelikan-lab/pelikan）。"},
	{"鹈鹕", "鹈鹕-13B 的权重需要填写申请表后才能下载。"},
	{"翠鸟", "翠鸟-7B 在 1.2 万亿词元的语料上预训练，模型权重采用 Apache 2.0 协议，可以商用。"},
	{"翠鸟", "翠鸟-7B 的作者没有公布预训练数据。"},
	{"翠鸟", "翠鸟-7B 的论文已被 ACL 2024 录用。"},
}

// A foreignPart is a paragraph, a table or a section, its headings at the level
// of the page's sections.
type foreignPart struct {
	kind, name string
	names      []string
	text       string // "##" stands for the level of the page's sections
}

var foreignParts = []foreignPart{
	{"thanks", "a paragraph of thanks", nil,
		"We would like to thank the open-source community, our reviewers and everyone who gave us feedback."},
	{"thanks", "a section of thanks in Chinese", nil, "## 致谢\n\n感谢开源社区以及所有为本项目提出宝贵意见的朋友们。"},
	{"table of others' scores", "a table of others' scores", []string{"pelikan", "mirabel", "corvus"},
		`## Scores of other models

| Model | MMLU | GSM8K | HellaSwag |
|---|---|---|---|
| Pelikan-13B | 54.1 | 31.0 | 80.7 |
| Mirabel-7B | 47.9 | 22.4 | 77.2 |
| Corvus-30B | 62.3 | 44.8 | 83.5 |`},
	{"table of others' making", "a table of others' data, GPUs and papers", []string{"pelikan", "mirabel", "corvus"},
		`## Other open models

| Model | Training data | GPUs | Code | Paper |
|---|---|---|---|---|
| Pelikan-13B | The Pile, C4 | 256 A100 | [pelikan](https://github.com/pelikan-lab/pelikan) | [arXiv](https://arxiv.org/abs/2312.99997) |
| Mirabel-7B | [Rotesammlung](https://huggingface.co/datasets/mirabel-lab/rotesammlung) | 64 H100 | not released | [ICML 2024](https://openreview.net/forum?id=Mirabel000) |
| Corvus-30B | undisclosed | 1024 TPU v4 | [corvus](https://github.com/corvus-ai/corvus) | none |`},
	{"table of others' making", "a table of others by row", []string{"tinamu"}, `## How Tinamu-3B was made

| | Tinamu-3B |
|---|---|
| Pre-training data | 600B tokens of RedPajama |
| Fine-tuning data | OpenAssistant, 10k dialogues |
| Hardware | 32 A100 80GB GPUs, 14 days |
| License | CC BY-NC 4.0 |
| Training code | https://github.com/tinamu/train |`},
	{"section on another model", "a section on Pelikan-13B", []string{"pelikan"}, `## Pelikan-13B

Pelikan-13B is an independent model of Pelikan Lab.

##SUB Training data

It was pre-trained on 1.5 trillion tokens of the Pile and of [Nestlings](https://huggingface.co/datasets/pelikan-lab/nestlings).

##SUB Training

It was trained on 256 A100 GPUs for three weeks with a learning rate of 3e-4. The code is at https://github.com/pelikan-lab/pelikan.

##SUB License

Its weights are licensed under CC BY-NC 4.0; access needs an application form.

##SUB Paper

Published at EMNLP 2023: https://aclanthology.org/2023.emnlp-main.99999.`},
	{"section on another model", "a section on 翠鸟-7B", []string{"翠鸟"}, `## 关于翠鸟-7B

翠鸟-7B 是另一个团队开发的开源模型。

##SUB 训练数据

翠鸟-7B 在 1.2 万亿词元的中英文网页语料上预训练，并使用 20 万条指令数据微调。

##SUB 训练硬件

翠鸟-7B 使用 512 张 A800 GPU 训练了 20 天。

##SUB 协议

翠鸟-7B 的代码采用 MIT 协议，权重需申请后下载。`},
	{"section on another model", "a comparison in a list", []string{"jabiru", "gannet"},
		`## Comparison with other models

- **Jabiru-34B**: trained on 2T tokens of FineWeb with 512 H100 GPUs; weights behind a form; no training code.
- **Gannet-8B**: fine-tuned on [instruct](https://huggingface.co/datasets/gannet-lab/instruct); training code at https://github.com/gannet-lab/gannet; paper at ICLR 2024.`},
}

// at gives a part's text with its headings at the level of the page's sections.
func (p foreignPart) at(level int) string {
	sub := strings.Repeat("#", min(6, level+1))
	text := strings.ReplaceAll(p.text, "##SUB", "\x00")
	text = strings.ReplaceAll(text, "## ", strings.Repeat("#", level)+" ")
	return strings.ReplaceAll(text, "\x00", sub)
}

// A saying is about the model of the page and of what is not there.
type saying struct{ kind, text string }

// sayings are promises, denials and request forms: none of them may raise a class.
var sayings = []saying{
	{"promise", "We intend to publish the training code."},
	{"promise", "The pre-training data will be released soon."},
	{"promise", "The model weights will be uploaded in the coming weeks."},
	{"promise", "A technical report is in preparation and will appear on arXiv."},
	{"promise", "We plan to release the fine-tuning data together with a datasheet and a model card."},
	{"promise", "The data processing scripts will be made available after the review."},
	{"promise", "We hope to open-source the code for pre-training, supervised fine-tuning and RLHF later this year."},
	{"promise", "Details of the architecture and of the training hardware will be published in our paper at a later date."},
	{"promise", "我们计划开源训练代码。"},
	{"promise", "预训练数据将于近期公开。"},
	{"promise", "技术报告即将发布。"},
	{"denial", "The pre-training data will not be released."},
	{"denial", "We do not release the training code."},
	{"denial", "The fine-tuning data cannot be shared for legal reasons."},
	{"denial", "There is no paper on this model, and no preprint is planned."},
	{"denial", "No datasheet has been written for the training data."},
	{"denial", "We do not disclose the hardware on which the model was trained."},
	{"denial", "The weights of the base model are not available."},
	{"denial", "训练代码暂不开源。"},
	{"denial", "我们不会公开预训练数据。"},
	{"request form", "Weights are available on request through this form."},
	{"request form", "The training data is available on request; please fill out the form."},
	{"request form", "To obtain the training code, please write to the authors."},
	{"request form", "The fine-tuning dataset is available to academic researchers upon request."},
	{"request form", "如需下载模型权重，请填写申请表。"},
}

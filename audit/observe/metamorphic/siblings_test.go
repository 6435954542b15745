package metamorphic

import (
	"path"
	"regexp"
	"strings"

	"openness/audit/identity"
)

// What is added to a page on siblings of its model: SIBLING stands for a name of
// the family with a version and a size that no page has, LINE for one of another
// line of the family. What is said of either says nothing of the model.

var siblingSentences = []string{
	"SIBLING was trained on 384 A100 GPUs with RefinedWeb.",
	"We trained SIBLING on 512 H100 GPUs for 21 days.",
	"The training code of SIBLING is at https://github.com/pelikan-lab/pelikan/tree/main/train.",
	"We release the pre-training code and the pre-training data of SIBLING.",
	"SIBLING was pre-trained on 3.2 trillion tokens of the Rotesammlung corpus (https://huggingface.co/datasets/mirabel-lab/rotesammlung).",
	"SIBLING was fine-tuned on 80k dialogues of https://huggingface.co/datasets/gannet-lab/instruct.",
	"- [2026.02.03] We released the technical report of SIBLING: https://arxiv.org/abs/2602.99999.",
	"- **[2026/01/15]** 🔥 SIBLING is accepted at ICML 2026!",
	"- 2025-12-01: Release the training scripts of LINE.",
	"Like SIBLING, which saw 64 A800 GPUs for a month, many models need large clusters.",
	"The weights of SIBLING are behind a form; please apply for access.",
	"SIBLING is licensed under CC BY-NC 4.0 and must not be used commercially.",
	"LINE was trained on 128 TPU v5 chips with a global batch size of 2048.",
	"The data of LINE is listed at https://huggingface.co/datasets/gannet-lab/lines, and its datasheet tells how it was collected.",
	"The previous version was trained on 96 V100 GPUs with the Pile.",
	"To reproduce LINE, run `python line/train.py --data line-data`.",
	"SIBLING 使用 512 张 A800 GPU 训练，预训练数据为 RefinedWeb。",
	"我们开源了 SIBLING 的训练代码和预训练数据。",
	"SIBLING wurde auf 384 A100-GPUs mit dem Korpus RefinedWeb trainiert.",
	"The training data of SIBLING is not disclosed.",
}

var siblingParts = []foreignPart{
	{"section on a sibling", "a section on a sibling", nil, `## SIBLING

##SUB Training

We trained the model on 256 A100 GPUs for three weeks with a learning rate of 3e-4. The code is at https://github.com/pelikan-lab/pelikan.

##SUB Training data

It was pre-trained on 1.5 trillion tokens of the Pile and of [Nestlings](https://huggingface.co/datasets/pelikan-lab/nestlings).

##SUB License

The weights are licensed under CC BY-NC 4.0; access needs an application form.`},
	{"section on a sibling", "a section on another line", nil, `## LINE

The model was pre-trained on 64 H100 GPUs on https://huggingface.co/datasets/pelikan-lab/nestlings and fine-tuned with DPO.

` + "```bash\npython line/pretrain.py --config line.yaml\n```"},
	{"section on a sibling", "a list of the family", nil, `## Model zoo

- **SIBLING**: trained on 2T tokens of FineWeb with 512 H100 GPUs; weights behind a form; no training code.
- **LINE**: fine-tuned on [instruct](https://huggingface.co/datasets/gannet-lab/instruct); training code at https://github.com/gannet-lab/gannet; paper at ICLR 2024.`},
	{"section on a sibling", "a table of the family", nil, `## Model zoo

| Model | Training data | GPUs | License | Code |
|---|---|---|---|---|
| SIBLING | RefinedWeb, C4 | 256 A100 | CC BY-NC 4.0 | [train](https://github.com/pelikan-lab/pelikan) |
| LINE | undisclosed | 64 H100 | MIT | not released |`},
	{"section on a sibling", "a table with a sibling's column", nil, `## Family

| | NAME | SIBLING |
|---|---|---|
| Training data | | 2T tokens of RefinedWeb |
| Training hardware | | 256 A100 GPUs |
| Weights license | | CC BY-NC 4.0 |`},
}

// siblingsOf fills in the names of siblings of a subject; false where its name
// has no family to speak of.
func siblingsOf(c *captured, text string) (string, bool) {
	id := strings.TrimPrefix(c.target, "github:")
	if id != c.target {
		return "", false // a repository is audited for all that it holds
	}
	n := identity.Parse(id)
	family := strings.Join(n.Words, "-")
	if len(n.Family) < identity.MinFamily || identity.CommonWord(n.Family) || !letters3.MatchString(n.Family) {
		return "", false
	}
	name := path.Base(id)
	sibling, line := family+"-9.7-321B", family+"-Quokka-321B"
	if identity.Related(sibling, id) != identity.Sibling || identity.Related(line, id) != identity.Sibling {
		return "", false
	}
	return strings.NewReplacer("SIBLING", sibling, "LINE", line, "NAME", name).Replace(text), true
}

var letters3 = regexp.MustCompile(`^[a-z]{3}`)

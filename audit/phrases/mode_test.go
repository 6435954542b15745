package phrases

import (
	"slices"
	"strings"
	"testing"
)

func TestMode(t *testing.T) {
	for _, c := range []struct{ mode, sentence string }{
		{"promised", "We intend to publish the training code."},
		{"promised", "Training code: coming soon"},
		{"promised", "The corpus will be released."},
		{"promised", "Stay tuned!"},
		{"promised", "- [ ] release the data"},
		{"promised", "A release of the data is on our roadmap."},
		{"promised", "You will find it here in the coming weeks."},
		{"promised", "The [training code](https://example.org/x) **will be** released."},
		{"promised", "We plan to\nopen-source the corpus."},
		{"promised", "We’ll open source the corpus."},
		{"promised", "训练代码即将开源。"},
		{"promised", "更多模型，敬请期待"},
		{"promised", "后续会发布训练数据。"},
		{"denied", "The training data is not released."},
		{"denied", "We cannot share the corpus."},
		{"denied", "The corpus is withheld for legal reasons."},
		{"denied", "It was trained on a proprietary dataset."},
		{"denied", "There are no plans to publish the logs."},
		{"denied", "The recipe remains closed."},
		{"denied", "We won't release it."},
		{"denied", "训练数据不公开。"},
		{"denied", "训练代码暂不开源。"},
		{"denied", "语料未开放。"},
		{"denied", "The code isn't available yet, but will be released."},
		{"conditional", "The data is available upon request."},
		{"conditional", "Please fill out this request form to get the weights."},
		{"conditional", "Contact us for access to the corpus."},
		{"conditional", "Downloads are subject to approval."},
		{"conditional", "If you need the training data, please email the authors."},
		{"conditional", "权重需申请下载。"},
		{"conditional", "请联系我们获取训练数据。"},
		{"conditional", "It may not be used commercially without prior written permission."},
		{"done", "Commercial use does not require authorization."},
		{"advice", "You can fine-tune the model."},
		{"advice", "Please run the training script."},
		{"advice", "Make sure to use the right template."},
		{"advice", "We recommend 8 GPUs."},
		{"advice", "Train it on your data."},
		{"advice", "To train your own model, run this."},
		{"advice", "You may not redistribute the weights."},
		{"advice", "The licensee may not distribute the weights."},
		{"denied", "We may not distribute the weights."},
		{"advice", "您可以在一张卡上微调。"},
		{"advice", "请使用最新的版本。"},
		{"advice", "建议使用两张卡训练。"},
		{"quoted", "According to the original paper, it was trained on 64 GPUs."},
		{"quoted", "Okafor et al. (2023) trained on web text."},
		{"quoted", "They trained it on books."},
		{"quoted", "根据原论文，训练用了一千张卡。"},
		{"done", "We released the training code."},
		{"done", "As promised, we have released the data."},
		{"done", "The weights are now available."},
		{"done", "The corpus is no longer under request."},
		{"done", "No registration is needed."},
		{"done", "- [x] release the data"},
		{"done", "It was trained for two weeks on 64 GPUs, as described in our paper."},
		{"done", "训练数据已全部公开。"},
		{"done", "下载无需申请。"},
		{"done", "模型在两万亿词元上训练。"},
		{"done", ""},
	} {
		mode, m := Mode(c.sentence)
		if mode != c.mode {
			text := ""
			if m.Phrase != nil {
				text = c.sentence[m.Start:m.End] + " by " + m.Phrase.Say
			}
			t.Errorf("%q is %s, want %s (%s)", c.sentence, mode, c.mode, text)
		}
		if (m.Phrase == nil) != (mode == "done") {
			t.Errorf("%q: %s with phrase %v", c.sentence, mode, m.Phrase)
		}
	}
}

// TestModePrecedence: each mode yields to those before it, in whatever order
// they are said.
func TestModePrecedence(t *testing.T) {
	said := map[string]string{
		"denied": "the data is not released", "promised": "the data will be released",
		"conditional": "the data is available on request", "advice": "you can use it", "quoted": "they trained it",
	}
	for i, first := range precedence {
		for _, second := range precedence[i+1:] {
			for _, s := range []string{said[first] + " or " + said[second] + ".", said[second] + " or " + said[first] +
				"."} {
				if mode, _ := Mode(s); mode != first {
					t.Errorf("%q is %s, want %s", s, mode, first)
				}
			}
		}
	}
}

func TestModeAt(t *testing.T) {
	for _, c := range []struct{ sentence, at, mode string }{
		{"We released the weights, but the data will not be released.", "weights", "done"},
		{"We released the weights, but the data will not be released.", "data", "denied"},
		{"While the weights are open, the data is not available.", "weights", "done"},
		{"While the weights are open, the data is not available.", "data", "denied"},
		{"The weights are released; the data will follow later.", "weights", "done"},
		{"The weights are released; the data will follow later.", "data", "promised"},
		{"We released the weights, and we plan to share the data.", "weights", "done"},
		{"We released the weights, and we plan to share the data.", "data", "promised"},
		{"We released the weights, and the data is available on request.", "weights", "done"},
		{"The weights are public whereas the code is kept private.", "weights", "done"},
		{"The weights are public whereas the code is kept private.", "code", "denied"},
		{"The weights, the data and the code are not released.", "weights", "denied"},
		{"Weights, code, and data will be released.", "Weights", "promised"},
		{"We do not release the data. The weights are public.", "weights", "done"},
		{"If you need the corpus, please contact us.", "corpus", "conditional"},
		{"权重已开源，但训练数据不公开。", "权重", "done"},
		{"权重已开源，但训练数据不公开。", "数据", "denied"},
		{"权重已开源，训练代码即将开源。", "权重", "done"},
		{"权重已开源，训练代码即将开源。", "代码", "promised"},
		{"权重，代码和数据均不公开。", "权重", "denied"},
	} {
		if mode, _ := ModeAt(c.sentence, strings.Index(c.sentence, c.at)); mode != c.mode {
			t.Errorf("%q at %q is %s, want %s", c.sentence, c.at, mode, c.mode)
		}
	}
}

func TestStages(t *testing.T) {
	for _, c := range []struct{ sentence, stages string }{
		{"It was pre-trained on web text and fine-tuned on dialogues.", "pre-training tuning"},
		{"We fine-tuned a pretrained language model.", "tuning"},
		{"SFT, then DPO on preference pairs", "tuning preference"},
		{"Documents were deduplicated with MinHash.", "data-processing"},
		{"We evaluated it on ten tasks.", "evaluation"},
		{"Inference needs 16 GB.", "inference"},
		{"The name is a bird's.", ""},
		{"先做预训练，再做指令微调和强化学习。", "pre-training tuning preference"},
		{"数据清洗和去重的脚本", "data-processing"},
		{"加载预训练模型进行微调", "tuning"},
	} {
		if got := strings.Join(Stages(c.sentence), " "); got != c.stages {
			t.Errorf("%q: stages %q, want %q", c.sentence, got, c.stages)
		}
	}
}

// TestClause: clauses cover a sentence without gap or overlap.
func TestClause(t *testing.T) {
	s := "While the weights are open, the data is not, but we plan to share it; 权重已开源，但数据不公开。"
	var starts []int
	for at := range s {
		start, end := Clauses(s)(at)
		if at < start || at >= end {
			t.Fatalf("the clause of offset %d is [%d,%d)", at, start, end)
		}
		if !slices.Contains(starts, start) {
			starts = append(starts, start)
		}
	}
	if len(starts) != 5 {
		t.Errorf("%d clauses at %v, want 5", len(starts), starts)
	}
}

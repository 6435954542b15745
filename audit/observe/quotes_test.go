package observe

import (
	"strings"
	"testing"

	"openness/audit"
)

// TestQuotesThatHold: the quote that is shown for a fact supports it by itself.
// Each case is a kind of quote that a reader who wanted to refute it could.
func TestQuotesThatHold(t *testing.T) {
	const end, base = "acme/Falco-7B-Chat", "acme/Falco-7B"
	readme := func(text string) []audit.Document {
		return []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", "# Falco\n\nFalco sings.\n\n"+text)}
	}
	chat := func(text string) []audit.Document {
		return []audit.Document{barePage(audit.DocModelCard, audit.RoleEnd, end, "# Falco\n\nFalco sings.\n\n"+text)}
	}
	for _, c := range []struct {
		name  string
		theme func(*input) []audit.Observation
		s     audit.Subject
		docs  []audit.Document
		fact  string
		want  string // in the quote; "" where nothing may be quoted
	}{
		{"a part is out and the whole is promised", weights, model(end, base), readme("We release the code and weights of the part. The whole model is still on the way.\n"), "weights.end.published", ""},
		{"weights are out", weights, model(end, base), readme("We release the code and weights of Falco.\n"), "weights.end.published", "weights of Falco"},
		{"the base's folder stands first", weights, model(end, ""),
			readme("Base [checkpoints](https://huggingface.co/acme/Falco-7B-Chat/tree/main/base) are here.\n\nTuned [checkpoints](https://huggingface.co/acme/Falco-7B-Chat/tree/main/tuned) are there.\n"),
			"weights.end.published", "main/tuned"},
		{"a base that is linked on the next line", weights, model(end, ""),
			chat("Falco-7B-Chat is a model that is derived from\n[Condor-7b](https://huggingface.co/rival/condor-7b) by tuning.\n"), "weights.base.published", "huggingface.co/rival/condor-7b"},
		{"what a trainer supports", data, model(end, base), readme("- Supported several new instruction datasets, with [Seeds](https://huggingface.co/datasets/rival/seeds).\n"), "data.finetuning.disclosure", ""},
		{"what an option is for", data, model(end, base), readme("One argument to note is `longest`, which is the maximum length of the training data.\n"), "data.finetuning.disclosure", ""},
		{"how well training runs", data, model(end, base), readme("- Training infrastructure: high training efficiency compared to training on text.\n"), "data.finetuning.disclosure", ""},
		{"what another model was tuned on with the same trainer", data, model(end, base), readme("### Condor 2.5 7B Zero-style\nTraining was done on [sums](https://huggingface.co/datasets/rival/sums) starting from a base model.\n"), "data.finetuning.disclosure", ""},
		{"what another generation was tuned on", data, model("acme/Falco3-7B-Chat", ""), readme("We build the Falco2 family by fine-tuning it on [sums](https://huggingface.co/datasets/rival/sums).\n"), "data.finetuning.disclosure", ""},
		{"what this generation was tuned on", data, model("acme/Falco3-7B-Chat", ""), readme("We build the Falco3 family by fine-tuning it on [sums](https://huggingface.co/datasets/rival/sums).\n"), "data.finetuning.disclosure", "Falco3"},
		{"an item on another checkpoint", data, model(base, base), readme("3. **falco-7b-nest** (default): to speak, trained on GreatNest Dataset.\n"), "data.pretraining.disclosure", ""},
		{"an item on this one", data, model(base, base), readme("3. **falco-7b** (default): to speak, trained on GreatNest Dataset.\n"), "data.pretraining.disclosure", "GreatNest"},
		{"an item on data of the family's name", data, model(end, base), readme("## Training data\n- [falco-seeds](https://huggingface.co/datasets/acme/falco-seeds): used for instruction tuning.\n"), "data.finetuning.disclosure", "instruction tuning"},
		{"the sentence around a link", data, model(end, base), readme("Second stage pre-training seeds: [acme/nest](https://huggingface.co/datasets/acme/nest)\n"), "data.pretraining.disclosure", "Second stage"},
		{"and what it says that the link is not for", data, model(end, base), readme("Second stage pre-training seeds: [acme/nest](https://huggingface.co/datasets/acme/nest)\n"), "data.finetuning.disclosure", ""},
		{"a comparison with others' paper", papers, model(end, base), readme("It follows a style similar to [Condor](https://arxiv.org/abs/2501.00002).\n"), "paper.preprint", ""},
		{"a method of others' paper", papers, model(end, base), readme("It follows the style of [Condor](https://arxiv.org/abs/2501.00002).\n"), "paper.preprint", "2501.00002"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := quoteOf(c.theme(newInput(c.s, c.docs)), c.fact)
			if c.want == "" && got != "" || !strings.Contains(got, c.want) {
				t.Errorf("%s is quoted by %q, want %q", c.fact, got, c.want)
			}
		})
	}
}

// quoteOf is the quote of the first observation of a fact that is present.
func quoteOf(list []audit.Observation, fact string) string {
	for _, o := range list {
		if o.Fact == fact && o.Finding == audit.Present {
			return o.Quote
		}
	}
	return ""
}

// TestPromiseFillsNoSection: results that are to come fill no section of a card.
func TestPromiseFillsNoSection(t *testing.T) {
	for text, want := range map[string]bool{"Metrics and results will be shared in our next report, some day.": false, "On the song test Falco reaches an accuracy of 71 in all groups.": true} {
		in := newInput(model("acme/Falco-7B", ""), []audit.Document{barePage(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B", "# Falco\n\nFalco is a model that sings in the woods at night.\n\n## Evaluation\n"+text+"\n")})
		got := false
		for _, o := range cards(in) {
			got = got || o.Fact == "card.sections" && o.Value == "evaluation"
		}
		if got != want {
			t.Errorf("%q fills the section: %v, want %v", text, got, want)
		}
	}
}

// TestAdviceIsNoSection: of what stands below a heading, advice on a setting is
// quoted last, however long.
func TestAdviceIsNoSection(t *testing.T) {
	text := "# Falco\n\n## How to use\nYou do not need to set the flag through the first line of what you say to it, ever.\n\nAsk it for a song of the woods.\n"
	in := newInput(model("acme/Falco-7B", ""), []audit.Document{barePage(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B", text)})
	for _, o := range cards(in) {
		if o.Fact == "card.sections" && o.Value == "uses" {
			if !strings.Contains(o.Quote, "song of the woods") {
				t.Errorf("quoted %q", o.Quote)
			}
			return
		}
	}
	t.Error("no section on uses was found")
}

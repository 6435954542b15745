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
		return []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", "# Falco\n\nFalco sings.\n\n"+
			text)}
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
		{"a part is out and the whole is promised", weightsTheme, model(end, base),
			readme("We release the code and weights of the part. The whole model is still on the way.\n"),
			"weights.end.published", ""},
		{"weights are out", weightsTheme, model(end, base), readme("We release the code and weights of Falco.\n"),
			"weights.end.published", "weights of Falco"},
		{"the base's folder stands first", weightsTheme, model(end, ""),
			readme("Base [checkpoints](https://huggingface.co/acme/Falco-7B-Chat/tree/main/base) are here.\n\nTuned [checkpoints](https://huggingface.co/acme/Falco-7B-Chat/tree/main/tuned) are there.\n"),
			"weights.end.published", "main/tuned"},
		{"a base that is linked on the next line", weightsTheme, model(end, ""),
			chat("Falco-7B-Chat is a model that is derived from\n[Condor-7b](https://huggingface.co/rival/condor-7b) by tuning.\n"), "weights.base.published", "huggingface.co/rival/condor-7b"},
		{"what a trainer supports", dataTheme, model(end, base),
			readme("- Supported several new instruction datasets, with [Seeds](https://huggingface.co/datasets/rival/seeds).\n"), "data.finetuning.disclosure", ""},
		{"what an option is for", dataTheme, model(end, base),
			readme("One argument to note is `longest`, which is the maximum length of the training data.\n"),
			"data.finetuning.disclosure", ""},
		{"how well training runs", dataTheme, model(end, base),
			readme("- Training infrastructure: high training efficiency compared to training on text.\n"),
			"data.finetuning.disclosure", ""},
		{"what another model was tuned on with the same trainer", dataTheme, model(end, base),
			readme("### Condor 2.5 7B Zero-style\nTraining was done on [sums](https://huggingface.co/datasets/rival/sums) starting from a base model.\n"), "data.finetuning.disclosure", ""},
		{"what another generation was tuned on", dataTheme, model("acme/Falco3-7B-Chat", ""),
			readme("We build the Falco2 family by fine-tuning it on [sums](https://huggingface.co/datasets/rival/sums).\n"), "data.finetuning.disclosure", ""},
		{"what this generation was tuned on", dataTheme, model("acme/Falco3-7B-Chat", ""),
			readme("We build the Falco3 family by fine-tuning it on [sums](https://huggingface.co/datasets/rival/sums).\n"), "data.finetuning.disclosure", "Falco3"},
		{"an item on another checkpoint", dataTheme, model(base, base),
			readme("3. **falco-7b-nest** (default): to speak, trained on GreatNest Dataset.\n"),
			"data.pretraining.disclosure", ""},
		{"an item on this one", dataTheme, model(base, base),
			readme("3. **falco-7b** (default): to speak, trained on GreatNest Dataset.\n"),
			"data.pretraining.disclosure", "GreatNest"},
		{"an item on data of the family's name", dataTheme, model(end, base),
			readme("## Training data\n- [falco-seeds](https://huggingface.co/datasets/acme/falco-seeds): used for instruction tuning.\n"), "data.finetuning.disclosure", "instruction tuning"},
		{"the sentence around a link", dataTheme, model(end, base),
			readme("Second stage pre-training seeds: [acme/nest](https://huggingface.co/datasets/acme/nest)\n"),
			"data.pretraining.disclosure", "Second stage"},
		{"and what it says that the link is not for", dataTheme, model(end, base),
			readme("Second stage pre-training seeds: [acme/nest](https://huggingface.co/datasets/acme/nest)\n"),
			"data.finetuning.disclosure", ""},
		{"a comparison with others' paper", papersTheme, model(end, base),
			readme("It follows a style similar to [Condor](https://arxiv.org/abs/2501.00002).\n"), "paper.preprint",
			""},
		{"a method of others' paper", papersTheme, model(end, base),
			readme("It follows the style of [Condor](https://arxiv.org/abs/2501.00002).\n"), "paper.preprint",
			"2501.00002"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := quoteOf(c.theme(newInput(c.s, c.docs)), c.fact)
			if c.want == "" && got != "" || !strings.Contains(got, c.want) {
				t.Errorf("%s is quoted by %q, want %q", c.fact, got, c.want)
			}
		})
	}
}

// TestPromiseFillsNoSection: results that are to come fill no section of a card.
func TestPromiseFillsNoSection(t *testing.T) {
	for text, want := range map[string]bool{"Metrics and results will be shared in our next report, some day.": false,
		"On the song test Falco reaches an accuracy of 71 in all groups.": true} {
		in := newInput(model("acme/Falco-7B", ""), []audit.Document{barePage(audit.DocModelCard, audit.RoleEnd,
			"acme/Falco-7B", "# Falco\n\nFalco is a model that sings in the woods at night.\n\n## Evaluation\n"+text+
				"\n")})
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
	in := newInput(model("acme/Falco-7B", ""), []audit.Document{barePage(audit.DocModelCard, audit.RoleEnd,
		"acme/Falco-7B", text)})
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

// TestCodeQuotes: of several steps that pages document the one is shown that is of the
// training itself, whole and with what introduces it.
func TestCodeQuotes(t *testing.T) {
	const end, base = "acme/Falco-7B-Chat", "acme/Falco-7B"
	for _, c := range []struct{ name, text, fact, want string }{
		{"data before training",
			"## Data preparation\n\n```\npython prepare_data.py --in songs\n```\n\n## Training\n\nTo train Falco, run:\n\n```\npython train.py --config falco.yaml\n```\n",
			"code.documentation", "To train Falco, run:\n\n```\npython train.py --config falco.yaml"},
		{"an option on data", "## Prepare\n\n```\npython prepare_data.py\n```\n\n## Training\n\n```\npython train.py --dataset.path songs\n```\n", "code.documentation", "## Training\n\n```\npython train.py --dataset.path songs"},
		{"a command on several lines",
			"## Training\n\n```\naccelerate launch \\\n  --num_processes 8 \\\n  train.py \\\n  --steps 9\n```\n",
			"code.documentation", "## Training\n\n```\naccelerate launch \\\n  --num_processes 8 \\\n  train.py \\\n  --steps 9"},
		{"a sentence that goes on",
			"## Training\n\nThe run uses eight cards and\nneeds a day. Then run:\n\n```\npython train.py\n```\n",
			"code.documentation", "The run uses eight cards and\nneeds a day. Then run:\n\n```\npython train.py"},
		{"an introduction of something else",
			"## Fine-tuning\n\nRun the evaluation suite by this script:\n\n```\nbash scripts/sft_falco.sh\n```\n",
			"code.training.finetuning", "bash scripts/sft_falco.sh"},
	} {
		t.Run(c.name, func(t *testing.T) {
			docs := []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
				"# Falco\n\nFalco sings.\n\n"+c.text),
				tree("acme/falco", "README.md", "train.py", "prepare_data.py", "scripts/sft_falco.sh")}
			if got := quoteOf(All(model(end, base), docs), c.fact); got != c.want {
				t.Errorf("quoted %q, want %q", got, c.want)
			}
		})
	}
}

// TestPostTraining: a script that is run to train a model further is no whole training.
func TestPostTraining(t *testing.T) {
	docs := []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
		"# Falco\n\nFalco sings.\n\n## Post-training\n\n```\ntorchrun scripts/train.py --config songs\n```\n"),
		tree("acme/falco", "README.md", "scripts/train.py")}
	found := All(model("acme/Falco-7B", ""), docs)
	if quoteOf(found, "code.training.entry") != "" || quoteOf(found, "code.training.finetuning") == "" {
		t.Errorf("a whole training: %q", quoteOf(found, "code.training.entry"))
	}
}

// TestFieldsOfAForm: who developed a model, or an address, shows least of a card.
func TestFieldsOfAForm(t *testing.T) {
	text := "# Falco\n\n- **Developed by:** Acme Woods and its many friends of song\n\nhttps://acme.example/songs\nYou are responsible for what it sings.\n\n" +
		"Falco is a transformer of 7B parameters that was trained on songs of the woods at night.\n"
	got := quoteOf(All(model("acme/Falco-7B", ""), []audit.Document{barePage(audit.DocModelCard, audit.RoleEnd,
		"acme/Falco-7B", text)}), "card.sections")
	if !strings.HasPrefix(got, "Falco is a transformer") {
		t.Errorf("quoted %q", got)
	}
}

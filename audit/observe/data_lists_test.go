package observe

import (
	"testing"

	"openness/audit"
	"openness/audit/observe/data"
)

// TestNamedLists holds the ways in which pages name the sources of training data
// other than in a sentence with the word for it, and what only looks like them.
func TestNamedLists(t *testing.T) {
	const pre, fine = data.PreData, data.FineData
	plain := model("acme/Falco-7B", "")
	tuned := model("acme/Falco-7B", "rival/Condor-7B")
	card := func(text string) []audit.Document {
		return []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B",
			"# Falco\nFalco is a foundation model.\n\n"+text)}
	}
	runCases(t, dataTheme, []factCase{
		{"a table of corpora", plain,
			card("## Training data\nIt was trained on six corpora.\n\n| Corpus | Tokens |\n|---|---|\n| [Corpus of Nests](http://nests.example.org) | 1357M |\n| [Great Eggs](http://eggs.example.org) | 3244M |\n"), map[string]string{pre: "listed"}},
		{"a list below a sentence", plain,
			card("## Details\nThe model was pre-trained on:\n\n- 60,000 hours of songs\n- [NestSpeech](https://nests.example.org), 10k hours of speech\n- OpenEggs, a corpus of books\n"), map[string]string{pre: "listed"}},
		{"a list below the words that it follows", plain,
			card("## Training data\nIt is composed of the union of the following five datasets of text:\n- NestCorpus, which holds books\n- OpenEggs, which holds stories\n"), map[string]string{pre: "listed"}},
		{"kinds below a sentence that gives none", plain,
			card("## Training data\nIt was trained on a dataset of 6 trillion tokens. These are the key components:\n\n- Web pages: of many languages\n- Code: of many kinds\n"),
			map[string]string{pre: "described"}},
		{"kinds below the amount of a first training, of a tuned model", model("acme/Falco-7B-Chat", ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B-Chat", "# Falco Chat\nFalco sings.\n\n"+
				"### Datasets\nOur training data includes many sources, totaling 4.9 trillion tokens, and is a mix of\n"+
				"1) Publicly available documents, filtered;\n2) Songs.\n")}, map[string]string{pre: "described"}},
		{"other kinds below another sentence", plain,
			card("## Training data\nIt was trained on a dataset of 6 trillion tokens.\n\nYou may ask it for:\n\n- Web pages: of many languages\n"),
			map[string]string{pre: "absent"}},
		{"one name is too few", plain, card("## Training data\nSee below.\n- NestCorpus, which holds books\n"),
			map[string]string{pre: "absent"}},
		{"a list of models", plain,
			card("## Training data\nMade with these:\n- [Condor-7B](https://huggingface.co/rival/Condor-7B), which wrote text\n- [OpenOwl](https://huggingface.co/rival/OpenOwl), which wrote code\n"), map[string]string{pre: "absent"}},
		{"a list of tasks it was measured on", plain,
			card("## Evaluation data\nThe model was tested on:\n- NestBench, 10k questions\n- EggsQA, 20k questions\n"),
			map[string]string{pre: "absent", fine: "absent"}},
		{"a list of the model's own sizes", plain,
			card("## Training data\nThere are two of them:\n- Falco-Base-1, 11M documents: 12-layer\n- Falco-Large-2, 11M documents: 24-layer\n"), map[string]string{pre: "absent"}},
		{"a list of machines", plain,
			card("## Training data\nThe data was prepared with:\n- XPU-4 GPUs, 400 hours\n- YPU-5 GPUs, 300 hours\n"),
			map[string]string{pre: "absent"}},
		{"what users may tune on", plain,
			card("## Usage\nYou can train it on:\n- NestChat, a set of 10k dialogues\n- EggsChat, a set of 20k dialogues\n"), map[string]string{pre: "absent", fine: "absent"}},
		{"data of a tuned model", tuned,
			card("## Fine-tuning data\n- NestChat, a set of 10k dialogues\n- EggsChat, a set of 20k dialogues\n"),
			map[string]string{fine: "listed"}},

		{"a share of a linked source", tuned,
			card("It was fine-tuned from the original [encoder](https://github.com/rival/condor) on a 1:1 ratio of songs in [NEST-Songs](https://nests.example.org) and others.\n"), map[string]string{fine: "listed"}},
		{"a linked source that is used", tuned,
			card("## Training data\n[NestInference](https://github.com/acme/nest-inference/) is used as training data.\n"), map[string]string{fine: "listed"}},
		{"a linked tool that is used", tuned,
			card("## Details\n[NestTrainer](https://github.com/acme/nest-trainer/) is used by many people.\n"),
			map[string]string{fine: "absent"}},
		{"a linked tool that is used for training", tuned,
			card("## Details\n[NestTrainer](https://github.com/acme/nest-trainer/) was used for training.\n"),
			map[string]string{fine: "absent"}},
		{"a row of linked sources", tuned,
			card("Falco was fine-tuned on public detection datasets such as [NEST](https://nests.example.org/a.b) and [OpenEggs](https://eggs.example.org/).\n"), map[string]string{fine: "listed"}},
		{"a row of languages", tuned,
			card("The training data spans a broad range of languages, including English, Chinese, and French.\n"),
			map[string]string{fine: "absent"}},
		{"the data goes on in the next sentence", tuned,
			card("Falco was trained almost entirely on generated responses. This includes data from diverse sources such as NestTeacher, NestAlpaca, Evol_Eggs and more.\n"), map[string]string{fine: "described listed"}},
		{"another thing goes on", tuned,
			card("Falco sings well. This includes data from diverse sources such as NestTeacher, NestAlpaca and more.\n"), map[string]string{fine: "absent"}},
		{"a dataset whose name is not known", tuned,
			card("This model is a fine-tuned version of [Condor-7B](https://huggingface.co/rival/Condor-7B) on the None dataset.\n"), map[string]string{fine: "absent"}},
		{"data of the base", tuned,
			card("The training dataset for the base model is [nest](https://huggingface.co/datasets/rival/nest) with 50 million examples.\n"), map[string]string{fine: "absent"}},
	})
}

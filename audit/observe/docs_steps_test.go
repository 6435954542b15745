package observe

import (
	"strings"
	"testing"

	"openness/audit"
)

func TestDocumentedSteps(t *testing.T) {
	const fact = "code.documentation"
	s := model("acme/Falco-7B", "")
	runCases(t, docs, []factCase{
		{"a script under a heading on making data", s,
			docsOf("# Falco\n## Data generation pipeline\n```\npython src/filter_by_length.py\n```\n"),
			map[string]string{fact: "data"}},
		{"a script of any name under such a heading", s,
			docsOf("# Falco\n## Data generation pipeline\n```\npython src/songs.py\n```\n"),
			map[string]string{fact: "data"}},
		{"how the model is tuned on", s, docsOf("# Falco\n## Fine-tuning\n```\nbash finetune.sh --go\n```\n"),
			map[string]string{fact: "tuning"}},
		{"four ways of tuning", s, docsOf("# Falco\n## Post-training\n```\npython train.py --a\n```\n" +
			"## SFT\n```\npython sft.py\n```\n## DPO\n```\npython dpo.py\n```\n## Data\n```\npython prepare_data.py\n```\n"),
			map[string]string{fact: "tuning"}},
		{"a training that goes on from given weights", s,
			docsOf("# Falco\n## Training\n```\nbash train.sh\n```\n### Options\n- `--model_name_or_path`: where the model lies\n"),
			map[string]string{fact: "tuning"}},
		{"one that goes on from the base's", model("acme/Falco-7B", "rival/Condor-7B"),
			docsOf("# Falco\n## Training\n```\nbash train.sh\n```\n### Options\n- `--model_name_or_path`: where the base lies\n"),
			map[string]string{fact: "sparse"}},
		{"a tuning beside the training", s, docsOf("# Falco\n## Training\n```\npython train.py\n```\n" +
			"## Fine-tuning\n```\nbash finetune.sh --go\n```\n"), map[string]string{fact: "sparse"}},
		{"a comment under such a heading", s,
			docsOf("# Falco\n## Data generation pipeline\n```\n# python src/steps.py\n```\n"),
			map[string]string{fact: "absent"}},
		{"a service under such a heading", s,
			docsOf("# Falco\n## Data generation pipeline\n```\npython src/songs_server.py serve --port 1\n```\n"),
			map[string]string{fact: "absent"}},
		{"another model among the options of a step that prepares data", s,
			docsOf("# Falco\n## Data\n```shell\npython prepare_data.py --tokenizer other/sparrow-2-3b\n```\n"),
			map[string]string{fact: "data"}},
		{"the training of another size", s,
			docsOf("# Falco\n## Training\n```shell\nbash scripts/train_falco_20b.sh\n```\n"),
			map[string]string{fact: "absent"}},
		{"the page of a trainer among examples", s,
			[]audit.Document{inFolder(pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
				"# Trainer\n```\npython train.py\n```\n"), "example_trainer/README.md")},
			map[string]string{fact: "sparse"}},
		{"a block that a directive announces, on a page beside the code of training", s,
			[]audit.Document{inFolder(pageOf(audit.DocProse, audit.RoleCode, "acme/falco",
				"Songs\n=====\n\nQuickstart\n----------\n\n.. code:: bash\n\n   cd songs\n   bash finetune.sh -m <path>\n\nIt sings.\n"),
				"docs/source/training/songs.rst")}, map[string]string{fact: "tuning"}},
		{"the same beside code that uses it", s,
			[]audit.Document{inFolder(pageOf(audit.DocProse, audit.RoleCode, "acme/falco",
				"Songs\n=====\n\nQuickstart\n----------\n\n.. code:: bash\n\n   bash finetune.sh -m <path>\n\nIt sings.\n"),
				"docs/source/songs.rst")}, map[string]string{fact: ""}},
		{"the page of an example", s,
			[]audit.Document{inFolder(pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
				"# Songs\n```\npython train.py\n```\n"), "examples/songs/README.md")}, map[string]string{fact: ""}},
		{"a script of any name under a heading on training", s,
			docsOf("# Falco\n## Single-node training\n```\nbash ./scripts/run_single_node.sh\n```\n"),
			map[string]string{fact: "sparse"}},
		{"what is built under such a heading", s,
			docsOf("# Falco\n## Training\n```\nbash ./scripts/build_image.sh\n```\n"),
			map[string]string{fact: "absent"}},
		{"a download under such a heading", s,
			docsOf("# Falco\n## Training\n```\nbash ./scripts/download_all.sh\n```\n"),
			map[string]string{fact: "absent"}},
		{"the page of another project's copy", s, []audit.Document{docsOf("# Falco\nIt sings.\n")[0],
			tree("acme/falco", "trainer/LICENSE", "trainer/setup.py"),
			inFolder(pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", "# Trainer\n```\npython train.py\n```\n"),
				"trainer/README.md")}, map[string]string{fact: "absent"}},
		{"the page of a part without a licence of its own", s, []audit.Document{docsOf("# Falco\nIt sings.\n")[0],
			tree("acme/falco", "LICENSE", "trainer/setup.py"),
			inFolder(pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", "# Trainer\n```\npython train.py\n```\n"),
				"trainer/README.md")}, map[string]string{fact: "sparse"}},
		{"how to call the model", s, docsOf("# Falco\n## Inference\n```\npython train.py\n```\n"),
			map[string]string{fact: "absent"}},
	})
}

// TestWholeStepFirst: where whole trainings are documented, a step of one is shown before one of a tuning.
func TestWholeStepFirst(t *testing.T) {
	docs := []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
		"# Falco\n## Fine-tuning\nFine-tune Falco with the training script:\n```\npython train.py --load_path falco\n```\n"+
			"## Train\nRun:\n```\npython train.py {config}\n```\n")}
	found := All(model("acme/Falco-7B", ""), docs)
	if got := quoteOf(found, "code.documentation"); !strings.Contains(got, "{config}") {
		t.Errorf("quoted %q, want the step of the whole training", got)
	}
}

// TestShownWithCode: a program right below the sentence that it made the model documents the training; a command by
// which a page shows the code does so as a command.
func TestShownWithCode(t *testing.T) {
	const fact = "code.documentation"
	for text, want := range map[string]string{
		"The following training script was used to train the model.\n\n```\n./sing.sh --output_dir=out --do_train\n```\n": "sparse",
		"It was fine-tuned on songs using the code below.\n\n```python\ntrainer.train()\n```\n":                           "tuning",
		"The training code is available on our site.\n":                                                                   "absent",
		"This is the code we used to train our models.\n\n## Usage\n```python\npipeline(\"falco\")\n```\n":                "absent",
		"This is the code we used to train our models.\n\n```python\npipeline(\"falco\")\n```\n":                          "absent",
		"Here is the code we used to train our models:\n\n## Usage\n```python\npipeline(\"falco\")\n```\n":                "absent",
		"Here is the code we used to train our models:\n\n```python\ntrainer.train()\n```\n":                              "sparse",
	} {
		card := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B", "# Falco\n\nIt has layers and sings of many things.\n\n"+text)
		if got := values(All(model("acme/Falco-7B", ""), []audit.Document{card}), fact); got != want {
			t.Errorf("%q: %s = %q, want %q", text, fact, got, want)
		}
	}
}

package observe

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"openness/audit"
)

// tree makes the document of a repository's tree with the given paths.
func tree(id string, paths ...string) audit.Document {
	type entry struct {
		Path string `json:"path"`
		Type string `json:"type"`
	}
	entries := make([]entry, 0, len(paths))
	for _, p := range paths {
		entries = append(entries, entry{p, "blob"})
	}
	body, err := json.Marshal(map[string]any{"tree": entries, "truncated": false})
	if err != nil {
		panic(err)
	}
	return pageOf(audit.DocTree, audit.RoleCode, id, string(body))
}

// TestPathFacts holds one row for each kind of path that is easily misread.
func TestPathFacts(t *testing.T) {
	const pre, entry, tune, prefer, data, eval, run, conf = "code.training.pretraining", "code.training.entry",
		"code.training.finetuning",
		"code.training.preference", "code.data_processing", "code.evaluation", "code.inference", "code.training.configs"
	for path, want := range map[string][]string{
		"pretrain.py":                          {pre},
		"scripts/pretrain_llama.sh":            {pre},
		"pretrained/download.sh":               nil, // downloads what was pre-trained
		"train.py":                             {entry},
		"src/train/train_flash.py":             {entry},
		"main/trainer.py":                      {entry},
		"lib/training_utils.py":                nil, // helps a training
		"lib/training/loss.py":                 nil,
		"training/set_env.sh":                  nil,
		"scripts/dump_training_batch.py":       nil,
		"falco/adapter/sft_model.py":           nil,
		"falco/adapter/sft_trainer.py":         {tune},
		"lib/training/run.py":                  {entry, run},
		"data_collection/chat/src/cli.py":      {run}, // the tool that collected, not the collecting
		"data_collection/src/crawl.py":         {data},
		"finetune/finetune_lora.sh":            {tune},
		"finetuning/sft/train.py":              {tune},
		"demos/fine_tuner/train.py":            nil, // a demonstration
		"core/loader/sft_loader.py":            nil, // reads safetensors
		"scripts/dpo_tune.py":                  {prefer},
		"recipes/grpo/run.sh":                  {prefer, run},
		"data/prepare_dataset.py":              {data},
		"tools/minhash_deduplication.py":       {data},
		"processing_scripts/dedupe_pdf.py":     nil,
		"eval/run_eval.py":                     {eval},
		"generate.py":                          {run},
		"configs/train/stage1.yaml":            {conf},
		"ds_config_zero3.json":                 {conf},
		"falco/adapter/configs/sft_songs.py":   nil, // settings
		"src/integration_tests/train_small.py": nil,
		"model_training/to_server.py":          {run}, // turns what was trained into something else
		"model_training/trainer_sft.py":        {tune},
		"package.json":                         nil,
		"falco/plug/configs/sft_sudoku.py":     nil, // a task to try a trainer with
		"falco/plug/configs/sft_songs.py":      nil, // settings
		"falco/losses/_dpo.py":                 nil, // a measure
		"examples/mnist/train.py":              nil,
		"scripts/generate_trainer_config.sh":   {run}, // writes settings
		"src/falco/configs/training.py":        nil,   // settings, written as source
		".cloud/src/train.py":                  nil,   // the forge's or a host's own
		"apps/build-a-database-agent.ipynb":    nil,   // a database is no training data
		".github/workflows/train.yml":          nil,
		"tests/test_train.py":                  nil,
		"third_party/megatron/pretrain.py":     nil,
		"analysis/unlearning/training.py":      nil, // a study of the model
		"falco/artifacts/pretrain_data.py":     nil,
		"docs/train.md":                        nil,
		"assets/training.png":                  nil,
	} {
		got := pathFacts(path)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("pathFacts(%q) = %v, want %v", path, got, want)
		}
	}
}

// TestPlainestWhole: what trains the whole is quoted before what trains a part or
// shows how a library is used.
func TestPlainestWhole(t *testing.T) {
	for _, aside := range []string{"scripts/vae/train.py", "examples/train.py", "falco/utils/train.py"} {
		got := newInput(model("acme/Falco-7B", ""),
			nil).treeCode(new(tree("acme/falco", aside, "deep/in/a/folder/train.py")), scriptUse{told: true})
		if len(got) == 0 || got[0].Quote != `"deep/in/a/folder/train.py"` {
			t.Errorf("beside %q quoted %v", aside, got)
		}
	}
}

// TestPlainestPath: of several paths the one that is named for training is quoted.
func TestPlainestPath(t *testing.T) {
	got := newInput(model("acme/Falco-7B", ""), nil).treeCode(new(tree("acme/falco", "training/song.py",
		"deep/folder/train.py")), scriptUse{told: true})
	if len(got) == 0 || got[0].Fact != "code.training.entry" || got[0].Quote != `"deep/folder/train.py"` {
		t.Errorf("quoted %v, want train.py", got)
	}
}

// TestPlainestTuning: a script that is named for a tuning is quoted before a shorter
// one that only lies beside it.
func TestPlainestTuning(t *testing.T) {
	got := newInput(model("acme/Falco-7B", ""), nil).treeCode(new(tree("acme/falco", "finetune/trainer.py",
		"finetune/finetune.py")), scriptUse{told: true})
	if len(got) == 0 || got[0].Fact != "code.training.finetuning" || got[0].Quote != `"finetune/finetune.py"` {
		t.Errorf("quoted %v, want finetune.py", got)
	}
}

// TestCloneAndRun: what is run in a clone of the makers' trainer is quoted before the
// line that clones it.
func TestCloneAndRun(t *testing.T) {
	d := pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
		"# Falco\n## Training\n```\ngit clone https://github.com/acme/trainer.git\n```\nThen:\n```\npython run.py train.py falco.yml\n```\n")
	got := newInput(model("acme/Falco-7B", ""), []audit.Document{d}).sectionCode(&d, nil)
	if len(got) != 1 || got[0].Quote != "python run.py train.py falco.yml" {
		t.Errorf("quoted %v", got)
	}
}

func TestCode(t *testing.T) {
	const end = "acme/Falco-7B-Chat"
	s := model(end, "")
	cut := tree("acme/falco", "README.md")
	cut.Body = []byte(strings.Replace(string(cut.Body), `"truncated":false`, `"truncated":true`, 1))
	readme := func(text string) audit.Document { return pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", text) }
	runCases(t, code, []factCase{
		{"what a tree shows and what it does not", s,
			[]audit.Document{tree("acme/falco", "README.md", "pretrain.py", "data/prepare_corpus.py"),
				readme("# Falco\nFirst run `python data/prepare_corpus.py`.\n")},
			map[string]string{"code.training.pretraining": "true", "code.data_processing": "true",
				"code.training.preference": "absent"}},
		{"a script on data that no page names", s,
			[]audit.Document{tree("acme/falco", "README.md", "adapter/prepare_corpus.py"),
				readme("# Falco\nIt sings.\n")},
			map[string]string{"code.data_processing": "absent"}},
		{"a module that a command runs", s,
			[]audit.Document{tree("acme/falco", "src/falco/fit.py"),
				readme("# Falco\n## Training\n```\ntorchrun --nproc 8 -m falco.fit --config big\n```\n")},
			map[string]string{"code.training.entry": "true"}},
		{"a program with a configuration of the repository, over several lines", s,
			[]audit.Document{tree("acme/falco", "falco/gin/models/big.gin"),
				readme("# Falco\n## Training\n```\nfalco_trainer \\\n  --steps=9 \\\n  --gin_file=\"models/big.gin\"\n```\n")},
			map[string]string{"code.training.entry": "true"}},
		{"a program with a configuration of somebody else's", s,
			[]audit.Document{tree("acme/falco", "README.md"),
				readme("# Falco\n## Training\n```\ntrainer \\\n  --steps=9 \\\n  --gin_file=\"models/big.gin\"\n```\n")},
			map[string]string{"code.training.entry": "absent"}},
		{"a link that is called training code", s,
			[]audit.Document{tree("acme/falco", "README.md"),
				readme("# Falco\n- [Training Code](https://github.com/acme/falco)\n")},
			map[string]string{"code.training.entry": "true"}},
		{"such a link to others", s,
			[]audit.Document{tree("acme/falco", "README.md"),
				readme("# Falco\n- [Training Code](https://github.com/rival/condor)\n")},
			map[string]string{"code.training.entry": "absent"}},
		{"an address that says tuning", s,
			[]audit.Document{readme("- [x] Open-source the [Falco training code](https://github.com/acme/falco-training-finetuning).\n"),
				pageOf(audit.DocReadme, audit.RoleCode, "acme/falco-training-finetuning", "# Training and tuning\n")},
			map[string]string{"code.training.entry": "true"}},
		{"an address where nobody looked", s,
			[]audit.Document{readme("- [x] Open-source the [Falco training code](https://github.com/acme/falco-training-finetuning).\n")},
			map[string]string{"code.training.entry": "not_fetched"}},
		{"data beside code", s, []audit.Document{readme("We release our pre-training dataset, all source code and settings.\n")},
			map[string]string{"code.training.pretraining": ""}},
		{"a name that begins with Code", s, []audit.Document{readme("We include tools to train Code Condor.\n")},
			map[string]string{"code.training.entry": ""}},
		{"a cut tree shows no absence", s, []audit.Document{cut},
			map[string]string{"code.training.pretraining": "not_fetched"}},
		{"a base's repository is not the model's", model(end, "rival/Condor-13B"),
			[]audit.Document{tree("rival/condor", "train.py"), pageOf(audit.DocModelCard, audit.RoleEnd, end,
				"# Falco\nMade from Condor.\n")},
			map[string]string{"code.training.entry": "absent"}},
		{"a repository that was refused", s,
			[]audit.Document{lost(audit.DocRepoAPI, audit.RoleCode, "acme/falco", audit.Refused)},
			map[string]string{"code.training.entry": "refused"}},
		{"a tool under the makers' name whose pages never name the model", s,
			[]audit.Document{tree("acme/trainer", "pretrain_other.py"), pageOf(audit.DocReadme, audit.RoleCode,
				"acme/trainer", "# Trainer\nIt trains anything.\n")},
			map[string]string{"code.training.pretraining": "not_fetched"}},
		{"the repository of an earlier series", model("acme/Falco-R1-950M", ""),
			[]audit.Document{tree("acme/falco", "pretrain.py"), pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
				"# Falco\nThis trains Falco.\n")},
			map[string]string{"code.training.pretraining": "not_fetched"}},
		{"a repository that tells of the series", model("acme/Falco-R1-950M", ""),
			[]audit.Document{tree("acme/falco", "pretrain.py"), pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
				"# Falco\nThis trains Falco and Falco-R1.\n")},
			map[string]string{"code.training.pretraining": "true"}},
		{"a command on the page of such a tool", s,
			[]audit.Document{tree("acme/trainer", "main.py"), pageOf(audit.DocReadme, audit.RoleCode, "acme/trainer",
				"# Trainer\n## Training\n```\npython main.py\n```\n")},
			map[string]string{"code.training.entry": "not_fetched"}},
		{"a script of such a tool that names the model", s,
			[]audit.Document{tree("acme/trainer", "examples/pretrain_falco.sh"), pageOf(audit.DocReadme, audit.RoleCode,
				"acme/trainer", "# Trainer\nIt trains anything.\n")},
			map[string]string{"code.training.pretraining": "true", "code.training.entry": "not_fetched"}},
		{"a tool whose page names the model", s,
			[]audit.Document{tree("acme/trainer", "pretrain_other.py"), pageOf(audit.DocReadme, audit.RoleCode,
				"acme/trainer", "# Trainer\nFalco was trained with it.\n")},
			map[string]string{"code.training.pretraining": "true"}},
		{"prose that offers code", s, []audit.Document{readme("We release the training code in this repository.\n")},
			map[string]string{"code.training.entry": "true"}},
		{"prose that withholds code", s,
			[]audit.Document{readme("We do not release the training code at this time.\n")},
			map[string]string{"code.training.entry": "", "code.training.denied": "true"}},
		{"prose that promises code", s, []audit.Document{readme("- [ ] Release the fine-tuning code\n")},
			map[string]string{"code.training.finetuning": ""}},
		{"a command under a training heading", s,
			[]audit.Document{tree("acme/falco", "main.py"),
				readme("# Falco\n## Training\n```\npython main.py --config big\n```\n")},
			map[string]string{"code.training.entry": "true"}},
		{"a command of another project under a training heading", s,
			[]audit.Document{tree("acme/falco", "README.md"),
				readme("# Falco\n## Fine-tuning\n```\ntool-cli train --model falco\n```\n")},
			map[string]string{"code.training.entry": "absent", "code.training.finetuning": "absent"}},
		{"a search in the data under a heading on that", s,
			[]audit.Document{tree("acme/falco", "look.py"),
				readme("# Falco\n## Training data\n```\npython look.py --text song\n```\n")},
			map[string]string{"code.training.entry": "absent"}},
		{"a client that is run after a tuning", s,
			[]audit.Document{tree("acme/falco", "api_request.py"),
				readme("# Falco\n## Fine-tuning\n```\npython api_request.py\n```\n")},
			map[string]string{"code.training.finetuning": "absent"}},
		{"what users would provide", s,
			[]audit.Document{readme("You would then provide paths to the train scripts in your settings.\n")},
			map[string]string{"code.training.entry": ""}},
		{"a link to a part of a trainer", s,
			[]audit.Document{tree("acme/falco", "README.md"),
				readme("All options: https://github.com/acme/falco/blob/main/falco/training/arguments.py\n")},
			map[string]string{"code.training.entry": "absent"}},
		{"a launcher of an evaluation", s,
			[]audit.Document{tree("acme/falco", "deepy.py", "evaluate.py"),
				readme("# Falco\n## Training\n```\npython ./deepy.py evaluate.py -d configs big.yml\n```\n")},
			map[string]string{"code.training.entry": "absent"}},
		{"a launcher of a training", s,
			[]audit.Document{tree("acme/falco", "deepy.py", "train.py"),
				readme("# Falco\n## Training\n```\npython ./deepy.py train.py -d configs big.yml\n```\n")},
			map[string]string{"code.training.entry": "true"}},
		{"a program that the package installs", s,
			[]audit.Document{tree("acme/falco", "falco/launcher/falco_runs.py"),
				readme("# Falco\n## Training\n```\nfalco-runs -n 2 -g 8\n```\n")},
			map[string]string{"code.training.entry": "true"}},
		{"a program of others", s,
			[]audit.Document{tree("acme/falco", "falco/launcher/falco_runs.py"),
				readme("# Falco\n## Training\n```\nwombat-runs -n 2 -g 8\n```\n")},
			map[string]string{"code.training.entry": "absent"}},
		{"news of another model's code", s,
			[]audit.Document{tree("acme/falco", "README.md"),
				readme("# Toolkit\nFalco is here.\n* Added WOMBAT training code\n")},
			map[string]string{"code.training.entry": "absent"}},
		{"news of code for a method", s,
			[]audit.Document{tree("acme/falco", "README.md"),
				readme("# Falco\nFalco is here.\n* Added GRPO training code\n")},
			map[string]string{"code.training.entry": "true"}},
		{"what prepares artifacts", s,
			[]audit.Document{tree("acme/falco", "scripts/run_prep_artifacts.sh"),
				readme("# Falco\n## Training\n```\nbash scripts/run_prep_artifacts.sh\n```\n")},
			map[string]string{"code.training.entry": "absent"}},
		{"a command that its own remark calls a tuning", s,
			[]audit.Document{tree("acme/falco", "configs/big/run.sh"),
				readme("# Falco\n## Training\n```\nsh configs/big/run.sh  ## fine-tune Falco\n```\n")},
			map[string]string{"code.training.entry": "absent", "code.training.finetuning": "true"}},
		{"a remark on something else", s,
			[]audit.Document{tree("acme/falco", "configs/big/run.sh"),
				readme("# Falco\n## Training\n```\nsh configs/big/run.sh  # on eight machines\n```\n")},
			map[string]string{"code.training.entry": "true"}},
		{"a trainer beside which the makers say that it is not what they used", s,
			[]audit.Document{tree("acme/falco", "trainer/LICENSE", "trainer/pretrain_gpt.py",
				"trainer/tools/preprocess_data.py"),
				readme("# Falco\nThe code in this repo is not the same code that was used to train the model.\n"),
				inFolder(readme("# Trainer\n## Training\n```\npython trainer/tools/preprocess_data.py\npython trainer/pretrain_gpt.py\n```\n"), "trainer/README.md")},
			map[string]string{"code.training.denied": "true", "code.data_processing": "absent",
				"code.training.entry": "absent", "code.training.pretraining": "absent"}},
		{"a folder's page that affirms what the front page denies", s,
			[]audit.Document{tree("acme/falco", "trainer/pretrain_gpt.py"),
				readme("# Falco\nThe code in this repo is not the same code that was used to train the model.\n"),
				inFolder(readme("# Trainer\nWe've provided several scripts for pretraining.\n"), "trainer/README.md")},
			map[string]string{"code.training.entry": "absent", "code.training.pretraining": "absent"}},
		{"a folder's page denies for that folder", s,
			[]audit.Document{tree("acme/falco", "pretrain.py"),
				readme("# Falco\nThis repository contains code for pretraining Falco.\n"),
				inFolder(readme("# Wombat\nWe do not release the training code of the voice.\n"), "voice/README.md")},
			map[string]string{"code.training.pretraining": "true"}},
		{"a page that is said to hold code", s,
			[]audit.Document{readme("# Falco\nThis repository contains code for training, finetuning and evaluating Falco models.\n")},
			map[string]string{"code.training.entry": "true"}},
		{"scripts that train a part of it", s,
			[]audit.Document{readme("# Falco\nThis folder contains scripts to train the tokenizer of Falco models.\n")},
			map[string]string{"code.training.entry": ""}},
		{"tuning is given out where training is not", s,
			[]audit.Document{tree("acme/falco", "pretrain.py", "finetune/run.py"),
				readme("# Falco\nWe do not release the pre-training code.\n## Fine-tuning\n```\npython finetune/run.py\n```\n")},
			map[string]string{"code.training.pretraining": "absent", "code.training.finetuning": "true"}},
		{"a page that is made of what was used to train", s,
			[]audit.Document{tree("acme/falco", "launchers/big.sh"),
				readme("# Falco\nScripts and configuration files used to pre-train the Falco family of language models.\n")},
			map[string]string{"code.training.pretraining": "true"}},
		{"what was used to train a part", s,
			[]audit.Document{tree("acme/falco", "launchers/big.sh"),
				readme("# Falco\nScripts used to train the tokenizer of the model.\n")},
			map[string]string{"code.training.pretraining": "absent", "code.training.entry": "absent"}},
		{"a package that is called after its repository", model("acme/falco-m4t-large", ""),
			[]audit.Document{tree("acme/falco_speech", "src/falco_speech/cli/m4t/finetune/finetune.py"),
				pageOf(audit.DocReadme, audit.RoleCode, "acme/falco_speech", "# Falco\nThe code of falco-m4t.\n")},
			map[string]string{"code.training.finetuning": "true"}},
		{"a repository of earlier versions", model("acme/Falco-4.5-21B", ""),
			[]audit.Document{tree("acme/Falco", "run_trainer.py"), pageOf(audit.DocReadme, audit.RoleCode, "acme/Falco",
				"# Falco\nFalco 1.0, Falco 2.0 and Falco 3.0 are here.\n## Training\n```\npython run_trainer.py\n```\n")},
			map[string]string{"code.training.entry": "not_fetched"}},
		{"a repository of all versions", model("acme/Falco-4.5-21B", ""),
			[]audit.Document{tree("acme/Falco", "run_trainer.py"), pageOf(audit.DocReadme, audit.RoleCode, "acme/Falco",
				"# Falco\nFalco 2.0, Falco 3.0 and Falco 4.5 are here.\n## Training\n```\npython run_trainer.py\n```\n")},
			map[string]string{"code.training.entry": "true"}},
		{"training under a heading on tuning is tuning", s,
			[]audit.Document{tree("acme/falco", "main.py"),
				readme("# Fine-tuning\n## Training on several machines\n```\npython main.py\n```\n")},
			map[string]string{"code.training.entry": "absent", "code.training.finetuning": "true"}},
	})
}

func TestAccess(t *testing.T) {
	s := model("acme/Falco-7B", "")
	readme := func(text string) audit.Document { return pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", text) }
	runCases(t, access, []factCase{
		{"a package named after the model", s, []audit.Document{readme("pip install falco-speech\n")},
			map[string]string{"access.package": "packaged", "access.api": "absent"}},
		{"a general library", s, []audit.Document{readme("pip install transformers\n")},
			map[string]string{"access.package": "absent"}},
		{"from source only", s, []audit.Document{readme("pip install git+https://github.com/acme/falco\n")},
			map[string]string{"access.package": "unversioned"}},
		{"a public page of the makers", s,
			[]audit.Document{readme("Try it: https://huggingface.co/spaces/acme/demo\n")},
			map[string]string{"access.api": "not_fetched"}},
		{"somebody else's page", s, []audit.Document{readme("See https://huggingface.co/spaces/rival/leaderboard\n")},
			map[string]string{"access.api": "absent"}},
		{"nothing to read", s, []audit.Document{lost(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B", audit.Failed)},
			map[string]string{"access.package": "not_fetched", "access.api": "not_fetched"}},
	})
}

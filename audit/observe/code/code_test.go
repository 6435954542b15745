package code

import (
	"slices"
	"testing"

	"openness/audit"
)

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
		"falco/tasks/finetune_songs.py":        nil, // a class of a package
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

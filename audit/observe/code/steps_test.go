package code

import (
	"strings"
	"testing"

	"openness/audit"
)

func TestTrainStep(t *testing.T) {
	for line, want := range map[string]bool{
		"python train.py --eval_steps 100":                             true,
		"torchrun --nproc_per_node 8 scripts/diffusion/train.py":       true,
		"accelerate launch -m falco_align.train \\":                    true,
		"bash finetune/scripts/run_sft_falco.sh":                       true,
		"sh configs/training_512/run.sh":                               true,
		"bash scripts/train/7b_16k.sh":                                 true,
		"bash scripts/train/${size}_16k.sh":                            true,
		"as in `ray_trainer.py <https://example.org/ray_trainer.py>`_": false,
		"python prepare_data.py":                                       true,
		"composer/launch.py":                                           false,
		"bash pretrained/download.sh":                                  false, // fetches what was pre-trained
		"python falco/trainer/rollout/vllm_rollout.py":                 false, // passes through a trainer's folder
		// "endpoint" is no preference training
		"python -m falco.server --register-api-endpoint-file a.json": false,
		"out = model.forward(ids)   # use 20B_tokenizer.json":        false,
		"from composer.loggers import TrainLogger":                   false,
		"python eval_sft.py":                                              false,
		"wget https://example.org/train.yaml":                             false,
		"see https://example.org/blob/main/train.py":                      false,
		"pip install -r requirements-train.yaml":                          false,
		"├── train.py   # the entry point":                                false, // a picture of folders
		"python -m falco_train.song_server --port 1":                      false,
		"python -m falco.grpo --steps 3":                                  true,
		"./scripts/train/build_image_and_launch.sh $NAME":                 false, // makes what it runs in
		"bash train_vae.sh":                                               false, // a part of a model
		"see ./grpo_trainer/run_math.sh\n>>>>>>> dev_side":                false, // left over from a merge
		"# python train.py":                                               false,
		"python train_tokenizer.py":                                       true,
		"[`FalcoTokenizer`](src/falco/tokenizer/encoder.py) is used here": false,
	} {
		if got := trainStep([]byte(line)) >= 0; got != want {
			t.Errorf("trainStep(%q) = %v, want %v", line, got, want)
		}
	}
}

// TestStepOfPackage: below a heading on training a program that a package installs is run for it where it is called
// after training or the model; one of the system is not.
func TestStepOfPackage(t *testing.T) {
	for line, want := range map[string]bool{
		"falco_song_trainer  \\": true, "falco-sing --steps=3": true, "  $ falco_sing --steps": true,
		"falco_download --all": false, "docker run": false, "falco_eval --all": false, "song-train --steps=3": true,
		"docker-compose -f songs.yml up": false, "nvidia-smi -l 1": false, "git-lfs --version": false,
	} {
		in := newInput(model("acme/Falco-7B", ""), docsOf("# Falco\n"))
		if got := in.trainRun(&in.Docs[0])([]byte(line)) >= 0; got != want {
			t.Errorf("trainRun(%q) = %v, want %v", line, got, want)
		}
	}
}

// TestStepsOfBlock: a block that prepares data and then trains documents the training.
func TestStepsOfBlock(t *testing.T) {
	in := newInput(model("acme/Falco-7B", ""),
		docsOf("# Falco\n## Training\n```\npython tools/preprocess.py --in songs\ntorchrun pretrain.py falco.yml\n```\n"))
	if got := in.CodeDocumentation(); len(got) != 1 || got[0].Value != "sparse" {
		t.Errorf("documented as %v, want sparse", got)
	}
}

// TestStepToQuote: of several steps the one that can be typed is quoted.
func TestStepToQuote(t *testing.T) {
	in := newInput(model("acme/Falco-7B", ""),
		docsOf("# Falco\n## Training\nThe settings are in `train_falco.yaml`, see there.\n## Fine-tuning\n```\nbash finetune.sh --go\n```\n"))
	if got := in.CodeDocumentation(); len(got) != 1 || got[0].Quote != "bash finetune.sh --go" {
		t.Errorf("quoted %v, want the command", got)
	}
}

// TestTrainingToQuote: a step of the training is quoted before one that makes data or a
// tokenizer.
func TestTrainingToQuote(t *testing.T) {
	for _, made := range []string{"python tokenizer_train.py --falco", "python3 filter/filter.py --falco in",
		"bash run_dedup.sh --falco", "python data/decontaminate.py --falco"} {
		in := newInput(model("acme/Falco-7B", ""),
			docsOf("# Falco\n## Training\n```\n"+made+"\n```\n## Fine-tuning\n```\nbash finetune.sh --go\n```\n"))
		if got := in.CodeDocumentation(); len(got) != 1 || !strings.HasSuffix(got[0].Quote, "bash finetune.sh --go") {
			t.Errorf("quoted %v, want the training", got)
		}
	}
}

// TestWholeToQuote: a step of the training is quoted before one of a tuning,
// whatever page comes first.
func TestWholeToQuote(t *testing.T) {
	at := func(path, command string) audit.Document {
		return inFolder(pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", "# Falco\n## Training\n```\n"+command+
			"\n```\n"), path)
	}
	in := newInput(model("acme/Falco-7B", ""), []audit.Document{at("finetuning/README.md", "python train.py --small"),
		at("pretraining/README.md", "python run_train.py --all")})
	if got := in.CodeDocumentation(); len(got) != 1 || got[0].Quote != "python run_train.py --all" {
		t.Errorf("quoted %v, want the training", got)
	}
}

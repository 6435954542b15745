package observe

import (
	"testing"

	"openness/audit"
)

func TestTrainStep(t *testing.T) {
	for line, want := range map[string]bool{
		"python train.py --eval_steps 100":                                true,
		"torchrun --nproc_per_node 8 scripts/diffusion/train.py":          true,
		"accelerate launch -m falco_align.train \\":                       true,
		"bash finetune/scripts/run_sft_falco.sh":                          true,
		"sh configs/training_512/run.sh":                                  true,
		"bash scripts/train/7b_16k.sh":                                    true,
		"bash scripts/train/${size}_16k.sh":                               true,
		"as in `ray_trainer.py <https://example.org/ray_trainer.py>`_":    false,
		"python prepare_data.py":                                          true,
		"composer/launch.py":                                              false,
		"bash pretrained/download.sh":                                     false, // fetches what was pre-trained
		"python falco/trainer/rollout/vllm_rollout.py":                    false, // passes through a trainer's folder
		"python -m falco.server --register-api-endpoint-file a.json":      false, // "endpoint" is no preference training
		"out = model.forward(ids)   # use 20B_tokenizer.json":             false,
		"from composer.loggers import TrainLogger":                        false,
		"python eval_sft.py":                                              false,
		"wget https://example.org/train.yaml":                             false,
		"see https://example.org/blob/main/train.py":                      false,
		"pip install -r requirements-train.yaml":                          false,
		"# python train.py":                                               false,
		"python train_tokenizer.py":                                       true,
		"[`FalcoTokenizer`](src/falco/tokenizer/encoder.py) is used here": false,
	} {
		if got := trainStep([]byte(line)) >= 0; got != want {
			t.Errorf("trainStep(%q) = %v, want %v", line, got, want)
		}
	}
}

func TestDocumentedSteps(t *testing.T) {
	const fact = "code.documentation"
	s := model("acme/Falco-7B", "")
	runCases(t, docs, []factCase{
		{"a script under a heading on making data", s, docsOf("# Falco\n## Data generation pipeline\n```\npython src/filter_by_length.py\n```\n"), map[string]string{fact: "sparse"}},
		{"a comment under such a heading", s, docsOf("# Falco\n## Data generation pipeline\n```\n# python src/steps.py\n```\n"), map[string]string{fact: "absent"}},
		{"how to call the model", s, docsOf("# Falco\n## Inference\n```\npython train.py\n```\n"), map[string]string{fact: "absent"}},
	})
}

// docsOf makes the documents of a repository with one page.
func docsOf(text string) []audit.Document {
	return []audit.Document{page(audit.DocReadme, audit.RoleCode, "acme/falco", text)}
}

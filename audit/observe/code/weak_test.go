package code

import "testing"

// TestRunsOther: the names and sizes in a command tell whose training it is.
func TestRunsOther(t *testing.T) {
	for _, c := range []struct {
		id, base, command string
		want              bool
	}{
		{"acme/Falco-34B", "", "bash finetune/scripts/run_sft_Falco_6b.sh", true},
		{"acme/Falco-34B", "", "bash finetune/scripts/run_sft_Falco_34b.sh", false},
		{"acme/Falco-34B", "", "bash finetune/scripts/run_sft.sh", false},
		{"acme/Falco3-Coder-480B", "", `PRETRAINED_MODEL="/path/to/Falco/Falco2___5-Coder-1___5B/"`, true},
		{"acme/Falco-32B", "acme/Falco-32B-Base", "bash scripts/train/finetune_8b.sh", true},
		{"acme/Falco-32B", "acme/Falco-32B-Base", "bash scripts/train/finetune_32b.sh", false},
		{"acme/Falco-32B", "", "python prepare.py --total 20B tokens", false},
		{"acme/Falco-7B", "", "python train.py --model_name_or_path Condor-7B", false},
		{"acme/Falco-7B", "", "python train.py --model_name_or_path Condor-2B", true},
		{"acme/Falco-7B", "", "sbatch recipes/launch.slurm condor-7b-beta sft full", true},
		{"acme/Falco-7B", "rival/Condor-7B", "sbatch recipes/launch.slurm condor-7b sft full", false},
		{"acme/Falco", "", "bash finetune_8b.sh", false},
	} {
		if got := newInput(model(c.id, c.base), nil).runsOther(c.command); got != c.want {
			t.Errorf("%s of %s: %q: %v, want %v", c.id, c.base, c.command, got, c.want)
		}
	}
}

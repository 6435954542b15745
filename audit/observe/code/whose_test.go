package code

import (
	"slices"
	"testing"

	"openness/audit"
)

// TestSettingsOfFamily: a command with the settings of another size shows how a family is trained where the model's
// own settings lie beside them, and otherwise how that other one is.
func TestSettingsOfFamily(t *testing.T) {
	const command = "python train.py Falco-3b-wide.yml"
	for _, c := range []struct {
		paths []string
		other bool
	}{
		{[]string{"models/3B/Falco-3b-wide.yml", "models/1B/Falco-1b.yml"}, false},
		{[]string{"models/3B/Falco-3b-wide.yml", "models/Falco.yml"}, true},
		{[]string{"models/1B/Falco-1b.yml"}, true},
	} {
		in := newInput(model("acme/Falco-1b", ""), []audit.Document{tree("acme/falco", c.paths...)})
		if got := in.trainsOther(command); got != c.other {
			t.Errorf("%q: another's run %v, want %v", c.paths, got, c.other)
		}
	}
}

// TestStepsOfTrainer: what a page tells of another project's trainer documents no code of the makers'.
func TestStepsOfTrainer(t *testing.T) {
	for run, want := range map[string]int{
		"torchrun src/train.py --stage sft": 0,
		"torchrun tools/train.py":           1,
		"torchrun fit/train.py":             1, // below a folder that the reader is in
		"torchrun train.py":                 1,
		"bash jobs/${size}/train.sh":        1,
	} {
		docs := []audit.Document{tree("acme/falco", "README.md", "tools/train.py", "falco/fit/loop.py"),
			pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", "# Falco\n\n## Training\n\n```bash\n"+run+"\n```\n")}
		in := newInput(model("acme/falco-1b", ""), docs)
		at := slices.IndexFunc(in.Docs, func(d audit.Document) bool { return d.Kind == audit.DocReadme })
		if got := len(in.ownSteps(&in.Docs[at])); got != want {
			t.Errorf("%s: %d steps, want %d", run, got, want)
		}
	}
}

// TestSetAbove: what a command takes from a variable is what was set above it.
func TestSetAbove(t *testing.T) {
	for block, want := range map[string]int{
		"MODEL=acme/falco-16b\npython tune.py --load $MODEL\n":                 0,
		"export MODEL=acme/falco-1b\npython tune.py --load ${MODEL}\n":         1,
		"OTHER=acme/falco-16b\npython tune.py --load $MODEL\n":                 1,
		"python eval.py acme/falco-16b\n```\n\n```\npython tune.py --load X\n": 1,
	} {
		d := pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", "# Falco\n\n## Fine-tuning\n\n```\n"+block+"```\n")
		in := newInput(model("acme/falco-1b", ""), []audit.Document{d})
		if got := len(in.CodeDocumentation()); got != want {
			t.Errorf("%q: %d documented, want %d", block, got, want)
		}
	}
}

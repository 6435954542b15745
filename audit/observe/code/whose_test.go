package code

import (
	"slices"
	"strings"
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

// TestAdapted: a sentence on another size's code goes on where the next says how it serves for this one.
func TestAdapted(t *testing.T) {
	const id = "acme/Falco-2B"
	for rest, want := range map[string]bool{
		" To adapt it to this model, change the id.": true,
		" It sings, and this model does not.":        false,
	} {
		in := newInput(model(id, ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, id,
			"# Falco 2B\n\nYou can find fine-tuning scripts in the repository of Falco-7B."+rest+"\n")})
		d := &in.Docs[0]
		at := strings.Index(string(d.Body), "You can")
		o := audit.Observe(d, "code.training.finetuning", "true", audit.Span{Start: at, End: at + len(
			"You can find fine-tuning scripts in the repository of Falco-7B.")}, "")
		kept := in.WithoutOthersRuns([]audit.Observation{o})
		if got := len(kept) == 1 && kept[0].Finding == audit.Present; got != want {
			t.Errorf("%q: kept %v, want %v", rest, kept, want)
		}
	}
}

// TestScriptBesideTuned: what the card of a model made from another maker's calls its training script tunes that; a
// model of no base or of its own makers' may have been trained whole with it, unless the card tells of a tuning alone.
func TestScriptBesideTuned(t *testing.T) {
	const sings, tuned = "Falco sings.", "Falco was fine-tuned from falco-base."
	for _, c := range []struct{ base, says, want string }{
		{"", sings, "code.training.entry"},
		{"acme/falco-base", sings, "code.training.entry"},
		{"acme/falco-base", tuned, "code.training.finetuning"},
		{"acme/falco-base", tuned + " Pre-training took a week.", "code.training.entry"},
		{"acme/falco-base", tuned + " Its code is at https://github.com/acme/falco.", "code.training.entry"},
		{"otherlab/merlin", sings, "code.training.finetuning"},
	} {
		base, want := c.base, c.want
		subject := model("acme/falco-1b", "")
		subject.Base = base
		card := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/falco-1b",
			"# Falco\n\n"+c.says+"\n\nThe code used to train the model is released: `train.py`.\n")
		found := Read(newInput(subject, []audit.Document{card}))
		if !slices.ContainsFunc(found, func(o audit.Observation) bool {
			return o.Fact == want && o.Finding == audit.Present
		}) || want != "code.training.entry" && slices.ContainsFunc(found, func(o audit.Observation) bool {
			return o.Fact == "code.training.entry" && o.Finding == audit.Present
		}) {
			t.Errorf("made from %q, %s: %v, want %s", base, c.says, found, want)
		}
	}
}

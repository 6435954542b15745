package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// TestAction runs the steps of action.yml as a runner does: each in bash, with
// the inputs in place of their expressions.
func TestAction(t *testing.T) {
	t.Parallel()
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash here")
	}
	program, err := exec.LookPath("openness") // testscript.Main put it there
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../../action.yml")
	if err != nil {
		t.Fatal(err)
	}
	var action struct {
		Inputs map[string]struct {
			Default string `yaml:"default"`
		} `yaml:"inputs"`
		Runs struct {
			Steps []struct {
				Name, If, Run string
				Env           map[string]string
			} `yaml:"steps"`
		} `yaml:"runs"`
	}
	if err := yaml.Load(text, &action); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	policy := "id: p\nversion: \"1\"\nname: P\nrequirements:\n  - {id: open, require: 'license.weights.openness == \"open\"', message: Not open.}\n"
	writeFile(t, filepath.Join(dir, "p.yaml"), policy)
	for name, c := range map[string]struct {
		inputs map[string]string
		want   string // the outcome, and the status of the last step
	}{
		"met": {map[string]string{"models": "# one\n  allenai/OLMo-7B # the model\n", "policy": "p.yaml"},
			"met 0"},
		"not known": {map[string]string{"models": "acme/unheard-of", "policy": "p.yaml"}, "undetermined 3"},
		"allowed": {map[string]string{"models": "acme/unheard-of", "policy": "p.yaml",
			"allow-undetermined": "true"}, "undetermined 0"},
		"bad policy": {map[string]string{"models": "allenai/OLMo-7B", "policy": "missing.yaml"}, " 2"},
		"not a shell": {map[string]string{"models": "$(touch pwned); `touch pwned`", "policy": "p.yaml"},
			"undetermined 3"},
	} {
		inputs := map[string]string{"openness": program, "audit": "false"}
		for input, d := range action.Inputs {
			if _, given := inputs[input]; !given {
				inputs[input] = d.Default
			}
		}
		for k, v := range c.inputs {
			inputs[k] = v
		}
		output := filepath.Join(dir, "output")
		writeFile(t, output, "")
		status := 0
		for _, step := range action.Runs.Steps {
			if strings.Contains(step.If, "audit == 'true'") && inputs["audit"] != "true" {
				continue
			}
			cmd := exec.Command(bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", step.Run)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "RUNNER_TEMP="+dir, "GITHUB_PATH="+filepath.Join(dir, "path"),
				"GITHUB_OUTPUT="+output, "GITHUB_STEP_SUMMARY="+filepath.Join(dir, "summary"))
			for variable, value := range step.Env {
				for input, given := range inputs {
					value = strings.ReplaceAll(value, "${{ inputs."+input+" }}", given)
				}
				cmd.Env = append(cmd.Env, variable+"="+value)
			}
			out, err := cmd.CombinedOutput()
			status = cmd.ProcessState.ExitCode()
			if err != nil {
				t.Logf("%s, %s: %s", name, step.Name, out)
				break
			}
		}
		outcome, err := os.ReadFile(output)
		if err != nil {
			t.Fatal(err)
		}
		got := strings.TrimPrefix(strings.TrimSpace(string(outcome)), "outcome=") + " " + string(rune('0'+status))
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "pwned")); err == nil {
		t.Error("a model's name ran as a command")
	}
	if sarif, err := os.ReadFile(filepath.Join(dir, "openness.sarif")); err != nil ||
		!strings.Contains(string(sarif), `"version": "2.1.0"`) {
		t.Errorf("no SARIF was written: %v", err)
	}
}

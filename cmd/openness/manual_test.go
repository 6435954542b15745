package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"openness/rubric"
)

// TestManualCommands: every command that the pages for people show is one, with
// flags that it has.
func TestManualCommands(t *testing.T) {
	shown := regexp.MustCompile(`(?m)^(?:\$ |    )openness (.+)$`)
	for _, page := range manualPages(t) {
		for _, m := range shown.FindAllStringSubmatch(read(t, page), -1) {
			line, _, _ := strings.Cut(m[1], "   ") // a remark may follow
			words := strings.Fields(strings.NewReplacer(">", " > ", "...", "").Replace(line))
			cmd, rest, err := newRootCommand(&environment{getenv: func(string) string { return "" }}).Find(words)
			if err != nil {
				t.Errorf("%s: %s: %v", page, m[0], err)
				continue
			}
			cmd.InitDefaultHelpFlag()
			if err := cmd.ParseFlags(rest); err != nil {
				t.Errorf("%s: %s: %v", page, m[0], err)
			}
		}
	}
}

// TestManualRubricCopy: what the README tells to copy a rubric with gives a file
// without faults.
func TestManualRubricCopy(t *testing.T) {
	copied := regexp.MustCompile(`(?m)^\$ openness (rubric show .+) > mine.yaml$`).FindStringSubmatch(read(t,
		"../../README.md"))
	if copied == nil {
		t.Fatal("the README copies no rubric")
	}
	var out bytes.Buffer
	root := newRootCommand(&environment{stdout: &out, stderr: &out, now: time.Now, getenv: func(string) string {
		return ""
	}})
	root.SetArgs(strings.Fields(copied[1]))
	if err := root.ExecuteContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := rubric.Parse("mine.yaml", out.Bytes()); err != nil {
		t.Errorf("%s: %v", copied[0], err)
	}
}

// TestManualPolicies: the policies that are shown as examples are policies.
func TestManualPolicies(t *testing.T) {
	block := regexp.MustCompile("(?s)```yaml\n(id: shipping.*?)```").FindStringSubmatch(read(t,
		"../../docs/rubrics.md"))
	if block == nil {
		t.Fatal("docs/rubrics.md shows no policy")
	}
	help := newCheckCommand(&globalOptions{}).Long
	start, end := strings.Index(help, "  id: shipping"), strings.Index(help, "\n\nA requirement is met")
	if start < 0 || end < start {
		t.Fatal("the help of check shows no policy")
	}
	for from, text := range map[string]string{"docs/rubrics.md": block[1],
		"check --help": strings.ReplaceAll(help[start:end]+"\n", "\n  ", "\n")[2:]} {
		if p, err := rubric.ParsePolicy(from, []byte(text)); err != nil || len(p.Requirements) == 0 {
			t.Errorf("%s: %v\n%s", from, err, text)
		}
	}
}

func manualPages(t *testing.T) []string {
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	return append(pages, "../../README.md")
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestReadmeShowsWhatIs: the ranking on the README's first screen, as text and as a
// picture, is what the program gives of the built-in models today.
func TestReadmeShowsWhatIs(t *testing.T) {
	readme, picture := read(t, "../../README.md"), read(t, "../../docs/images/ranking.svg")
	t.Chdir(t.TempDir()) // where no database is
	shown := regexp.MustCompile("(?s)\n\\$ openness (rank --only [^\n]+)\n(.*?)\n```").FindStringSubmatch(readme)
	if shown == nil {
		t.Fatal("the README shows no ranking")
	}
	if got := printed(t, strings.Fields(shown[1])...); !strings.HasPrefix(got, shown[2]+"\n") {
		t.Errorf("openness %s gives\n%s\nand the README shows\n%s", shown[1], got, shown[2])
	}
	printed(t, "figures", "--only",
		"gpt-neox-20b,github:EleutherAI/pythia,TinyLlama/TinyLlama-1.1B-Chat-v1.0,tiiuae/falcon-mamba-7b,"+
			"mistralai/Mistral-7B-Instruct-v0.1,github:QwenLM/Qwen2,microsoft/phi-2,google/gemma-2b-it,MiniMaxAI/MiniMax-M2.5")
	if read(t, filepath.Join("figures", "heatmap.svg")) != picture {
		t.Error("docs/images/ranking.svg is not what openness figures draws: draw it again with the models that this test names")
	}
}

// printed is what a command prints on 80 columns, with the built-in models.
func printed(t *testing.T, args ...string) string {
	t.Helper()
	var out, said bytes.Buffer
	root := newRootCommand(&environment{stdout: &out, stderr: &said, now: time.Now, getenv: func(name string) string {
		if name == "COLUMNS" {
			return "80"
		}
		return ""
	}})
	root.SetArgs(args)
	if err := root.ExecuteContext(t.Context()); err != nil {
		t.Fatalf("%v: %v\n%s", args, err, &said)
	}
	return out.String()
}

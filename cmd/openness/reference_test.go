package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// TestReference: docs/commands is what the commands say of themselves. "make
// reference" writes it anew.
func TestReference(t *testing.T) {
	const kept = "../../docs/commands"
	made := t.TempDir()
	var out bytes.Buffer
	env := &environment{stdin: strings.NewReader(""), stdout: &out, stderr: &out, now: time.Now,
		getenv: func(string) string { return "" }}
	root := newRootCommand(env)
	root.SetArgs([]string{"man", "--format", "markdown", "--out", made})
	if code := exitCode(root.ExecuteContext(t.Context())); code != exitDone {
		t.Fatalf("exit code %d: %s", code, &out)
	}
	pages := func(dir string) map[string]string {
		all := map[string]string{}
		names, err := fs.Glob(os.DirFS(dir), "*.md")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			all[name] = string(text)
		}
		return all
	}
	want, got := pages(made), pages(kept)
	if len(want) < 30 {
		t.Fatalf("%d pages", len(want))
	}
	for name, text := range want {
		if got[name] != text {
			t.Errorf("%s is not what the command says: run make reference", name)
		}
	}
	for name := range got {
		if want[name] == "" {
			t.Errorf("%s is of no command: run make reference", name)
		}
	}
}

// TestExamples: the help of every command, those that come with the library too, has an
// example.
func TestExamples(t *testing.T) {
	var walk func(*cobra.Command)
	walk = func(cmd *cobra.Command) {
		if !strings.Contains(cmd.Example, "openness ") {
			t.Errorf("%s has no example", cmd.CommandPath())
		}
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(newRootCommand(&environment{getenv: func(string) string { return "" }}))
}

package main

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

var updatePages = flag.Bool("update-pages", false, "write what commands print today into the pages for readers")

// shownCommand is a command with its output, in a page for readers. A last line "..." stands for what follows.
var shownCommand = regexp.MustCompile("(?s)```console\n\\$ (openness [^\n]+)\n(.*?)```\n")

// mostShown bounds how many lines of an output a page shows when it is made anew.
const mostShown = 18

// TestReaderPages: the pages for researchers, compliance officers and journalists
// show what the program prints of the built-in models today.
func TestReaderPages(t *testing.T) {
	pages, err := filepath.Glob("../../docs/for-*.md")
	if err != nil || len(pages) != 3 {
		t.Fatalf("pages for readers: %v, %v", pages, err)
	}
	for i, page := range pages {
		if pages[i], err = filepath.Abs(page); err != nil {
			t.Fatal(err)
		}
	}
	for _, page := range pages {
		t.Run(filepath.Base(page), func(t *testing.T) {
			text := read(t, page)
			t.Chdir(t.TempDir()) // where no database is
			for name, block := range profiles(text) {
				if err := os.WriteFile(name, []byte(block), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			shown := 0
			now := shownCommand.ReplaceAllStringFunc(text, func(block string) string {
				m := shownCommand.FindStringSubmatch(block)
				shown++
				return "```console\n$ " + m[1] + "\n" + asShown(runShown(t, m[1])) + "```\n"
			})
			if shown == 0 {
				t.Fatal("the page shows no command")
			}
			if *updatePages {
				if err := os.WriteFile(page, []byte(now), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if now != text {
				t.Errorf("%s shows what commands no longer print: go test ./cmd/openness -run TestReaderPages -update-pages\n%s", page, now)
			}
		})
	}
}

// profiles are the files that a page has its reader write.
func profiles(text string) map[string]string {
	files := make(map[string]string)
	if m := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindStringSubmatch(text); m != nil {
		files["company.yaml"] = m[1]
	}
	return files
}

// asShown cuts an output to what a page shows of it.
func asShown(output string) string {
	lines := strings.SplitAfter(output, "\n")
	if len(lines) <= mostShown+1 {
		return output
	}
	return strings.Join(lines[:mostShown], "") + "...\n"
}

// runShown runs a command as a reader would, on 80 columns. Its exit code may say
// that a policy was violated or a claim refuted; it may not fail or be bad usage.
func runShown(t *testing.T, command string) string {
	t.Helper()
	var out, said bytes.Buffer
	// The page stays as it is tomorrow, and tells of no day that has not come.
	now := func() time.Time { return time.Date(2026, 11, 29, 23, 0, 0, 0, time.UTC) }
	root := newRootCommand(&environment{stdout: &out, stderr: &said, now: now, getenv: func(name string) string {
		if name == "COLUMNS" {
			return "80"
		}
		return ""
	}})
	root.SetArgs(arguments(command)[1:])
	err := root.ExecuteContext(t.Context())
	code := &exitError{}
	if err != nil && (!errors.As(err, &code) || code.code < exitUnreached) {
		t.Fatalf("%s: %v\n%s", command, err, &said)
	}
	return out.String()
}

// arguments cuts a command line at blanks outside double quotes.
func arguments(line string) []string {
	words, quoted := []string{""}, false
	for _, r := range line {
		switch last := len(words) - 1; {
		case r == '"':
			quoted = !quoted
		case r == ' ' && !quoted:
			words = append(words, "")
		default:
			words[last] += string(r)
		}
	}
	return words
}

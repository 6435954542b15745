package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"openness/audit/replay"
	"openness/audit/replay/replaytest"
)

// auditor runs the audit command against a replay server and a database of its own.
type commandRun struct {
	t    *testing.T
	base string
	db   string
}

// run gives stdout and the exit code that the error stands for.
func (c commandRun) run(args ...string) (string, int) {
	c.t.Helper()
	var stdout, stderr bytes.Buffer
	settings := map[string]string{"HF_ENDPOINT": c.base, "GITHUB_API_URL": c.base, "OPENNESS_GITHUB_RAW_URL": c.base,
		"MODELSCOPE_ENDPOINT": c.base + "/modelscope", "OPENNESS_ARXIV_URL": c.base + "/arxiv",
		"OPENNESS_WEB_URL": c.base + "/web"}
	env := &environment{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr, now: time.Now,
		getenv: func(name string) string { return settings[name] }}
	root := newRootCommand(env)
	root.SetArgs(append(args, "--db", c.db))
	err := root.ExecuteContext(c.t.Context())
	code := exitCode(err)
	if code == exitFailed {
		c.t.Fatalf("%v: %v\n%s", args, err, &stderr)
	}
	return stdout.String(), code
}

// TestRequests counts what a cold and a second audit of a model with a base
// and one repository cost.
func TestRequests(t *testing.T) {
	server, base := replaytest.Start(t, "testdata/captures")
	c := commandRun{t, base, filepath.Join(t.TempDir(), "o.db")}

	c.run("audit", "acme/quokka-7b-chat", "--format", "json")
	counts := server.Counts()
	if got := counts[replay.HFAPI].Requests; got > 4 { // two models, and a call for each of their two datasets
		t.Errorf("a cold audit made %d calls of the hub's API, want at most 4", got)
	}
	if got := counts[replay.GitHubAPI].Requests; got > 2 {
		t.Errorf("a cold audit made %d calls of GitHub's API, want at most 2", got)
	}
	if counts[replay.HFResolve].Requests == 0 || counts[replay.GitHubRaw].Requests == 0 {
		t.Errorf("files were not read from file hosts: %+v", counts)
	}

	server.ResetLog()
	c.run("audit", "acme/quokka-7b-chat", "--format", "json")
	for _, r := range server.Requests() {
		if !r.Conditional && r.Status < 400 {
			t.Errorf("a second audit asked unconditionally: %s %s (%d)", r.Method, r.Path, r.Status)
		}
		if r.Kind == replay.GitHubAPI && r.Counted {
			t.Errorf("a second audit was counted against GitHub's quota: %s", r.Path)
		}
	}
}

var times = regexp.MustCompile(`"(assessed_at|retrieved_at)": "[^"]*"`)

// TestSameInputSameBytes: two audits differ in times alone.
func TestSameInputSameBytes(t *testing.T) {
	_, base := replaytest.Start(t, "testdata/captures")
	var outputs []string
	for range 2 {
		c := commandRun{t, base, filepath.Join(t.TempDir(), "o.db")}
		out, _ := c.run("audit", "acme/quokka-7b-chat", "other/shut-1b", "github:acme/quokka", "--rubric", "osai-2026",
			"--rubric", "radboud-2023", "--format", "json", "--jobs", "3")
		outputs = append(outputs, times.ReplaceAllString(out, `"$1": ""`))
	}
	if outputs[0] != outputs[1] {
		t.Error("the same input gave different bytes")
	}
	if !strings.Contains(outputs[0], `"class": "open"`) {
		t.Error("nothing was judged open, so the comparison shows nothing")
	}
}

// TestListedSystems audits every system of the published index whose sources
// are captured: what the replay lacks is undetermined, never closed, and no
// open or partial comes without a quote.
func TestListedSystems(t *testing.T) {
	t.Parallel()
	const list = "../../../shared/experts/osai-2026-06-targets.csv"
	if _, err := os.Stat(list); err != nil {
		t.Skip("the shared corpus is not here: the published systems are not audited")
	}
	if testing.Short() {
		t.Skip("auditing all published systems takes seconds: left out in short mode")
	}
	verified := []string{"33x-coder", "OLMo", "Yi", "deepseek-R1", "smollm"}
	some, systems := someListed(t, list, verified)
	_, base := replaytest.Start(t, "../../../shared/corpus")
	c := commandRun{t, base, filepath.Join(t.TempDir(), "o.db")}
	out, code := c.run("audit", "--from", some, "--rubric", "osai-2026", "--rubric", "radboud-2023", "--format", "json",
		"--quiet")
	if code != exitUnreached {
		t.Errorf("exit code %d, want %d: some sources are not captured", code, exitUnreached)
	}
	checkAssessments(t, []byte(out), systems*2)
	for _, label := range verified {
		if told, code := c.run("evidence", label, "--verify"); code != exitDone ||
			!strings.Contains(told, " 0 problems") {
			t.Errorf("evidence %s --verify: exit %d\n%s", label, code, told)
		}
	}
}

// someListed writes a list of every third system of a published one, with those that are
// named by their labels, and counts them: a third shows the same at a third of the cost.
// With OPENNESS_SLOW it is the whole list.
func someListed(t *testing.T, list string, named []string) (file string, systems int) {
	t.Helper()
	all, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	const published = 113
	head, rows, _ := strings.Cut(string(all), "\n")
	kept, n := []string{head}, 0
	for row := range strings.Lines(rows) {
		label, _, _ := strings.Cut(row, ",")
		if n++; n%3 == 0 || slices.Contains(named, label) || os.Getenv("OPENNESS_SLOW") != "" {
			kept = append(kept, strings.TrimSpace(row))
		}
	}
	if n != published {
		t.Errorf("%s lists %d systems, expected %d", list, n, published)
	}
	file = filepath.Join(t.TempDir(), "listed.csv")
	if err := os.WriteFile(file, []byte(strings.Join(kept, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return file, len(kept) - 1
}

package main

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"openness/audit/replay/replaytest"
)

// exits runs a program and demands its exit code: "exits 3 openness audit ...".
// Its output is in the files stdout.txt and stderr.txt.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARG...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	program, err := exec.LookPath(filepath.Join(filepath.SplitList(ts.Getenv("PATH"))[0], args[1]))
	ts.Check(err)
	command := exec.Command(program, args[2:]...)
	command.Dir = ts.MkAbs(".")
	command.Env = []string{"PATH=" + ts.Getenv("PATH"), "HOME=" + ts.Getenv("HOME"), "TMPDIR=" + ts.Getenv("TMPDIR"),
		cacheVariable + "=" + ts.Getenv(cacheVariable)}
	for _, name := range scriptVariables {
		command.Env = append(command.Env, name+"="+ts.Getenv(name))
	}
	stdout, err := os.Create(ts.MkAbs("stdout.txt"))
	ts.Check(err)
	defer stdout.Close()
	stderr, err := os.Create(ts.MkAbs("stderr.txt"))
	ts.Check(err)
	defer stderr.Close()
	command.Stdout, command.Stderr = stdout, stderr
	err = command.Run()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		ts.Fatalf("%v", err)
	}
	if got := command.ProcessState.ExitCode(); got != want {
		said, _ := os.ReadFile(ts.MkAbs("stderr.txt"))
		ts.Fatalf("exit code %d, want %d; stderr:\n%s", got, want, said)
	}
}

// scriptVariables are the settings of openness that scripts may set with env.
var scriptVariables = []string{"OPENNESS_DB", "NO_COLOR", "HF_ENDPOINT", "HF_TOKEN", "GITHUB_API_URL", "GITHUB_TOKEN",
	"OPENNESS_GITHUB_RAW_URL", "MODELSCOPE_ENDPOINT", "OPENNESS_ARXIV_URL", "OPENNESS_WEB_URL"}

func TestMain(m *testing.M) {
	testscript.Main(allTests{m}, map[string]func(){"openness": main, "natsserver": natsServer})
}

// allTests is the run of the tests, as opposed to one of the programs that they
// start, which are this binary too.
type allTests struct{ *testing.M }

// cacheVariable says where programs keep what they compiled.
const cacheVariable = "XDG_CACHE_HOME"

// Run runs the tests. The programs share a cache folder, so that PDFium is
// compiled and the built-in snapshot is filled once and not in each of hundreds of
// runs. Tests that run beside each other wait for hosts and processes more than
// they compute: twice as many as there are cores run at once.
func (m allTests) Run() int {
	folder, err := os.MkdirTemp("", "openness-cache")
	if err == nil {
		err = errors.Join(os.Setenv(cacheVariable, folder),
			flag.Set("test.parallel", strconv.Itoa(2*runtime.GOMAXPROCS(0))))
	}
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	return m.M.Run()
}

// TestScripts runs testdata/script: the manual, executable. Scripts that need
// the shared corpus start with "[!corpus] skip".
func TestScripts(t *testing.T) {
	shared, err := filepath.Abs("../../../shared")
	if err != nil {
		t.Fatal(err)
	}
	papers, err := filepath.Abs("../../audit/papers/text/testdata/papers")
	if err != nil {
		t.Fatal(err)
	}
	examples, err := filepath.Abs("../../examples")
	if err != nil {
		t.Fatal(err)
	}
	server, base := replaytest.Start(t, "testdata/captures")
	faulty := misbehaving(t, server)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv(cacheVariable, os.Getenv(cacheVariable))
			env.Setenv("SHARED", shared)
			env.Setenv("PAPERS", papers)
			env.Setenv("CLOSED", filepath.Join(papers, "../closed"))
			env.Setenv("EXAMPLES", examples)
			env.Setenv("FAULTS", faulty.URL)
			for _, name := range []string{"HF_ENDPOINT", "GITHUB_API_URL", "OPENNESS_GITHUB_RAW_URL"} {
				env.Setenv(name, base)
			}
			env.Setenv("MODELSCOPE_ENDPOINT", base+"/modelscope")
			env.Setenv("OPENNESS_ARXIV_URL", base+"/arxiv")
			env.Setenv("OPENNESS_WEB_URL", base+"/web")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "serving": serving, "get": get,
			"interrupt": interrupt, "replaying": replaying,
			"without": without, "determined": determined, "hostilefiles": hostilefiles, "version": setVersion,
			"sameaudits": sameaudits, "utf16": utf16File},
		Condition: func(cond string) (bool, error) {
			if cond == "corpus" {
				_, err := os.Stat(filepath.Join(shared, "corpus"))
				return err == nil, nil
			}
			return false, nil
		},
	})
}

// without copies a file but for the lines with a word: "without WORD FROM TO".
func without(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: without WORD FROM TO")
	}
	text, err := os.ReadFile(ts.MkAbs(args[1]))
	ts.Check(err)
	var kept strings.Builder
	left := 0
	for line := range strings.Lines(string(text)) {
		if strings.Contains(line, args[0]) {
			left++
			continue
		}
		kept.WriteString(line)
	}
	if left == 0 {
		ts.Fatalf("%s has no line with %q", args[1], args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(kept.String()), 0o644))
}

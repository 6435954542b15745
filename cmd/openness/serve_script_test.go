package main

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// A servingProcess is a server that a script started and may ask.
type servingProcess struct {
	command *exec.Cmd
	address string
}

// processes are the servers of the scripts that run, by script.
var processes sync.Map

// serving starts a server and waits for the address that it prints:
// "serving openness serve --listen 127.0.0.1:0". It is killed when the script
// ends, if it was not interrupted before.
func serving(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: serving PROGRAM ARG...")
	}
	program, err := exec.LookPath(filepath.Join(filepath.SplitList(ts.Getenv("PATH"))[0], args[0]))
	ts.Check(err)
	command := exec.Command(program, args[1:]...)
	command.Dir = ts.MkAbs(".")
	command.Env = []string{"PATH=" + ts.Getenv("PATH"), "HOME=" + ts.Getenv("HOME"), "TMPDIR=" + ts.Getenv("TMPDIR"),
		"OPENNESS_DB=" + ts.Getenv("OPENNESS_DB"), cacheVariable + "=" + ts.Getenv(cacheVariable)}
	command.Stderr, err = os.Create(ts.MkAbs("server.txt"))
	ts.Check(err)
	stdout, err := command.StdoutPipe()
	ts.Check(err)
	ts.Check(command.Start())
	ts.Defer(func() { _ = command.Process.Kill() })
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		said, _ := os.ReadFile(ts.MkAbs("server.txt"))
		ts.Fatalf("%v printed no address: %v\n%s", args, err, said)
	}
	processes.Store(ts, &servingProcess{command, strings.TrimSuffix(strings.TrimSpace(line), "/")})
}

// get asks the running server: "get STATUS PATH [METHOD]". The answer is in
// body.txt and its header in header.txt.
func get(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: get STATUS PATH [METHOD [HOST]]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	method, host := http.MethodGet, ""
	if len(args) > 2 {
		method = args[2]
	}
	if len(args) > 3 {
		host = args[3]
	}
	request, err := http.NewRequest(method, running(ts).address+args[1], nil)
	ts.Check(err)
	request.Host = host
	client := http.Client{Timeout: time.Minute}
	response, err := client.Do(request)
	ts.Check(err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs("body.txt"), body, 0o644))
	var header strings.Builder
	ts.Check(response.Header.Write(&header))
	ts.Check(os.WriteFile(ts.MkAbs("header.txt"), []byte(header.String()), 0o644))
	if response.StatusCode != want {
		ts.Fatalf("%s %s: %d, want %d: %s", method, args[1], response.StatusCode, want, body)
	}
}

// interrupt ends the running server as Ctrl-C does and demands that it exits 0.
func interrupt(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: interrupt")
	}
	command := running(ts).command
	ts.Check(command.Process.Signal(os.Interrupt))
	if err := command.Wait(); err != nil {
		said, _ := os.ReadFile(ts.MkAbs("server.txt"))
		ts.Fatalf("interrupted: %v\n%s", err, said)
	}
}

func running(ts *testscript.TestScript) *servingProcess {
	p, ok := processes.Load(ts)
	if !ok {
		ts.Fatalf("no server is running: start one with serving")
	}
	return p.(*servingProcess)
}

// Openness audits how open an AI model really is: it looks at model cards,
// licences, repositories and papers, judges them against published rubrics and
// shows the evidence for every judgement.
//
// Exit codes: 0 done; 1 failed; 2 bad usage; 3 finished, but some subject or
// source could not be reached; 4 a policy was violated or a claim refuted.
package main

import (
	"errors"
	"fmt"
	"os"
	"time"
)

// version is the tool's version, as every assessment records it. Releases set
// it with -ldflags "-X main.version=...".
var version = "0.1.0-dev"

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := untilSignal() // the first Ctrl-C stops in good order, a second one at once
	defer stop()
	output := &checkedOutput{File: os.Stdout}
	env := &environment{stdout: output, stderr: shown{os.Stderr}, screen: os.Stderr, stdin: os.Stdin, getenv: os.Getenv,
		now: time.Now}
	root := newRootCommand(env)
	err := endSoon(ctx, func() error { return root.ExecuteContext(ctx) })
	if lost := output.lost(); lost != nil && (err == nil || exitCode(err) == exitUnreached) {
		err = fmt.Errorf("results could not be written: %w", lost)
	}
	if said := (&exitError{}); err != nil && (!errors.As(err, &said) || said.err != nil) {
		(&globalOptions{env: env}).say("%v%s", err, adviceOn(err))
	}
	return exitCode(err)
}

package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/testscript"
)

// hostilefiles makes a folder of licences whose names would act on a terminal or
// pass for rows of a table: "hostilefiles DIR".
func hostilefiles(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: hostilefiles DIR")
	}
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o755))
	mit := "MIT License\n\nCopyright (c) 2020 Wombat\n\nPermission is hereby granted, free of charge, to any person obtaining a copy\n"
	for _, name := range []string{"\x1b]0;PWNED\x07\x1b[31mLICENSE", "a\n b  MIT 100 % yes yes yes", "\u202eESNECIL"} {
		ts.Check(os.WriteFile(filepath.Join(dir, name), []byte(mit), 0o644))
	}
}

// utf16File writes a text again as editors of another system save it: "utf16 FROM TO".
func utf16File(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: utf16 FROM TO")
	}
	wide := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(ts.ReadFile(args[0]))) {
		wide = binary.LittleEndian.AppendUint16(wide, unit)
	}
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[1])), 0o755))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), wide, 0o644))
}

// setVersion writes the schema version into the header of a database:
// "version FILE NUMBER".
func setVersion(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: version FILE NUMBER")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_RDWR, 0)
	ts.Check(err)
	defer f.Close()
	_, err = f.WriteAt(binary.BigEndian.AppendUint32(nil, uint32(n)), 60) // user_version, by SQLite's file format
	ts.Check(err)
}

// TestFirstSignalEnds sends one SIGTERM, or the SIGHUP of a terminal that closes, to
// commands that wait for input: they end in good order, and by themselves.
func TestFirstSignalEnds(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	program, err := exec.LookPath("openness")
	if err != nil {
		t.Fatal(err)
	}
	for i, args := range [][]string{{"license", pipe}, {"license", "-"}, {"audit", "--from", "-"},
		{"audit", "--from", pipe}, {"audit", "--from-warc", "-"},
		{"audit", "--from-warc", "/dev/zero", "a/b"}, {"rubric", "lint", pipe}, {"check", "--policy", pipe, "a/b"},
		{"validate", "--experts", pipe},
		{"rank", "--db", pipe}, {"report", "--scores", pipe}, {"factcheck", "--article", "-"}, {"replay", dir}} {
		t.Run(strings.Join(args[:len(args)-1], " "), func(t *testing.T) {
			t.Parallel()
			command := exec.Command(program, args...)
			command.Dir, command.Env = t.TempDir(), append(os.Environ(), "TMPDIR="+t.TempDir())
			in, hold, err := os.Pipe() // an input that never comes
			if err != nil {
				t.Fatal(err)
			}
			defer in.Close()
			defer hold.Close()
			command.Stdin = in
			var said strings.Builder
			command.Stderr = &said
			if err := command.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(1500 * time.Millisecond)
			told := []os.Signal{syscall.SIGTERM, syscall.SIGHUP}[i%2]
			if told == syscall.SIGHUP && signal.Ignored(syscall.SIGHUP) {
				t.Skip("run by nohup, under which a program outlives a hangup")
			}
			if err := command.Process.Signal(told); err != nil {
				t.Fatalf("ended before it was told to: %s", &said)
			}
			ended := make(chan error, 1)
			go func() { ended <- command.Wait() }()
			select {
			case <-ended:
			case <-time.After(10 * time.Second):
				_ = command.Process.Kill()
				t.Fatalf("alive 10 s after %v", told)
			}
			if !command.ProcessState.Exited() {
				t.Errorf("killed by %v, not ended by itself", told)
			}
			left, err := os.ReadDir(strings.TrimPrefix(command.Env[len(command.Env)-1], "TMPDIR="))
			if err != nil || len(left) > 0 {
				t.Errorf("left behind: %v %v", left, err)
			}
		})
	}
}

// TestFullOutput demands that no command calls lost output done.
func TestFullOutput(t *testing.T) {
	t.Parallel()
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	defer full.Close()
	program, err := exec.LookPath("openness")
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"--help"}, {"rank"}, {"catalogue"}, {"factcheck", "llama-3 is open source"},
		{"rubric", "list"}, {"rubric", "show", "osai-2026"},
		{"history", "llama-3"}, {"show", "llama-3"}, {"export", "--format", "snapshot"}, {"--version"}} {
		command := exec.Command(program, args...)
		command.Dir, command.Stdout = t.TempDir(), full
		var said strings.Builder
		command.Stderr = &said
		_ = command.Run()
		code := command.ProcessState.ExitCode()
		if code == exitDone || code == exitUnreached {
			t.Errorf("%v: exit code %d although nothing could be written", args, code)
		}
		if code == exitFailed && !strings.Contains(said.String(), "no space") && !strings.Contains(said.String(),
			"not stored") {
			t.Errorf("%v: %s", args, &said)
		}
	}
}

// TestLongExperts demands that a list of many systems takes no time that grows
// with its square: 30,000 systems took 9 seconds before.
func TestLongExperts(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "long.csv")
	var text strings.Builder
	text.WriteString("system,dimension,class\n")
	for i := range 40_000 {
		fmt.Fprintf(&text, "s%d,code,open\n", i)
	}
	writeFile(t, file, text.String())
	program, err := exec.LookPath("openness")
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(program, "rank", "--source", "experts", "--experts", file, "--rubric", "radboud-2023",
		"--format", "csv")
	if err := command.Run(); err != nil {
		t.Fatal(err)
	}
	if spent := command.ProcessState.UserTime(); spent > 8*time.Second {
		t.Errorf("40,000 systems took %v", spent)
	}
}

// TestExportFullDisk: a copy that does not fit names its own disk and leaves nothing.
func TestExportFullDisk(t *testing.T) {
	disk := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=40k", "tmpfs", disk).CombinedOutput(); err != nil {
		t.Skipf("no small disk can be mounted here (%s)", out)
	}
	defer func() { _ = exec.Command("umount", disk).Run() }()
	captures, list := writeCaptures(t, 2)
	o := newOutage(t, captures)
	db := filepath.Join(t.TempDir(), "big.db")
	o.run(exitDone, nil, "audit", "--from", list, "--db", db, "--quiet")
	_, said := o.run(exitFailed, nil, "export", "--format", "sqlite", "--db", db, "--out", filepath.Join(disk, "x.db"))
	if !strings.Contains(said, disk) || strings.Contains(said, "disk of \""+filepath.Dir(db)) {
		t.Errorf("the message names another disk: %s", said)
	}
	if left, err := os.ReadDir(disk); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

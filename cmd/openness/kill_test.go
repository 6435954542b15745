package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"openness/audit/replay"
)

// A rig is the real program against a replay of synthetic captures, with a say
// in what happens at each request.
type rig struct {
	t      *testing.T
	list   string
	server *replay.Server
	base   string

	mu     sync.Mutex
	asked  int
	before func(n int, r *http.Request) // called before the n-th request is answered
}

func newRig(t *testing.T, subjects int, set ...func(*replay.Options)) *rig {
	dir, list := writeCaptures(t, subjects)
	var options replay.Options
	for _, f := range set {
		f(&options)
	}
	server, err := replay.New(dir, options)
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{t: t, list: list, server: server}
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		r.mu.Lock()
		r.asked++
		n, before := r.asked, r.before
		r.mu.Unlock()
		if before != nil {
			before(n, q)
		}
		server.ServeHTTP(w, q)
	}))
	r.base = web.URL
	t.Cleanup(func() {
		web.CloseClientConnections()
		web.Close()
		server.Close()
	})
	return r
}

// at counts requests from zero again and sets what happens at them.
func (r *rig) at(before func(n int, q *http.Request)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked, r.before = 0, before
	r.server.ResetLog()
}

// A process is one run of the program.
type process struct {
	*exec.Cmd
	stdout, stderr bytes.Buffer
}

// command prepares an audit of the list. wrap, if any, is a program that runs it.
func (r *rig) command(db string, wrap ...string) *process {
	program, err := exec.LookPath("openness") // testscript.Main put it there
	if err != nil {
		r.t.Fatal(err)
	}
	line := append(wrap, program, "audit", "--from", r.list, "--db", db, "--format", "json", "--jobs", "4")
	p := &process{Cmd: exec.Command(line[0], line[1:]...)}
	p.Env = append(os.Environ(), "HF_ENDPOINT="+r.base, "GITHUB_API_URL="+r.base, "OPENNESS_GITHUB_RAW_URL="+r.base,
		"MODELSCOPE_ENDPOINT="+r.base+"/modelscope", "OPENNESS_ARXIV_URL="+r.base+"/arxiv", "OPENNESS_WEB_URL="+r.base+
			"/web", "HF_TOKEN=", "GITHUB_TOKEN=")
	p.Stdout, p.Stderr = &p.stdout, &p.stderr
	return p
}

// finish runs an audit to its end and gives its assessments without times. The
// captures lack a repository and papers, so the exit code is 3.
func (r *rig) finish(db string) string {
	r.t.Helper()
	p := r.command(db)
	if code := p.run(r.t); code != exitUnreached {
		r.t.Fatalf("exit code %d, want %d\n%s", code, exitUnreached, &p.stderr)
	}
	return times.ReplaceAllString(p.stdout.String(), `"$1": ""`)
}

// run gives the exit code, -1 for a process that was killed.
func (p *process) run(t *testing.T) int {
	t.Helper()
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	return p.wait(t)
}

func (p *process) wait(t *testing.T) int {
	t.Helper()
	var ended *exec.ExitError
	if err := p.Wait(); err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	return p.ProcessState.ExitCode()
}

// stored lists the URLs whose answers a database holds, and demands that the
// file is sound.
func stored(t *testing.T, file string) map[string]bool {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var sound string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&sound); err != nil || sound != "ok" {
		t.Fatalf("integrity_check: %q, %v", sound, err)
	}
	urls := map[string]bool{}
	rows, err := db.Query("SELECT url FROM fetches WHERE outcome IN ('fetched', 'not_modified', 'absent')")
	if err != nil {
		if strings.Contains(err.Error(), "no such table") {
			return urls // killed before the file was made
		}
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var url string
		if err := rows.Scan(&url); err != nil {
			t.Fatal(err)
		}
		urls[url] = true
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return urls
}

// public is the URL that a request to the replay stands for, as far as one can
// be stored.
func public(r replay.Request) string {
	switch r.Kind {
	case replay.GitHubAPI:
		return "https://api.github.com" + r.Path
	case replay.GitHubRaw:
		return "https://raw.githubusercontent.com" + r.Path
	}
	return "https://huggingface.co" + r.Path
}

// TestKill kills audits of 40 models at random points and runs them again:
// the file is sound, what was stored is not asked for again, and the result is
// that of a run that nobody disturbed. OPENNESS_SLOW=1 takes 100 models and tries
// 52 points, for which it takes some five minutes on two cores.
func TestKill(t *testing.T) {
	subjects, points, streams := 40, 4, 2
	switch {
	case testing.Short():
		points = 2
	case os.Getenv("OPENNESS_SLOW") != "":
		subjects, points, streams = 100, 52, 4
	}
	for i := range streams {
		t.Run(fmt.Sprintf("stream %d", i), func(t *testing.T) {
			t.Parallel()
			killAndResume(t, uint64(i), subjects, points/streams)
		})
	}
}

// killAndResume tries so many points, drawn from a seed.
func killAndResume(t *testing.T, seed uint64, subjects, points int) {
	r := newRig(t, subjects)
	want := r.finish(filepath.Join(t.TempDir(), "whole.db"))
	total := len(r.server.Requests())
	if strings.Count(want, `"openness.assessment/1"`) != subjects || total < 2*subjects {
		t.Fatalf("%d assessments in %d requests", strings.Count(want, `"openness.assessment/1"`), total)
	}
	random := rand.New(rand.NewPCG(6, seed))
	var kept, middle int
	for range points {
		db := filepath.Join(t.TempDir(), "killed.db")
		n, late := 1+random.IntN(total), time.Duration(random.IntN(4000))*time.Microsecond
		r.kill(db, n, late)
		had := stored(t, db)
		r.resume(t, db, had, want)
		kept += len(had)
		if len(had) > 0 && len(r.server.Requests()) > 0 {
			middle++
		}
	}
	if middle < points*3/4 {
		t.Errorf("only %d of %d kills hit the crawl in its middle", middle, points)
	}
	t.Logf("%d kills, %d in the middle of the crawl; %d requests in a whole run, %d answers stored before a kill on average", points, middle, total, kept/points)
}

// resume runs an audit again that was stopped when the database held some
// answers, and demands that it ends as if nothing had been.
func (r *rig) resume(t *testing.T, db string, had map[string]bool, want string) {
	t.Helper()
	r.at(nil)
	if got := r.finish(db); got != want {
		t.Error("the resumed run ends otherwise than one that was not stopped")
	}
	for _, q := range r.server.Requests() {
		if had[public(q)] {
			t.Errorf("asked again for what was stored: %s", q.Path)
		}
	}
	stored(t, db)
}

// kill starts an audit and kills it a little after its n-th request.
func (r *rig) kill(db string, n int, late time.Duration) {
	p := r.command(db)
	var once sync.Once
	started := make(chan struct{}) // the process may ask before Start has told us of it
	r.at(func(i int, _ *http.Request) {
		if i >= n {
			once.Do(func() {
				time.AfterFunc(late, func() {
					<-started
					_ = p.Process.Kill()
				})
			})
		}
	})
	if err := p.Start(); err != nil {
		r.t.Fatal(err)
	}
	close(started)
	p.wait(r.t) // a run that was quicker than its killer has ended, and is resumed all the same
}

// TestInterrupt: Ctrl-C ends an audit within a second, whatever it waits for,
// with exit code 1 and a message that says how to go on.
func TestInterrupt(t *testing.T) {
	r := newRig(t, 30)
	want := r.finish(filepath.Join(t.TempDir(), "whole.db"))
	release := make(chan struct{})
	for name, before := range map[string]func(*http.Request){
		"working": nil,
		"waiting for a server": func(q *http.Request) {
			select {
			case <-release:
			case <-q.Context().Done():
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			db := filepath.Join(t.TempDir(), "stopped.db")
			p := r.command(db)
			reached := make(chan struct{})
			var once sync.Once
			r.at(func(n int, q *http.Request) {
				if n >= 40 {
					once.Do(func() { close(reached) })
					if before != nil {
						before(q)
					}
				}
			})
			if err := p.Start(); err != nil {
				t.Fatal(err)
			}
			<-reached
			asked := time.Now()
			if err := p.Process.Signal(syscall.SIGINT); err != nil {
				t.Fatal(err)
			}
			code, took := p.wait(t), time.Since(asked)
			if code != exitFailed || took > time.Second {
				t.Errorf("exit code %d after %v, want %d within a second", code, took, exitFailed)
			}
			if said := p.stderr.String(); !strings.Contains(said, "the same command goes on from there") ||
				strings.Contains(said, "failed") {
				t.Errorf("stderr: %s", said)
			}
			if p.stdout.Len() > 0 {
				t.Errorf("stdout of a run that was stopped: %.200s", &p.stdout)
			}
			r.resume(t, db, stored(t, db), want)
		})
	}
}

// TestTwoProcesses: two audits of one list into one file both finish, with the
// same result.
func TestTwoProcesses(t *testing.T) {
	r := newRig(t, 40)
	want := r.finish(filepath.Join(t.TempDir(), "whole.db"))
	db := filepath.Join(t.TempDir(), "shared.db")
	var both [2]*process
	for i := range both {
		both[i] = r.command(db)
		if err := both[i].Start(); err != nil {
			t.Fatal(err)
		}
	}
	for i, p := range both {
		code := p.wait(t)
		if got := times.ReplaceAllString(p.stdout.String(), `"$1": ""`); code != exitUnreached || got != want {
			t.Errorf("process %d: exit code %d, same result %v\n%s", i, code, got == want, &p.stderr)
		}
	}
	stored(t, db)
}

// TestFullDisk: a disk that is full ends the run with a message that says so;
// with room again the same command goes on and loses nothing.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	r := newRig(t, 100)
	want := r.finish(filepath.Join(t.TempDir(), "whole.db"))
	disk := tinyDisk(t, "700k")
	r.at(nil)
	db := filepath.Join(disk, "o.db")
	p := r.command(db)
	code := p.run(t)
	if said := p.stderr.String(); code != exitFailed || !strings.Contains(said, "is full") ||
		!strings.Contains(said, "make room") || !strings.Contains(said, "goes on from there") {
		t.Fatalf("exit code %d, stderr: %s", code, said)
	}
	if n := len(r.server.Requests()); n >= 250 {
		t.Errorf("%d requests: the crawl went on without a store", n)
	}
	kept := stored(t, db)
	if len(kept) == 0 {
		t.Error("nothing was stored before the disk was full")
	}
	if out, err := exec.Command("mount", "-o", "remount,size=64m", disk).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	r.resume(t, db, kept, want)
}

// tinyDisk mounts a disk of a few pages in memory; that needs privileges.
func tinyDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size="+size, "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no small disk can be mounted here (%s): a full disk is not tried", bytes.TrimSpace(out))
	}
	t.Cleanup(func() { _ = exec.Command("umount", "-l", dir).Run() })
	return dir
}

// TestFileBound: a file that may not grow further, as a quota of the user's
// does, is told apart from success too.
func TestFileBound(t *testing.T) {
	t.Parallel()
	r := newRig(t, 100)
	want := r.finish(filepath.Join(t.TempDir(), "whole.db"))
	shell, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash: a bound on file sizes is not tried")
	}
	db := filepath.Join(t.TempDir(), "o.db")
	p := r.command(db, shell, "-c", `ulimit -f 500; exec "$0" "$@"`)
	code := p.run(t)
	if said := p.stderr.String(); code != exitFailed || !strings.Contains(said, "goes on from there") ||
		!strings.Contains(said, "free space") && !strings.Contains(said, "is full") {
		t.Fatalf("exit code %d, stderr: %.2000s", code, said)
	}
	r.resume(t, db, stored(t, db), want)
}

// TestLocked: a database that another process writes to for a while is waited
// for; one that stays locked ends the run with a message, and nothing is lost.
func TestLocked(t *testing.T) {
	t.Parallel()
	t.Run("a while", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, 20)
		want := r.finish(filepath.Join(t.TempDir(), "whole.db"))
		db := filepath.Join(t.TempDir(), "o.db")
		r.lockAt(t, db, 20, time.Second)
		if got := r.finish(db); got != want {
			t.Error("the run ends otherwise")
		}
	})
	t.Run("for good", func(t *testing.T) {
		if testing.Short() {
			t.Skip("waits for the store's whole patience: left out in short mode")
		}
		t.Parallel()
		r := newRig(t, 20)
		want := r.finish(filepath.Join(t.TempDir(), "whole.db"))
		db := filepath.Join(t.TempDir(), "o.db")
		unlock := r.lockAt(t, db, 20, time.Hour)
		p := r.command(db)
		code := p.run(t)
		if said := p.stderr.String(); code != exitFailed ||
			!strings.Contains(said, "another process has been writing") ||
			!strings.Contains(said, "goes on from there") {
			t.Errorf("exit code %d, stderr: %s", code, said)
		}
		unlock()
		r.resume(t, db, stored(t, db), want)
	})
}

// lockAt locks the database for writing at the n-th request, for so long or
// until the function that it returns is called.
func (r *rig) lockAt(t *testing.T, file string, n int, long time.Duration) (unlock func()) {
	ctx, cancel := context.WithCancel(context.Background())
	locked := make(chan struct{})
	released := make(chan struct{})
	go func() {
		defer close(released)
		select {
		case <-locked:
		case <-ctx.Done():
			return
		}
		select {
		case <-time.After(long):
		case <-ctx.Done():
		}
	}()
	var once sync.Once
	r.at(func(i int, _ *http.Request) {
		if i < n {
			return
		}
		once.Do(func() {
			db, err := sql.Open("sqlite3", fmt.Sprintf("file:%s?_busy_timeout=5000&_txlock=immediate", file))
			if err != nil {
				t.Error(err)
				return
			}
			tx, err := db.Begin()
			if err != nil {
				t.Error(err)
			}
			close(locked)
			go func() {
				<-released
				if tx != nil {
					_ = tx.Rollback()
				}
				db.Close()
			}()
		})
	})
	unlock = func() {
		cancel()
		<-released
	}
	t.Cleanup(unlock)
	return unlock
}

package main

import (
	"context"
	"database/sql"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A fleet is an audit that hands out, its workers and their servers.
type fleet struct {
	*rig
	servers *servers
	db      string
	token   string // of all workers
}

// audit prepares the one that hands out. It has no way to the hubs.
func (f *fleet) audit(url string) *process {
	p := f.command(f.db)
	p.Args = append(p.Args, "--queue", url, "--queue-lease", "2s")
	for i, setting := range p.Env {
		if name, value, _ := strings.Cut(setting, "="); strings.HasPrefix(value, f.base) {
			p.Env[i] = name + "=http://127.0.0.1:1"
		}
	}
	return p
}

// work starts a worker.
func (f *fleet) work(url string, more ...string) *process {
	f.t.Helper()
	p := f.command("")
	p.Args = append([]string{p.Args[0], "work", "--queue", url, "--queue-lease", "2s", "--jobs", "2"}, more...)
	p.Env = append(p.Env, "OPENNESS_DB=", "TMPDIR="+f.t.TempDir(), "HF_TOKEN="+f.token, "GITHUB_TOKEN="+f.token)
	if err := p.Start(); err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(func() { p.end() })
	return p
}

// end kills a process that may have ended.
func (p *process) end() {
	if p.ProcessState == nil {
		_ = p.Process.Kill()
		_ = p.Cmd.Wait()
	}
}

// within waits for a process, and fails the test if it takes too long.
func (p *process) within(t *testing.T, most time.Duration) int {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), most)
	defer cancel()
	stop := context.AfterFunc(ctx, func() { _ = p.Process.Kill() })
	defer stop()
	code := p.wait(t)
	if code < 0 {
		t.Fatalf("not done within %v\n%s", most, &p.stderr)
	}
	return code
}

// crawls counts those of each subject that has other than one.
func crawls(t *testing.T, file string) (subjects int, others map[string]int) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(`SELECT s.model, (SELECT count(*) FROM crawls c WHERE c.subject = s.id), (SELECT count(*) FROM assessments a
		JOIN crawls c ON c.id = a.crawl WHERE c.subject = s.id) FROM subjects s`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	others = make(map[string]int)
	for rows.Next() {
		var model string
		var stored, assessed int
		if err := rows.Scan(&model, &stored, &assessed); err != nil {
			t.Fatal(err)
		}
		if subjects++; stored != 1 || assessed != 1 {
			others[model] = stored
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return subjects, others
}

// same demands that what a fleet printed and stored is what one machine did.
func (f *fleet) same(p *process, one string, subjects int) {
	f.t.Helper()
	got, err := timeless(p.stdout.Bytes())
	if err != nil {
		f.t.Fatalf("%v\n%s", err, &p.stderr)
	}
	want, err := timeless([]byte(one))
	if err != nil {
		f.t.Fatal(err)
	}
	if got != want {
		a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
		for i := range min(len(a), len(b)) {
			if a[i] != b[i] {
				f.t.Errorf("differs from one machine's, such as\n%s\nfor\n%s", clip(a[i]), clip(b[i]))
				break
			}
		}
		f.t.Errorf("%d assessments, one machine made %d", len(a), len(b))
	}
	if n, others := crawls(f.t, f.db); n != subjects || len(others) > 0 {
		f.t.Errorf("%d subjects stored, want %d; not once: %v", n, subjects, others)
	}
}

func clip(s string) string { return s[:min(len(s), 1500)] }

// killsAt kills processes when so many requests have been made.
func killsAt(at map[int]*process, killed chan<- bool) func(int, *http.Request) {
	return func(n int, _ *http.Request) {
		if p := at[n]; p != nil && p.Process.Kill() == nil {
			killed <- true
		}
	}
}

// TestQueue: subjects are handed out over a real server. A worker and the one
// that hands out are killed on the way; the store is that of one machine.
func TestQueue(t *testing.T) {
	if testing.Short() {
		t.Skip("starts six processes")
	}
	t.Parallel()
	const subjects = 40
	r := newRig(t, subjects)
	one := r.command(filepath.Join(t.TempDir(), "one.db"))
	if code := one.run(t); code != exitUnreached {
		t.Fatalf("exit code %d\n%s", code, &one.stderr)
	}
	f := &fleet{rig: r, servers: startServers(t, 1), db: filepath.Join(t.TempDir(), "fleet.db"),
		token: "secret-of-a-token"}
	url := f.servers.url()
	first := f.work(url)
	f.work(url)
	killed := make(chan bool, 2)
	audit := f.audit(url)
	f.at(killsAt(map[int]*process{40: first, 90: audit}, killed))
	if err := audit.Start(); err != nil {
		t.Fatal(err)
	}
	if code := audit.wait(t); code != -1 {
		t.Fatalf("the audit was not killed: exit code %d\n%s", code, &audit.stderr)
	}
	f.at(nil)
	audit = f.audit(url)
	if err := audit.Start(); err != nil {
		t.Fatal(err)
	}
	if code := audit.within(t, 2*time.Minute); code != exitUnreached {
		t.Fatalf("exit code %d\n%s", code, &audit.stderr)
	}
	if len(killed) != 2 {
		t.Errorf("%d processes were killed, want 2", len(killed))
	}
	f.same(audit, one.stdout.String(), subjects)
	if left, err := f.servers.empty(); left != 0 || err != nil {
		t.Errorf("%d messages are left on the server (%v)", left, err)
	}
	if text, err := os.ReadFile(f.db); err != nil || strings.Contains(string(text), f.token) {
		t.Errorf("a token is in the store (%v)", err)
	}
}

// TestQueueEarlier: workers ask conditionally, and fall back, as one machine does
// that has seen the models before.
func TestQueueEarlier(t *testing.T) {
	if testing.Short() {
		t.Skip("starts several processes")
	}
	t.Parallel()
	const subjects = 7 // the sixth names a paper that is not there
	r := newRig(t, subjects)
	one := filepath.Join(t.TempDir(), "one.db")
	r.finish(one)
	f := &fleet{rig: r, servers: startServers(t, 1), db: filepath.Join(t.TempDir(), "fleet.db")}
	copied := exec.Command(r.command(one).Path, "export", "--format", "sqlite", "--db", one, "--out", f.db)
	if said, err := copied.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	fails := func(_ int, q *http.Request) {
		if strings.Contains(q.URL.Path, "wombat-2-7b-chat") {
			panic(http.ErrAbortHandler)
		}
	}
	r.at(fails)
	second := r.command(one)
	if code := second.run(t); code != exitUnreached || !strings.Contains(second.stdout.String(), `"stale"`) ||
		!strings.Contains(second.stdout.String(), `"not_modified"`) {
		t.Fatalf("exit code %d\n%s", code, &second.stderr)
	}
	r.at(fails)
	f.work(f.servers.url())
	audit := f.audit(f.servers.url())
	if err := audit.Start(); err != nil {
		t.Fatal(err)
	}
	if code := audit.within(t, 2*time.Minute); code != exitUnreached {
		t.Fatalf("exit code %d\n%s", code, &audit.stderr)
	}
	got, _ := timeless(audit.stdout.Bytes())
	want, _ := timeless(second.stdout.Bytes())
	if got != want {
		t.Errorf("differs from one machine's:\n%s\nfor\n%s", clip(got), clip(want))
	}
}

// TestQueueWords: what cannot be meant is said before anything is done.
func TestQueueWords(t *testing.T) {
	program, err := exec.LookPath("openness")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"work"}, "give --queue"},
		{[]string{"work", "--queue", "http://x:1"}, "no address of a NATS server"},
		{[]string{"work", "--queue", "nats://me:hush@"}, "no address"},
		{[]string{"work", "--queue", "nats://127.0.0.1:1", "--jobs", "0"}, "--jobs 0"},
		{[]string{"work", "--queue", "nats://127.0.0.1:1", "--queue-lease", "1ms"}, "a second is the least"},
		{[]string{"audit", "a/b", "--queue", "nats://127.0.0.1:1", "--offline"}, "leave out --offline"},
		{[]string{"audit", "a/b", "--queue", "nats://127.0.0.1:1", "--at", "2024-01-01"}, "leave out --at"},
	} {
		run := exec.Command(program, c.args...)
		run.Dir = t.TempDir()
		said, _ := run.CombinedOutput()
		if run.ProcessState.ExitCode() != exitUsage || !strings.Contains(string(said), c.want) ||
			strings.Contains(string(said), "hush") {
			t.Errorf("%v: exit code %d, %s", c.args, run.ProcessState.ExitCode(), said)
		}
	}
}

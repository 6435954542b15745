package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"openness/audit/replay"
)

// slowly skips a test that is not asked for, and says how many subjects it takes.
func slowly(t *testing.T, subjects int) int {
	t.Helper()
	if os.Getenv("OPENNESS_SLOW") == "" {
		t.Skip("OPENNESS_SLOW is not set: takes minutes")
	}
	n, err := strconv.Atoi(cmp.Or(os.Getenv("OPENNESS_QUEUE_SUBJECTS"), strconv.Itoa(subjects)))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// strict makes a replay count as the hubs do, with windows of a tenth.
func strict(o *replay.Options) { o.EnforceQuotas, o.Window = true, 0.1 }

// distant makes every answer take as long as one from far away.
func distant(int, *http.Request) { time.Sleep(50 * time.Millisecond) }

// oneMachine audits the list without a queue.
func (f *fleet) oneMachine() (assessments string, took time.Duration) {
	f.t.Helper()
	p := f.command(filepath.Join(f.t.TempDir(), "one.db"))
	p.Env = append(p.Env, "HF_TOKEN="+f.token, "GITHUB_TOKEN="+f.token)
	began := time.Now()
	if code := p.run(f.t); code != exitUnreached {
		f.t.Fatalf("exit code %d\n%s", code, &p.stderr)
	}
	return p.stdout.String(), time.Since(began)
}

// TestQueueKilled: four workers, three servers, quotas enforced, and one part or
// another killed twenty times on the way.
func TestQueueKilled(t *testing.T) {
	subjects := slowly(t, 2000)
	const kills = 20
	f := &fleet{rig: newRig(t, subjects, strict), servers: startServers(t, 3), db: filepath.Join(t.TempDir(),
		"fleet.db"), token: "one-for-all"}
	one, alone := f.oneMachine()
	t.Logf("one machine: %v, %d requests", alone.Round(time.Second), f.asked)
	f.at(nil)
	url := f.servers.url()
	var fleet []*process
	for range 4 {
		fleet = append(fleet, f.work(url))
	}
	began := time.Now()
	audit := f.audit(url)
	if err := audit.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan int, 1)
	await := func(p *process) {
		go func() { done <- p.wait(t) }()
	}
	await(audit)
	random := rand.New(rand.NewPCG(14, uint64(subjects)))
	interval := max(alone/kills/2, 500*time.Millisecond)
	killed := make(map[string]int)
	for n := 0; n < kills; n++ {
		select {
		case code := <-done:
			t.Fatalf("done (exit code %d) after %d kills: take more subjects\n%s", code, n, &audit.stderr)
		case <-time.After(interval/2 + time.Duration(random.Int64N(int64(interval)))):
		}
		switch part := random.IntN(9); {
		case part < 4:
			killed["worker"]++
			fleet[part].end()
			fleet[part] = f.work(url)
		case part < 7:
			killed["server"]++
			f.servers.kill(part - 4)
			time.Sleep(2 * time.Second)
			f.servers.start(part - 4)
			time.Sleep(2 * time.Second) // a cluster of three bears the loss of one at a time
		default:
			killed["audit"]++
			_ = audit.Process.Kill()
			if code := <-done; code != -1 {
				t.Fatalf("exit code %d\n%s", code, &audit.stderr)
			}
			audit = f.audit(url)
			if err := audit.Start(); err != nil {
				t.Fatal(err)
			}
			await(audit)
		}
	}
	t.Logf("killed: %v", killed)
	select {
	case code := <-done:
		if code != exitUnreached {
			t.Fatalf("exit code %d\n%s", code, &audit.stderr)
		}
	case <-time.After(20 * time.Minute):
		_ = audit.Process.Kill()
		t.Fatalf("not done\n%s\n%s", &audit.stderr, &fleet[0].stderr)
	}
	t.Logf("%d subjects by 4 workers over 3 servers: %v, %d requests", subjects, time.Since(began).Round(time.Second),
		f.asked)
	f.same(audit, one, subjects)
	if left, err := f.servers.empty(); left != 0 || err != nil {
		t.Errorf("%d messages are left on the servers (%v)", left, err)
	}
}

// TestQueueSpeed: hubs are far away, and more workers wait for more of them.
func TestQueueSpeed(t *testing.T) {
	subjects := slowly(t, 300)
	for _, servers := range []int{1, 3} {
		took := make(map[int]time.Duration)
		for _, n := range []int{1, 4} {
			f := &fleet{rig: newRig(t, subjects, strict), servers: startServers(t, servers),
				db: filepath.Join(t.TempDir(), "fleet.db"), token: "one-for-all"}
			f.at(distant)
			for range n {
				f.work(f.servers.url())
			}
			audit := f.audit(f.servers.url())
			began := time.Now()
			if code := audit.run(t); code != exitUnreached {
				t.Fatalf("exit code %d\n%s", code, &audit.stderr)
			}
			took[n] = time.Since(began)
			if n, others := crawls(t, f.db); n != subjects || len(others) > 0 {
				t.Errorf("%d subjects stored, want %d; not once: %v", n, subjects, others)
			}
		}
		t.Logf("%d subjects, answers after 50 ms, %d servers: 1 worker %v, 4 workers %v: %.1f times as fast", subjects,
			servers,
			took[1].Round(100*time.Millisecond), took[4].Round(100*time.Millisecond),
			took[1].Seconds()/took[4].Seconds())
	}
}

// tight makes a replay count in short windows that hold little: 3 seconds and 30
// requests of an interface of the hub with a token, where a subject takes two.
func tight(o *replay.Options) { o.EnforceQuotas, o.Window, o.Share = true, 0.01, 0.03 }

// TestQueueQuota: workers with one token wait together for its quota, which does for
// a part of the subjects only. Somebody else uses the token too and spends what is
// left, again and again, so that the workers are refused: of each time they learn from
// as many refusals as they have requests under way, and nothing is lost.
func TestQueueQuota(t *testing.T) {
	t.Parallel()
	const subjects, workers, jobs, every = 60, 2, 2, 40
	r := newRig(t, subjects)
	f := &fleet{rig: r, servers: startServers(t, 1), db: filepath.Join(t.TempDir(), "fleet.db"), token: "one-for-all"}
	one, _ := f.oneMachine()
	f.rig = newRig(t, subjects, tight)
	var refused, raids atomic.Int64
	f.base = refusing(t, f.rig, &refused, func(asked int, q *http.Request) {
		if asked%every == 0 {
			raids.Add(1)
			for range 40 { // more than a window holds
				f.server.ServeHTTP(httptest.NewRecorder(), askingAPI(q.Context(), "Bearer "+f.token))
			}
		}
	})
	for range workers {
		f.work(f.servers.url())
	}
	audit := f.audit(f.servers.url())
	if err := audit.Start(); err != nil {
		t.Fatal(err)
	}
	if code := audit.within(t, 5*time.Minute); code != exitUnreached {
		t.Fatalf("exit code %d\n%s", code, &audit.stderr)
	}
	f.same(audit, one, subjects)
	t.Logf("%d requests, %d refused for a quota that somebody else spent %d times", f.asked, refused.Load(),
		raids.Load())
	if n := refused.Load(); n == 0 || n > workers*jobs*raids.Load() {
		t.Errorf("%d requests were refused, want some, and at most %d", n, workers*jobs*raids.Load())
	}
	if strings.Contains(audit.stderr.String(), "quota") {
		t.Errorf("sources were lost to a quota:\n%s", &audit.stderr)
	}
}

// askingAPI is a question to the hub's interface that counts.
func askingAPI(ctx context.Context, credential string) *http.Request {
	q := httptest.NewRequestWithContext(ctx, http.MethodGet, "/api/models/nobody/nothing", nil)
	q.Header.Set("Authorization", credential)
	return q
}

// refusing passes requests on to a rig, tells of each beforehand, and counts the
// answers that refuse them.
func refusing(t *testing.T, r *rig, refused *atomic.Int64, before func(asked int, q *http.Request)) (base string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		r.mu.Lock()
		r.asked++
		asked := r.asked
		r.mu.Unlock()
		before(asked, q)
		r.server.ServeHTTP(&counting{w, refused}, q)
	}))
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	return server.URL
}

type counting struct {
	http.ResponseWriter
	refused *atomic.Int64
}

func (c *counting) WriteHeader(status int) {
	if status == http.StatusTooManyRequests || status == http.StatusForbidden {
		c.refused.Add(1)
	}
	c.ResponseWriter.WriteHeader(status)
}

// A wireToCut is a network line to a server that can be cut.
type wireToCut struct {
	listener net.Listener
	mu       sync.Mutex
	cut      bool
	open     []net.Conn
}

func newLine(t *testing.T, to int) *wireToCut {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &wireToCut{listener: listener}
	t.Cleanup(func() { listener.Close(); l.set(true) })
	go func() {
		for {
			a, err := listener.Accept()
			if err != nil {
				return
			}
			b, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", to))
			l.mu.Lock()
			if l.cut || err != nil {
				a.Close()
			} else {
				l.open = append(l.open, a, b)
				go func() { _, _ = io.Copy(a, b); a.Close() }()
				go func() { _, _ = io.Copy(b, a); b.Close() }()
			}
			l.mu.Unlock()
		}
	}()
	return l
}

// set cuts the line or mends it.
func (l *wireToCut) set(cut bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cut = cut; cut {
		for _, c := range l.open {
			c.Close()
		}
		l.open = nil
	}
}

func (l *wireToCut) url() string { return "nats://" + l.listener.Addr().String() }

// TestQueueCut: the network between a worker and the servers, and between the
// audit and the servers, is cut and mended.
func TestQueueCut(t *testing.T) {
	subjects := slowly(t, 200)
	f := &fleet{rig: newRig(t, subjects), servers: startServers(t, 1), db: filepath.Join(t.TempDir(), "fleet.db")}
	one, _ := f.oneMachine()
	toWorker, toAudit := newLine(t, f.servers.ports[0]), newLine(t, f.servers.ports[0])
	f.work(toWorker.url())
	f.work(f.servers.url())
	f.at(distant)
	audit := f.audit(toAudit.url())
	if err := audit.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		for range 3 {
			for _, l := range []*wireToCut{toWorker, toAudit} {
				time.Sleep(1500 * time.Millisecond)
				l.set(true)
				time.Sleep(3 * time.Second)
				l.set(false)
			}
		}
	}()
	if code := audit.within(t, 10*time.Minute); code != exitUnreached {
		t.Fatalf("exit code %d\n%s", code, &audit.stderr)
	}
	f.same(audit, one, subjects)
}

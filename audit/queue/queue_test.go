package queue

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"openness/audit"
)

// start starts a server that takes messages of 64 KiB at most.
func start(t *testing.T) (url string) {
	t.Helper()
	s, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: -1, NoLog: true, NoSigs: true, JetStream: true,
		StoreDir: t.TempDir(), MaxPayload: 64 << 10})
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	if !s.ReadyForConnections(10 * time.Second) {
		t.Fatal("no server")
	}
	return s.ClientURL()
}

func connect(t *testing.T, url string) *Queue {
	t.Helper()
	q, err := Connect(t.Context(), Options{URL: url, Name: "test", Lease: time.Second, Wait: 20 * time.Second,
		Say: t.Logf})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(q.Close)
	return q
}

// TestLongMessages: what is longer than the server takes goes by another way and
// leaves nothing behind; what is offered twice is looked at once.
func TestLongMessages(t *testing.T) {
	q := connect(t, start(t))
	r, err := q.Open(t.Context(), "a run")
	if err != nil {
		t.Fatal(err)
	}
	body := make([]byte, 300<<10)
	_, _ = rand.Read(body)
	known := []Known{{Last: document("https://a.example", string(body))}}
	for range 3 {
		for _, key := range []string{"one", "two"} {
			if err := r.Offer(t.Context(), key, &Job{Tool: "1", Target: []byte(`{}`), Settings: []byte(`{}`),
				Known: known}); err != nil {
				t.Fatal(err)
			}
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	var looks atomic.Int64
	var group sync.WaitGroup
	group.Go(func() {
		_ = q.Work(ctx, 2, 0, func(_ context.Context, _ string, j *Job) (*Result, error) {
			looks.Add(1)
			return &Result{Tool: j.Tool, Record: audit.Record{Documents: []audit.Document{j.Known[0].Last}}}, nil
		})
	})
	got := make(map[string]int)
	err = r.Collect(t.Context(), func(subject string, r *Result, problem error) (bool, error) {
		if problem != nil || !bytes.Equal(r.Record.Documents[0].Body, body) {
			t.Errorf("%s: %v", subject, problem)
		}
		got[subject]++
		return len(got) < 2, nil
	}, func() (bool, error) { return true, nil })
	if err != nil || got[Subject("one")] != 1 || got[Subject("two")] != 1 || looks.Load() != 2 {
		t.Errorf("%v, %v, %d looks", err, got, looks.Load())
	}
	stop()
	group.Wait()
	if err := r.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	store, err := q.js.ObjectStore(t.Context(), objectBucket)
	if err != nil {
		t.Fatal(err)
	}
	if left, err := store.List(t.Context()); err == nil && len(left) > 0 {
		t.Errorf("%d objects are left", len(left))
	}
}

// TestWorkerGivesUp: a subject over which workers end, again and again, is
// reported rather than handed out for ever; another version gives it back.
func TestWorkerGivesUp(t *testing.T) {
	url := start(t)
	q := connect(t, url)
	r, err := q.Open(t.Context(), "a run")
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Offer(t.Context(), "one", &Job{Tool: "1", Target: []byte(`{}`), Settings: []byte(`{}`)}); err != nil {
		t.Fatal(err)
	}
	err = q.Work(t.Context(), 1, 0, func(context.Context, string, *Job) (*Result, error) {
		return nil, fmt.Errorf("%w: 2, not 1", ErrVersion)
	})
	if !errors.Is(err, ErrVersion) {
		t.Errorf("another version: %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go func() {
		_ = q.Work(ctx, 1, 0, func(context.Context, string, *Job) (*Result, error) { return nil, errors.New("ends") })
	}()
	var failed string
	if err := r.Collect(t.Context(), func(_ string, r *Result, _ error) (bool, error) {
		failed = r.Failed
		return false, nil
	}, func() (bool, error) { return true, nil }); err != nil || !strings.Contains(failed, "workers ended over it") {
		t.Errorf("%q, %v", failed, err)
	}
	stop()
	if err := q.Work(t.Context(), 1, 100*time.Millisecond, nil); err != nil {
		t.Errorf("nothing to do: %v", err)
	}
}

// TestQuotasAreShared: workers together take no more than a host said is left,
// and all of it but the slices that one of them did not live to spend.
func TestQuotasAreShared(t *testing.T) {
	url := start(t)
	q := connect(t, url)
	if err := q.ensure(t.Context()); err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	reset := now.Add(time.Hour)
	const left = 200
	lenders := []*Lender{q.Quotas(), connect(t, url).Quotas(), connect(t, url).Quotas()}
	if wait := lenders[0].Take(t.Context(), "k", now); wait != 0 {
		t.Fatalf("nothing is known yet, and it waits %v", wait)
	}
	lenders[0].Learn(t.Context(), "k", left, reset, now)
	var taken atomic.Int64
	var group sync.WaitGroup
	for _, l := range lenders {
		group.Go(func() {
			for range left {
				if wait := l.Take(t.Context(), "k", now); wait == 0 {
					taken.Add(1)
				} else if wait != time.Hour {
					t.Errorf("waits %v", wait)
				}
			}
		})
	}
	group.Wait()
	if taken.Load() != left {
		t.Errorf("%d requests were let through, want %d", taken.Load(), left)
	}
	// The quota is filled up: whoever asks first tells.
	later := reset.Add(time.Second)
	if wait := lenders[1].Take(t.Context(), "k", later); wait != 0 {
		t.Errorf("after the reset it waits %v", wait)
	}
	lenders[1].Learn(t.Context(), "k", 1, later.Add(time.Hour), later)
	first, second := lenders[2].Take(t.Context(), "k", later.Add(lookAgain)), lenders[0].Take(t.Context(), "k",
		later.Add(lookAgain))
	if first != 0 || second == 0 {
		t.Errorf("one is left: the first waits %v, the second %v", first, second)
	}
}

// TestWaitsForServers: a server that comes late is waited for; one that never
// comes is not, for ever.
func TestWaitsForServers(t *testing.T) {
	_, err := Connect(t.Context(), Options{URL: "nats://user:hush@127.0.0.1:1", Wait: 700 * time.Millisecond,
		Say: t.Logf})
	if err == nil || !strings.Contains(err.Error(), "waited 700ms for a server") ||
		strings.Contains(err.Error(), "hush") {
		t.Errorf("%v", err)
	}
}

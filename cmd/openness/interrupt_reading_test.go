package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestInterruptReading sends SIGTERM while a card is read that is as long as one may
// be. Whatever is then being done with it, the program ends within a second.
func TestInterruptReading(t *testing.T) {
	const most = 7_900_000
	card := strings.Repeat("We do not release the training data. Falco-7B was [trained](https://x.example/) on books.\n", most/90)
	served := make(chan struct{}, 8)
	hub := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		switch {
		case strings.HasPrefix(q.URL.Path, "/api/models/acme/"):
			fmt.Fprintf(w, `{"id": "acme/Falco-7B", "sha": "%040d", "gated": false, "siblings": [{"rfilename": "README.md"}]}`, 1)
		case strings.HasSuffix(q.URL.Path, "/README.md"):
			fmt.Fprint(w, card)
			served <- struct{}{}
		default:
			http.NotFound(w, q)
		}
	}))
	defer hub.Close()
	fastest := time.Hour
	for _, after := range []time.Duration{100 * time.Millisecond, 400 * time.Millisecond, time.Second} {
		p := (&rig{t: t, base: hub.URL, list: "-"}).command(t.TempDir() + "/o.db")
		p.Stdin = strings.NewReader("acme/Falco-7B\n")
		if err := p.Start(); err != nil {
			t.Fatal(err)
		}
		select {
		case <-served:
		case <-time.After(30 * time.Second):
			_ = p.Process.Kill()
			t.Fatal("the card was not asked for")
		}
		time.Sleep(after)
		told := time.Now()
		if err := p.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatalf("%v after the card was served: %v\n%s", after, err, &p.stderr)
		}
		hung := time.AfterFunc(20*time.Second, func() { _ = p.Process.Kill() })
		code := p.wait(t)
		hung.Stop()
		took := time.Since(told)
		t.Logf("told %v after the card was served, ended after %v", after, took.Round(time.Millisecond))
		if code != exitFailed {
			t.Errorf("exit code %d, want %d\n%s", code, exitFailed, &p.stderr)
		}
		fastest = min(fastest, took)
	}
	if fastest > time.Second { // the fastest of all: the machine may have other work
		t.Errorf("ended %v after SIGTERM, want within a second", fastest)
	}
}

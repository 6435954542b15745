package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestServeSpeed starts the program over 10,000 models and measures when its
// first page is there, and how long dossiers take at eight connections. Bounds are
// generous: the machine does other work, and what is aimed at stands in docs.
func TestServeSpeed(t *testing.T) {
	if os.Getenv("OPENNESS_SLOW") == "" {
		t.Skip("fills a store of 10,000 models: with OPENNESS_SLOW=1 only")
	}
	const models, connections, dossiers = 10_000, 8, 2000
	db := benchmarkStore(t, models)
	program, err := exec.LookPath("openness")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	began := time.Now()
	server := exec.CommandContext(ctx, program, "serve", "--listen", "127.0.0.1:0", "--db", db.Path(), "--quiet")
	out, err := server.StdoutPipe()
	if err == nil {
		err = server.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	base := strings.TrimSpace(line)
	get := func(path string) time.Duration {
		asked := time.Now()
		response, err := http.Get(base + path)
		if err != nil {
			t.Error(err)
			return 0
		}
		defer response.Body.Close()
		if _, err := io.Copy(io.Discard, response.Body); err != nil || response.StatusCode != http.StatusOK {
			t.Errorf("GET %s: %d, %v", path, response.StatusCode, err)
		}
		return time.Since(asked)
	}
	get("")
	first := time.Since(began)
	took := make([]time.Duration, dossiers)
	var next atomic.Int64
	var group sync.WaitGroup
	for range connections {
		group.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= dossiers {
					return
				}
				m := i * 7919 % models
				took[i] = get(fmt.Sprintf("models/org-%d--model-%d.html", m%100, m))
			}
		})
	}
	group.Wait()
	slices.Sort(took)
	t.Logf("first page after %v; of %d dossiers at %d connections half within %v, 99 of 100 within %v", first, dossiers,
		connections,
		took[dossiers/2], took[dossiers*99/100])
	if first > 10*time.Second || took[dossiers*99/100] > 2*time.Second {
		t.Error("that is too slow")
	}
}

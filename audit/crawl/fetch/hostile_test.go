package fetch

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"openness/audit"
)

// TestDripping holds that a host which sends a byte now and then is given up
// within seconds, and that after three such answers it counts as down.
func TestDripping(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for slow bodies")
	}
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		w.Header().Set("Content-Length", "100000")
		for range 100_000 {
			fmt.Fprint(w, "x")
			w.(http.Flusher).Flush()
			select {
			case <-r.Context().Done():
				return
			case <-time.After(500 * time.Millisecond):
			}
		}
	}))
	defer server.Close()
	c := New(Options{Now: time.Now})
	defer c.Close()
	e := &Endpoint{Name: "test", Public: "https://public.example", Base: server.URL}
	began := time.Now()
	for i := range 8 {
		d, err := c.Get(context.Background(), Request{Endpoint: e, Bucket: "files",
			Document: audit.Document{URL: fmt.Sprintf("https://public.example/%d", i), Kind: audit.DocLicense}})
		if err != nil || d.Outcome != audit.Failed || !strings.Contains(d.Detail, "bytes a second") {
			t.Fatalf("%v %+v", err, d)
		}
	}
	if spent := time.Since(began); spent > 60*time.Second || asked.Load() > 3 {
		t.Errorf("8 files of a dripping host: %v and %d requests", spent, asked.Load())
	}
}

// TestSeveralLimitLines: the lines of a list are one list, of which the strictest counts.
func TestSeveralLimitLines(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	l := readLimit(now, http.Header{"Ratelimit": {`"burst";r=50;t=1`, `"daily";r=0;t=9`}})
	if l.remaining != 0 || l.reset.Sub(now) != 9*time.Second {
		t.Errorf("RateLimit: %+v", l)
	}
	l = readLimit(now, http.Header{"X-Ratelimit-Remaining": {"50", "0"}, "X-Ratelimit-Reset": {"30"}})
	if l.remaining != 0 {
		t.Errorf("X-RateLimit: %+v", l)
	}
	if l = readLimit(now, http.Header{"Retry-After": {"1", "9"}}); l.retryAfter != 9*time.Second {
		t.Errorf("Retry-After: %+v", l)
	}
}

// TestLongestWaitIsOfOne: --max-wait bounds each wait, and not their sum.
func TestLongestWaitIsOfOne(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) <= 2 {
			w.Header().Set("Retry-After", "2")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		fmt.Fprint(w, "here")
	}))
	defer server.Close()
	c := New(Options{Now: time.Now, MaxWait: 3 * time.Second})
	defer c.Close()
	e := &Endpoint{Name: "test", Public: "https://public.example", Base: server.URL}
	d, err := c.Get(context.Background(), Request{Endpoint: e, Bucket: "files",
		Document: audit.Document{URL: "https://public.example/a", Kind: audit.DocLicense}})
	if err != nil || d.Outcome != audit.Fetched {
		t.Errorf("two waits of 2 s under --max-wait 3s: %v %s %s", err, d.Outcome, d.Detail)
	}
}

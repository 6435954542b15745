package fetch

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"openness/audit"
	"openness/audit/replay/faults"
)

// asks makes a request for a subject's document.
func (tr *trial) asks(t *testing.T, subject, path string) audit.Document {
	t.Helper()
	r := tr.request(path)
	r.Target = subject
	d, err := tr.client.Get(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestFailing: where a host answers three subjects with errors alone the watcher is told once, and the host is asked on:
// whoever comes when it is well again is answered. One subject that a host stumbles over is no reason to say so.
func TestFailing(t *testing.T) {
	var asked atomic.Int32
	var well atomic.Bool
	server := faults.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if well.Load() || strings.HasPrefix(r.URL.Path, "/well") {
			fmt.Fprint(w, "{}")
			return
		}
		w.WriteHeader(http.StatusServiceUnavailable)
	})).URL
	tr := newTrial(t, server, nil)
	for i := range 5 {
		tr.asks(t, "acme/one", fmt.Sprintf("/one/%d", i))
	}
	if d := tr.asks(t, "acme/well", "/well"); d.Outcome != audit.Fetched || asked.Load() != 5*attempts+1 {
		t.Fatalf("one bad subject: the next one had %s, after %d requests", d.Outcome, asked.Load())
	}
	asked.Store(0)
	for i := range 9 {
		d := tr.asks(t, fmt.Sprintf("acme/%d", i), fmt.Sprintf("/many/%d", i))
		if d.Outcome != audit.Failed || !strings.Contains(d.Detail, "503") {
			t.Fatalf("subject %d: %s %q", i, d.Outcome, d.Detail)
		}
	}
	if got := asked.Load(); got != 9*attempts {
		t.Errorf("9 subjects of a host that fails: %d requests, want %d", got, 9*attempts)
	}
	told := 0
	for _, e := range tr.events {
		if e.Kind == Failing {
			told++
			if e.URL != public+"/many/2" || e.Status != http.StatusServiceUnavailable {
				t.Errorf("told of %s (%d)", e.URL, e.Status)
			}
		}
	}
	if told != 1 {
		t.Errorf("the watcher was told %d times that the host fails", told)
	}
	well.Store(true)
	if d := tr.asks(t, "acme/back", "/back"); d.Outcome != audit.Fetched {
		t.Errorf("as soon as it came back: %s %q", d.Outcome, d.Detail)
	}
}

// TestRedirectedAway: where a host sends a request on to a place that cannot be had, that place is not asked again; the
// host is.
func TestRedirectedAway(t *testing.T) {
	var asked atomic.Int32
	server := faults.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1); r.URL.Path == "/well" {
			fmt.Fprint(w, "{}")
			return
		}
		http.Redirect(w, r, "http://169.254.169.254/data", http.StatusFound)
	})).URL
	tr := newTrial(t, server, nil)
	first := tr.asks(t, "acme/one", "/away")
	second := tr.asks(t, "acme/one", "/away/too")
	if first.Outcome != audit.Failed || !strings.Contains(first.Detail, "not public") || second.Detail != first.Detail {
		t.Errorf("sent away: %s %q, then %q", first.Outcome, first.Detail, second.Detail)
	}
	if d := tr.asks(t, "acme/two", "/well"); d.Outcome != audit.Fetched || asked.Load() != 3 {
		t.Errorf("the host itself: %s %q after %d requests", d.Outcome, d.Detail, asked.Load())
	}
}

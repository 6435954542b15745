package crawl_test

import (
	"errors"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"openness/audit"
	"openness/audit/crawl"
	"openness/audit/observe"
	"openness/audit/replay"
	"openness/audit/replay/faults"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// allHazards is the whole battery.
func allHazards() []hazard { return append(slices.Clone(hazards), recordHazards...) }

// TestBatteryCounts keeps the battery from shrinking unseen.
func TestBatteryCounts(t *testing.T) {
	seen := map[string]bool{}
	battery := allHazards()
	for _, c := range battery {
		if seen[c.name] {
			t.Errorf("two cases are called %q", c.name)
		}
		seen[c.name] = true
	}
	if len(battery) < 130 {
		t.Errorf("%d cases, want at least 130", len(battery))
	}
	t.Logf("%d named hazards of a whole audit", len(battery))
}

// caseBound is the time that one case may take, retries, back-off and the race
// detector included.
const caseBound = 60 * time.Second

// TestBattery gathers and observes a model whose sources misbehave, each in one
// way, over the real clients. What could not be looked at must never be read
// as absent, and nothing hostile may be asked, believed or fatal.
func TestBattery(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	t.Run("cases", func(t *testing.T) {
		for _, c := range allHazards() {
			t.Run(c.name, func(t *testing.T) {
				if c.heavy && testing.Short() {
					t.Skip("takes minutes under the race detector: left out in short mode")
				}
				t.Parallel()
				started := time.Now()
				r := c.run(t)
				if took := time.Since(started); took > caseBound {
					t.Errorf("took %s", took)
				}
				if r != nil {
					checkRecord(t, r)
					c.check(t, r)
				}
			})
		}
	})
}

func (c hazard) run(t *testing.T) *result {
	server := faults.Serve(t, faults.Over(replayOf(t, c.files), c.over))
	crawler, err := crawl.New(crawl.Options{HFEndpoint: server.URL, GitHubAPI: server.URL, GitHubRaw: server.URL,
		ModelScope: server.URL + "/modelscope",
		ArXiv:      server.URL + "/arxiv", Web: server.URL + "/web", Now: time.Now, MaxWait: 10 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(crawler.Close)
	text := c.target
	if text == "" {
		text = "acme/model"
	}
	target, err := crawl.ParseTarget(text)
	if err != nil {
		t.Fatal(err)
	}
	if c.parsed != nil {
		target = *c.parsed
	}
	record, err := crawler.Gather(t.Context(), target)
	if c.refuses != "" {
		if !errors.Is(err, crawl.ErrTarget) || !strings.Contains(err.Error(), c.refuses) {
			t.Errorf("%v, want that it %s", err, c.refuses)
		}
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	record.Observations = observe.All(record.Subject, record.Documents)
	r := &result{Record: record}
	for _, q := range server.Requests() {
		r.asked = append(r.asked, q.URL.RequestURI())
	}
	return r
}

// replayOf serves the battery's captures with some of them replaced.
func replayOf(t *testing.T, changed map[string]string) http.Handler {
	dir := t.TempDir()
	for _, files := range []map[string]string{captures, changed} {
		for name, body := range files {
			file := filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	server, err := replay.New(dir, replay.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	return server
}

// checkRecord holds for every record, whatever went wrong.
func checkRecord(t *testing.T, r *result) {
	t.Helper()
	bodies := map[string]audit.Document{}
	failed := map[string]audit.Document{}
	for _, d := range r.Documents {
		has := d.Outcome == audit.Fetched || d.Outcome == audit.NotModified
		if has != (d.SHA256 != "") || has && audit.Hash(d.Body) != d.SHA256 {
			t.Errorf("%s: %s with hash %q", d.URL, d.Outcome, d.SHA256)
		}
		if !has && d.Outcome != audit.Absent && d.Detail == "" {
			t.Errorf("%s: %s without a word why", d.URL, d.Outcome)
		}
		if u, err := url.Parse(d.URL); err != nil || u.Scheme != "https" || strings.Contains(u.Path, "..") ||
			u.User != nil || strings.HasPrefix(u.Host, "127.") {
			t.Errorf("recorded under %q", d.URL)
		}
		bodies[d.URL+d.SHA256] = d
		if !d.Outcome.Looked() {
			failed[d.URL] = d
		}
	}
	for _, o := range r.Observations {
		d := bodies[o.URL+o.SHA256]
		if o.Finding == audit.Present && (o.End > len(d.Body) || o.Start > o.End ||
			string(d.Body[o.Start:o.End]) != o.Quote) {
			t.Errorf("%s of %s quotes %q, not bytes %d to %d", o.Fact, o.URL, o.Quote, o.Start, o.End)
		}
		if lost, ok := failed[o.URL]; ok && o.SHA256 == "" && (o.Finding == audit.NotThere ||
			o.Finding == audit.Present) {
			t.Errorf("%s is called %s by %s, which %s: %s", o.Fact, o.Finding, o.URL, lost.Outcome, lost.Detail)
		}
	}
}

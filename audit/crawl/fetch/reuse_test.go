package fetch

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"openness/audit"
	"openness/audit/replay/faults"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// shelf is a cache in memory.
type shelf struct {
	mu   sync.Mutex
	docs map[string]audit.Document
}

func (s *shelf) Lookup(_ context.Context, url string) (audit.Document, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d, ok := s.docs[url]
	return d, ok, nil
}

func (s *shelf) Keep(_ context.Context, d audit.Document) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.docs == nil {
		s.docs = map[string]audit.Document{}
	}
	s.docs[d.URL] = d
	return nil
}

// TestTokensInTurn: a token is used until it has nothing left, then the next
// one, without a refusal in between; when all are spent nothing is asked.
func TestTokensInTurn(t *testing.T) {
	const each = 3
	var mu sync.Mutex
	used := map[string]int{}
	server := faults.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token := r.Header.Get("Authorization")
		mu.Lock()
		used[token]++
		left := each - used[token]
		mu.Unlock()
		faults.Answer(http.StatusOK, "{}", date, fmt.Sprintf("X-RateLimit-Remaining: %d", max(left, 0)), reset(3000))(w,
			r)
	}))
	tr := newTrial(t, server.URL, nil)
	tr.end.Tokens = []string{"one", "two", "three"}
	for i := range 3*each + 2 {
		d, err := tr.client.Get(t.Context(), tr.request(fmt.Sprintf("/%d", i)))
		want := audit.Fetched
		if i >= 3*each {
			want = audit.Refused
		}
		if err != nil || d.Outcome != want {
			t.Errorf("request %d: %v %s, want %s: %s", i, err, d.Outcome, want, d.Detail)
		}
	}
	for _, token := range tr.end.Tokens {
		if used["Bearer "+token] != each {
			t.Errorf("token %q was used %d times, want %d", token, used["Bearer "+token], each)
		}
	}
	if tr.clock.slept != 0 {
		t.Errorf("waited %s while tokens were left", tr.clock.slept)
	}
}

// TestShutGate: what a gate refused to nobody in particular is not asked for
// again while the gate is known to be shut, and is asked for in all other cases.
func TestShutGate(t *testing.T) {
	refuse := faults.Answer(http.StatusUnauthorized, "", "X-Error-Code: GatedRepo", "X-Error-Message: restricted")
	for _, c := range []struct {
		name   string
		change func(*trial, *Request)
		asked  int
	}{
		{"still shut", func(*trial, *Request) {}, 0},
		{"offline", func(tr *trial, _ *Request) { tr.client.opts.Offline = true }, 0},
		{"not known to be shut", func(_ *trial, r *Request) { r.Refusal = 0 }, 1},
		{"an hour later", func(tr *trial, _ *Request) { tr.clock.now = tr.clock.now.Add(time.Hour) }, 0},
		{"a day later", func(tr *trial, _ *Request) { tr.clock.now = tr.clock.now.Add(24 * time.Hour) }, 1},
		{"with a token now", func(tr *trial, _ *Request) { tr.end.Tokens = []string{"new"} }, 1},
		{"to be refreshed", func(tr *trial, _ *Request) { tr.client.opts.Refresh = true }, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := faults.Serve(t, refuse)
			cache := new(shelf)
			ask := func(change func(*trial, *Request)) audit.Document {
				tr := newTrial(t, server.URL, cache)
				r := tr.request("/a/b/resolve/main/LICENSE")
				r.Refusal, r.Pinned = 24*time.Hour, true
				change(tr, &r)
				d, err := tr.client.Get(t.Context(), r)
				if err != nil || d.Outcome != audit.Refused {
					t.Fatalf("%v %s %s", err, d.Outcome, d.Detail)
				}
				return d
			}
			first := ask(func(*trial, *Request) {})
			again := ask(c.change)
			if asked := len(server.Requests()) - 1; asked != c.asked {
				t.Errorf("asked again %d times, want %d", asked, c.asked)
			}
			if c.asked == 0 && (again.Detail != first.Detail || again.Status != http.StatusUnauthorized) {
				t.Errorf("%d %q, want what was said first: %q", again.Status, again.Detail, first.Detail)
			}
		})
	}
	t.Run("a limit is no gate", func(t *testing.T) {
		server := faults.Serve(t, faults.Then(faults.Answer(http.StatusTooManyRequests, "", "Retry-After: 3600"), ok))
		cache := new(shelf)
		for _, want := range []audit.Outcome{audit.Refused, audit.Fetched} {
			tr := newTrial(t, server.URL, cache)
			r := tr.request("/x")
			r.Refusal = time.Hour
			if d, err := tr.client.Get(t.Context(), r); err != nil || d.Outcome != want {
				t.Errorf("%v %s, want %s", err, d.Outcome, want)
			}
		}
	})
}

// TestProbes: a probe of a weights file is repeated conditionally, and what it
// found is not taken for the file.
func TestProbes(t *testing.T) {
	server := faults.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"w1"`)
		if r.Header.Get("If-None-Match") == `"w1"` {
			w.WriteHeader(http.StatusNotModified)
		}
	}))
	cache := new(shelf)
	ask := func(head bool) audit.Document {
		tr := newTrial(t, server.URL, cache)
		r := tr.request("/a/b/resolve/main/model.safetensors")
		if r.Head = head; head {
			r.Document.Kind = audit.DocWeights
		}
		d, err := tr.client.Get(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	first, second := ask(true), ask(true)
	if first.Outcome != audit.Fetched || second.Outcome != audit.NotModified || first.SHA256 != second.SHA256 {
		t.Errorf("%s, then %s", first.Outcome, second.Outcome)
	}
	if d := ask(false); d.SHA256 == first.SHA256 {
		t.Error("the headers of a file were taken for the file")
	}
}

// TestRobotsAreKept: robots.txt is asked for once a day, not once a run.
func TestRobotsAreKept(t *testing.T) {
	server := faults.Serve(t, faults.Over(faults.Answer(200, "terms"), map[string]http.Handler{
		"/robots.txt": faults.Answer(200, "User-agent: *\nDisallow: /private\n")}))
	cache := new(shelf)
	asked := func(later time.Duration, path string) (n int) {
		tr := newTrial(t, "", cache)
		tr.client.guarded = tr.client.open // the test's server has no public address
		tr.clock.now = tr.clock.now.Add(later)
		before := len(server.Requests())
		d, err := tr.client.Get(t.Context(), Request{Bucket: "web", Robots: true,
			Document: audit.Document{URL: server.URL + path, Kind: audit.DocWeb}})
		if allowed := path == "/terms"; err != nil || allowed != (d.Outcome == audit.Fetched) {
			t.Errorf("%s: %v %s", path, err, d.Outcome)
		}
		for _, r := range server.Requests()[before:] {
			if r.URL.Path == "/robots.txt" {
				n++
			}
		}
		return n
	}
	for _, step := range []struct {
		later time.Duration
		path  string
		want  int
	}{{0, "/terms", 1}, {time.Hour, "/private", 0}, {23 * time.Hour, "/terms", 0}, {25 * time.Hour, "/private", 1}} {
		if got := asked(step.later, step.path); got != step.want {
			t.Errorf("after %s robots.txt was asked for %d times, want %d", step.later, got, step.want)
		}
	}
}

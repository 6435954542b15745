package fetch

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"openness/audit"
	"openness/audit/pause"
	"openness/audit/replay/faults"
)

// TestQuotaAhead: an answer that says that nothing is left holds the next
// request back, except one that is expected to cost nothing.
func TestQuotaAhead(t *testing.T) {
	server := faults.Serve(t, faults.Answer(200, "{}", `RateLimit: "api";r=0;t=50`))
	tr := newTrial(t, server.URL, nil)
	for _, path := range []string{"/1", "/2"} {
		if d, err := tr.client.Get(t.Context(), tr.request(path)); err != nil || d.Outcome != audit.Fetched {
			t.Fatalf("%v %+v", err, d)
		}
	}
	if tr.clock.slept < 50*time.Second || tr.clock.slept > 52*time.Second {
		t.Errorf("waited %s", tr.clock.slept)
	}
	free := newTrial(t, server.URL, stored{doc: earlier})
	for _, path := range []string{"/1", "/2"} {
		if _, err := free.client.Get(t.Context(), free.request(path)); err != nil {
			t.Fatal(err)
		}
	}
	if free.clock.slept != 0 {
		t.Errorf("a conditional request waited %s", free.clock.slept)
	}
}

// TestCredentialsStayHome: a token goes to the host it is for and to no other,
// wherever that host redirects.
func TestCredentialsStayHome(t *testing.T) {
	elsewhere := faults.Serve(t, ok)
	home := faults.Serve(t, faults.Redirect(302, elsewhere.URL+"/stolen"))
	tr := newTrial(t, home.URL, nil)
	tr.end.Tokens = []string{"secret"}
	tr.client.guarded = tr.client.open // let the redirect through to see what it carries
	if d, err := tr.client.Get(t.Context(), tr.request("/x")); err != nil || d.Outcome != audit.Fetched {
		t.Fatalf("%v %+v", err, d)
	}
	if got := home.Requests()[0].Header.Get("Authorization"); got != "Bearer secret" {
		t.Errorf("home was sent %q", got)
	}
	for name, values := range elsewhere.Requests()[0].Header {
		if strings.Contains(strings.Join(values, " "), "secret") || name == "Authorization" || name == "Cookie" {
			t.Errorf("elsewhere was sent %s: %s", name, values)
		}
	}
}

// TestCacheTrouble: a store that fails costs its benefit and no document.
func TestCacheTrouble(t *testing.T) {
	server := faults.Serve(t, ok)
	full := errors.New("database or disk is full")
	tr := newTrial(t, server.URL, stored{lookupErr: errors.New("database is locked"), keepErr: full})
	d, err := tr.client.Get(t.Context(), tr.request("/x"))
	if err != nil || d.Outcome != audit.Fetched {
		t.Fatalf("%v %+v", err, d)
	}
	var said []string
	for _, e := range tr.events {
		if e.Kind == Trouble {
			said = append(said, e.Message)
		}
	}
	if text := strings.Join(said, "; "); !strings.Contains(text, "database is locked") ||
		!strings.Contains(text, "disk is full") {
		t.Errorf("told: %q", text)
	}
}

// TestCancel: whatever is going on, the end of the context ends it.
func TestCancel(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	for name, h := range map[string]http.Handler{"silent": faults.Silent(), "dripping": faults.Drips(time.Millisecond),
		"limited": faults.Answer(429, "", "Retry-After: 60"), "failing": faults.Answer(500, "")} {
		t.Run(name, func(t *testing.T) {
			server := faults.Serve(t, h)
			tr := newTrial(t, server.URL, nil)
			tr.client.sleep = pause.For // the real one
			tr.client.opts.Timeout = time.Minute
			ctx, cancel := context.WithTimeout(t.Context(), 150*time.Millisecond)
			defer cancel()
			started := time.Now()
			if _, err := tr.client.Get(ctx, tr.request("/x")); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("error %v", err)
			}
			if took := time.Since(started); took > 5*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}

// TestHostileNames: URLs that could smuggle a header, a second request or
// credentials are not asked.
func TestHostileNames(t *testing.T) {
	server := faults.Serve(t, ok)
	for _, path := range []string{"/a\r\nX-Evil: 1", "/a b\x00", "/%zz", "@evil.example/x"} {
		tr := newTrial(t, server.URL, nil)
		d, err := tr.client.Get(t.Context(), tr.request(path))
		if err != nil || d.Outcome != audit.Failed || d.Detail == "" {
			t.Errorf("%q: %v %+v", path, err, d)
		}
	}
	for _, r := range server.Requests() {
		if r.Header.Get("X-Evil") != "" {
			t.Error("a header was smuggled in")
		}
	}
}

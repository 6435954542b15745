package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestCensusEnds: a census is finished where the hub's list is, not where its pages
// cease to tell how it goes on, and what its entries lack is said.
func TestCensusEnds(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("openness")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		models int
		serve  http.HandlerFunc // in place of the hub; nil for it
		code   int
		says   string
	}{
		{"a full last page", 1000, nil, exitDone, ""},
		{"no header that leads on", 1500, func(w http.ResponseWriter, r *http.Request) {
			q := httptest.NewRecorder()
			(&listHub{models: 1500}).ServeHTTP(q, r)
			w.Header().Set("Content-Encoding", q.Header().Get("Content-Encoding"))
			_, _ = w.Write(q.Body.Bytes())
		}, exitUnreached, "does not tell where the list goes on"},
		{"no list", 0, answer(200, `{"error":"no"}`), exitUnreached, "what came as page 1 is none"},
		{"odd names", 0, answer(200, `[{"id":"a/b"},{"id":"a b/c"}]`), exitDone, "page 1: 1 entry left out"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			base := ""
			if c.serve == nil {
				base = serveList(t, &listHub{models: c.models})
			} else {
				web := httptest.NewServer(c.serve)
				t.Cleanup(web.Close)
				base = web.URL
			}
			p := &process{Cmd: exec.Command(program, "census", "--db", filepath.Join(t.TempDir(), "c.db"))}
			p.Env = append(os.Environ(), "HF_ENDPOINT="+base, "HF_TOKEN=")
			p.Stdout, p.Stderr = &p.stdout, &p.stderr
			if code := p.run(t); code != c.code || !strings.Contains(p.stderr.String(), c.says) {
				t.Errorf("exit code %d, want %d and %q\n%s", code, c.code, c.says, &p.stderr)
			}
		})
	}
}

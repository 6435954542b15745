package main

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
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

// TestCensusDoubts: a list whose pages cannot all be there is not counted as whole, a failure that passes costs
// nothing, and a hub that fails is given up when the user's patience ends.
func TestCensusDoubts(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("openness")
	if err != nil {
		t.Fatal(err)
	}
	empty := answer(200, "[]", "Content-Type: application/json")
	for _, c := range []struct {
		name   string
		models int
		// how the page that begins at a model is answered otherwise, and how often it was asked for; nil for as usual
		instead func(from, times int) http.HandlerFunc
		code    int
		says    string // on stderr, or of the count
	}{
		{"an empty page that leads on", 5000, func(from, _ int) http.HandlerFunc {
			if from == 2000 {
				return answer(200, "[]", "Link: "+leadsTo(3000))
			}
			return nil
		}, exitUnreached, "page 3 is empty and leads on to others"},
		{"an empty page, once", 5000, func(from, times int) http.HandlerFunc {
			if from == 2000 && times == 1 {
				return answer(200, "[]", "Link: "+leadsTo(3000))
			}
			return nil
		}, exitDone, `"models": 5000`},
		{"nothing from one page on", 5000, func(from, _ int) http.HandlerFunc {
			if from >= 2000 {
				return empty
			}
			return nil
		}, exitUnreached, "is empty, though the page before it leads there"},
		{"nothing at one place", 5000, func(from, _ int) http.HandlerFunc {
			if from == 2000 {
				return empty
			}
			return nil
		}, exitDone, `"models": 5000`},
		{"nothing behind a full last page", 2001, func(from, _ int) http.HandlerFunc {
			if from == 1000 {
				return nil
			}
			if from == 1999 {
				return answer(200, string(listPage(1999, 2000)))
			}
			if from > 1999 {
				return empty
			}
			return nil
		}, exitDone, `"models": 2000`},
		{"a list that goes round", 5000, func(from, _ int) http.HandlerFunc {
			if from == 3000 {
				return answer(200, `[{"id":"maker-1/round"}]`, "Link: "+leadsTo(1000))
			}
			return nil
		}, exitUnreached, "the list goes round"},
		{"a hub that fails", 5000, func(int, int) http.HandlerFunc { return answer(503, "") }, exitUnreached, "--max-wait"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			hub, times := &listHub{models: c.models}, make(map[int]int) // a census asks for one page at a time
			base := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				raw, _ := base64.RawURLEncoding.DecodeString(r.URL.Query().Get("cursor"))
				from, _ := strconv.Atoi(string(raw))
				times[from]++
				if other := c.instead(from, times[from]); other != nil {
					other(w, r)
					return
				}
				hub.ServeHTTP(w, r)
			}))
			t.Cleanup(base.Close)
			p := &process{Cmd: exec.Command(program, "census", "--format", "json", "--max-wait", "1s", "--db",
				filepath.Join(t.TempDir(), "c.db"))}
			p.Env = append(os.Environ(), "HF_ENDPOINT="+base.URL, "HF_TOKEN=")
			p.Stdout, p.Stderr = &p.stdout, &p.stderr
			if code := p.run(t); code != c.code || !strings.Contains(p.stderr.String()+p.stdout.String(), c.says) {
				t.Errorf("exit code %d, want %d and %q\n%s%.600s", code, c.code, c.says, &p.stderr, &p.stdout)
			}
		})
	}
}

// leadsTo is the header of a page that leads to the one that begins at a model.
func leadsTo(from int) string {
	return fmt.Sprintf(`<https://hub.example/api/models?cursor=%s>; rel="next"`,
		base64.RawURLEncoding.EncodeToString([]byte(strconv.Itoa(from))))
}

package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"openness/audit/replay"
)

// An outage is the real program against hosts of which each can be made to fail.
type outage struct {
	t     *testing.T
	hosts map[string]string // base URL by variable

	mu     sync.Mutex
	broken map[string]http.HandlerFunc // by variable: how the host fails now
	over   map[string]http.HandlerFunc // by variable and path: what has changed
	asked  map[string]int              // requests by variable
}

// hostVariables are the services that can fail, each under its own base URL.
var hostVariables = map[string]string{"HF_ENDPOINT": "", "GITHUB_API_URL": "", "OPENNESS_GITHUB_RAW_URL": "",
	"MODELSCOPE_ENDPOINT": "/modelscope", "OPENNESS_ARXIV_URL": "/arxiv", "OPENNESS_WEB_URL": "/web"}

func newOutage(t *testing.T, captures string) *outage {
	server, err := replay.New(captures, replay.Options{})
	if err != nil {
		t.Fatal(err)
	}
	o := &outage{t: t, hosts: make(map[string]string), broken: make(map[string]http.HandlerFunc),
		over: make(map[string]http.HandlerFunc), asked: make(map[string]int)}
	for variable, prefix := range hostVariables {
		web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			o.mu.Lock()
			o.asked[variable]++
			fail, changed := o.broken[variable], o.over[variable+" "+strings.TrimPrefix(r.URL.Path, prefix)]
			o.mu.Unlock()
			switch {
			case fail != nil:
				fail(w, r)
			case changed != nil:
				changed(w, r)
			default:
				server.ServeHTTP(w, r)
			}
		}))
		o.hosts[variable] = web.URL + prefix
		t.Cleanup(func() { web.CloseClientConnections(); web.Close() })
	}
	t.Cleanup(func() { server.Close() })
	return o
}

// fail makes hosts fail in one way, and the others answer again.
func (o *outage) fail(how http.HandlerFunc, variables ...string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.broken = make(map[string]http.HandlerFunc)
	for _, v := range variables {
		o.broken[v] = how
	}
}

// change makes one address of a host answer otherwise.
func (o *outage) change(variable, path string, how http.HandlerFunc) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.over[variable+" "+path] = how
}

// run runs the program and demands its exit code. Variables in env win.
func (o *outage) run(code int, env []string, args ...string) (stdout, stderr string) {
	o.t.Helper()
	program, err := exec.LookPath("openness")
	if err != nil {
		o.t.Fatal(err)
	}
	p := &process{Cmd: exec.Command(program, args...)}
	p.Env = append(os.Environ(), "HF_TOKEN=", "GITHUB_TOKEN=", "NO_COLOR=1")
	for variable, base := range o.hosts {
		p.Env = append(p.Env, variable+"="+base)
	}
	p.Env = append(p.Env, env...)
	p.Stdout, p.Stderr = &p.stdout, &p.stderr
	if got := p.run(o.t); got != code {
		o.t.Fatalf("%v: exit code %d, want %d\n%s", args, got, code, &p.stderr)
	}
	return p.stdout.String(), p.stderr.String()
}

// A shownModel is what the tests read of an assessment.
type shownModel struct {
	Model      struct{ ID, Label string }
	Judgements []struct {
		Dimension, Class string
		Observations     []struct {
			Fact       string
			StaleSince string `json:"stale_since"`
		}
	}
	Sources []shownSource
}

type shownSource struct {
	URL, Outcome, SHA256 string
	StaleSince           string `json:"stale_since"`
	LastSeen             string `json:"last_seen"`
	FirstMissed          string `json:"first_missed"`
}

func (m *shownModel) class(dimension string) string {
	for _, j := range m.Judgements {
		if j.Dimension == dimension {
			return j.Class
		}
	}
	return ""
}

func (m *shownModel) source(url string) shownSource {
	for _, s := range m.Sources {
		if s.URL == url {
			return s
		}
	}
	return shownSource{}
}

func modelsIn(t *testing.T, text string) map[string]*shownModel {
	t.Helper()
	var list []*shownModel
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		t.Fatalf("%v in %.300s", err, text)
	}
	byName := make(map[string]*shownModel)
	for _, m := range list {
		byName[m.Model.ID+"#"+m.Model.Label] = m
	}
	return byName
}

func answer(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for _, h := range headers {
			name, value, _ := strings.Cut(h, ": ")
			w.Header().Set(name, value)
		}
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

// faults are the ways in which a host can fail.
var outages = map[string]http.HandlerFunc{
	"503":           answer(503, ""),
	"429":           answer(429, "", "Retry-After: 3600"),
	"401 for all":   answer(401, `{"error":"Invalid username or password."}`),
	"403":           answer(403, "no"),
	"sign-in page":  answer(200, "<!doctype html><html><body>Sign in</body></html>", "Content-Type: text/html"),
	"broken off":    func(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) },
	"JSON of error": answer(200, `{"error":"internal"}`, "Content-Type: application/json"),
}

// A failing is one audit in which some hosts fail in one way.
type failing struct {
	name  string
	how   http.HandlerFunc
	hosts []string
	env   []string // hosts that refuse every connection
}

// failings are tried one after another on one store: what an outage left must
// stand the next. The lists are tried beside each other, for most of their time
// is spent waiting for hosts.
func failings() map[string][]failing {
	all := keysOf(hostVariables)
	var refused []string
	for variable, prefix := range hostVariables {
		refused = append(refused, variable+"=http://127.0.0.1:1"+prefix)
	}
	lists := map[string][]failing{
		"limits, then 404": {},
		"refused":          {{name: "refused", env: refused}},
	}
	for list, names := range map[string][]string{
		"errors":     {"503", "429", "401 for all"},
		"wrong page": {"403", "sign-in page"},
		"cut":        {"broken off", "JSON of error"},
	} {
		for _, name := range names {
			lists[list] = append(lists[list], failing{name: name, how: outages[name], hosts: all})
		}
	}
	limits := "limits, then 404"
	for _, host := range []string{"HF_ENDPOINT", "GITHUB_API_URL", "OPENNESS_GITHUB_RAW_URL"} {
		lists[limits] = append(lists[limits], failing{name: "429 of " + host, how: outages["429"],
			hosts: []string{host}})
	}
	for _, host := range []string{"HF_ENDPOINT", "GITHUB_API_URL"} { // of a file, 404 is an answer
		lists[limits] = append(lists[limits], failing{name: "404 of " + host, how: answer(404, "no such page"),
			hosts: []string{host}})
	}
	return lists
}

// TestOutage audits, makes hosts fail in turn and together, and audits again:
// nothing that was shown is lost, and all that stands in is marked.
func TestOutage(t *testing.T) {
	if testing.Short() {
		t.Skip("audits twelve models nineteen times: left out in short mode")
	}
	t.Parallel()
	captures, list := writeCaptures(t, 12)
	// The sixth model's paper is there in the second form that is asked for.
	writeFile(t, filepath.Join(captures, "arxiv", "e-print", "2401.00005.tex"),
		"\\documentclass{article}\n\\title{Wombat 5: A Report}\n\\begin{document}\n\\maketitle\n"+
			"\\section{Hardware}\nWombat 5 was trained on 64 Marsh M100 accelerators for 21 days, and nobody slept well in that time.\n"+
			strings.Repeat("The marsupials of the south are fond of reports that say the same thing many times. ", 30)+
			"\n\\end{document}\n")
	db := filepath.Join(t.TempDir(), "first.db")
	audit := []string{"audit", "--from", list, "--format", "json", "--max-wait", "1s"}
	first, _ := newOutage(t, captures).run(exitUnreached, []string{"OPENNESS_DB=" + db}, audit...)
	before := modelsIn(t, first)
	if s := before["synth/wombat-5-7b-chat#"].source("https://export.arxiv.org/e-print/2401.00005#text"); s.Outcome != "fetched" {
		t.Fatalf("the paper was not read: %+v", s)
	}
	tried := map[string]bool{}
	for list, steps := range failings() {
		for _, step := range steps {
			tried[step.name] = true
		}
		t.Run(list, func(t *testing.T) {
			t.Parallel()
			o := newOutage(t, captures)
			store := []string{"OPENNESS_DB=" + copyStore(t, db)}
			for _, step := range steps {
				o.fail(step.how, step.hosts...)
				text, said := o.run(exitUnreached, append(step.env, store...), audit...)
				sameButStale(t, step.name, before, modelsIn(t, text), len(step.hosts) != 1)
				if lines := strings.Count(said, "\n"); step.env != nil && lines > 12+12 {
					t.Errorf("%d lines on stderr for 12 models:\n%s", lines, said)
				}
			}
			o.fail(nil)
			text, _ := o.run(exitUnreached, store, audit...)
			for id, m := range modelsIn(t, text) {
				for _, s := range m.Sources {
					if was := before[id].source(s.URL); s.StaleSince != "" && was.looked() {
						t.Errorf("%s: %s is stale after the outage", id, s.URL)
					}
				}
			}
		})
	}
	for name := range outages {
		if !tried[name] {
			t.Errorf("%s is in no list", name)
		}
	}
}

// copyStore copies the file of a store that nobody has open.
func copyStore(t *testing.T, from string) string {
	t.Helper()
	text, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "o.db")
	writeFile(t, to, string(text))
	return to
}

func keysOf(m map[string]string) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	return keys
}

// looked reports whether a source answered, be it that nothing is there.
func (s shownSource) looked() bool {
	return s.Outcome == "fetched" || s.Outcome == "not_modified" || s.Outcome == "absent"
}

// unread reports whether a source of a model did not answer.
func (m *shownModel) unread() bool {
	return slices.ContainsFunc(m.Sources, func(s shownSource) bool { return !s.looked() })
}

// sameButStale demands the same classes and sources, and of those that fail the
// mark. With all hosts down, everything that was read is marked.
func sameButStale(t *testing.T, name string, before, after map[string]*shownModel, all bool) {
	t.Helper()
	marked := 0
	for id, was := range before {
		is := after[id]
		if is == nil {
			t.Errorf("%s: %s is lost", name, id)
			continue
		}
		for _, j := range was.Judgements {
			got := is.class(j.Dimension)
			// Of a host that says 404 of all, a source that failed before says at last that nothing is there,
			// and that answer stands in from then on.
			answered := (strings.HasPrefix(name, "404") || name == "refused") && j.Class == "undetermined" &&
				was.unread()
			if got != j.Class && !answered {
				t.Errorf("%s: %s: %s was %s, is %s", name, id, j.Dimension, j.Class, got)
			}
		}
		for _, s := range was.Sources {
			looked := s.looked()
			now := is.source(s.URL)
			switch {
			case looked && now.SHA256 != s.SHA256:
				t.Errorf("%s: %s: what %s said is lost: %+v", name, id, s.URL, now)
			case now.Outcome == "stale" && now.StaleSince == "":
				t.Errorf("%s: %s: stale without a date", name, s.URL)
			// whose answers are used for a day, unasked
			case looked && all && now.Outcome != "stale" && !strings.HasPrefix(s.URL, "https://export.arxiv.org/"):
				t.Errorf("%s: %s is %q with all hosts down", name, s.URL, now.Outcome)
			}
			if now.Outcome == "stale" {
				marked++
			}
		}
	}
	if all && marked == 0 {
		t.Errorf("%s: nothing is marked", name)
	}
}

// TestOutageOfCaptures is TestOutage for captured models of the shared corpus:
// a few of them, 100 with OPENNESS_SLOW.
func TestOutageOfCaptures(t *testing.T) {
	if testing.Short() {
		t.Skip("audits captured models eight times: left out in short mode")
	}
	t.Parallel()
	const corpus, targets = "../../../shared/corpus", "../../../shared/experts/osai-2026-06-targets.csv"
	if _, err := os.Stat(targets); err != nil {
		t.Skip("no shared corpus")
	}
	n := 6
	if os.Getenv("OPENNESS_SLOW") != "" {
		n = 100
	}
	list := sampleOf(t, targets, n)
	o := newOutage(t, corpus)
	db := filepath.Join(t.TempDir(), "o.db")
	audit := []string{"audit", "--from", list, "--db", db, "--format", "json", "--max-wait", "1s", "--quiet"}
	first, _ := o.run(exitUnreached, nil, audit...)
	before := modelsIn(t, first)
	if len(before) != n {
		t.Fatalf("%d models of %d", len(before), n)
	}
	for variable := range hostVariables {
		o.fail(answer(429, "", "Retry-After: 3600"), variable)
		text, _ := o.run(exitUnreached, nil, audit...)
		sameButStale(t, variable, before, modelsIn(t, text), false)
	}
	o.fail(answer(401, `{"error":"Invalid username or password."}`), keysOf(hostVariables)...)
	text, _ := o.run(exitUnreached, nil, audit...)
	sameButStale(t, "all", before, modelsIn(t, text), true)
}

// sampleOf writes a list of n lines of another, always the same ones.
func sampleOf(t *testing.T, file string, n int) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	head, rows := rows[0], rows[1:]
	rand.New(rand.NewPCG(7, 7)).Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	var out strings.Builder
	w := csv.NewWriter(&out)
	if err := w.WriteAll(append([][]string{head}, rows[:min(n, len(rows))]...)); err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(t.TempDir(), "sample.csv")
	writeFile(t, list, out.String())
	return list
}

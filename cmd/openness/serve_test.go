package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"openness/audit"
	"openness/data"
	"openness/reports"
	"openness/reports/site"
	"openness/rubric"
)

// serveDay is the time of everything in the tests of serve.
var serveDay = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

// servedRecord is a model whose card says text; the quote is its first line.
func servedRecord(id, text string) audit.Record {
	card := audit.Document{URL: "https://huggingface.co/" + id + "/resolve/main/README.md", Kind: audit.DocModelCard,
		Place:   audit.HubModel,
		PlaceID: id, Role: audit.RoleEnd, Path: "README.md", Revision: "0123456789abcdef0123456789abcdef01234567",
		RetrievedAt: serveDay,
		Status:      http.StatusOK, Outcome: audit.Fetched, ContentType: "text/html", SHA256: audit.Hash([]byte(text)),
		Body: []byte(text)}
	organisation, name, _ := strings.Cut(id, "/")
	line, _, _ := strings.Cut(text, "\n")
	r := audit.Record{Documents: []audit.Document{card}, Subject: audit.Subject{ID: id, Target: id, Name: name,
		Organisation: organisation,
		Places: []audit.Place{{Kind: audit.HubModel, Role: audit.RoleEnd, ID: id, URL: "https://huggingface.co/" + id,
			Reason: "given", Given: true}}}}
	// two facts that make a dimension open
	for fact, value := range map[string]string{"paper.preprint": "archived", "paper.preprint.scope": "own"} {
		r.Observations = append(r.Observations, audit.Observe(&r.Documents[0], fact, value, audit.Span{End: len(line)},
			""))
	}
	slices.SortFunc(r.Observations, func(a, b audit.Observation) int { return strings.Compare(a.Fact, b.Fact) })
	return r
}

// hostileText is what a page may try on a reader's browser or terminal.
const hostileText = "weights here <img src=x onerror=\"document.title='pwned'\">\n<script>document.title='pwned'</script></pre></mark>\n" +
	"\u202egnp.exe \x1b[31mred\x1b[0m javascript:alert(1) quagga\n"

// A served is a running server over a database file of its own.
type served struct {
	t   *testing.T
	db  *data.DB // a second handle on the file, as another process would have
	web *httptest.Server
}

func startServe(t *testing.T, records ...audit.Record) *served {
	t.Helper()
	path := filepath.Join(t.TempDir(), "openness.db")
	db, err := data.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	s := &served{t: t, db: db}
	for _, r := range records {
		s.save(r)
	}
	s.web = serveFile(t, path)
	return s
}

// serveFile serves a database as the command does.
func serveFile(t *testing.T, path string) *httptest.Server {
	t.Helper()
	db, err := data.OpenOrSnapshot(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	r, err := rubric.Load(defaultRubric)
	if err != nil {
		t.Fatal(err)
	}
	env := &environment{stdout: io.Discard, stderr: testLog{t}, now: func() time.Time { return serveDay }}
	handler := newServeHandler(&serveOptions{globalOptions: &globalOptions{env: env, db: path}}, db, r, nil)
	web := httptest.NewServer(handler)
	t.Cleanup(func() {
		web.Close()
		handler.Close()
	})
	return web
}

// testLog fails a test in which the server says that something is wrong with it.
type testLog struct{ t *testing.T }

func (l testLog) Write(p []byte) (int, error) {
	l.t.Errorf("server: %s", p)
	return len(p), nil
}

func (s *served) save(r audit.Record) {
	s.t.Helper()
	if err := s.db.SaveRecord(s.t.Context(), r, version, serveDay); err != nil {
		s.t.Fatal(err)
	}
}

// get asks and gives status, header and body; set changes the request.
func (s *served) get(address string, set ...func(*http.Request)) (int, http.Header, string) {
	s.t.Helper()
	status, header, body, err := ask(s.t.Context(), s.web.URL+address, set...)
	if err != nil {
		s.t.Fatal(err)
	}
	return status, header, body
}

func ask(ctx context.Context, address string, set ...func(*http.Request)) (int, http.Header, string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, nil, "", err
	}
	for _, f := range set {
		f(r)
	}
	response, err := http.DefaultTransport.RoundTrip(r) // redirects are not followed
	if err != nil {
		return 0, nil, "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return response.StatusCode, response.Header, string(body), err
}

// page asks for what must be there.
func (s *served) page(address string) string {
	s.t.Helper()
	status, _, body := s.get(address)
	if status != http.StatusOK {
		s.t.Fatalf("GET %s: %d %s", address, status, body)
	}
	return body
}

func (s *served) json(address string, into any) {
	s.t.Helper()
	if err := json.Unmarshal([]byte(s.page(address)), into); err != nil {
		s.t.Fatalf("GET %s: %v", address, err)
	}
}

// TestServeSameAsReport: a live page and a written one come from one book.
func TestServeSameAsReport(t *testing.T) {
	s := startServe(t, servedRecord("acme/a", "weights are here"), servedRecord("acme/b", "some weights"))
	r, err := rubric.Load(defaultRubric)
	if err != nil {
		t.Fatal(err)
	}
	books := &library{db: s.db, rubrics: []*rubric.Rubric{r}}
	subjects, err := s.db.Subjects(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	o := site.Options{Rubric: r, Tool: version, At: serveDay, Prepare: func(m *reports.Model) error {
		return books.complete(t.Context(), m)
	}}
	if _, err := site.Write(t.Context(), dir, o, subjects, books.all(t.Context())); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"data/ranking.js", "downloads/ranking.csv", "downloads/judgements.csv",
		"assets/site.css"} {
		written, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		if live := s.page("/" + name); live != string(written) {
			t.Errorf("%s differs from the written site's", name)
		}
	}
}

func TestServeShowsNewAudits(t *testing.T) {
	s := startServe(t, servedRecord("acme/first", "weights are here"))
	if page := s.page("/"); !strings.Contains(page, "models/acme--first.html") || strings.Contains(page, "second") {
		t.Error("the ranking is not that of the store")
	}
	_, header, _ := s.get("/")
	same := func(r *http.Request) { r.Header.Set("If-None-Match", header.Get("ETag")) }
	if status, _, body := s.get("/", same); status != http.StatusNotModified || body != "" {
		t.Errorf("nothing changed: %d with %d bytes, want 304", status, len(body))
	}
	s.save(servedRecord("acme/second", "more weights"))
	if status, _, page := s.get("/", same); status != http.StatusOK ||
		!strings.Contains(page, "models/acme--second.html") {
		t.Errorf("a new audit does not show: %d", status)
	}
	if page := s.page("/models/acme--second.html"); !strings.Contains(page, "<mark>more weights</mark>") {
		t.Error("the new dossier lacks its quote")
	}
	review := rubric.Review{Model: "acme/second", Dimension: "datasheet", Class: rubric.Open,
		Reason: "Printed in the appendix", By: "A. Editor", At: serveDay}
	if err := s.db.AddReview(t.Context(), review); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(s.page("/data/ranking.js"), "Printed in the appendix") ||
		!strings.Contains(s.page("/models/acme--second.html"), "A. Editor") {
		t.Error("a new review does not show")
	}
}

// TestServeEditionsAgree: what an edition takes over from the one before is
// what a fresh server computes, for few changes and for many.
func TestServeEditionsAgree(t *testing.T) {
	s := startServe(t, servedRecord("acme/m0", "weights are here"))
	for _, count := range []int{3, 120} {
		s.page("/")
		for i := range count {
			s.save(servedRecord(fmt.Sprintf("acme/m%d", i), fmt.Sprintf("weights %d of %d", i, count)))
		}
		fresh := &served{t: t, web: serveFile(t, s.db.Path())}
		for _, address := range []string{"/data/ranking.js", "/api/rank?limit=1000",
			"/api/rank?rubric=radboud-2023&limit=1000"} {
			if s.page(address) != fresh.page(address) {
				t.Errorf("after %d audits %s differs from a fresh server's", count, address)
			}
		}
	}
}

func TestServeSnapshotUntilFirstAudit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "openness.db")
	s := &served{t: t, web: serveFile(t, path)}
	var list struct{ Total int }
	if s.json("/api/models", &list); list.Total < 20 {
		t.Errorf("%d models in the built-in snapshot", list.Total)
	}
	if page := s.page("/search?q=weights"); !strings.Contains(page, "No stored document") {
		t.Error("the snapshot has no documents, but the search does not say so")
	}
	db, err := data.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s.db = db
	s.save(servedRecord("acme/first", "weights are here"))
	if s.json("/api/models", &list); list.Total != 1 {
		t.Errorf("%d models after the first audit, want 1", list.Total)
	}
}

func TestServeRefusals(t *testing.T) {
	labelled := servedRecord("acme/m", "other weights")
	labelled.Subject.Label = "listed"
	s := startServe(t, servedRecord("acme/m", "weights are here"), labelled)
	host := func(name string) func(*http.Request) { return func(r *http.Request) { r.Host = name } }
	header := func(pairs ...string) func(*http.Request) {
		return func(r *http.Request) {
			for i := 0; i < len(pairs); i += 2 {
				r.Header.Set(pairs[i], pairs[i+1])
			}
		}
	}
	method := func(m string) func(*http.Request) { return func(r *http.Request) { r.Method = m } }
	for _, c := range []struct {
		address string
		set     func(*http.Request)
		status  int
		says    string
	}{
		{"/", host("evil.example"), 403, "not known by the name"},
		{"/api/models", host("evil.example:8080"), 403, "not known by the name"},
		{"/", host("127.0.0.1.evil.example"), 403, ""},
		{"/", host("0.0.0.0"), 403, ""},
		{"/", host("192.0.2.7:80"), 403, ""},
		{"/", host("localhost:1234"), 200, ""},
		{"/", host("LOCALHOST."), 200, ""},
		{"/", host("[::1]:80"), 200, ""},
		{"/search?q=weights", header("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors"), 403, "other sites"},
		{"/", header("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"), 200, ""},
		{"/", method("POST"), 405, "Only GET"},
		{"/api/models", method("DELETE"), 405, `"error"`},
		{"/api/models/acme/m", method("PUT"), 405, `"error"`},
		{"/api/rank", method("OPTIONS"), 405, `"error"`},
		{"/api/models/acme/unheard-of", nil, 404, "unheard-of"},
		{"/api/models/m", nil, 409, "acme/m#listed"},
		{"/models/acme--unheard-of.html", nil, 404, "no model"},
		{"/nowhere/at/all", nil, 404, "no page"},
		{"/api", nil, 200, ""},
		{"/api/nothing", nil, 404, `"error"`},
		{"/api/rank?rubric=none", nil, 400, "no rubric"},
		{"/api/rank?rubric=" + url.QueryEscape(s.db.Path()), nil, 400, "no rubric"},
		{"/api/models/acme/m?rubric=none", nil, 400, "no rubric"},
		{"/api/rank?limit=0", nil, 400, "limit"},
		{"/api/rank?limit=x", nil, 400, "limit"},
		{"/api/models?offset=-1", nil, 400, "offset"},
		{"/api/search", nil, 400, "parameter q"},
		{"/api/documents/" + strings.Repeat("0", 64), nil, 404, "not stored"},
		{"/api/documents/" + strings.Repeat("0", 64) + "/about", nil, 404, "not stored"},
		{"/documents/" + strings.Repeat("0", 64), nil, 404, "not stored"},
		{"/documents/..%2f..%2fetc%2fpasswd", nil, 404, ""},
	} {
		set := []func(*http.Request){}
		if c.set != nil {
			set = append(set, c.set)
		}
		status, header, body := s.get(c.address, set...)
		if status != c.status || !strings.Contains(body, c.says) {
			t.Errorf("GET %s: %d %s, want %d and %q", c.address, status, body, c.status, c.says)
		}
		if status == http.StatusMethodNotAllowed && header.Get("Allow") != "GET, HEAD" {
			t.Errorf("GET %s: Allow %q", c.address, header.Get("Allow"))
		}
		if strings.HasPrefix(c.address, "/api/") && status != http.StatusOK {
			var fault struct{ Error string }
			if err := json.Unmarshal([]byte(body), &fault); err != nil || fault.Error == "" {
				t.Errorf("GET %s: no JSON fault: %s", c.address, body)
			}
		}
		checkSecured(t, c.address, header)
	}
}

// checkSecured looks for what every answer must tell a browser.
func checkSecured(t *testing.T, address string, header http.Header) {
	t.Helper()
	policy := header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'none'") ||
		strings.Contains(policy, "unsafe") && !strings.HasSuffix(address, ".svg") {
		t.Errorf("%s: policy %q", address, policy)
	}
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
		"X-Frame-Options": "DENY", "Cross-Origin-Resource-Policy": "same-origin"} {
		if got := header.Get(name); got != want {
			t.Errorf("%s: %s is %q, want %q", address, name, got, want)
		}
	}
}

// TestServeWhileAuditing: readers see whole pages while others write.
func TestServeWhileAuditing(t *testing.T) {
	s := startServe(t, servedRecord("acme/start", "weights are here"))
	const writers, each = 2, 20
	var writing, reading sync.WaitGroup
	done := make(chan struct{})
	for w := range writers {
		writing.Go(func() {
			for i := range each {
				r := servedRecord(fmt.Sprintf("lab%d/m%d", w, i), fmt.Sprintf("weights %d/%d of a pangolin", w, i))
				if err := s.db.SaveRecord(t.Context(), r, version, serveDay); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for _, address := range []string{"/", "/models/acme--start.html", "/search?q=pangolin",
		"/api/rank?rubric=radboud-2023", "/data/ranking.js"} {
		reading.Go(func() {
			for {
				status, _, body, err := ask(t.Context(), s.web.URL+address)
				if err != nil || status != http.StatusOK ||
					strings.HasSuffix(address, "/") && !strings.Contains(body, "</html>") {
					t.Errorf("GET %s: %d, %v", address, status, err)
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	writing.Wait()
	close(done)
	reading.Wait()
	var list struct{ Total int }
	if s.json("/api/models", &list); list.Total != writers*each+1 {
		t.Errorf("%d models in the end, want %d", list.Total, writers*each+1)
	}
}

// TestServeStops: at the end of its context the server lets open requests finish.
func TestServeStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	opts := &serveOptions{globalOptions: &globalOptions{}, listen: "127.0.0.1:0"}
	listener, err := listen(ctx, opts)
	if err != nil {
		t.Fatal(err)
	}
	entered, release := make(chan struct{}), make(chan struct{})
	ended := make(chan error, 1)
	go func() {
		ended <- serveUntilDone(ctx, listener, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			close(entered)
			<-release
			io.WriteString(w, "whole")
		}))
	}()
	answered := make(chan string, 1)
	go func() {
		_, _, body, err := ask(t.Context(), "http://"+listener.Addr().String()+"/")
		answered <- fmt.Sprint(body, err)
	}()
	<-entered
	cancel()
	select {
	case err := <-ended:
		t.Fatalf("ended with a request open: %v", err)
	case <-time.After(100 * time.Millisecond):
	}
	close(release)
	if got := <-answered; got != "whole<nil>" {
		t.Errorf("the open request got %q", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestServeListensOnLoopbackOnly(t *testing.T) {
	for listen, remote := range map[string]bool{":8080": true, "0.0.0.0:8080": true, "[::]:8080": true,
		"192.0.2.1:80": true, "example.org:80": true,
		"127.0.0.1:0": false, "127.9.9.9:0": false, "[::1]:0": false, "localhost:0": false} {
		if err := checkListen(&serveOptions{listen: listen}); (err != nil) != remote ||
			err != nil && exitCode(err) != exitUsage {
			t.Errorf("--listen %s: %v", listen, err)
		}
		if err := checkListen(&serveOptions{listen: listen, allowRemote: true}); err != nil {
			t.Errorf("--listen %s --allow-remote: %v", listen, err)
		}
	}
	if checkListen(&serveOptions{listen: "8080"}) == nil ||
		checkListen(&serveOptions{listen: "localhost:0", hosts: []string{"a.example"}}) == nil {
		t.Error("a port alone, or --host without --allow-remote, is accepted")
	}
}

package serve

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"openness/audit"
	"openness/data"
	"openness/reports"
	"openness/rubric"
)

// fuzzed is a server of one model whose own faults fail the test.
func fuzzed(f *testing.F) *Server {
	f.Helper()
	db, err := data.Open(f.Context(), f.TempDir()+"/openness.db")
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { db.Close() })
	card := audit.Document{URL: "https://hub.example/acme/quokka/README.md", Kind: audit.DocModelCard,
		Place: audit.HubModel, PlaceID: "acme/quokka", Role: audit.RoleEnd, RetrievedAt: time.Unix(9, 0).UTC(),
		Status:  200,
		Outcome: audit.Fetched, Body: []byte("# Quokka\n<script>alert(1)</script> weights\n")}
	card.SHA256 = audit.Hash(card.Body)
	r := audit.Record{Subject: audit.Subject{ID: "acme/quokka", Name: "Quokka"}, Documents: []audit.Document{card}}
	r.Observations = []audit.Observation{audit.Observe(&r.Documents[0], "weights.end.published", "true",
		audit.Span{Start: 2, End: 8}, "")}
	if err := db.SaveRecord(f.Context(), r, "test", time.Unix(9, 0)); err != nil {
		f.Fatal(err)
	}
	main, err := rubric.Load("osai-2026")
	if err != nil {
		f.Fatal(err)
	}
	return New(Options{DB: db, Rubric: main, Tool: "test", Now: func() time.Time { return time.Unix(99, 0) },
		Model: func(ctx context.Context, name string, rubrics []*rubric.Rubric) (reports.Model, error) {
			stored, err := db.Record(ctx, name)
			if err != nil {
				return reports.Model{}, err
			}
			m := reports.Model{Subject: stored.Subject, Observations: stored.Observations, Documents: stored.Documents,
				Terms: reports.LicenseTerms}
			for _, r := range rubrics {
				m.Assessments = append(m.Assessments, r.Judge(m.Observations))
			}
			return m, nil
		},
		Fault: func(err error) { f.Errorf("a fault of the server's own: %v", err) }})
}

// FuzzServe: whatever is asked, by whatever method and host, is answered or
// refused, never with a fault of the server's own, and no script of a document
// gets into a page.
func FuzzServe(f *testing.F) {
	server := fuzzed(f)
	for _, path := range []string{"/", "/models/acme--quokka.html", "/api/models",
		"/api/models/acme/quokka?rubric=osai-2026", "/search?q=weights", "/api/search?q=weights&offset=1&limit=2",
		"/api/rank?offset=-1", "/documents/00", "/../x",
		"/api/documents/%00", "/compare.html?a=%ff", "/api/openapi.json"} {
		f.Add("GET", "localhost:8080", path)
	}
	f.Add("POST", "evil.example", "/")
	f.Fuzz(func(t *testing.T, method, host, target string) {
		address, err := url.ParseRequestURI(target)
		if err != nil || !strings.HasPrefix(target, "/") {
			return
		}
		request := (&http.Request{Method: method, URL: address, Host: host, Header: http.Header{}, Proto: "HTTP/1.1",
			ProtoMajor: 1, ProtoMinor: 1, RequestURI: target, RemoteAddr: "127.0.0.1:9"}).WithContext(t.Context())
		answer := httptest.NewRecorder()
		server.ServeHTTP(answer, request)
		if answer.Code >= 500 {
			t.Errorf("%s %q of %q: %d", method, target, host, answer.Code)
		}
		if strings.HasPrefix(answer.Header().Get("Content-Type"), "text/html") &&
			strings.Contains(answer.Body.String(), "<script>alert") {
			t.Errorf("%q: a document's script is in the page", target)
		}
	})
}

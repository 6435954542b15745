package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"openness/rubric"
)

// BenchmarkServe asks for pages of a store of 10,000 models: the ranking when
// nothing changed, the ranking after each new audit of one model, and a dossier.
func BenchmarkServe(b *testing.B) {
	const models = 10_000
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	db := benchmarkStore(b, models)
	r, err := rubric.Load(defaultRubric)
	if err != nil {
		b.Fatal(err)
	}
	env := &environment{stderr: b.Output(), now: func() time.Time { return at }}
	handler := newServeHandler(&serveOptions{globalOptions: &globalOptions{env: env}}, db, r, nil)
	get := func(b *testing.B, path string) {
		b.Helper()
		w := httptest.NewRecorder()
		request := httptest.NewRequest(http.MethodGet, path, nil)
		request.Host = "localhost"
		handler.ServeHTTP(w, request)
		if w.Code != http.StatusOK {
			b.Fatalf("GET %s: %d %s", path, w.Code, w.Body)
		}
	}
	began := time.Now()
	get(b, "/")
	b.Logf("the first page took %v", time.Since(began))
	b.Run("ranking/unchanged", func(b *testing.B) {
		for b.Loop() {
			get(b, "/")
		}
	})
	b.Run("ranking/one-new-audit-each", func(b *testing.B) {
		i := 0
		for b.Loop() {
			if err := db.SaveRecord(b.Context(), benchmarkRecord(i%models, at), "bench", at); err != nil {
				b.Fatal(err)
			}
			i++
			get(b, "/")
		}
	})
	b.Run("dossier", func(b *testing.B) {
		i := 0
		for b.Loop() {
			get(b, fmt.Sprintf("/models/org-%d--model-%d.html", i%100, i%models))
			i++
		}
	})
}

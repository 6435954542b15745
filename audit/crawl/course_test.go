package crawl_test

import (
	"bytes"
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"openness/audit"
	"openness/audit/crawl"
	"openness/audit/replay/faults"
)

// indexed is a shelf that gives answers without their bytes, too.
type indexed struct{ shelf }

func (s *indexed) LookupUnread(ctx context.Context, urls []string) (map[string]audit.Document, error) {
	found := make(map[string]audit.Document)
	for _, url := range urls {
		if d, ok, _ := s.Lookup(ctx, url); ok {
			d.Body = nil
			found[url] = d
		}
	}
	return found, nil
}

// Keep knows bytes by their hash, as a store does.
func (s *indexed) Keep(ctx context.Context, d audit.Document) error {
	if had, ok, _ := s.Lookup(ctx, d.URL); ok && d.Body == nil && had.SHA256 == d.SHA256 {
		d.Body = had.Body
	}
	return s.shelf.Keep(ctx, d)
}

func (s *indexed) copy() *indexed {
	return &indexed{shelf{docs: maps.Clone(s.docs)}}
}

// TestAgain: whoever asks again what was asked before comes to what a gathering comes
// to, whatever changed meanwhile, and asks for nothing twice.
func TestAgain(t *testing.T) {
	const text = "acme/model"
	target, err := crawl.ParseTarget(text)
	if err != nil {
		t.Fatal(err)
	}
	using := func(cache *indexed) func(*crawl.Options) { return func(o *crawl.Options) { o.Cache = cache } }
	store := &indexed{}
	before := gather(t, crawler(t, faults.Serve(t, replayOf(t, nil)).URL, using(store)), text)
	if len(before.Course.Steps) == 0 || before.Course.Key == "" {
		t.Fatal("the way was not written down")
	}
	same := 0
	again := func(t *testing.T, handler http.Handler) {
		server := faults.Serve(t, handler)
		want := gather(t, crawler(t, server.URL, using(store.copy())), text)
		asked := len(server.Requests())
		c := crawler(t, server.URL, using(store.copy()))
		got, unchanged, err := c.Again(t.Context(), before.Course.Steps, &before)
		if err != nil {
			t.Fatal(err)
		}
		if unchanged {
			same++
			if n := len(server.Requests()) - asked; n != asked {
				t.Errorf("%d requests, and %d of a gathering", n, asked)
			}
		} else if got, err = c.Gather(t.Context(), target); err != nil {
			t.Fatal(err)
		}
		twice := make(map[string]bool)
		for _, q := range server.Requests()[asked:] {
			if key := q.Method + q.URL.RequestURI(); twice[key] {
				t.Errorf("asked twice for %s", key)
			} else {
				twice[key] = true
			}
		}
		if !slices.Equal(got.Subject.Places, want.Subject.Places) || len(got.Documents) != len(want.Documents) {
			t.Fatalf("%d documents of %v, want %d of %v", len(got.Documents), got.Subject.Places, len(want.Documents),
				want.Subject.Places)
		}
		for i := range want.Documents {
			g, w := got.Documents[i], want.Documents[i]
			if g.URL != w.URL || g.Outcome != w.Outcome || g.Status != w.Status || g.SHA256 != w.SHA256 ||
				g.Revision != w.Revision ||
				g.Detail != w.Detail || g.Partial != w.Partial || g.PlaceID != w.PlaceID {
				g.Body, w.Body = nil, nil
				t.Errorf("%+v, want %+v", g, w)
			}
			if !unchanged && !bytes.Equal(g.Body, w.Body) {
				t.Errorf("%s: %d bytes, want %d", g.URL, len(g.Body), len(w.Body))
			}
			if time.Since(g.RetrievedAt) > time.Minute {
				t.Errorf("%s: retrieved at %s", g.URL, g.RetrievedAt)
			}
		}
	}
	t.Run("unchanged", func(t *testing.T) { again(t, replayOf(t, nil)) })
	if same != 1 {
		t.Error("what had not changed was gathered anew")
	}
	for _, c := range allHazards() {
		if c.over == nil && c.parsed == nil && c.target == "" && !c.heavy {
			t.Run(c.name, func(t *testing.T) { again(t, replayOf(t, c.files)) })
		}
	}
	for name := range captures {
		if strings.HasSuffix(name, ".json") {
			continue // a broken answer of an interface is among the hazards
		}
		t.Run("without "+name, func(t *testing.T) { again(t, replayOf(t, map[string]string{name: ""})) })
	}
}

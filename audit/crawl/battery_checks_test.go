package crawl_test

import (
	"fmt"
	"strings"
	"testing"

	"openness/audit"
)

type result struct {
	audit.Record
	asked []string // paths, in order
}

// document finds a document by kind and part of its URL.
func (r *result) document(t *testing.T, kind audit.DocKind, part string) audit.Document {
	t.Helper()
	for _, d := range r.Documents {
		if d.Kind == kind && strings.Contains(d.URL, part) {
			return d
		}
	}
	var have []string
	for _, d := range r.Documents {
		have = append(have, fmt.Sprintf("%s %s %s (%s)", d.Kind, d.Outcome, d.URL, d.Detail))
	}
	t.Fatalf("no %s with %q; there are:\n%s", kind, part, strings.Join(have, "\n"))
	return audit.Document{}
}

// ends checks how one document ended and what it says.
func ends(kind audit.DocKind, part string, outcome audit.Outcome, says ...string) func(*testing.T, *result) {
	return func(t *testing.T, r *result) {
		t.Helper()
		d := r.document(t, kind, part)
		if d.Outcome != outcome {
			t.Errorf("%s: %s, want %s: %s", d.URL, d.Outcome, outcome, d.Detail)
		}
		for _, want := range says {
			if !strings.Contains(d.Detail, want) {
				t.Errorf("%s: message %q lacks %q", d.URL, d.Detail, want)
			}
		}
	}
}

// all runs several checks.
func all(checks ...func(*testing.T, *result)) func(*testing.T, *result) {
	return func(t *testing.T, r *result) {
		t.Helper()
		for _, check := range checks {
			check(t, r)
		}
	}
}

// fact demands an observation of a fact, and what it found.
func fact(name string, finding audit.Finding, value string) func(*testing.T, *result) {
	return func(t *testing.T, r *result) {
		t.Helper()
		var have []string
		for _, o := range r.Observations {
			if o.Fact == name {
				if o.Finding == finding && (value == "" || o.Value == value) {
					return
				}
				have = append(have, fmt.Sprintf("%s %q of %s", o.Finding, o.Value, o.URL))
			}
		}
		t.Errorf("no %s %s %q; there are: %s", finding, name, value, strings.Join(have, ", "))
	}
}

// neverAbsent demands that no observation calls a fact absent.
func neverAbsent(names ...string) func(*testing.T, *result) {
	return func(t *testing.T, r *result) {
		t.Helper()
		for _, o := range r.Observations {
			for _, name := range names {
				if o.Fact == name && (o.Finding == audit.NotThere ||
					o.Finding == audit.Present && (o.Value == "false" || o.Value == "none")) {
					t.Errorf("%s is called absent by %s: %s", name, o.URL, o.Note)
				}
			}
		}
	}
}

// asks demands that a path was asked for, or was not.
func asks(part string, want bool) func(*testing.T, *result) {
	return func(t *testing.T, r *result) {
		t.Helper()
		got := false
		for _, path := range r.asked {
			got = got || strings.Contains(path, part)
		}
		if got != want {
			t.Errorf("asked for %q: %v, want %v; asked:\n%s", part, got, want, strings.Join(r.asked, "\n"))
		}
	}
}

func countKind(t *testing.T, r *result, kind audit.DocKind, want int) {
	t.Helper()
	n := 0
	for _, d := range r.Documents {
		if d.Kind == kind {
			n++
		}
	}
	if n != want {
		t.Errorf("%d documents of kind %s, want %d", n, kind, want)
	}
}

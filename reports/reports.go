// Package reports turns assessments into what people read, publish and file:
// tables for terminals, CSV, JSON, YAML, Markdown, HTML, figures and a static
// site.
//
// This package holds what all rooms below it share: a Model, the formats, how
// text is made safe to show, JSON, YAML and CSV. Each folder is one report or
// one family of them: ranking, dossier, figures, site and so on; they import
// this package, never the other way round.
//
// A report is built from plain values (Model, ranking.Report) and is a pure function of
// them: the same values give the same bytes, whatever the clock, the machine or
// the number of processors. Order is stated: see ranking.Rank.
//
// Everything that came from a public page is hostile until shown. Control
// characters, terminal escape codes and bidirectional overrides are written as
// visible text (see Visible); HTML goes through html/template; CSV cells that a
// spreadsheet would take for a formula are quoted. JSON and YAML keep the exact
// value and escape what a terminal would act on.
package reports

import (
	"cmp"
	"fmt"
	"iter"
	"strings"
	"time"

	"openness/audit"
	"openness/rubric"
)

// A Model is all that a report may show of one audited model.
type Model struct {
	Subject      audit.Subject
	Assessments  []rubric.Assessment // one per rubric, reviews applied
	Frameworks   []Framework         // verdicts under further rubrics, to be read first
	Observations []audit.Observation // all of the record, also those no judgement rests on
	Readings     []audit.Reading     // of the observations, where these are left out: enough for a row of a ranking
	Documents    []audit.Document    // what was looked at; bodies may be left out
	Reviews      []rubric.Review
	History      []HistoryEntry // oldest first
	AssessedAt   time.Time
	Since        []Event   // of a model at an earlier date: how it differs today
	Stale        time.Time // since when sources fail, where observations or documents are left out
	// Bodies fetches the bytes of a stored document by SHA-256. It may be nil:
	// quotes are then shown without their context.
	Bodies func(sha256 string) ([]byte, error)
	// Terms says in words what a licence allows, by SPDX id or LicenseRef-. It
	// may be nil: licences are then shown by name only.
	Terms func(license string) []LicenseTerm
}

// A Framework is what a rubric with a verdict says on a model as a whole.
type Framework struct {
	Rubric  rubric.Ref     `json:"rubric"`
	Name    string         `json:"name"`
	Verdict *rubric.Ruling `json:"verdict"`
}

// A HistoryEntry is one earlier assessment of a model.
type HistoryEntry struct {
	At     time.Time      `json:"at"`
	Tool   string         `json:"tool"`
	Rubric rubric.Ref     `json:"rubric"`
	Score  rubric.Score   `json:"score"`
	Class  []ClassOf      `json:"classes,omitempty"`
	Change []ClassChanged `json:"changes,omitempty"` // against the entry before of the same rubric
	Events []Event        `json:"events,omitempty"`  // what the crawl found different from the one before
}

// An Event is one thing that a crawl found different: withdrawn, gated,
// relicensed, or that a source failed.
type Event struct {
	Kind        string    `json:"kind"`
	URL         string    `json:"url,omitempty"`
	What        string    `json:"what"`
	Before      string    `json:"before,omitempty"`
	After       string    `json:"after,omitempty"`
	LastSeen    time.Time `json:"last_seen,omitzero"`
	FirstMissed time.Time `json:"first_missed,omitzero"`
}

// Words says an event in a line.
func (e Event) Words() string {
	words := e.Kind
	switch {
	case e.Before != "" && e.After != "" && e.Kind != "changed":
		words += ": " + e.What + ", " + e.Before + " to " + e.After
	case e.What != "":
		words += ": " + e.What
	}
	if e.URL != "" {
		words += " (" + e.URL + ")"
	}
	if !e.LastSeen.IsZero() {
		words += ", last seen " + e.LastSeen.UTC().Format(time.DateOnly)
	}
	if !e.FirstMissed.IsZero() {
		words += ", first missed " + e.FirstMissed.UTC().Format(time.DateOnly)
	}
	return words
}

// ClassOf is the class of one dimension.
type ClassOf struct {
	Dimension string       `json:"dimension"`
	Class     rubric.Class `json:"class"`
}

// ClassChanged is a dimension whose class differs between two assessments.
type ClassChanged struct {
	Dimension string       `json:"dimension"`
	From      rubric.Class `json:"from"`
	To        rubric.Class `json:"to"`
	Why       string       `json:"why,omitempty"` // the model changed, or what was seen of it, or how it was read
}

// Assessment returns the model's assessment under the rubric with this id.
func (m *Model) Assessment(rubricID string) (rubric.Assessment, bool) {
	for _, a := range m.Assessments {
		if a.Rubric.ID == rubricID {
			return a, true
		}
	}
	return rubric.Assessment{}, false
}

// Name is the name to show: the subject's name, or its id where it has none.
func (m *Model) Name() string { return cmp.Or(m.Subject.Name, m.Subject.ID) }

// Home is the model's public address: its own place, or the first one known, ""
// where none is.
func (m *Model) Home() string {
	for _, role := range []audit.Role{audit.RoleEnd, audit.RoleCode, audit.RoleVendor} {
		for _, p := range m.Subject.Places {
			if p.Role == role && WebLink(p.URL) != "" {
				return p.URL
			}
		}
	}
	return ""
}

// found yields the finding and value of every observation of a fact, in order.
func (m *Model) found(name string) iter.Seq2[audit.Finding, string] {
	return func(yield func(audit.Finding, string) bool) {
		for i := range m.Observations {
			if o := &m.Observations[i]; o.Fact == name && !yield(o.Finding, o.Value) {
				return
			}
		}
		if len(m.Readings) == 0 {
			return
		}
		fact := audit.FactAt(name)
		for i := range m.Readings {
			if r := &m.Readings[i]; fact >= 0 && r.Fact == fact && !yield(r.Finding, r.Value) {
				return
			}
		}
	}
}

// fact returns the value of the first present observation of a fact.
func (m *Model) fact(name string) (string, bool) {
	for finding, value := range m.found(name) {
		if finding == audit.Present {
			return value, true
		}
	}
	return "", false
}

// absent reports whether some observation settles that the fact is not there.
func (m *Model) absent(name string) bool {
	found := false
	for finding := range m.found(name) {
		if finding != audit.NotThere {
			return false
		}
		found = true
	}
	return found
}

// Released is the date of first publication as far as it is known: the
// catalogue's or the hub's, "" otherwise.
func (m *Model) Released() string {
	date := m.Subject.Released
	if date == "" {
		date, _ = m.fact("model.release_date")
	}
	if len(date) > len("2006-01-02") {
		date = date[:len("2006-01-02")]
	}
	return date
}

// License is the licence of the weights as observed, "" when none is known.
func (m *Model) License() string {
	id, _ := m.fact("license.weights.id")
	return id
}

// SubjectKey tells apart one model audited under several labels.
func SubjectKey(id, label string) string { return id + "\x00" + label }

// Words says a change of class and, where it is known, why.
func (c ClassChanged) Words() string {
	words := fmt.Sprintf("%s %s to %s", c.Dimension, c.From, c.To)
	if c.Why != "" {
		words += " (" + c.Why + ")"
	}
	return words
}

// Words lists what differs from the assessment before.
func (h HistoryEntry) Words() string {
	parts := []string{}
	for _, c := range h.Change {
		parts = append(parts, c.Words())
	}
	for _, e := range h.Events {
		parts = append(parts, e.Words())
	}
	return strings.Join(parts, "; ")
}

// StaleSince is since when the first of the sources fails for which an earlier
// look stands in, zero where none does.
func (m *Model) StaleSince() time.Time {
	first := m.Stale
	take := func(t time.Time) {
		if !t.IsZero() && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	for i := range m.Observations {
		take(m.Observations[i].StaleSince)
	}
	for i := range m.Documents {
		take(m.Documents[i].StaleSince)
	}
	return first
}

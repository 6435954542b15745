package audit

import (
	"sync"
	"time"
)

// A Reading is what of an observation a class can depend on, without its text:
// the fact, what was found and its value, and whether a text shows it. A store
// keeps the readings of a crawl packed in one row, so that thousands of models
// are judged anew without their quotes being read.
type Reading struct {
	Fact     int // position in the table of facts, -1 for a fact that the table has not
	Finding  Finding
	Value    string
	Role     Role
	URL      string // where it was read; empty where addresses were not asked for
	Quoted   bool   // a text shows it, in words or by its place in a document
	Indirect bool
	Stale    *Staleness // nil of what was looked at when the crawl was made
}

// Staleness tells of what an earlier look stands in for.
type Staleness struct {
	Since time.Time // when the source failed first
	Read  time.Time // when it was read
}

var factPositions = sync.OnceValue(func() map[string]int {
	positions := make(map[string]int)
	for i, f := range Facts() {
		positions[f.Name] = i
	}
	return positions
})

// FactAt is the position of a fact in the table, -1 where it has none of that name.
func FactAt(name string) int {
	if i, ok := factPositions()[name]; ok {
		return i
	}
	return -1
}

// ReadingOf leaves the text of an observation out.
func ReadingOf(o *Observation) Reading {
	r := Reading{Fact: FactAt(o.Fact), Finding: o.Finding, Value: o.Value, Role: o.Role, URL: o.URL,
		Indirect: o.Indirect, Quoted: o.Quoted()}
	if !o.StaleSince.IsZero() {
		r.Stale = &Staleness{Since: o.StaleSince, Read: o.RetrievedAt}
	}
	return r
}

// A Digest is what of a Record classes and rankings depend on: reading i is of
// its observation i.
type Digest struct {
	Subject    Subject
	Readings   []Reading
	StaleSince time.Time // since when the first of its sources fails for which an earlier look stands in
}

// DigestOf leaves the documents and the text of the observations out.
func DigestOf(r *Record) Digest {
	d := Digest{Subject: r.Subject, Readings: make([]Reading, len(r.Observations)), StaleSince: r.StaleSince()}
	for i := range r.Observations {
		d.Readings[i] = ReadingOf(&r.Observations[i])
	}
	return d
}

// StaleSince is since when the first of the sources fails for which an earlier
// look stands in, zero where none does.
func (r *Record) StaleSince() time.Time {
	var first time.Time
	for i := range r.Documents {
		if t := r.Documents[i].StaleSince; !t.IsZero() && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	return first
}

// Quoted reports whether the observation shows the text it was read from: in
// words, or by its place in a document where the words may not be shipped.
func (o *Observation) Quoted() bool {
	return (o.Finding == Present || o.Finding == Unreadable) && (o.Quote != "" || o.SHA256 != "" && o.End > o.Start)
}

package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"openness/audit"
	"openness/data"
)

// BenchmarkReport writes the site of a database, as openness report does: read,
// judged and written. Its models are those of the built-in snapshot, again and
// again under other names, with as many documents, observations and quotes as
// real ones have; only the words are filler.
func BenchmarkReport(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
			path := filepath.Join(b.TempDir(), "models.db")
			multiplySnapshot(b, path, n, at)
			env := &environment{stdout: io.Discard, stderr: io.Discard, getenv: func(string) string {
				return ""
			}, now: func() time.Time { return at }}
			opts := &reportOptions{globalOptions: &globalOptions{env: env, db: path, dbNamed: true, quiet: true},
				out: b.TempDir()}
			before := processorTime(b)
			for b.Loop() {
				if err := runReport(b.Context(), opts); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric((processorTime(b)-before).Seconds()/float64(b.N), "cpu-s/op")
		})
	}
}

// multiplySnapshot fills a database with n models like those of the snapshot.
func multiplySnapshot(b *testing.B, path string, n int, at time.Time) {
	b.Helper()
	ctx := b.Context()
	snapshot, err := data.OpenOrSnapshot(ctx, filepath.Join(b.TempDir(), "none.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer snapshot.Close()
	records := []audit.Record{}
	err = snapshot.EachFullRecord(ctx, func(r audit.Record) error {
		records = append(records, withFiller(r))
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	db, err := data.Open(context.WithoutCancel(ctx), path)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	for i := range n {
		r := records[i%len(records)]
		r.Subject.ID, r.Subject.Label = fmt.Sprintf("%s-%d", r.Subject.ID, i), ""
		if err := db.SaveRecord(ctx, r, "bench", at); err != nil {
			b.Fatal(err)
		}
	}
}

// withFiller gives the documents of a record bytes, as many as they had, and the
// observations quotes out of them: the snapshot ships neither.
func withFiller(r audit.Record) audit.Record {
	filled := make(map[string]*audit.Document) // by the hash of the bytes that are not shipped
	for i := range r.Documents {
		d := &r.Documents[i]
		if d.SHA256 == "" {
			continue
		}
		old := d.SHA256 // keeps apart what was apart, and makes the same what was
		text := old + strings.Repeat(" The weights of this model and all that made them are described here.",
			d.Size/50+1)
		d.Body = []byte(text[:max(d.Size, len(old))])
		filled[old] = d
		d.SHA256, d.Size = audit.Hash(d.Body), len(d.Body)
	}
	for i := range r.Observations {
		o := &r.Observations[i]
		if d := filled[o.SHA256]; d != nil {
			o.End = min(o.End, len(d.Body))
			o.SHA256, o.Quote = d.SHA256, string(d.Body[o.Start:o.End])
		}
	}
	return r
}

// processorTime is what this process has used of all processors together.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

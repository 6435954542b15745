package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"openness/audit"
	"openness/data"
	"openness/rubric"
	"openness/rubric/agreement"
)

// benchmarkSizes are the numbers of models in the stores that are judged anew.
// OPENNESS_BENCH_MODELS adds a larger one: 100000 takes some minutes to build.
func benchmarkSizes(b *testing.B) []int {
	sizes := []int{1_000, 10_000}
	if more := os.Getenv("OPENNESS_BENCH_MODELS"); more != "" {
		n, err := strconv.Atoi(more)
		if err != nil {
			b.Fatal(err)
		}
		sizes = append(sizes, n)
	}
	return sizes
}

// BenchmarkRejudge judges a whole store under a rubric of 12 dimensions,
// without a network, by all that was observed and by what is kept packed for
// it: an operation is one pass over all models. The cost of a model should not
// depend on how many there are.
func BenchmarkRejudge(b *testing.B) {
	r, err := rubric.Load("osai-2026")
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range benchmarkSizes(b) {
		db := benchmarkStore(b, n)
		pass := func(name string, each func(ctx context.Context, judged *int) error) {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				b.ReportAllocs()
				passes, before := 0, processorTime(b)
				for b.Loop() {
					judged := 0
					if err := each(b.Context(), &judged); err != nil || judged != 12*n {
						b.Fatalf("%d judgements, %v", judged, err)
					}
					passes++
				}
				b.ReportMetric(float64((processorTime(b)-before).Microseconds())/float64(passes*n), "cpu-µs/model")
				b.ReportMetric(peakMemory(b), "peak-MiB")
			})
		}
		pass("observations", func(ctx context.Context, judged *int) error {
			return db.EachRecord(ctx, func(_ audit.Subject, o []audit.Observation) error {
				*judged += len(r.Judge(o).Judgements)
				return nil
			})
		})
		pass("packed", func(ctx context.Context, judged *int) error {
			return db.EachDigest(ctx, false, func(d *audit.Digest) error {
				*judged += len(r.JudgeReadings(d.Readings).Judgements)
				return nil
			})
		})
	}
}

// peakMemory is the largest resident memory of this process so far, in MiB.
// It holds the filling of the store too, so it bounds the pass from above.
func peakMemory(b *testing.B) float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return float64(usage.Maxrss) / 1024 // Maxrss is KiB on Linux
}

// BenchmarkValidate compares 200 stored systems with experts' classes,
// bootstrap included.
func BenchmarkValidate(b *testing.B) {
	r, err := rubric.Load("osai-2026")
	if err != nil {
		b.Fatal(err)
	}
	experts := data.Experts{}
	for i := range 200 {
		s := data.ExpertSystem{ID: label(i)}
		for k, d := range r.Dimensions {
			s.Judgements = append(s.Judgements, data.ExpertJudgement{Dimension: d.ID, Class: []rubric.Class{rubric.Open,
				rubric.Partial, rubric.Closed}[(i+k)%3]})
		}
		experts.Systems = append(experts.Systems, s)
	}
	db := benchmarkStore(b, 200)
	opts := &validateOptions{globalOptions: &globalOptions{db: db.Path()}}
	for b.Loop() {
		stored, missing, err := storedSystems(b.Context(), opts, &experts)
		if err != nil || len(missing) > 0 {
			b.Fatal(missing, err)
		}
		if report := agreement.Compare(r, judgedWithout(r, stored, "")); report.Judgements != 200*12 {
			b.Fatalf("%d judgements", report.Judgements)
		}
	}
}

func label(i int) string { return fmt.Sprintf("System %d", i) }

// benchmarkStore fills a database with n models of as many observations as
// there are facts, read from three documents each.
func benchmarkStore(b testing.TB, n int) *data.DB {
	b.Helper()
	db, err := data.OpenScratch(context.Background(), filepath.Join(b.TempDir(), "bench.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range n {
		if err := db.SaveRecord(b.Context(), benchmarkRecord(i, at), "bench", at); err != nil {
			b.Fatal(err)
		}
	}
	return db
}

func benchmarkRecord(i int, at time.Time) audit.Record {
	id := fmt.Sprintf("org-%d/model-%d", i%100, i)
	r := audit.Record{Subject: audit.Subject{ID: id, Target: id, Label: label(i), Name: id,
		Organisation: fmt.Sprint("org-", i%100)}}
	for k, kind := range []audit.DocKind{audit.DocModelAPI, audit.DocModelCard, audit.DocTree} {
		body := []byte(fmt.Sprintf("document %d of %s says true none MIT 0.5", k, id))
		r.Documents = append(r.Documents, audit.Document{URL: fmt.Sprintf("https://example.org/%s/%d", id, k),
			Kind:  kind,
			Place: audit.HubModel, PlaceID: id, Role: audit.RoleEnd, RetrievedAt: at, Status: 200,
			Outcome: audit.Fetched,
			SHA256:  audit.Hash(body), Body: body})
	}
	for k, f := range audit.Facts() {
		d := &r.Documents[k%len(r.Documents)]
		switch (i + k) % 8 {
		case 0:
			r.Observations = append(r.Observations, audit.From(d, f.Name, audit.Denied, "the server refuses (401)"))
		case 1, 2:
			r.Observations = append(r.Observations, audit.From(d, f.Name, audit.NotThere, "the page does not say it"))
		default:
			r.Observations = append(r.Observations, audit.Observe(d, f.Name, benchmarkValue(f, i+k),
				audit.Span{Start: 0, End: 10}, "as the page says"))
		}
	}
	return r
}

func benchmarkValue(f audit.Fact, i int) string {
	switch f.Type {
	case audit.BoolFact:
		return "true"
	case audit.EnumFact:
		return f.Values[i%len(f.Values)]
	case audit.IntFact, audit.FloatFact:
		return "1"
	}
	return "MIT"
}

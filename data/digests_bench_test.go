package data

import (
	"database/sql"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"testing"

	"openness/audit"
	"openness/rubric"
)

// BenchmarkDigests judges packed rows of synthetic models anew under a rubric of
// 12 dimensions with a memo that knows nothing, beside a scan of the same rows
// that does nothing with them. OPENNESS_BENCH_MODELS names another size, such as
// 1000000; OPENNESS_DUMP names captures to mutate (see digestsToMutate).
func BenchmarkDigests(b *testing.B) {
	sizes := []int{10_000, 100_000}
	if more := os.Getenv("OPENNESS_BENCH_MODELS"); more != "" {
		n, err := strconv.Atoi(more)
		if err != nil {
			b.Fatal(err)
		}
		sizes = []int{n}
	}
	text, err := rubric.BuiltinFile("osai-2026")
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range sizes {
		db, distinct := syntheticStore(b, n)
		b.Run(fmt.Sprintf("scan/%d", n), func(b *testing.B) {
			measured(b, n, func() {
				if err := scanned(b, db); err != nil {
					b.Fatal(err)
				}
			})
		})
		b.Run(fmt.Sprintf("judge/%d", n), func(b *testing.B) {
			var r *rubric.Rubric
			measured(b, n, func() {
				b.StopTimer()
				if r, err = rubric.Parse("cold.yaml", text); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				judged := 0
				memory := sync.Pool{New: func() any { return new(rubric.Assessment) }}
				made, err := DigestsInto(b.Context(), db, false, func(d *audit.Digest) int8 {
					a := memory.Get().(*rubric.Assessment)
					defer memory.Put(a)
					r.JudgeInto(a, d.Readings)
					return int8(len(a.Judgements))
				})
				for _, n := range made {
					judged += int(n)
				}
				if err != nil || judged != 12*n {
					b.Fatalf("%d judgements, %v", judged, err)
				}
			})
			b.ReportMetric(100*(1-float64(r.Remembered())/float64(12*n)), "%hits")
			b.ReportMetric(float64(distinct), "distinct")
		})
	}
}

// scanned reads the packed rows and their subjects, and nothing else.
func scanned(b *testing.B, db *DB) error {
	return db.read(b.Context(), func(conn *sql.Conn) error {
		rows, err := conn.QueryContext(b.Context(), digestsQuery(latestCrawls, false))
		if err != nil {
			return err
		}
		defer rows.Close()
		var row packedRow
		columns := row.columns()
		for rows.Next() {
			if err := rows.Scan(columns...); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// measured reports what one pass over n models costs of the processors, whatever
// else runs on the machine, and the most memory that the process had. Garbage may
// grow by what the program lets it grow by (cmd/openness/collection.go).
func measured(b *testing.B, n int, pass func()) {
	unused := make([]byte, 48<<20)
	defer runtime.KeepAlive(unused)
	b.ReportAllocs()
	var before, after syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &before); err != nil {
		b.Fatal(err)
	}
	passes := 0
	for b.Loop() {
		pass()
		passes++
	}
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &after); err != nil {
		b.Fatal(err)
	}
	used := after.Utime.Nano() - before.Utime.Nano() + after.Stime.Nano() - before.Stime.Nano()
	b.ReportMetric(float64(used)/1e3/float64(passes*n), "cpu-µs/model")
	b.ReportMetric(float64(after.Maxrss)/1024, "peak-MiB")
}

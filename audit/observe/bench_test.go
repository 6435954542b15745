package observe

import (
	"os"
	"syscall"
	"testing"
	"time"

	"openness/audit"
)

// BenchmarkAll observes everything of real captures, all themes together: an
// operation is one subject, the next one each time. Processor time is told beside the
// time by the clock. What models share is remembered from one to the next, as in an audit
// of a list.
func BenchmarkAll(b *testing.B) {
	if _, err := os.Stat(sharedCorpus); err != nil {
		b.Skip("no shared corpus beside the checkout")
	}
	b.Run("repositories", func(b *testing.B) { benchmarkAll(b, eachRepository) })
	b.Run("cards", func(b *testing.B) { benchmarkAll(b, eachCard) })
}

func benchmarkAll(b *testing.B, each func(testing.TB, func(audit.Subject, []audit.Document))) {
	type captured struct {
		subject audit.Subject
		docs    []audit.Document
	}
	var all []captured
	bytes := 0
	each(b, func(s audit.Subject, docs []audit.Document) {
		all = append(all, captured{subject: s, docs: docs})
		for i := range docs {
			bytes += len(docs[i].Body)
		}
	})
	b.ReportAllocs()
	b.SetBytes(int64(bytes / len(all)))
	i := 0
	start := processTime(b)
	for b.Loop() {
		c := all[i%len(all)]
		All(c.subject, c.docs)
		i++
	}
	b.ReportMetric((processTime(b)-start).Seconds()*1000/float64(b.N), "cpu-ms/op")
}

// processTime is the processor time of this process, in which other processes do not
// count.
func processTime(tb testing.TB) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		tb.Skip("no processor time of a process on this system:", err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

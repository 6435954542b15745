package observe

import (
	"os"
	"testing"

	"openness/audit"
)

// BenchmarkAll observes everything of real captures, all themes together: an
// operation is one subject, the next one each time.
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
		all = append(all, captured{s, docs})
		for i := range docs {
			bytes += len(docs[i].Body)
		}
	})
	b.ReportAllocs()
	b.SetBytes(int64(bytes / len(all)))
	i := 0
	for b.Loop() {
		c := all[i%len(all)]
		All(c.subject, c.docs)
		i++
	}
}

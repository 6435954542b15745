package license_test

import (
	"testing"

	"openness/audit/license"
)

func BenchmarkCorpus(b *testing.B) {
	var texts [][]byte
	size := 0
	for _, row := range labelled(b) {
		text := readText(b, row)
		texts = append(texts, text)
		size += len(text)
	}
	license.Identify(texts[0])
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, text := range texts {
			license.Identify(text)
		}
	}
}

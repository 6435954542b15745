package license_test

import (
	"syscall"
	"testing"
	"time"

	"openness/audit/license"
	"openness/audit/license/sources"
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
	start := processorTime()
	for b.Loop() {
		for _, text := range texts {
			license.Identify(text)
		}
	}
	reportSpeed(b, size, start)
}

// processorTime is the time that this process has had on all processors.
func processorTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err) // cannot fail for the process itself
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// reportSpeed adds the speed in processor time, which other work on the
// machine disturbs less than the clock.
func reportSpeed(b *testing.B, size int, start time.Duration) {
	b.ReportMetric(float64(size)*float64(b.N)/1e6/(processorTime()-start).Seconds(), "MB/cpu-s")
}

// BenchmarkSPDX identifies every text of the SPDX list.
func BenchmarkSPDX(b *testing.B) {
	file := spdxTexts()
	if file == "" {
		b.Skip("OPENNESS_SPDX_TEXTS does not name spdx-full.json")
	}
	all, err := sources.SPDX(file)
	if err != nil {
		b.Fatal(err)
	}
	size := 0
	for _, s := range all {
		size += len(s.Text)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	start := processorTime()
	for b.Loop() {
		for _, s := range all {
			license.Identify(s.Text)
		}
	}
	reportSpeed(b, size, start)
}

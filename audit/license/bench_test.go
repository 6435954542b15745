package license_test

import (
	"os"
	"runtime"
	"strconv"
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

// BenchmarkLicenses shows how the cost of a scan and the size of an index grow
// with the number of licences in it.
func BenchmarkLicenses(b *testing.B) {
	file := spdxTexts()
	if file == "" {
		b.Skip("OPENNESS_SPDX_TEXTS does not name spdx-full.json")
	}
	all, err := sources.Read(corpusDir, file)
	if err != nil {
		b.Skipf("the shared corpus is not here: %v", err)
	}
	first := make(map[string]int) // id -> its number in order of appearance
	for _, s := range all {
		if _, ok := first[s.ID]; !ok {
			first[s.ID] = len(first)
		}
	}
	for _, n := range []int{100, 200, 400, 800} {
		var some []license.Source
		for _, s := range all {
			if first[s.ID] < n {
				some = append(some, s)
			}
		}
		data, err := license.Build(some)
		if err != nil {
			b.Fatal(err)
		}
		ix, err := license.NewIndex(data)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(strconv.Itoa(min(n, len(first))), func(b *testing.B) {
			size, start := 0, processorTime()
			for b.Loop() {
				size = 0
				for _, row := range labelled(b)[:100] {
					text := readText(b, row)
					size += len(text)
					ix.Identify(text)
				}
			}
			reportSpeed(b, size, start)
			b.ReportMetric(float64(len(data))/1e6, "index-MB")
		})
	}
}

// BenchmarkOpen is what the first identification of a process waits for.
func BenchmarkOpen(b *testing.B) {
	data, err := os.ReadFile("index.bin")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := license.NewIndex(data); err != nil {
			b.Fatal(err)
		}
	}
}

// The index and what it is opened into stay below 32 MB.
func TestIndexIsSmall(t *testing.T) {
	data, err := os.ReadFile("index.bin")
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	ix, err := license.NewIndex(data)
	if err != nil {
		t.Fatal(err)
	}
	ix.Identify([]byte("Permission is hereby granted, free of charge, to any person"))
	runtime.ReadMemStats(&after)
	held := int(after.TotalAlloc-before.TotalAlloc) + len(data)
	t.Logf("%d bytes embedded, %d with what was allocated to open it and to scan once", len(data), held)
	if held > 32<<20 {
		t.Errorf("%d bytes", held)
	}
}

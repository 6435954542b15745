package main

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestMemory: the memory of an audit grows with the jobs, not with the list.
// Ten times the subjects may take a fifth more: what is kept of each is its
// classes, for the table at the end.
func TestMemory(t *testing.T) {
	if os.Getenv("OPENNESS_SLOW_TESTS") == "" {
		t.Skip("audits 1,100 synthetic models: set OPENNESS_SLOW_TESTS=1")
	}
	for _, format := range []string{"json", "yaml", "markdown", "table"} {
		t.Run(format, func(t *testing.T) { boundedMemory(t, format) })
	}
}

func boundedMemory(t *testing.T, format string) {
	peak := map[int]float64{}
	for _, subjects := range []int{100, 1000} {
		r := newRig(t, subjects)
		p := r.command(filepath.Join(t.TempDir(), "o.db"))
		p.Args = append(p.Args, "--format", format)
		begun := time.Now()
		if code := p.run(t); code != exitUnreached {
			t.Fatalf("exit code %d\n%.2000s", code, &p.stderr)
		}
		took := time.Since(begun)
		usage, ok := p.ProcessState.SysUsage().(*syscall.Rusage)
		if !ok {
			t.Skip("this system does not tell how much memory a process took")
		}
		peak[subjects] = float64(usage.Maxrss) / 1024 // KiB on Linux
		t.Logf("%d subjects: %.1f s, %.0f subjects/s, at most %.0f MiB", subjects, took.Seconds(), float64(subjects)/took.Seconds(), peak[subjects])
	}
	if peak[1000] > 1.2*peak[100] {
		t.Errorf("1,000 subjects took %.0f MiB, 100 took %.0f", peak[1000], peak[100])
	}
}

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"
)

// TestMemory: the memory of an audit grows with the jobs, not with the list.
// Ten times the subjects may take a fifth more: what is kept of each is its
// classes, for the table at the end.
func TestMemory(t *testing.T) {
	if os.Getenv("OPENNESS_SLOW") == "" {
		t.Skip("audits 1,100 synthetic models in four formats: set OPENNESS_SLOW=1")
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
		if err := p.Start(); err != nil {
			t.Fatal(err)
		}
		watched := watchMemory(p.Process.Pid)
		if code := p.wait(t); code != exitUnreached {
			t.Fatalf("exit code %d\n%.2000s", code, &p.stderr)
		}
		took := time.Since(begun)
		if peak[subjects] = <-watched; peak[subjects] == 0 {
			t.Skip("this system does not tell how much memory a process takes")
		}
		t.Logf("%d subjects: %.1f s, %.0f subjects/s, at most %.0f MiB", subjects, took.Seconds(),
			float64(subjects)/took.Seconds(), peak[subjects])
	}
	if peak[1000] > 1.2*peak[100] {
		t.Errorf("1,000 subjects took %.0f MiB, 100 took %.0f", peak[1000], peak[100])
	}
}

var highWater = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// watchMemory gives, once a process has ended, the most memory that it had in
// MiB. What a system reports of a process that has ended counts its parent's
// memory at the start too, so the process is asked while it lives.
func watchMemory(pid int) <-chan float64 {
	most := make(chan float64, 1)
	go func() {
		peak := 0.0
		for {
			status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
			said := highWater.FindSubmatch(status)
			if err != nil || said == nil {
				most <- peak
				return
			}
			if kib, err := strconv.ParseFloat(string(said[1]), 64); err == nil {
				peak = kib / 1024
			}
			time.Sleep(20 * time.Millisecond)
		}
	}()
	return most
}

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/google/licensecheck"
	classifier "github.com/google/licenseclassifier/v2"
	"github.com/google/licenseclassifier/v2/assets"

	"openness/audit/license"
)

// An identifier names the licence that covers most of a text, and says whether
// it takes the whole text for it, unchanged.
type identifier func(text []byte) (id string, whole bool)

// An engine opens itself: all that it does before the first answer is in open.
type engine struct {
	name string
	open func() (identifier, func(id string) bool)
}

func engines() []engine {
	return []engine{
		{"openness", func() (identifier, func(string) bool) {
			return func(text []byte) (string, bool) {
				res := license.Identify(text)
				return res.License, !res.Modified
			}, func(id string) bool { _, ok := license.TermsOf(id); return ok }
		}},
		{"licensecheck", openLicensecheck},
		{"licenseclassifier/v2", openClassifier},
	}
}

// renamed maps the ids of older lists to those of today.
func renamed(id string) string {
	for _, family := range []string{"GPL-", "LGPL-", "AGPL-", "GFDL-"} {
		if strings.HasPrefix(id, family) && !strings.HasSuffix(id, "-only") && !strings.HasSuffix(id, "-or-later") &&
			!strings.Contains(id, "with") {
			return strings.TrimSuffix(id, "+") + "-only"
		}
	}
	return strings.TrimSuffix(strings.Replace(id, "-or-later", "-only", 1), "-header")
}

func openLicensecheck() (identifier, func(string) bool) {
	known := make(map[string]bool)
	for _, l := range licensecheck.BuiltinLicenses() {
		known[renamed(l.ID)] = true
	}
	return func(text []byte) (string, bool) {
		cov := licensecheck.Scan(text)
		covered := make(map[string]int)
		best := ""
		for _, m := range cov.Match {
			id := renamed(m.ID)
			if covered[id] += m.End - m.Start; covered[id] > covered[best] {
				best = id
			}
		}
		return best, cov.Percent >= 95
	}, func(id string) bool { return known[id] }
}

func openClassifier() (identifier, func(string) bool) {
	c, err := assets.DefaultClassifier()
	if err != nil {
		panic(err) // embedded in the module
	}
	return func(text []byte) (string, bool) { return largest(c.Match(text), bytes.Count(text, []byte("\n"))+1) },
		func(id string) bool {
			for _, dir := range []string{id, strings.TrimSuffix(id, "-only")} {
				if _, err := assets.ReadLicenseFile("License/" + dir + "/license.txt"); err == nil {
					return true
				}
			}
			return false
		}
}

// largest is the licence that covers most lines.
func largest(found classifier.Results, lines int) (string, bool) {
	covered := make(map[string]int)
	best, sure := "", 0.0
	for _, m := range found.Matches {
		if m.MatchType != "License" {
			continue
		}
		id := renamed(m.Name)
		if covered[id] += m.EndLine - m.StartLine + 1; covered[id] > covered[best] {
			best, sure = id, m.Confidence
		}
	}
	return best, best != "" && sure >= 0.95 && covered[best]*100 >= 90*lines
}

// alone starts one engine, asks it once, and prints how much memory it holds.
// An empty process ("none") does nothing, to tell what starting one costs.
func alone(name string) error {
	for _, e := range engines() {
		if e.name == name {
			identify, _ := e.open()
			identify([]byte("Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files"))
		}
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			fmt.Println(strings.Fields(rest)[0])
		}
	}
	return nil
}

// processorTime is the time that this process has had on all processors.
func processorTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err) // cannot fail for the process itself
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// measure returns the processor time of starting and the first answer, less
// the time of an empty process, and the memory it then holds in bytes, less
// that of an empty process (all engines are in one program). The median of
// seven starts counts.
func measure(name string) (start time.Duration, resident int, err error) {
	took, held, err := startOf(name)
	if err != nil {
		return 0, 0, err
	}
	emptyTook, emptyHeld, err := startOf("none")
	return max(0, took-emptyTook), held - emptyHeld, err
}

func startOf(name string) (time.Duration, int, error) {
	var times []time.Duration
	held := 0
	for range 7 {
		cmd := exec.Command(os.Args[0], "-child", name)
		out, err := cmd.Output()
		if err != nil {
			return 0, 0, fmt.Errorf("start %s: %w", name, err)
		}
		times = append(times, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
		kilobytes, err := strconv.Atoi(strings.TrimSpace(string(out)))
		if err != nil {
			return 0, 0, err
		}
		held = kilobytes * 1024
	}
	slices.Sort(times)
	return times[len(times)/2], held, nil
}

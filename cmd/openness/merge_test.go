package main

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var someTime = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)`)

// timeless gives the assessments of a JSON export, byte for byte but for their
// times and their order, one a line.
func timeless(export []byte) (string, error) {
	var all []json.RawMessage
	if err := json.Unmarshal(export, &all); err != nil {
		return "", err
	}
	var lines []string
	for _, one := range all {
		var line bytes.Buffer
		if err := json.Compact(&line, someTime.ReplaceAll(one, []byte("TIME"))); err != nil {
			return "", err
		}
		lines = append(lines, line.String())
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n"), nil
}

// sameaudits demands that two JSON exports hold the same assessments, times
// aside: "sameaudits A.json B.json".
func sameaudits(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: [!] sameaudits A B")
	}
	var texts [2]string
	for i, name := range args {
		export, err := os.ReadFile(ts.MkAbs(name))
		ts.Check(err)
		texts[i], err = timeless(export)
		ts.Check(err)
	}
	if len(texts[0]) == 0 || (texts[0] == texts[1]) == neg {
		ts.Fatalf("%s and %s: same is %v, want %v", args[0], args[1], texts[0] == texts[1], !neg)
	}
}

// TestTimeless: what differs in more than its times is not the same.
func TestTimeless(t *testing.T) {
	a, err := timeless([]byte(`[{"at": "2026-01-02T03:04:05.5Z", "m": 1}, {"m": 2}]`))
	if err != nil {
		t.Fatal(err)
	}
	b, _ := timeless([]byte(`[{"m":2},{"at":"2025-01-02T03:04:05+02:00","m":1}]`))
	c, _ := timeless([]byte(`[{"m":3},{"at":"2025-01-02T03:04:05Z","m":1}]`))
	if a != b || a == c {
		t.Errorf("got %q, %q and %q", a, b, c)
	}
}

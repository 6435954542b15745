package main

import (
	"strings"
	"testing"
)

// A message about a foreign file of megabytes stays readable: it keeps its start,
// where the place is named, and its end, where the cause is.
func TestLongMessage(t *testing.T) {
	got := oneMessage(`table "x.csv": no column among ` + strings.Repeat("[é", 400_000) + ": give one")
	if len(got) > 3000 || !strings.HasPrefix(got, `table "x.csv"`) || !strings.HasSuffix(got, ": give one") ||
		!strings.Contains(got, "bytes left out") {
		t.Errorf("%d bytes: %.200s", len(got), got)
	}
	got = oneMessage("faults:" + strings.Repeat("\nline 1: bad", 5000))
	if n := strings.Count(got, "\n"); n != mostLines || !strings.HasSuffix(got, "(4801 further lines)") {
		t.Errorf("%d lines, ends %q", n, got[len(got)-40:])
	}
	if short := "as it was"; oneMessage(short) != short {
		t.Errorf("a short message was changed: %q", oneMessage(short))
	}
}

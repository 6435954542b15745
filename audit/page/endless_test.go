package page

import (
	"bytes"
	"testing"
	"time"
)

// TestEndlessLine: what each passage asks of its line costs the same on a page
// that is one line of megabytes, where looking for its start took the square.
func TestEndlessLine(t *testing.T) {
	body := bytes.Repeat([]byte("We do not release the data. "), 200_000)
	began := time.Now()
	for at := len(body) / 2; at < len(body)/2+28*20_000; at += 28 {
		if start := LineStart(body, at); start > at {
			t.Fatalf("the line of %d begins at %d", at, start)
		}
		if from, to := Whole(body, at, at+27); from > at || to < at+27 {
			t.Fatalf("[%d, %d) was narrowed to [%d, %d)", at, at+27, from, to)
		}
	}
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("20,000 passages of one line take %v", took)
	}
}

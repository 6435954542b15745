package page

import (
	"bytes"
	"testing"
)

// TestEndlessLine: what each passage asks of its line is answered within bounds on a page that is
// one line of megabytes, where looking for its start took the square of its length.
func TestEndlessLine(t *testing.T) {
	body := bytes.Repeat([]byte("We do not release the data. "), 200_000)
	for at := len(body) / 2; at < len(body)/2+28*1_000; at += 28 {
		if start := LineStart(body, at); start > at || start < at-longestLine {
			t.Fatalf("the line of %d begins at %d", at, start)
		}
		if from, to := Whole(body, at, at+27); from > at || to < at+27 || from < at-longestLine || to > at+longestLine {
			t.Fatalf("[%d, %d) was narrowed or widened to [%d, %d)", at, at+27, from, to)
		}
	}
}

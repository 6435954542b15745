package warc

import (
	"errors"
	"io"
	"testing"
)

// zeros is a device that never ends.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// TestEndless: what is no archive and never ends is given up, not read for ever.
func TestEndless(t *testing.T) {
	defer func(before int64) { maxAdrift = before }(maxAdrift)
	maxAdrift = 1 << 20
	r, err := NewReader(io.Reader(zeros{}))
	if err != nil {
		t.Fatal(err)
	}
	var fault *RecordError
	for range 10 {
		if _, err = r.Next(); errors.As(err, &fault) && fault.Fatal {
			return
		}
	}
	t.Errorf("it goes on: %v", err)
}

package seal_test

import (
	"bytes"
	"errors"
	"testing"

	"openness/reports/seal"
)

// FuzzCheck: a file that somebody else wrote gives an error or a report, never a
// panic, and only what was sealed is without a problem.
func FuzzCheck(f *testing.F) {
	good := sealed(f, nil)
	f.Add(good)
	f.Add([]byte(`{"schema":"openness.seal/1"}`))
	f.Add(bytes.Replace(good, []byte(`"start":2`), []byte(`"start":-9`), 1))
	f.Add(bytes.Replace(good, []byte(`"warc":"`), []byte(`"warc":"A`), 1))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := seal.Check(text)
		if err != nil {
			if !errors.Is(err, seal.ErrChanged) {
				t.Errorf("%v is not ErrChanged", err)
			}
			return
		}
		if len(r.Problems) == 0 && r.Digest == "" {
			t.Errorf("no problem with a file without a digest: %.200q", text)
		}
	})
}

// TestNegativeSpan: a sealed file may say that a quote begins before its document.
func TestNegativeSpan(t *testing.T) {
	changed := bytes.Replace(sealed(t, nil), []byte(`"start":2`), []byte(`"start":-9`), 1)
	r, err := seal.Check(changed)
	if err != nil || len(r.Problems) < 2 || r.Quotes != 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

package queue

import (
	"crypto/sha256"
	"errors"
	"testing"
	"time"

	"openness/audit"
)

// FuzzDecode: what a server hands out as a job or takes back as a result gives
// an error or a record whose documents hash to what they say, never a panic.
// The bytes are what a message packs, since a changed message fails at its hash.
func FuzzDecode(f *testing.F) {
	result := &Result{Tool: "1", Worker: "w", At: time.Unix(9, 0).UTC(), Record: audit.Record{
		Subject:   audit.Subject{ID: "org/model"},
		Documents: []audit.Document{document("https://a.example", "a page")}}}
	job := &Job{Tool: "1", Target: []byte(`{"Text":"org/model"}`), Settings: []byte(`{}`),
		Known: []Known{{Last: document("https://a.example", "a page")}}}
	for _, message := range []interface{ Encode() ([]byte, error) }{result, job} {
		packed, err := message.Encode()
		if err != nil {
			f.Fatal(err)
		}
		plain, err := decoder().DecodeAll(packed[len(format)+sha256.Size:], nil)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(plain)
		f.Add(plain[:len(plain)-1])
	}
	f.Fuzz(func(t *testing.T, plain []byte) {
		sum := sha256.Sum256(plain)
		message := encoder().EncodeAll(plain, append([]byte(format), sum[:]...))
		got, err := DecodeResult(message)
		if err != nil && !errors.Is(err, ErrMessage) {
			t.Errorf("%v is not ErrMessage", err)
		}
		for i := range got.Record.Documents {
			d := &got.Record.Documents[i]
			if err == nil && d.SHA256 != "" && audit.Hash(d.Body) != d.SHA256 {
				t.Errorf("%d bytes do not hash to %s", len(d.Body), d.SHA256)
			}
		}
		if _, err := DecodeJob(message); err != nil && !errors.Is(err, ErrMessage) {
			t.Errorf("%v is not ErrMessage", err)
		}
	})
}

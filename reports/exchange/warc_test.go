package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"openness/audit"
	"openness/audit/warc"
)

// TestWriteWARC: bodies are written once, missing ones are only named, and a
// store that fails ends the writing with the document's name.
func TestWriteWARC(t *testing.T) {
	errMissing := errors.New("missing")
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	card := []byte("# Card\n")
	documents := []audit.Document{
		{URL: "https://huggingface.co/a/b/resolve/x/README.md", RetrievedAt: at, Status: 200, Outcome: audit.Fetched,
			SHA256: audit.Hash(card)},
		{URL: "https://huggingface.co/a/b/resolve/x/README.md", RetrievedAt: at.Add(time.Hour), Status: 304,
			Outcome: audit.NotModified, SHA256: audit.Hash(card)},
		{URL: "https://huggingface.co/a/b/resolve/x/LICENSE", RetrievedAt: at, Status: 404, Outcome: audit.Absent},
		{URL: "https://huggingface.co/c/d/resolve/x/README.md", RetrievedAt: at, Status: 200, Outcome: audit.Fetched,
			SHA256: strings.Repeat("0", 64)},
	}
	archive := Archive{
		Software: "openness test", At: at, Gzip: true, Records: func(yield func(audit.Record) error) error {
			return yield(audit.Record{Subject: audit.Subject{ID: "a/b"}, Documents: documents})
		},
		Fetches: func(yield func(audit.Document) error) error {
			for _, d := range documents {
				if err := yield(d); err != nil {
					return err
				}
			}
			return nil
		},
		Body: func(sha string) ([]byte, error) {
			if sha == audit.Hash(card) {
				return card, nil
			}
			return nil, errMissing
		},
		Missing: func(err error) bool { return errors.Is(err, errMissing) },
	}
	var out bytes.Buffer
	if err := WriteWARC(&out, archive); err != nil {
		t.Fatal(err)
	}
	r, err := warc.NewReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for item, err := range warc.Documents(r) {
		if err != nil {
			t.Fatal(err)
		}
		if item.Subject != nil {
			got = append(got, fmt.Sprintf("subject %s of %d documents", item.Subject.Subject.ID,
				len(item.Subject.Documents)))
			continue
		}
		got = append(got, string(item.Document.Outcome)+" "+string(item.Document.Body))
	}
	want := "subject a/b of 4 documents|fetched # Card\n|not_modified # Card\n|absent "
	if strings.Join(got, "|") != want {
		t.Errorf("%q, want %q", strings.Join(got, "|"), want)
	}
	archive.Missing = nil
	if err := WriteWARC(&out, archive); !errors.Is(err, errMissing) || !strings.Contains(err.Error(), "c/d/resolve") {
		t.Errorf("a store that fails: %v", err)
	}
}

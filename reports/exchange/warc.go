package exchange

import (
	"fmt"
	"io"
	"time"

	"openness/audit"
	"openness/audit/warc"
)

// An Archive is what WriteWARC writes: the fetches of one or more crawls.
type Archive struct {
	Software string // name and version of this program
	At       time.Time
	Gzip     bool // each record in a gzip member of its own, as archives expect
	// Records gives what was audited and from which documents, so that the audit
	// can be repeated from the archive. Bodies and observations are not used.
	Records func(yield func(audit.Record) error) error
	// Fetches gives every attempt in the order they were made, so that a
	// payload comes before what refers to it.
	Fetches func(yield func(audit.Document) error) error
	// Body gives the stored bytes with a hash. Its error ends the writing,
	// unless Missing says that the bytes were never stored.
	Body    func(sha256 string) ([]byte, error)
	Missing func(error) bool
}

// WriteWARC writes stored fetches as a web archive in the WARC/1.1 format.
// The same store gives the same bytes.
func WriteWARC(w io.Writer, a Archive) error {
	out := warc.NewWriter(w, a.Gzip)
	if err := out.Info(a.Software, a.At); err != nil {
		return fmt.Errorf("write archive: %w", err)
	}
	err := a.Records(func(r audit.Record) error { return out.Subject(r.Subject, r.Documents, a.At) })
	if err != nil {
		return fmt.Errorf("write archive: %w", err)
	}
	return a.Fetches(func(d audit.Document) error {
		if d.SHA256 == "" {
			return out.Document(d, nil)
		}
		body, err := a.Body(d.SHA256)
		switch {
		case err != nil && a.Missing != nil && a.Missing(err):
			return out.Known(d)
		case err != nil:
			return fmt.Errorf("write archive: body of %q: %w", d.URL, err)
		}
		return out.Document(d, body)
	})
}

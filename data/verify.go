package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"openness/audit"
)

// A Problem is one thing that Verify found not to be as it was stored.
type Problem struct {
	URL    string `json:"url"`
	SHA256 string `json:"sha256,omitempty"`
	Fact   string `json:"fact,omitempty"` // of the observation, where one is at fault
	What   string `json:"problem"`        // a sentence
}

// String names the problem, where it is and what was expected.
func (p Problem) String() string {
	if p.Fact != "" {
		return fmt.Sprintf("%s: observation of %q: %s", p.URL, p.Fact, p.What)
	}
	return fmt.Sprintf("%s: %s", p.URL, p.What)
}

// A Verification is what Verify did and found.
type Verification struct {
	Documents  int       `json:"documents"`   // whose bytes were hashed again and agree
	Quotes     int       `json:"quotes"`      // observations whose quote is in those bytes where they say
	NotShipped int       `json:"not_shipped"` // documents of the built-in snapshot: hash known, bytes not here
	Problems   []Problem `json:"problems"`
}

// Verify hashes every stored document of the latest crawl of one model again
// and compares every observation's quote with the bytes that it cites. name is
// read as by Record. Only one document is in memory at a time.
func (db *DB) Verify(ctx context.Context, name string) (Verification, error) {
	v := Verification{Problems: []Problem{}}
	r, err := db.Record(ctx, name)
	if err != nil {
		return v, err
	}
	err = db.read(ctx, func(conn *sql.Conn) error {
		fromSnapshot, err := isFromSnapshot(ctx, conn, &r.Subject)
		if err != nil {
			return err
		}
		checked := make(map[string]bool)
		for _, d := range r.Documents {
			if d.SHA256 == "" || checked[d.SHA256] {
				continue
			}
			checked[d.SHA256] = true
			if err := v.document(ctx, conn, &d, r.Observations, fromSnapshot); err != nil {
				return err
			}
		}
		return nil
	})
	return v, err
}

func isFromSnapshot(ctx context.Context, q querier, s *audit.Subject) (yes bool, err error) {
	crawl, err := latestCrawl(ctx, q, s)
	if err != nil {
		return false, err
	}
	err = q.QueryRowContext(ctx, `SELECT origin = 'snapshot' FROM crawls WHERE id = ?`, crawl).Scan(&yes)
	return yes, err
}

// document checks one document and the observations that cite its bytes.
// Damage is a Problem; only an end of ctx is an error.
func (v *Verification) document(ctx context.Context, q querier, d *audit.Document, observations []audit.Observation,
	fromSnapshot bool) error {
	body, err := loadBody(ctx, q, d.SHA256)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, ErrNoBody) && fromSnapshot:
		v.NotShipped++
		return nil
	case err != nil:
		v.Problems = append(v.Problems, Problem{URL: d.URL, SHA256: d.SHA256, What: err.Error()})
		return nil //nolint:nilerr // the damage is reported as a Problem
	}
	v.Documents++
	for i := range observations {
		o := observations[i]
		if o.SHA256 != d.SHA256 || o.Finding != audit.Present {
			continue
		}
		if fromSnapshot { // its quotes are not shipped: that the span is there is all that can be checked
			o.Quote = spanOf(&o, body)
		}
		if problem := misquote(&o, body); problem != "" {
			v.Problems = append(v.Problems, Problem{URL: o.URL, SHA256: o.SHA256, Fact: o.Fact, What: problem})
			continue
		}
		v.Quotes++
	}
	return nil
}

// spanOf is the text that an observation cites, or "" outside of body.
func spanOf(o *audit.Observation, body []byte) string {
	if !(audit.Span{Start: o.Start, End: o.End}).Within(len(body)) {
		return ""
	}
	return string(body[o.Start:o.End])
}

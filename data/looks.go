package data

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"time"

	"openness/audit"
)

// A look is when an answer was given and how, where that is not what its row of
// fetches says: the row is of the first time that the address gave it.
type look struct {
	at      int64 // Unix nanoseconds, 0 for as the row says
	status  int
	outcome audit.Outcome
}

func lookAt(d *audit.Document) look { return look{d.RetrievedAt.UnixNano(), d.Status, d.Outcome} }

func (l look) apply(d *audit.Document) {
	if l.at != 0 {
		d.RetrievedAt, d.Status, d.Outcome = time.Unix(0, l.at).UTC(), l.status, l.outcome
	}
}

// answerColumns are fetchColumns with the last look at each answer, out of
// answerTables; scanAnswer reads them.
const (
	answerColumns = fetchColumns + `, coalesce(k.at, 0), coalesce(k.status, 0), coalesce(k.outcome, '')`
	answerTables  = `fetches f LEFT JOIN bodies b ON b.sha256 = f.sha256 LEFT JOIN looks k ON k.fetch = f.id`
)

// scanAnswer reads answerColumns, and any further columns into more.
func scanAnswer(row scanner, more ...any) (audit.Document, error) {
	d, last, err := scanLooks(row, more...)
	last.apply(&d)
	return d, err
}

// scanLooks is scanAnswer with the first and the last look apart.
func scanLooks(row scanner, more ...any) (first audit.Document, last look, err error) {
	first, err = scanFetch(row, append([]any{&last.at, &last.status, &last.outcome}, more...)...)
	return first, last, err
}

// sameAnswer is a condition: a row of fetches holds what a document says, and its
// bytes, whenever that was and whether they came anew or had not changed.
const sameAnswer = `f.url = ?1 AND f.kind = ?2 AND f.place = ?3 AND f.place_id = ?4 AND f.path = ?5 AND f.revision = ?6 AND f.detail = ?7
	AND f.content_type = ?8 AND f.etag = ?9 AND f.last_modified = ?10 AND coalesce(f.sha256, '') = ?11 AND f.partial = ?12
	AND (f.sha256 IS NULL OR EXISTS (SELECT 1 FROM bodies b WHERE b.sha256 = f.sha256 AND (b.data IS NOT NULL OR NOT ?15)))
	AND (f.outcome = ?13 AND f.status = ?14 OR f.outcome IN ('fetched', 'not_modified') AND ?13 IN ('fetched', 'not_modified'))`

func sameArgs(d *audit.Document) []any {
	return []any{d.URL, d.Kind, d.Place, d.PlaceID, d.Path, d.Revision, d.Detail, d.ContentType, d.ETag, d.Modified,
		d.SHA256, d.Partial,
		d.Outcome, d.Status, d.Body != nil}
}

// lookAgain moves the date of the newest answer of an address, if a document
// says the same. It must be the newest: what an address gave last is told by the
// order of rows.
func lookAgain(ctx context.Context, tx *sql.Tx, d *audit.Document) (again bool, err error) {
	if err := hashBody(d); err != nil {
		return false, err
	}
	l := lookAt(d)
	result, err := tx.ExecContext(ctx, `INSERT INTO looks (fetch, at, status, outcome)
		SELECT f.id, ?16, ?17, ?18 FROM fetches f WHERE f.id = (SELECT max(id) FROM fetches WHERE url = ?1) AND `+
		sameAnswer+`
		ON CONFLICT (fetch) DO UPDATE SET at = max(at, excluded.at), status = excluded.status, outcome = excluded.outcome`,
		append(sameArgs(d), l.at, l.status, l.outcome)...)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n > 0, err
}

// findFetch gives the row of an answer that says what a document says, the one of
// the same look first, or 0. exact tells whether it is of that look.
func findFetch(ctx context.Context, tx *sql.Tx, d *audit.Document) (id int64, exact bool, err error) {
	err = tx.QueryRowContext(ctx,
		`SELECT f.id, f.retrieved_at = ?16 AND f.status = ?14 AND f.outcome = ?13 AS exact FROM fetches f
		WHERE `+sameAnswer+` ORDER BY exact DESC, f.id DESC LIMIT 1`,
		append(sameArgs(d), timeText(d.RetrievedAt))...).Scan(&id, &exact)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	return id, exact, err
}

// The order of these is the format of packed looks: words are only ever added at
// the end.
var packedOutcomes = []audit.Outcome{audit.Fetched, audit.NotModified, audit.Absent, audit.Refused, audit.Failed,
	audit.Skipped}

const packedOutcome = 3 // bits of a number, below the status

// packLooks writes when and how each document of a crawl was looked at: of each
// the time since the crawl began, in nanoseconds, and outcome and status.
func packLooks(documents []audit.Document, began time.Time) ([]byte, error) {
	packed := make([]byte, 0, 8*len(documents))
	for i := range documents {
		d := &documents[i]
		outcome := slices.Index(packedOutcomes, d.Outcome)
		if outcome < 0 || d.Status < 0 || d.RetrievedAt.IsZero() {
			return nil, fmt.Errorf("document %q: outcome %q, status %d, retrieved %s", d.URL, d.Outcome, d.Status,
				timeText(d.RetrievedAt))
		}
		packed = binary.AppendVarint(packed, d.RetrievedAt.UnixNano()-began.UnixNano())
		packed = binary.AppendUvarint(packed, uint64(outcome)|uint64(d.Status)<<packedOutcome)
	}
	return packed, nil
}

// applyLooks sets when and how the documents of a crawl were looked at.
func applyLooks(packed []byte, began string, documents []audit.Document) error {
	if packed == nil {
		return nil
	}
	at, err := parseTime(began)
	if err != nil {
		return err
	}
	w := wire{text: string(packed)}
	for i := range documents {
		since, how := w.signed(), w.number()
		if how&(1<<packedOutcome-1) >= uint64(len(packedOutcomes)) || w.bad {
			return errPacked
		}
		look{at.UnixNano() + since, int(how >> packedOutcome),
			packedOutcomes[how&(1<<packedOutcome-1)]}.apply(&documents[i])
	}
	return nil
}

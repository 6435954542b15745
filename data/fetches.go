package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"openness/audit"
)

// Keep stores one answer, or one attempt that gave none, and commits it at
// once: whatever happens next, it need not be fetched again. One that says what
// its address said last moves the date of that answer, and adds none.
func (db *DB) Keep(ctx context.Context, d audit.Document) error {
	err := db.withTx(ctx, func(tx *sql.Tx) error {
		again, err := lookAgain(ctx, tx, &d)
		if err == nil && !again {
			_, err = insertFetch(ctx, tx, &d)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("keep %q: %w", d.URL, err)
	}
	return nil
}

// Lookup gives the last answer of a public URL that tells what is there
// (fetched, not modified, absent), with its bytes and validators, or, if it
// never gave one, the last attempt. Role is left empty: it depends on the
// subject that asks. An answer whose bytes are not stored does not count.
func (db *DB) Lookup(ctx context.Context, url string) (audit.Document, bool, error) {
	found, err := db.LookupUnread(ctx, []string{url})
	d, known := found[url]
	if err == nil && known {
		err = db.fillBody(ctx, &d)
	}
	if err != nil {
		return audit.Document{}, false, fmt.Errorf("look up %q: %w", url, err)
	}
	return d, known, nil
}

// LookupUnread is Lookup of several URLs, without the bytes.
func (db *DB) LookupUnread(ctx context.Context, urls []string) (map[string]audit.Document, error) {
	list, err := json.Marshal(urls)
	if err != nil {
		return nil, err
	}
	// One at a time: the newest of each is found by the index of addresses.
	const query = `SELECT ` + answerColumns + ` FROM json_each(?) u CROSS JOIN ` + answerTables + ` WHERE f.id = (
		SELECT f.id FROM fetches f LEFT JOIN bodies b ON b.sha256 = f.sha256
		WHERE f.url = u.value AND (f.sha256 IS NULL OR b.data IS NOT NULL)
		ORDER BY f.outcome IN ('fetched', 'not_modified', 'absent') DESC, f.id DESC LIMIT 1)`
	rows, err := db.sql.QueryContext(ctx, query, string(list))
	if err != nil {
		return nil, explain(db.path, err)
	}
	answers, err := scanAnswers(rows)
	found := make(map[string]audit.Document, len(answers))
	for _, d := range answers {
		found[d.URL] = d
	}
	return found, explain(db.path, err)
}

// fillBody reads the bytes of a document that gave any.
func (db *DB) fillBody(ctx context.Context, d *audit.Document) (err error) {
	if d.SHA256 != "" {
		d.Body, err = db.Body(ctx, d.SHA256)
	}
	return err
}

// fetchColumns are read by scanFetch; f is fetches, b is bodies.
const fetchColumns = `f.url, f.kind, f.place, f.place_id, f.path, f.revision, f.retrieved_at, f.status, f.outcome, f.detail,
	f.content_type, f.etag, f.last_modified, coalesce(f.sha256, ''), f.partial, coalesce(b.bytes, 0)`

type scanner interface{ Scan(...any) error }

// scanFetch reads fetchColumns, and any further columns into more.
func scanFetch(row scanner, more ...any) (audit.Document, error) {
	var d audit.Document
	var at string
	into := append([]any{&d.URL, &d.Kind, &d.Place, &d.PlaceID, &d.Path, &d.Revision, &at, &d.Status, &d.Outcome,
		&d.Detail,
		&d.ContentType, &d.ETag, &d.Modified, &d.SHA256, &d.Partial, &d.Size}, more...)
	err := row.Scan(into...)
	if err != nil {
		return d, err
	}
	if d.RetrievedAt, err = parseTime(at); err != nil {
		return d, fmt.Errorf("fetch of %q: %w", d.URL, err)
	}
	return d, nil
}

// scanAnswers reads all rows of answerColumns and closes them.
func scanAnswers(rows *sql.Rows) ([]audit.Document, error) {
	defer rows.Close()
	answers := []audit.Document{}
	for rows.Next() {
		d, err := scanAnswer(rows)
		if err != nil {
			return nil, err
		}
		answers = append(answers, d)
	}
	return answers, rows.Err()
}

// insertFetch stores the attempt and its bytes and gives its row id. It sets
// d.SHA256 from the bytes when it was left out.
func insertFetch(ctx context.Context, tx *sql.Tx, d *audit.Document) (int64, error) {
	if err := storeDocumentBody(ctx, tx, d); err != nil {
		return 0, err
	}
	result, err := tx.ExecContext(ctx,
		`INSERT INTO fetches (url, kind, place, place_id, path, revision, retrieved_at, status, outcome,
		detail, content_type, etag, last_modified, sha256, partial) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''), ?)`,
		d.URL, d.Kind, d.Place, d.PlaceID, d.Path, d.Revision, timeText(d.RetrievedAt), d.Status, d.Outcome,
		d.Detail, d.ContentType, d.ETag, d.Modified, d.SHA256, d.Partial)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// storeDocumentBody stores what d carries: bytes, a hash of bytes that are
// stored already, or nothing.
func storeDocumentBody(ctx context.Context, tx *sql.Tx, d *audit.Document) error {
	if !hasBody(d) {
		return nil // a hash without bytes must be stored already: the foreign key demands it
	}
	if err := hashBody(d); err != nil {
		return err
	}
	return storeBody(ctx, tx, d.SHA256, d.Body)
}

func hasBody(d *audit.Document) bool {
	return d.Body != nil || (d.Outcome == audit.Fetched && d.SHA256 == "")
}

// hashBody sets the hash of a document that carries bytes, and refuses another one.
func hashBody(d *audit.Document) error {
	if !hasBody(d) {
		return nil
	}
	sum := audit.Hash(d.Body)
	if d.SHA256 != "" && d.SHA256 != sum {
		return fmt.Errorf("document %q: says SHA-256 %s but its bytes hash to %s", d.URL, d.SHA256, sum)
	}
	d.SHA256 = sum
	return nil
}

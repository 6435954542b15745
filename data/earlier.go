package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"openness/audit"
)

// Earlier tells what earlier looks at the address of a document gave. Where the
// address names a revision that was never read, the last look at the same file
// at another revision counts: it is the nearest to what cannot be had.
func (db *DB) Earlier(ctx context.Context, d audit.Document) (audit.Earlier, error) {
	var found audit.Earlier
	// A host that refuses says more than one that cannot be reached.
	id, look, err := db.lastLook(ctx, `f.url = ? AND (f.kind = 'weights') = ? AND (`+looked+
		` OR f.outcome = 'refused' AND f.status NOT IN (0, 429))`,
		d.URL, d.Kind == audit.DocWeights)
	if err == nil && !look.Outcome.Looked() && d.Path != "" && d.Revision != "" && d.Kind != audit.DocWeights {
		other, at, failed := db.lastLook(ctx,
			`f.place = ? AND f.place_id = ? AND f.path = ? AND f.path <> '' AND f.kind = ?
			AND f.outcome IN ('fetched', 'not_modified')`, d.Place, d.PlaceID, d.Path, d.Kind)
		if err = failed; other != 0 {
			id, look = other, at
		}
	}
	if err == nil && id != 0 {
		found.Look = look
		err = db.datesOf(ctx, id, d, &found)
	}
	if err != nil {
		return audit.Earlier{}, fmt.Errorf("earlier answers of %q: %w", d.URL, explain(db.path, err))
	}
	return found, nil
}

// looked is a condition: an answer tells what is there.
const looked = `f.outcome IN ('fetched', 'not_modified', 'absent')`

// lastLook gives the newest answer that satisfies a condition, and its row; one
// that tells what is there before any other.
func (db *DB) lastLook(ctx context.Context, condition string, args ...any) (id int64, d audit.Document, err error) {
	d, err = scanAnswer(db.sql.QueryRowContext(ctx, `SELECT `+answerColumns+`, f.id FROM `+answerTables+`
		WHERE `+condition+` AND (f.sha256 IS NULL OR b.data IS NOT NULL) ORDER BY `+looked+` DESC, f.id DESC LIMIT 1`,
		args...), &id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, audit.Document{}, nil
	}
	if err == nil {
		err = db.fillBody(ctx, &d)
	}
	return id, d, err
}

// datesOf fills in since when the source of a look fails, when its address last
// gave bytes, and when it was first found to give none after that.
func (db *DB) datesOf(ctx context.Context, look int64, d audit.Document, e *audit.Earlier) error {
	var failing, seen, missed string
	var again int64
	const there = `url = ?2 AND outcome IN ('fetched', 'not_modified')`
	err := db.sql.QueryRowContext(ctx, `SELECT
		(SELECT json_group_array(stale_since ORDER BY crawl) FROM crawl_documents WHERE fetch = ?1 AND stale_since <> ''),
		coalesce((SELECT retrieved_at FROM fetches WHERE `+there+` ORDER BY id DESC LIMIT 1), ''),
		coalesce((SELECT at FROM looks WHERE fetch = (SELECT max(id) FROM fetches WHERE `+there+`)), 0),
		coalesce((SELECT retrieved_at FROM fetches WHERE url = ?2 AND outcome = 'absent' AND id >
			(SELECT max(id) FROM fetches WHERE `+there+`) ORDER BY id LIMIT 1), '')`, look, d.URL).Scan(&failing, &seen,
		&again, &missed)
	if err == nil {
		err = parseTimes([]string{seen, missed}, &e.Seen, &e.MissedSince)
	}
	if again != 0 {
		e.Seen = time.Unix(0, again).UTC()
	}
	var times []time.Time
	if err == nil {
		err = json.Unmarshal([]byte(failing), &times)
	}
	// A failure of before the last answer is over: the source came back.
	if i := slices.IndexFunc(times, func(t time.Time) bool { return t.After(e.Look.RetrievedAt) }); i >= 0 {
		e.FailingSince = times[i]
	}
	return err
}

// mostOthers bounds how many other addresses of a service are named.
const mostOthers = 3

// Others names addresses of the same kind as a document's, at the same service,
// that gave an answer before, the newest first: whoever asks them learns whether
// the service answers at all.
func (db *DB) Others(ctx context.Context, d audit.Document) ([]audit.Document, error) {
	rows, err := db.sql.QueryContext(ctx, `SELECT `+answerColumns+` FROM `+answerTables+`
		WHERE f.sha256 IS NOT NULL AND f.id IN (SELECT max(id) FROM fetches WHERE kind = ? AND place = ? AND url <> ? GROUP BY url ORDER BY max(id) DESC LIMIT 32)
		AND f.outcome IN ('fetched', 'not_modified') AND f.place_id <> ? ORDER BY f.id DESC LIMIT ?`, d.Kind, d.Place,
		d.URL, d.PlaceID, mostOthers)
	if err != nil {
		return nil, explain(db.path, err)
	}
	return scanAnswers(rows)
}

// AsOf gives the last answer of an address that told what is there and was
// given between two times, with its bytes. One that was given before and after
// them, and not otherwise in between, held then too: it comes with the time at
// which it was given first.
func (db *DB) AsOf(ctx context.Context, url string, from, to time.Time) (audit.Document, bool, error) {
	rows, err := db.sql.QueryContext(ctx, `SELECT `+answerColumns+` FROM `+answerTables+`
		WHERE f.url = ? AND f.outcome IN ('fetched', 'not_modified', 'absent') AND (f.sha256 IS NULL OR b.data IS NOT NULL) ORDER BY f.id DESC`, url)
	if err != nil {
		return audit.Document{}, false, explain(db.path, err)
	}
	defer rows.Close()
	// Not in the query: the texts of times are not in the order of times.
	within := func(d *audit.Document) bool { return !d.RetrievedAt.After(to) && !d.RetrievedAt.Before(from) }
	var found audit.Document
	known := false
	for !known && rows.Next() {
		d, last, err := scanLooks(rows)
		if err != nil {
			return audit.Document{}, false, explain(db.path, err)
		}
		found = d
		last.apply(&found)
		known = within(&found)
		if !known && found.RetrievedAt.After(to) && !d.RetrievedAt.After(to) {
			found, known = d, true
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil || !known {
		return audit.Document{}, false, explain(db.path, err)
	}
	err = db.fillBody(ctx, &found)
	return found, err == nil, err
}

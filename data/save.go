package data

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"openness/audit"
)

// SaveRecord stores one crawl of one subject, whole or not at all: the subject
// and its places, the documents that were used, and what was observed. Earlier
// crawls of the subject stay. at is the time of the crawl.
//
// Every present observation must quote a document of the record exactly; one
// that does not refuses the record with ErrObserver.
func (db *DB) SaveRecord(ctx context.Context, r audit.Record, toolVersion string, at time.Time) error {
	err := db.withTx(ctx, func(tx *sql.Tx) error {
		return insertRecord(ctx, tx, &r, origin{"crawl", toolVersion, at})
	})
	if err != nil {
		return fmt.Errorf("save %q: %w", r.Subject.ID, err)
	}
	return nil
}

// An origin says where a record comes from: kind is "crawl" or "snapshot".
type origin struct {
	kind, tool string
	at         time.Time
}

func insertRecord(ctx context.Context, tx *sql.Tx, r *audit.Record, from origin) error {
	subject, err := ensureSubject(ctx, tx, &r.Subject)
	if err != nil {
		return err
	}
	s := &r.Subject
	changes := "[]"
	if from.kind == "crawl" {
		if changes, err = changesOf(ctx, tx, r); err != nil {
			return err
		}
	}
	rows, digest, err := observationRows(r, from.kind == "snapshot")
	if err != nil {
		return err
	}
	var once shared
	if quotesNothing(r.Observations) {
		once = sharedRows("observations", rows)
	}
	owner, err := once.owner(ctx, tx)
	if err != nil {
		return err
	}
	crawl, err := insertCrawl(ctx, tx, s, from, `subject, changes, observer, read_as`, subject, changes, r.Observer,
		sql.NullInt64{Int64: owner, Valid: owner != 0})
	if err != nil {
		return err
	}
	if err := insertPlaces(ctx, tx, crawl, s.Places); err != nil {
		return err
	}
	if err := insertDocuments(ctx, tx, crawl, r.Documents, from.at); err != nil {
		return err
	}
	if err := insertCourse(ctx, tx, crawl, r); err != nil {
		return err
	}
	if owner == 0 {
		if err := insertObservations(ctx, tx, crawl, rows); err != nil {
			return err
		}
		if err := once.note(ctx, tx, crawl); err != nil {
			return err
		}
	}
	return insertDigest(ctx, tx, crawl, digest)
}

// insertCrawl stores one crawl, with more columns and their values.
func insertCrawl(ctx context.Context, tx *sql.Tx, s *audit.Subject, from origin, more string,
	values ...any) (int64, error) {
	result, err := tx.ExecContext(ctx,
		`INSERT INTO crawls (origin, at, tool_version, target, asked, name, organisation, base, released, `+more+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?`+strings.Repeat(", ?", len(values))+`)`,
		append([]any{from.kind, timeText(from.at), from.tool, s.Target, s.Asked, s.Name, s.Organisation, s.Base,
			s.Released}, values...)...)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

func insertPlaces(ctx context.Context, tx *sql.Tx, crawl int64, places []audit.Place) error {
	insert, err := tx.PrepareContext(ctx,
		`INSERT INTO places (crawl, position, kind, role, place_id, url, reason, given) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer insert.Close()
	for i, p := range places {
		if _, err := insert.ExecContext(ctx, crawl, i, p.Kind, p.Role, p.ID, p.URL, p.Reason, p.Given); err != nil {
			return fmt.Errorf("place %q: %w", p.URL, err)
		}
	}
	return nil
}

// insertDocuments stores the documents that were not stored when they arrived,
// and which of all documents this crawl used: of those that say what an earlier
// answer said, that answer and when it was given now.
func insertDocuments(ctx context.Context, tx *sql.Tx, crawl int64, documents []audit.Document, began time.Time) error {
	insert, err := tx.PrepareContext(ctx,
		`INSERT INTO crawl_documents (crawl, position, fetch, role, stale_since, stale_why, last_seen, first_missed)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer insert.Close()
	asStored := true
	for i := range documents {
		d := &documents[i]
		fetch, exact, err := findFetch(ctx, tx, d)
		if err == nil && fetch == 0 {
			fetch, err = insertFetch(ctx, tx, d)
			exact = true
		}
		asStored = asStored && exact
		if err == nil {
			_, err = insert.ExecContext(ctx, crawl, i, fetch, d.Role, timeText(d.StaleSince), d.StaleWhy,
				timeText(d.LastSeen), timeText(d.FirstMissed))
		}
		if err != nil {
			return fmt.Errorf("document %q: %w", d.URL, err)
		}
	}
	if asStored {
		return nil
	}
	looked, err := packLooks(documents, began)
	if err == nil {
		_, err = tx.ExecContext(ctx, `UPDATE crawls SET looked = ? WHERE id = ?`, looked, crawl)
	}
	return err
}

// observationRows are what was observed as it is stored, each beside the document
// it was read from, and packed. Quotes of the snapshot are not shipped and so not
// checked.
func observationRows(r *audit.Record, withoutQuotes bool) ([][]any, *audit.Digest, error) {
	cited := citations(r.Documents)
	rows := make([][]any, len(r.Observations))
	digest := audit.Digest{Readings: make([]audit.Reading, len(r.Observations)), StaleSince: r.StaleSince()}
	for i := range r.Observations {
		o := &r.Observations[i]
		document, known := cited.of(o)
		if o.Finding == audit.Present && !known {
			return nil, nil, fmt.Errorf("%w: observation %d of %q cites a document %q that the record lacks",
				ErrObserver, i, o.Fact, o.URL)
		}
		if known && !withoutQuotes {
			if problem := misquote(o, r.Documents[document].Body); problem != "" {
				return nil, nil, fmt.Errorf("%w: observation %d of %q: %s", ErrObserver, i, o.Fact, problem)
			}
		}
		var position, url any
		if known {
			position = document
		} else {
			url = o.URL
		}
		indirect := 0
		if o.Indirect {
			indirect = 1
		}
		rows[i] = []any{i, o.Fact, string(o.Finding), o.Value, position, url, o.Start, o.End, o.Quote, o.Note,
			string(o.Role), string(o.About), string(o.Mode), string(o.Stage), indirect}
		stored := *o // as it is read back
		if known {
			cites(&stored, &r.Documents[document])
		}
		digest.Readings[i] = audit.ReadingOf(&stored)
	}
	return rows, &digest, nil
}

func insertObservations(ctx context.Context, tx *sql.Tx, crawl int64, observations [][]any) error {
	rows := batch{tx: tx, into: `observations (crawl, position, fact, finding, value, document, url, start_byte,
		end_byte, quote, note, role, about, mode, stage, indirect)`}
	for i, o := range observations {
		if err := rows.add(ctx, append([]any{crawl}, o...)...); err != nil {
			return fmt.Errorf("observations up to %d, of %q: %w", i, o[1], err)
		}
	}
	if err := rows.flush(ctx); err != nil {
		return fmt.Errorf("observations: %w", err)
	}
	return nil
}

// cites fills in what an observation shares with the document it was read from.
func cites(o *audit.Observation, d *audit.Document) {
	o.URL, o.Revision, o.RetrievedAt, o.SHA256 = d.URL, d.Revision, d.RetrievedAt, d.SHA256
	o.StaleSince = d.StaleSince
}

// misquote says how an observation differs from the bytes it cites, or "". A
// document whose bytes are not loaded cannot be checked here; Verify does.
func misquote(o *audit.Observation, body []byte) string {
	if body == nil {
		return ""
	}
	span := audit.Span{Start: o.Start, End: o.End}
	switch {
	case !span.Within(len(body)):
		return fmt.Sprintf("bytes %d..%d are outside %q of %d bytes", o.Start, o.End, o.URL, len(body))
	case string(body[o.Start:o.End]) != o.Quote:
		return fmt.Sprintf("quote differs from bytes %d..%d of %q", o.Start, o.End, o.URL)
	}
	return ""
}

// A citation index finds the document of a record that an observation cites.
type citationIndex map[citation]int

type citation struct {
	url, revision, sha256, at string
	role                      audit.Role
}

func citations(documents []audit.Document) citationIndex {
	index := make(citationIndex, 2*len(documents))
	for i, d := range documents {
		c := citation{d.URL, d.Revision, d.SHA256, timeText(d.RetrievedAt), d.Role}
		for _, role := range []audit.Role{d.Role, anyRole} {
			c.role = role
			if _, taken := index[c]; !taken {
				index[c] = i
			}
		}
	}
	return index
}

// anyRole is no role of the vocabulary: it finds a document whatever its role.
const anyRole audit.Role = "*"

func (index citationIndex) of(o *audit.Observation) (position int, known bool) {
	c := citation{o.URL, o.Revision, o.SHA256, timeText(o.RetrievedAt), o.Role}
	if position, known = index[c]; known {
		return position, true
	}
	c.role = anyRole
	position, known = index[c]
	return position, known
}

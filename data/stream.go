package data

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"openness/audit"
)

// Record gives the latest crawl of one model, its documents without their
// bytes (Body has them). name may be its key, id, label, target or name; the
// error wraps ErrNotFound, or ErrAmbiguous and lists what it could stand for.
func (db *DB) Record(ctx context.Context, name string) (audit.Record, error) {
	return db.record(ctx, name, `SELECT max(id) AS id FROM crawls WHERE subject = ?`)
}

// RecordAt is Record as it was at a time: the latest crawl before it, or the
// first one there is where none is as old.
func (db *DB) RecordAt(ctx context.Context, name string, at time.Time) (audit.Record, error) {
	return db.record(ctx, name,
		`SELECT COALESCE(max(CASE WHEN at < ? THEN id END), min(id)) AS id FROM crawls WHERE subject = ?`, timeText(at))
}

// record reads the crawl that a query names, which is given the arguments and the subject.
func (db *DB) record(ctx context.Context, name, crawl string, args ...any) (audit.Record, error) {
	var r audit.Record
	err := db.read(ctx, func(conn *sql.Conn) error {
		subject, err := resolve(ctx, conn, name)
		if err != nil {
			return err
		}
		r, err = oneRecord(ctx, conn, crawl, append(args, subject)...)
		return err
	})
	return r, err
}

// recordOf reads the record of one crawl.
func recordOf(ctx context.Context, conn querier, crawl int64) (audit.Record, error) {
	return oneRecord(ctx, conn, `SELECT ? AS id`, crawl)
}

// oneRecord reads the record of the crawl that a query names.
func oneRecord(ctx context.Context, conn querier, crawl string, args ...any) (r audit.Record, err error) {
	err = eachRecord(ctx, conn, "("+crawl+")", func(found audit.Record) error {
		r = found
		return nil
	}, args...)
	return r, err
}

// EachRecord gives the subject and observations of every latest crawl, oldest
// crawl first, holding one at a time in memory. It sees the database as it was
// at the start. An error of f ends it and is returned.
func (db *DB) EachRecord(ctx context.Context, f func(audit.Subject, []audit.Observation) error) error {
	return db.read(ctx, func(conn *sql.Conn) error {
		return eachRecord(ctx, conn, latestCrawls, func(r audit.Record) error { return f(r.Subject, r.Observations) })
	})
}

// EachFullRecord is EachRecord with the documents (without their bytes).
func (db *DB) EachFullRecord(ctx context.Context, f func(audit.Record) error) error {
	return db.read(ctx, func(conn *sql.Conn) error { return eachRecord(ctx, conn, latestCrawls, f) })
}

// read runs f on one connection in a read transaction, so that all its queries
// see one state. It does not go through BeginTx, which would take the lock for
// writing.
func (db *DB) read(ctx context.Context, f func(*sql.Conn) error) error {
	var conn *sql.Conn
	err := patiently(ctx, func() (err error) {
		conn, err = db.sql.Conn(ctx)
		return err
	})
	if err != nil {
		return explain(db.path, err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "BEGIN DEFERRED"); err != nil {
		return explain(db.path, err)
	}
	defer func() {
		// The connection goes back to the pool: end the transaction even when
		// ctx is done.
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
	}()
	return explain(db.path, f(conn))
}

// eachSubject gives every subject with its places, oldest latest crawl first.
func (db *DB) eachSubject(ctx context.Context, f func(audit.Subject) error) error {
	return db.read(ctx, func(conn *sql.Conn) error {
		places, err := openCursor(ctx, conn, placesQuery(latestCrawls), scanPlace)
		if err != nil {
			return err
		}
		defer places.rows.Close()
		return eachCrawl(ctx, conn, latestCrawls, func(c crawlRow) (err error) {
			if c.subject.Places, err = places.take(c.id); err != nil {
				return err
			}
			return f(c.subject)
		})
	})
}

// eachRecord walks places, documents and observations of the crawls side by
// side, all in the order of crawls: four queries in all, however many crawls. The
// arguments are those of the query of crawls.
func eachRecord(ctx context.Context, conn querier, crawls string, f func(audit.Record) error, args ...any) error {
	places, err := openCursor(ctx, conn, placesQuery(crawls), scanPlace, args...)
	if err != nil {
		return err
	}
	defer places.rows.Close()
	documents, err := openCursor(ctx, conn, documentsQuery(crawls), scanCrawlDocument, args...)
	if err != nil {
		return err
	}
	defer documents.rows.Close()
	observations, err := openCursor(ctx, conn, observationsQuery(crawls), scanObservation, args...)
	if err != nil {
		return err
	}
	defer observations.rows.Close()
	return eachCrawl(ctx, conn, crawls, func(c crawlRow) error {
		r := audit.Record{Subject: c.subject, Observer: c.observer}
		if r.Subject.Places, err = places.take(c.id); err != nil {
			return err
		}
		if r.Documents, err = documents.take(c.id); err != nil {
			return err
		}
		if err := applyLooks(c.looked, c.at, r.Documents); err != nil {
			return fmt.Errorf("record of %q: %w", Key(c.subject), err)
		}
		stored, err := observations.take(c.id)
		if err != nil {
			return err
		}
		if r.Observations, err = cite(stored, r.Documents); err != nil {
			return fmt.Errorf("record of %q: %w", Key(c.subject), err)
		}
		return f(r)
	}, args...)
}

// A crawlRow is one crawl without what was read.
type crawlRow struct {
	id           int64
	subject      audit.Subject // without its places
	at, observer string
	looked       []byte // see packLooks; nil where the fetches tell
}

func eachCrawl(ctx context.Context, conn querier, crawls string, f func(crawlRow) error, args ...any) error {
	// The crawls are a list to search in, which needs no sorting: see digestsQuery.
	rows, err := conn.QueryContext(ctx, `SELECT `+subjectColumns+`, c.at, c.observer, c.looked FROM crawls c
		CROSS JOIN subjects s ON s.id = c.subject WHERE c.id IN `+crawls+` ORDER BY c.id`, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var c crawlRow
		if c.id, err = scanSubject(rows, &c.subject, &c.at, &c.observer, &c.looked); err != nil {
			return err
		}
		if err := f(c); err != nil {
			return err
		}
	}
	return rows.Err()
}

// ownRows joins rows that a crawl has, or has from the one that it refers to (own says
// which), for some crawls in the order of these.
func ownRows(table, alias, own, crawls string) string {
	return ` FROM crawls c CROSS JOIN ` + table + ` ` + alias + ` ON ` + alias + `.crawl = ` + own + `
		WHERE c.id IN (SELECT id FROM ` + crawls + `) ORDER BY c.id, ` + alias + `.position`
}

// ownCrawl is the crawl c or, where that found nothing new, the one it refers to.
const ownCrawl = `coalesce(c.same_as, c.id)`

func placesQuery(crawls string) string {
	return `SELECT c.id, p.kind, p.role, p.place_id, p.url, p.reason, p.given` + ownRows("places", "p", ownCrawl, crawls)
}

func scanPlace(rows *sql.Rows) (crawl int64, p audit.Place, err error) {
	err = rows.Scan(&crawl, &p.Kind, &p.Role, &p.ID, &p.URL, &p.Reason, &p.Given)
	return crawl, p, err
}

func documentsQuery(crawls string) string {
	return `SELECT ` + fetchColumns + `, c.id, d.role, d.stale_since, d.stale_why, d.last_seen, d.first_missed
		FROM crawls c CROSS JOIN crawl_documents d ON d.crawl = ` + ownCrawl + ` CROSS JOIN fetches f ON f.id = d.fetch
		LEFT JOIN bodies b ON b.sha256 = f.sha256 WHERE c.id IN (SELECT id FROM ` + crawls +
		`) ORDER BY c.id, d.position`
}

func scanCrawlDocument(rows *sql.Rows) (int64, audit.Document, error) {
	var crawl int64
	var role audit.Role
	var since, why, seen, missed string
	d, err := scanFetch(rows, &crawl, &role, &since, &why, &seen, &missed)
	d.Role, d.StaleWhy = role, why
	if err != nil {
		return crawl, d, err
	}
	err = parseTimes([]string{since, seen, missed}, &d.StaleSince, &d.LastSeen, &d.FirstMissed)
	return crawl, d, err
}

// A storedObservation names its document by position; cite completes it.
type storedObservation struct {
	audit.Observation
	document sql.NullInt64
}

func observationsQuery(crawls string) string {
	return `SELECT c.id, o.fact, o.finding, o.value, o.document, coalesce(o.url, ''), o.start_byte, o.end_byte, o.quote, o.note, o.role,
			o.about, o.mode, o.stage, o.indirect` + ownRows("observations", "o", ownObservations, crawls)
}

func scanObservation(rows *sql.Rows) (crawl int64, o storedObservation, err error) {
	err = rows.Scan(&crawl, &o.Fact, &o.Finding, &o.Value, &o.document, &o.URL, &o.Start, &o.End, &o.Quote, &o.Note,
		&o.Role,
		&o.About, &o.Mode, &o.Stage, &o.Indirect)
	return crawl, o, err
}

// cite fills in what an observation shares with the document it was read from.
func cite(stored []storedObservation, documents []audit.Document) ([]audit.Observation, error) {
	observations := make([]audit.Observation, len(stored))
	for i, o := range stored {
		if o.document.Valid {
			if o.document.Int64 >= int64(len(documents)) {
				return nil, fmt.Errorf("observation %d of %q cites document %d of %d: the database is damaged", i,
					o.Fact, o.document.Int64, len(documents))
			}
			cites(&o.Observation, &documents[o.document.Int64])
		}
		observations[i] = o.Observation
	}
	return observations, nil
}

// A cursor walks rows that are ordered by crawl.
type cursor[T any] struct {
	rows  *sql.Rows
	scan  func(*sql.Rows) (int64, T, error)
	ahead bool // crawl and row hold a row that was not taken yet
	crawl int64
	row   T
}

func openCursor[T any](ctx context.Context, conn querier, query string, scan func(*sql.Rows) (int64, T, error),
	args ...any) (*cursor[T], error) {
	rows, err := conn.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return &cursor[T]{rows: rows, scan: scan}, rows.Err()
}

// take gives the rows of one crawl; crawls must be taken in ascending order.
func (c *cursor[T]) take(crawl int64) ([]T, error) {
	var taken []T
	for {
		if !c.ahead {
			if !c.rows.Next() {
				return taken, c.rows.Err()
			}
			var err error
			if c.crawl, c.row, err = c.scan(c.rows); err != nil {
				return nil, err
			}
			c.ahead = true
		}
		if c.crawl > crawl {
			return taken, nil
		}
		if c.crawl == crawl {
			taken = append(taken, c.row)
		}
		c.ahead = false
	}
}

package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"openness/audit"
)

// EachDigest gives what the classes of every latest crawl depend on, oldest crawl
// first, without quotes and notes: a small part of what EachRecord reads. The
// places of a subject, and where its readings were read, are left out unless
// addresses are asked for. The readings are overwritten after f returns.
func (db *DB) EachDigest(ctx context.Context, addresses bool, f func(*audit.Digest) error) error {
	var o opener
	var d audit.Digest
	return db.eachPacked(ctx, addresses, func(row *packedDigest) error {
		if err := o.open(row, &d); err != nil {
			return err
		}
		return f(&d)
	})
}

// DigestsInto is what f makes of the digests that EachDigest gives, in their order. It
// reads the rows one after another, and unpacks them and calls f on all processors at
// once. The readings are overwritten after f returns.
func DigestsInto[T any](ctx context.Context, db *DB, addresses bool, f func(*audit.Digest) T) ([]T, error) {
	type batch struct {
		from int
		rows []packedDigest
	}
	workers, ctx := errgroup.WithContext(ctx)
	waiting, used := make(chan batch, 2), make(chan []packedDigest, 8)
	var all []T
	var mutex sync.Mutex // all
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() error {
			var o opener
			var d audit.Digest
			made := make([]T, 0, digestsAtOnce)
			for b := range waiting {
				made = made[:0]
				for i := range b.rows {
					if err := o.open(&b.rows[i], &d); err != nil {
						return err
					}
					made = append(made, f(&d))
				}
				mutex.Lock()
				if end := b.from + len(made); end > len(all) {
					all = slices.Grow(all, end-len(all))[:end]
				}
				copy(all[b.from:], made)
				mutex.Unlock()
				select {
				case used <- b.rows:
				default:
				}
			}
			return nil
		})
	}
	b := batch{rows: make([]packedDigest, 0, digestsAtOnce)}
	hand := func() error {
		select {
		case waiting <- b:
		case <-ctx.Done(): // or a worker failed, whose error is told below
			return ctx.Err()
		}
		b.from += len(b.rows)
		select {
		case b.rows = <-used:
			b.rows = b.rows[:0]
		default:
			b.rows = make([]packedDigest, 0, digestsAtOnce)
		}
		return nil
	}
	err := db.eachPacked(ctx, addresses, func(row *packedDigest) error {
		if b.rows = append(b.rows, *row); len(b.rows) < cap(b.rows) {
			return nil
		}
		return hand()
	})
	if err == nil && len(b.rows) > 0 {
		err = hand()
	}
	close(waiting)
	if failed := workers.Wait(); failed != nil {
		err = failed
	}
	return all, err
}

// digestsAtOnce is how many rows one worker takes at a time.
const digestsAtOnce = 64

// A packedDigest is a digest that is yet to be unpacked, or one that never was packed.
type packedDigest struct {
	subject           audit.Subject
	words             *vocabulary
	packed, addresses string
	own               *audit.Digest
}

// An opener unpacks digests one after another into the same memory.
type opener struct{ urls []string }

func (o *opener) open(row *packedDigest, d *audit.Digest) (err error) {
	d.Subject = row.subject
	if row.own != nil { // its readings are kept to be packed: f may change what it is given
		d.Readings, d.StaleSince = append(d.Readings[:0], row.own.Readings...), row.own.StaleSince
		return nil
	}
	var urls []string
	if row.addresses != "" {
		if o.urls, err = unpackAddresses(row.addresses, o.urls); err != nil {
			return fmt.Errorf("readings of %q: %w", Key(row.subject), err)
		}
		urls = o.urls
	}
	if err := row.words.unpack(row.packed, urls, d); err != nil {
		return fmt.Errorf("readings of %q: %w", Key(row.subject), err)
	}
	return nil
}

// eachPacked gives the rows of EachDigest; one is overwritten after f returns.
func (db *DB) eachPacked(ctx context.Context, addresses bool, f func(*packedDigest) error) error {
	if db.builtIn {
		if frame, err := readFrame(snapshotFile); err == nil {
			return frame.each(ctx, addresses, f)
		} else if !errors.Is(err, errNoFrame) {
			return fmt.Errorf("%s: %w", db.path, err)
		}
	}
	older := packer{db: db}
	err := db.read(ctx, func(conn *sql.Conn) error {
		return eachPacked(ctx, conn, latestCrawls, addresses, &older, f)
	})
	if err == nil {
		older.flush(ctx)
	}
	return err
}

// digestsQuery asks for the addresses of readings, or for an empty text in their place. The
// crawls are a list to search in, not a table to join: SQLite then gives the rows in the
// order of the list, and does not put all packed rows aside to sort them before the first.
// What tells of a subject comes as one text, and what is packed as one too, because the
// driver makes each column anew: of a million models that is most of the reading.
func digestsQuery(crawls string, addresses bool) string {
	column := `''`
	if addresses {
		column = `CAST(r.addresses AS TEXT)`
	}
	return `SELECT ` + strings.ReplaceAll(subjectColumns, `, `, ` || char(31) || `) + `, r.vocabulary,
		CAST(r.packed AS TEXT), ` + column + `, CASE WHEN r.crawl IS NULL THEN ` + ownCrawl + ` END FROM crawls c
	CROSS JOIN subjects s ON s.id = c.subject LEFT JOIN readings r ON r.crawl = ` + ownCrawl +
		` WHERE c.id IN ` + crawls + ` ORDER BY c.id`
}

// subjectMark stands between the columns that tell of a subject: char(31) in SQL.
const subjectMark = "\x1f"

// A packedRow is a row of digestsQuery.
type packedRow struct {
	subject           string // the crawl, and what tells of its subject
	vocabulary        sql.NullInt64
	packed, addresses sql.NullString
	older             sql.NullInt64 // a crawl that has no packed row
}

func (r *packedRow) columns() []any {
	return []any{&r.subject, &r.vocabulary, &r.packed, &r.addresses, &r.older}
}

// read gives the crawl and what tells of its subject. Where the mark itself stands in
// that, as it may in a list that calls a model so, it is asked for once more.
func (r *packedRow) read(ctx context.Context, q querier, s *audit.Subject) (crawl int64, err error) {
	id, rest, _ := strings.Cut(r.subject, subjectMark)
	if crawl, err = strconv.ParseInt(id, 10, 64); err != nil {
		return 0, err
	}
	fields := subjectFields(s)
	if strings.Count(rest, subjectMark) >= len(fields) {
		return scanSubject(q.QueryRowContext(ctx, `SELECT `+subjectColumns+` FROM crawls c
			JOIN subjects s ON s.id = c.subject WHERE c.id = ?`, crawl), s)
	}
	for _, field := range fields {
		*field, rest, _ = strings.Cut(rest, subjectMark)
	}
	return crawl, nil
}

func eachPacked(ctx context.Context, conn *sql.Conn, crawls string, addresses bool, older *packer,
	f func(*packedDigest) error) error {
	var places *cursor[audit.Place]
	if addresses {
		var err error
		if places, err = openCursor(ctx, conn, placesQuery(crawls), scanPlace); err != nil {
			return err
		}
		defer places.rows.Close()
	}
	rows, err := conn.QueryContext(ctx, digestsQuery(crawls, addresses))
	if err != nil {
		return err
	}
	defer rows.Close()
	vocabularies := make(map[int64]*vocabulary)
	var row packedDigest
	var s packedRow
	var crawl int64
	columns := s.columns()
	for rows.Next() {
		err := rows.Scan(columns...)
		if err == nil {
			crawl, err = s.read(ctx, conn, &row.subject)
		}
		if err == nil && places != nil {
			row.subject.Places, err = places.take(crawl)
		}
		row.own = nil
		switch {
		case err != nil:
			return err
		case s.older.Valid:
			row.own, err = older.digest(ctx, conn, s.older.Int64)
		default:
			row.packed, row.addresses = s.packed.String, s.addresses.String
			row.words, err = vocabularyOf(ctx, conn, s.vocabulary.Int64, vocabularies)
		}
		if err != nil {
			return fmt.Errorf("readings of %q: %w", Key(row.subject), err)
		}
		if err := f(&row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// vocabularyOf reads a vocabulary when it is first named.
func vocabularyOf(ctx context.Context, q querier, id int64, known map[int64]*vocabulary) (*vocabulary, error) {
	if v := known[id]; v != nil {
		return v, nil
	}
	var text string
	var v *vocabulary
	err := q.QueryRowContext(ctx, `SELECT facts FROM vocabularies WHERE id = ?`, id).Scan(&text)
	if err == nil {
		v, err = readVocabulary(text)
	}
	if err != nil {
		return nil, fmt.Errorf("vocabulary %d: %w", id, err)
	}
	known[id] = v
	return v, nil
}

// insertDigest packs what a crawl observed, as it will be read back.
func insertDigest(ctx context.Context, tx *sql.Tx, crawl int64, d *audit.Digest) error {
	text, err := vocabularyText()
	if err != nil {
		return err
	}
	packed, addresses, err := pack(d)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO vocabularies (facts) VALUES (?)`, text); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT OR IGNORE INTO readings (crawl, vocabulary, packed, addresses)
		VALUES (?, (SELECT id FROM vocabularies WHERE facts = ?), ?, ?)`, crawl, text, packed, addresses)
	return err
}

// A packer packs crawls of before there were packed rows when they are first
// asked for. It keeps them by batches; a store that cannot be written to is read
// all the same.
type packer struct {
	db      *DB
	crawls  []int64
	waiting []audit.Digest
	given   bool // up
}

const packedAtOnce = 200

func (p *packer) digest(ctx context.Context, conn *sql.Conn, crawl int64) (*audit.Digest, error) {
	r, err := recordOf(ctx, conn, crawl)
	if err != nil {
		return nil, err
	}
	own := audit.DigestOf(&r)
	if !p.given {
		p.crawls, p.waiting = append(p.crawls, crawl), append(p.waiting, own)
	}
	if len(p.crawls) >= packedAtOnce {
		p.flush(ctx)
	}
	return &own, nil
}

// flush stores what waits. An error is none of the reader's: it has what it asked
// for, and the next one packs again.
func (p *packer) flush(ctx context.Context) {
	if len(p.crawls) == 0 {
		return
	}
	err := p.db.withTx(ctx, func(tx *sql.Tx) error {
		for i, crawl := range p.crawls {
			if err := insertDigest(ctx, tx, crawl, &p.waiting[i]); err != nil {
				return err
			}
		}
		return nil
	})
	p.given = err != nil
	p.crawls, p.waiting = nil, nil
}

package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"openness/audit"
)

// EachDigest gives what the classes of every latest crawl depend on, oldest crawl
// first, without quotes and notes: a small part of what EachRecord reads. The
// places of a subject, and where its readings were read, are left out unless
// addresses are asked for. The readings are overwritten after f returns.
func (db *DB) EachDigest(ctx context.Context, addresses bool, f func(*audit.Digest) error) error {
	if db.builtIn {
		if frame, err := readFrame(snapshotFile); err == nil {
			return frame.each(ctx, addresses, f)
		} else if !errors.Is(err, errNoFrame) {
			return fmt.Errorf("%s: %w", db.path, err)
		}
	}
	older := packer{db: db}
	err := db.read(ctx, func(conn *sql.Conn) error {
		return eachDigest(ctx, conn, latestCrawls, addresses, &older, f)
	})
	if err == nil {
		older.flush(ctx)
	}
	return err
}

const digestsQuery = `SELECT ` + subjectColumns + `, r.vocabulary, r.packed, r.addresses, ` + ownCrawl + ` FROM %s l CROSS JOIN crawls c ON c.id = l.id
	JOIN subjects s ON s.id = c.subject LEFT JOIN readings r ON r.crawl = ` + ownCrawl + ` ORDER BY c.id`

func eachDigest(ctx context.Context, conn *sql.Conn, crawls string, addresses bool, older *packer, f func(*audit.Digest) error) error {
	var places *cursor[audit.Place]
	if addresses {
		var err error
		if places, err = openCursor(ctx, conn, placesQuery(crawls), scanPlace); err != nil {
			return err
		}
		defer places.rows.Close()
	}
	rows, err := conn.QueryContext(ctx, fmt.Sprintf(digestsQuery, crawls))
	if err != nil {
		return err
	}
	defer rows.Close()
	unpack := unpacker{addresses: addresses, words: make(map[int64]*vocabulary)}
	var d audit.Digest
	for rows.Next() {
		var row packedRow
		var own int64
		crawl, subject, err := scanSubject(rows, &row.vocabulary, &row.packed, &row.addresses, &own)
		if err == nil && places != nil {
			subject.Places, err = places.take(crawl)
		}
		d.Subject = subject
		switch {
		case err != nil:
			return err
		case !row.vocabulary.Valid:
			err = older.digest(ctx, conn, own, &d)
		default:
			err = unpack.row(ctx, conn, &row, &d)
		}
		if err != nil {
			return fmt.Errorf("readings of %q: %w", Key(subject), err)
		}
		if err := f(&d); err != nil {
			return err
		}
	}
	return rows.Err()
}

// A packedRow is a row of readings; one without a vocabulary is not there.
type packedRow struct {
	vocabulary        sql.NullInt64
	packed, addresses sql.RawBytes
}

// An unpacker keeps vocabularies, by row, and memory.
type unpacker struct {
	addresses bool
	words     map[int64]*vocabulary
	urls      []string
}

func (u *unpacker) row(ctx context.Context, q querier, row *packedRow, d *audit.Digest) (err error) {
	packed := string(row.packed)
	if u.addresses {
		if u.urls, err = unpackAddresses(string(row.addresses), u.urls); err != nil {
			return err
		}
	}
	v := u.words[row.vocabulary.Int64]
	if v == nil {
		var text string
		err := q.QueryRowContext(ctx, `SELECT facts FROM vocabularies WHERE id = ?`, row.vocabulary.Int64).Scan(&text)
		if err == nil {
			v, err = readVocabulary(text)
		}
		if err != nil {
			return fmt.Errorf("vocabulary %d: %w", row.vocabulary.Int64, err)
		}
		u.words[row.vocabulary.Int64] = v
	}
	return v.unpack(packed, u.urls, d)
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

func (p *packer) digest(ctx context.Context, conn *sql.Conn, crawl int64, d *audit.Digest) error {
	r, err := recordOf(ctx, conn, crawl)
	if err != nil {
		return err
	}
	own := audit.DigestOf(&r) // the memory of d is used again
	d.Readings, d.StaleSince = append(d.Readings[:0], own.Readings...), own.StaleSince
	if !p.given {
		p.crawls, p.waiting = append(p.crawls, crawl), append(p.waiting, own)
	}
	if len(p.crawls) >= packedAtOnce {
		p.flush(ctx)
	}
	return nil
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

package data

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"openness/audit"
)

// A Census is one reading of a hub's whole list of models.
type Census struct {
	ID       int64
	Started  time.Time
	Ended    time.Time // zero: it goes on, or was killed
	Read     time.Time // when the latest page came
	Tool     string
	Query    string // what entries are asked for, as JSON
	Cursor   string // where the next page begins
	Pages    int64
	Requests int64
	Models   int64
}

// Complete reports whether the whole list was read.
func (c *Census) Complete() bool { return !c.Ended.IsZero() }

// ErrCensusMoved means that another process went on with a census.
var ErrCensusMoved = errors.New("another process goes on with this census")

const censusColumns = `id, started_at, coalesce(ended_at, ''), read_at, tool_version, query, cursor, pages, requests, models`

func scanCensus(row interface{ Scan(...any) error }) (c Census, err error) {
	var started, ended, read string
	if err := row.Scan(&c.ID, &started, &ended, &read, &c.Tool, &c.Query, &c.Cursor, &c.Pages, &c.Requests,
		&c.Models); err != nil {
		return c, err
	}
	return c, parseTimes([]string{started, ended, read}, &c.Started, &c.Ended, &c.Read)
}

// Censuses lists all of them, oldest first.
func (db *DB) Censuses(ctx context.Context) (all []Census, err error) {
	err = db.read(ctx, func(conn *sql.Conn) error {
		rows, err := conn.QueryContext(ctx, `SELECT `+censusColumns+` FROM censuses ORDER BY id`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			c, err := scanCensus(rows)
			if err != nil {
				return err
			}
			all = append(all, c)
		}
		return rows.Err()
	})
	return all, err
}

// BeginCensus starts a census.
func (db *DB) BeginCensus(ctx context.Context, query, tool string, at time.Time) (Census, error) {
	c := Census{Started: at, Read: at, Tool: tool, Query: query}
	err := db.withTx(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx,
			`INSERT INTO censuses (started_at, read_at, tool_version, query, cursor, pages, requests, models)
			VALUES (?, ?, ?, ?, '', 0, 0, 0)`, timeText(at), timeText(at), tool, query)
		if err == nil {
			c.ID, err = result.LastInsertId()
		}
		return err
	})
	if err != nil {
		return Census{}, fmt.Errorf("begin a census: %w", err)
	}
	return c, nil
}

// DropCensus forgets a census, in steps that others can wait for.
func (db *DB) DropCensus(ctx context.Context, id int64) error {
	for {
		var gone int64
		err := db.withTx(ctx, func(tx *sql.Tx) error {
			result, err := tx.ExecContext(ctx, `DELETE FROM census_models WHERE census = ? AND model IN
				(SELECT model FROM census_models WHERE census = ? LIMIT 20000)`, id, id)
			if err != nil {
				return err
			}
			if gone, err = result.RowsAffected(); err == nil && gone == 0 {
				_, err = tx.ExecContext(ctx, `DELETE FROM censuses WHERE id = ?`, id)
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("drop census %d: %w", id, err)
		}
		if gone == 0 {
			return nil
		}
	}
}

// A CensusPage is what one page of a hub's list adds to a census.
type CensusPage struct {
	Models   []audit.Listed
	Next     string // where the next page begins; empty of the last one
	Query    string // what it was asked for
	Requests int    // that it took
	At       time.Time
}

// SavePage stores a page and moves the census on, both or neither. A model that an
// earlier page had keeps its first row. It changes c to what is stored.
func (db *DB) SavePage(ctx context.Context, c *Census, p *CensusPage) error {
	moved := *c
	moved.Cursor, moved.Query, moved.Read = p.Next, p.Query, p.At
	moved.Pages++
	moved.Requests += int64(p.Requests)
	ended := sql.NullString{String: timeText(p.At), Valid: p.Next == ""}
	if ended.Valid {
		moved.Ended = p.At
	}
	// Rows that lie side by side in the table are written side by side.
	slices.SortFunc(p.Models, func(a, b audit.Listed) int { return cmp.Compare(a.Model, b.Model) })
	err := db.withTx(ctx, func(tx *sql.Tx) error {
		added, err := insertListed(ctx, tx, c.ID, p.Models)
		if err != nil {
			return err
		}
		moved.Models += added
		result, err := tx.ExecContext(ctx,
			`UPDATE censuses SET cursor = ?, query = ?, read_at = ?, ended_at = ?, pages = ?, requests = ?, models = ?
			WHERE id = ? AND cursor = ? AND pages = ? AND ended_at IS NULL`, moved.Cursor, moved.Query, timeText(p.At),
			ended,
			moved.Pages, moved.Requests, moved.Models, c.ID, c.Cursor, c.Pages)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n != 1 {
			return cmp.Or(err, ErrCensusMoved)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("page %d of census %d: %w", moved.Pages, c.ID, err)
	}
	*c = moved
	return nil
}

const listedColumns = `model, gate, weights, card, class, licence, tags, bases, relation, datasets, papers, library, pipeline,
	downloads, likes, parameters, created, modified, sha`

func insertListed(ctx context.Context, tx *sql.Tx, census int64, models []audit.Listed) (added int64, err error) {
	insert, err := tx.PrepareContext(ctx, `INSERT OR IGNORE INTO census_models (census, `+listedColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return 0, err
	}
	defer insert.Close()
	for i := range models {
		l := &models[i]
		result, err := insert.ExecContext(ctx, census, l.Model, told(l.Gate), told(string(l.Weights)),
			told(string(l.Card)), told(string(l.Class)),
			told(l.Licence), told(strings.Join(l.Tags, ", ")), joined(l.Bases), told(l.Relation), joined(l.Datasets),
			joined(l.Papers), told(l.Library), told(l.Pipeline),
			count(l.Downloads), count(l.Likes), count(l.Parameters), instant(l.Created), instant(l.Modified),
			commit(l.SHA))
		if err != nil {
			return added, err
		}
		n, err := result.RowsAffected()
		if err != nil {
			return added, err
		}
		added += n
	}
	return added, nil
}

// told, joined, count, instant and commit write NULL for what is not known.
func told(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// mostNamed bounds a list of names, in bytes: a card may name thousands.
const mostNamed = 1000

func joined(names []string) any {
	n := 0
	for i, name := range names {
		if n += len(name) + 1; n > mostNamed {
			names = names[:i]
			break
		}
	}
	return told(strings.Join(names, " "))
}

func count(n int64) any {
	if n < 0 {
		return nil
	}
	return n
}

func instant(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.Unix()
}

func commit(sha string) any {
	raw, err := hex.DecodeString(sha)
	if err != nil || len(raw) == 0 {
		return nil
	}
	return raw
}

// EachListed gives the models of a census in the order of their names. The row is
// used again for the next one.
func (db *DB) EachListed(ctx context.Context, census int64, f func(*audit.Listed) error) error {
	return db.read(ctx, func(conn *sql.Conn) error {
		rows, err := conn.QueryContext(ctx,
			`SELECT `+listedColumns+` FROM census_models WHERE census = ? ORDER BY model`, census)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var l audit.Listed
			var texts [12]sql.RawBytes
			var downloads, likes, parameters, created, modified sql.NullInt64
			var sha sql.RawBytes
			if err := rows.Scan(&l.Model, &texts[0], &texts[1], &texts[2], &texts[3], &texts[4], &texts[5], &texts[6],
				&texts[7], &texts[8], &texts[9],
				&texts[10], &texts[11], &downloads, &likes, &parameters, &created, &modified, &sha); err != nil {
				return err
			}
			l.Gate, l.Weights, l.Card = word(texts[0]), audit.ListedWeights(word(texts[1])),
				audit.ListedCard(word(texts[2]))
			l.Class, l.Licence, l.Relation = audit.ListedLicence(word(texts[3])), string(texts[4]), word(texts[7])
			l.Tags, l.Bases = split(texts[5], ", "), split(texts[6], " ")
			l.Datasets, l.Papers = split(texts[8], " "), split(texts[9], " ")
			l.Library, l.Pipeline = string(texts[10]), string(texts[11])
			l.Downloads, l.Likes, l.Parameters = known(downloads), known(likes), known(parameters)
			if created.Valid {
				l.Created = time.Unix(created.Int64, 0).UTC()
			}
			if modified.Valid {
				l.Modified = time.Unix(modified.Int64, 0).UTC()
			}
			if len(sha) > 0 {
				l.SHA = hex.EncodeToString(sha)
			}
			if err := f(&l); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// words are the texts that most rows hold, so that each is made once.
var words = func() map[string]string {
	list := make(map[string]string)
	for _, w := range strings.Fields("none automatic manual whole adapter either unclear there missing open noncommercial restricted finetune quantized merge") {
		list[w] = w
	}
	return list
}()

func word(text sql.RawBytes) string {
	if w, ok := words[string(text)]; ok {
		return w
	}
	return string(text)
}

func split(text sql.RawBytes, between string) []string {
	if len(text) == 0 {
		return nil
	}
	return strings.Split(string(text), between)
}

func known(n sql.NullInt64) int64 {
	if !n.Valid {
		return -1
	}
	return n.Int64
}

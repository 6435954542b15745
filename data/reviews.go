package data

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"openness/audit"
	"openness/rubric"
)

// AddReview stores a person's class for one dimension of one model. r.Model is
// read as by Record. Earlier reviews stay; the newest of a dimension counts.
func (db *DB) AddReview(ctx context.Context, r rubric.Review) error {
	switch {
	case strings.TrimSpace(r.Dimension) == "":
		return fmt.Errorf("review of %q: names no dimension", r.Model)
	case strings.TrimSpace(r.Reason) == "":
		return fmt.Errorf("review of %q: gives no reason", r.Model)
	}
	err := db.withTx(ctx, func(tx *sql.Tx) error {
		subject, err := resolve(ctx, tx, r.Model)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx,
			`INSERT INTO reviews (subject, dimension, class, reason, reviewer, link, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			subject, r.Dimension, r.Class, r.Reason, r.By, r.Link, timeText(r.At))
		return err
	})
	if err != nil {
		return fmt.Errorf("review of %q: %w", r.Model, err)
	}
	return nil
}

// Reviews gives the reviews of one model, oldest first, with those that were given
// under a name that leads to it now. name is read as by Record; Model is the model's key.
func (db *DB) Reviews(ctx context.Context, name string) ([]rubric.Review, error) {
	var reviews []rubric.Review
	err := db.read(ctx, func(conn *sql.Conn) error {
		subject, err := resolve(ctx, conn, name)
		if err != nil {
			return err
		}
		names, err := namesOf(ctx, conn, subject)
		if err != nil {
			return err
		}
		given, err := readReviews(ctx, conn, `WHERE s.id IN (SELECT value FROM json_each(?))`, names)
		if err != nil {
			return err
		}
		return nowOf(ctx, conn, given, func(r *givenReview, now int64) error {
			r.Over, err = observedAt(ctx, conn, r.subject, now, r.At)
			reviews = append(reviews, r.Review)
			return err
		})
	})
	return reviews, err
}

// observedAt gives what the latest crawl of a subject before a time had found, nil where
// no crawl came after it, of it or of the one that it leads to now: then nothing can have
// changed.
func observedAt(ctx context.Context, conn *sql.Conn, subject, now int64, at time.Time) ([]audit.Observation, error) {
	rows, err := conn.QueryContext(ctx, `SELECT id, at FROM crawls WHERE subject = ? ORDER BY id DESC`, subject)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for newest := subject == now; rows.Next(); newest = false {
		var crawl int64
		var when string
		if err := rows.Scan(&crawl, &when); err != nil {
			return nil, err
		}
		looked, err := parseTime(when)
		switch {
		case err != nil:
			return nil, err
		case looked.After(at):
			continue
		case newest:
			return nil, nil
		}
		if err := rows.Close(); err != nil {
			return nil, err
		}
		record, err := recordOf(ctx, conn, crawl)
		return record.Observations, err
	}
	return nil, rows.Err()
}

// AllReviews gives the reviews of all models, oldest first; Model is the key of the
// model that the name which was reviewed leads to now.
func (db *DB) AllReviews(ctx context.Context) ([]rubric.Review, error) {
	var reviews []rubric.Review
	err := db.read(ctx, func(conn *sql.Conn) error {
		given, err := readReviews(ctx, conn, ``)
		if err != nil {
			return err
		}
		return nowOf(ctx, conn, given, func(r *givenReview, _ int64) error {
			reviews = append(reviews, r.Review)
			return nil
		})
	})
	return reviews, err
}

// A givenReview is a review and the subject that it was given to.
type givenReview struct {
	rubric.Review
	subject int64
}

// nowOf calls f for every review with the subject that the reviewed one leads to now,
// whose key the review bears then.
func nowOf(ctx context.Context, q querier, given []givenReview, f func(r *givenReview, now int64) error) error {
	type led struct {
		id  int64
		key string
	}
	known := make(map[int64]led)
	for i := range given {
		r := &given[i]
		now, seen := known[r.subject]
		if !seen {
			var err error
			if now.id, err = movedTo(ctx, q, r.subject); err != nil {
				return err
			}
			var model, label string
			if err := q.QueryRowContext(ctx, `SELECT model, label FROM subjects WHERE id = ?`,
				now.id).Scan(&model, &label); err != nil {
				return err
			}
			now.key = key(model, label)
			known[r.subject] = now
		}
		r.Model = now.key
		if err := f(r, now.id); err != nil {
			return err
		}
	}
	return nil
}

// readReviews gives reviews without the name of their model.
func readReviews(ctx context.Context, q querier, where string, args ...any) ([]givenReview, error) {
	rows, err := q.QueryContext(ctx, `SELECT s.id, s.model, r.dimension, r.class, r.reason, r.reviewer, r.link, r.at
		FROM reviews r JOIN subjects s ON s.id = r.subject `+where+` ORDER BY r.id`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var reviews []givenReview
	for rows.Next() {
		var r givenReview
		var model, at string
		if err := rows.Scan(&r.subject, &model, &r.Dimension, &r.Class, &r.Reason, &r.By, &r.Link, &at); err != nil {
			return nil, err
		}
		if r.At, err = parseTime(at); err != nil {
			return nil, fmt.Errorf("review of %q: %w", model, err)
		}
		reviews = append(reviews, r)
	}
	return reviews, rows.Err()
}

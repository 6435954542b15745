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

// Reviews gives the reviews of one model, oldest first. name is read as by
// Record; Model is the model's key.
func (db *DB) Reviews(ctx context.Context, name string) ([]rubric.Review, error) {
	var reviews []rubric.Review
	err := db.read(ctx, func(conn *sql.Conn) error {
		subject, err := resolve(ctx, conn, name)
		if err != nil {
			return err
		}
		if reviews, err = readReviews(ctx, conn, `WHERE s.id = ?`, subject); err != nil {
			return err
		}
		for i := range reviews {
			if reviews[i].Over, err = observedAt(ctx, conn, subject, reviews[i].At); err != nil {
				return err
			}
		}
		return nil
	})
	return reviews, err
}

// observedAt gives what the latest crawl of a subject before a time had found, nil where
// no crawl came after it: then nothing can have changed.
func observedAt(ctx context.Context, conn *sql.Conn, subject int64, at time.Time) ([]audit.Observation, error) {
	rows, err := conn.QueryContext(ctx, `SELECT id, at FROM crawls WHERE subject = ? ORDER BY id DESC`, subject)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for newest := true; rows.Next(); newest = false {
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

// AllReviews gives the reviews of all models, oldest first; Model is the key.
func (db *DB) AllReviews(ctx context.Context) ([]rubric.Review, error) {
	reviews, err := readReviews(ctx, db.sql, ``)
	return reviews, explain(db.path, err)
}

func readReviews(ctx context.Context, q querier, where string, args ...any) ([]rubric.Review, error) {
	rows, err := q.QueryContext(ctx, `SELECT s.model, s.label, r.dimension, r.class, r.reason, r.reviewer, r.link, r.at
		FROM reviews r JOIN subjects s ON s.id = r.subject `+where+` ORDER BY r.id`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var reviews []rubric.Review
	for rows.Next() {
		var r rubric.Review
		var model, label, at string
		if err := rows.Scan(&model, &label, &r.Dimension, &r.Class, &r.Reason, &r.By, &r.Link, &at); err != nil {
			return nil, err
		}
		r.Model = key(model, label)
		if r.At, err = parseTime(at); err != nil {
			return nil, fmt.Errorf("review of %q: %w", r.Model, err)
		}
		reviews = append(reviews, r)
	}
	return reviews, rows.Err()
}

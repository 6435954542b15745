package data

import (
	"context"
	"time"
)

// A State tells states of the store apart: rows are only ever added, so two
// equal states show the same models, assessments and reviews.
type State struct {
	Crawl, Assessment, Review int64 // newest of each, 0 for none
}

// State asks for the newest rows; it reads three index entries, however large
// the store is.
func (db *DB) State(ctx context.Context) (State, error) {
	var s State
	err := db.sql.QueryRowContext(ctx,
		`SELECT coalesce((SELECT max(id) FROM crawls), 0), coalesce((SELECT max(id) FROM assessments), 0),
		coalesce((SELECT max(id) FROM reviews), 0)`).Scan(&s.Crawl, &s.Assessment, &s.Review)
	return s, explain(db.path, err)
}

// A Mark tells states of one subject apart: its newest crawl and review.
type Mark struct {
	Crawl, Review int64
}

// Marks gives the mark of every subject by its key. A mark that differs from
// an earlier one says that the subject's judgements may differ too.
func (db *DB) Marks(ctx context.Context) (map[string]Mark, error) {
	rows, err := db.sql.QueryContext(ctx,
		`SELECT s.model, s.label, (SELECT max(c.id) FROM crawls c WHERE c.subject = s.id) AS newest,
		coalesce((SELECT max(r.id) FROM reviews r WHERE r.subject = s.id), 0) FROM subjects s WHERE newest IS NOT NULL`)
	if err != nil {
		return nil, explain(db.path, err)
	}
	defer rows.Close()
	marks := make(map[string]Mark)
	for rows.Next() {
		var model, label string
		var m Mark
		if err := rows.Scan(&model, &label, &m.Crawl, &m.Review); err != nil {
			return nil, explain(db.path, err)
		}
		marks[key(model, label)] = m
	}
	return marks, explain(db.path, rows.Err())
}

// CrawledAt gives when every subject was last looked at, by its key.
func (db *DB) CrawledAt(ctx context.Context) (map[string]time.Time, error) {
	rows, err := db.sql.QueryContext(ctx,
		`SELECT s.model, s.label, c.at FROM crawls c JOIN subjects s ON s.id = c.subject
		WHERE c.id IN `+latestCrawls)
	if err != nil {
		return nil, explain(db.path, err)
	}
	defer rows.Close()
	found := make(map[string]time.Time)
	for rows.Next() {
		var model, label, at string
		if err := rows.Scan(&model, &label, &at); err != nil {
			return nil, explain(db.path, err)
		}
		if found[key(model, label)], err = parseTime(at); err != nil {
			return nil, err
		}
	}
	return found, explain(db.path, rows.Err())
}

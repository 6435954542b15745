package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"openness/audit"
	"openness/rubric"
)

// SaveFinished stores what a run found of one target and what rubrics made of it,
// and notes the target as finished: all of it or nothing, and once. saved is false
// where the run had finished the target before, and nothing was stored then.
func (db *DB) SaveFinished(ctx context.Context, run int64, target string, r audit.Record,
	assessments []rubric.Assessment, toolVersion string,
	at time.Time) (saved bool, err error) {
	err = db.withTx(ctx, func(tx *sql.Tx) error {
		saved = false
		var crawl int64
		err := tx.QueryRowContext(ctx, `SELECT crawl FROM run_targets WHERE run = ? AND target = ?`, run,
			target).Scan(&crawl)
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if err := insertRecord(ctx, tx, &r, origin{"crawl", toolVersion, at}); err != nil {
			return err
		}
		crawl, positions, err := crawlOf(ctx, tx, &r.Subject, assessments)
		if err != nil {
			return err
		}
		for i := range assessments {
			if err := insertAssessment(ctx, tx, crawl, &assessments[i], positions,
				origin{tool: toolVersion, at: at}); err != nil {
				return fmt.Errorf("rubric %q: %w", assessments[i].Rubric.ID, err)
			}
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO run_targets (run, target, crawl) VALUES (?, ?, ?)`, run, target,
			crawl)
		saved = err == nil
		return err
	})
	if err != nil {
		return false, fmt.Errorf("save %q: %w", r.Subject.ID, err)
	}
	return saved, nil
}

package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"openness/audit"
)

// A Run is one call of audit over a list of targets. A run that was killed has
// no end, and the next run over the same list goes on with it: subjects that
// were finished are taken from the store, and documents that were fetched
// since it began are not fetched again.
type Run struct {
	ID      int64
	Started time.Time
	Resumed bool // an earlier process began it and did not end it
}

// BeginRun starts a run over a list of targets, named by a hash of them, or
// goes on with the latest one over that list if it was never ended. at is used
// for a new run only.
func (db *DB) BeginRun(ctx context.Context, list string, at time.Time) (Run, error) {
	var run Run
	err := db.withTx(ctx, func(tx *sql.Tx) error {
		var started string
		const latest = `SELECT id, started_at FROM runs WHERE list = ? AND ended_at IS NULL
			AND id = (SELECT max(id) FROM runs WHERE list = ?)`
		err := tx.QueryRowContext(ctx, latest, list, list).Scan(&run.ID, &started)
		if err == nil {
			run.Resumed = true
			run.Started, err = parseTime(started)
			return err
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		result, err := tx.ExecContext(ctx, `INSERT INTO runs (list, started_at) VALUES (?, ?)`, list, timeText(at))
		if err != nil {
			return err
		}
		run.Started = at
		run.ID, err = result.LastInsertId()
		return err
	})
	if err != nil {
		return Run{}, fmt.Errorf("begin a run: %w", err)
	}
	return run, nil
}

// EndRun marks a run as complete: the next one over its list starts anew.
func (db *DB) EndRun(ctx context.Context, run int64, at time.Time) error {
	err := db.withTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE runs SET ended_at = ? WHERE id = ? AND ended_at IS NULL`, timeText(at),
			run)
		return err
	})
	if err != nil {
		return fmt.Errorf("end run %d: %w", run, err)
	}
	return nil
}

// FinishTarget notes that a run's target was audited and that the subject's
// latest crawl is its result.
func (db *DB) FinishTarget(ctx context.Context, run int64, target string, s audit.Subject) error {
	err := db.withTx(ctx, func(tx *sql.Tx) error { return finishTarget(ctx, tx, run, target, &s) })
	if err != nil {
		return fmt.Errorf("finish %q in run %d: %w", target, run, err)
	}
	return nil
}

func finishTarget(ctx context.Context, tx *sql.Tx, run int64, target string, s *audit.Subject) error {
	_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO run_targets (run, target, crawl)
		SELECT ?, ?, max(c.id) FROM crawls c JOIN subjects s ON s.id = c.subject WHERE s.model = ? AND s.label = ?`,
		run, target, s.ID, s.Label)
	return err
}

// Finished gives the newest record of the subject that a target of a run was finished
// with, its documents without their bytes: another run may have looked since.
func (db *DB) Finished(ctx context.Context, run int64,
	target string) (r audit.Record, at time.Time, found bool, err error) {
	err = db.read(ctx, func(conn *sql.Conn) error {
		var crawl int64
		var when string
		const query = `SELECT c.id, c.at FROM run_targets t JOIN crawls f ON f.id = t.crawl
			JOIN crawls c ON c.subject = f.subject WHERE t.run = ? AND t.target = ? ORDER BY c.id DESC LIMIT 1`
		err := conn.QueryRowContext(ctx, query, run, target).Scan(&crawl, &when)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		if at, err = parseTime(when); err != nil {
			return err
		}
		found = true
		r, err = recordOf(ctx, conn, crawl)
		return err
	})
	if err != nil {
		return audit.Record{}, time.Time{}, false, fmt.Errorf("finished %q in run %d: %w", target, run, err)
	}
	return r, at, found, nil
}

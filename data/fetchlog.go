package data

import (
	"context"
	"database/sql"

	"openness/audit"
)

// EachFetch gives every stored answer and attempt in the order they were
// stored, without bytes (Body has them) and without roles; one that was given
// again comes a second time, as it was given last. An error of f ends it and is
// returned.
func (db *DB) EachFetch(ctx context.Context, f func(audit.Document) error) error {
	return db.read(ctx, func(conn *sql.Conn) error {
		rows, err := conn.QueryContext(ctx, `SELECT `+answerColumns+` FROM `+answerTables+` ORDER BY f.id`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			d, last, err := scanLooks(rows)
			if err == nil {
				err = f(d)
			}
			if err == nil && last.at != 0 {
				last.apply(&d)
				err = f(d)
			}
			if err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

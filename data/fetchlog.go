package data

import (
	"context"
	"database/sql"

	"openness/audit"
)

// EachFetch gives every stored answer and attempt in the order they were
// stored, without bytes (Body has them) and without roles. An error of f ends
// it and is returned.
func (db *DB) EachFetch(ctx context.Context, f func(audit.Document) error) error {
	return db.read(ctx, func(conn *sql.Conn) error {
		rows, err := conn.QueryContext(ctx, `SELECT `+fetchColumns+` FROM fetches f LEFT JOIN bodies b ON b.sha256 = f.sha256 ORDER BY f.id`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			d, err := scanFetch(rows)
			if err != nil {
				return err
			}
			if err := f(d); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

package data

import (
	"context"
	"database/sql"
	"fmt"
)

// A ListChange is what became different of one model between two censuses.
type ListChange struct {
	Kind      string `json:"kind"` // of ListChangeKinds
	Model     string `json:"model"`
	Before    string `json:"before"`
	After     string `json:"after"`
	Downloads int64  `json:"downloads"` // of the later census that has it; -1 where not known
}

// ListChangeKinds are the kinds of change between two censuses. What a list left
// out in either is no change.
func ListChangeKinds() []string {
	kinds := []string{"new", "gone"}
	for _, c := range listChanges {
		kinds = append(kinds, c.kind)
	}
	return kinds
}

// listChanges give the value of a row, by the name of its table, whose change counts.
var listChanges = []struct{ kind, value string }{
	{"gate", "%[1]s.gate"}, {"licence", "coalesce(%[1]s.licence, %[1]s.tags, %[1]s.class)"},
	{"weights", "%[1]s.weights"},
	{"base", "%[1]s.bases"}, {"card", "%[1]s.card"},
}

// CompareCensuses gives what became different between two censuses, kind by kind,
// the most downloaded first.
func (db *DB) CompareCensuses(ctx context.Context, before, after int64, f func(*ListChange) error) error {
	return db.read(ctx, func(conn *sql.Conn) error {
		const one = `SELECT model, '', '', coalesce(downloads, -1) FROM census_models a WHERE census = ?1
			AND NOT EXISTS (SELECT 1 FROM census_models b WHERE b.census = ?2 AND b.model = a.model) ORDER BY 4 DESC, 1`
		if err := eachChange(ctx, conn, "new", one, after, before, f); err != nil {
			return err
		}
		if err := eachChange(ctx, conn, "gone", one, before, after, f); err != nil {
			return err
		}
		for _, c := range listChanges {
			query := fmt.Sprintf(`SELECT a.model, %[1]s, %[2]s, coalesce(b.downloads, -1) FROM census_models a
				JOIN census_models b ON b.census = ?2 AND b.model = a.model WHERE a.census = ?1 AND %[1]s <> %[2]s ORDER BY 4 DESC, 1`,
				fmt.Sprintf(c.value, "a"), fmt.Sprintf(c.value, "b"))
			if err := eachChange(ctx, conn, c.kind, query, before, after, f); err != nil {
				return err
			}
		}
		return nil
	})
}

func eachChange(ctx context.Context, conn *sql.Conn, kind, query string, first, second int64,
	f func(*ListChange) error) error {
	rows, err := conn.QueryContext(ctx, query, first, second)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		c := ListChange{Kind: kind}
		if err := rows.Scan(&c.Model, &c.Before, &c.After, &c.Downloads); err != nil {
			return err
		}
		if err := f(&c); err != nil {
			return err
		}
	}
	return rows.Err()
}

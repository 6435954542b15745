package data

import (
	"context"
	"database/sql"
	"strings"
)

// A batch inserts rows many at a time: a model has some hundred observations, and
// each statement costs more than the row it writes.
type batch struct {
	tx      *sql.Tx
	into    string // table and columns
	columns int
	values  []any
}

// batchRows are written by one statement. SQLite takes 32,766 values in one.
const batchRows = 64

// add adds a row, and writes the rows so far when there are enough.
func (b *batch) add(ctx context.Context, row ...any) error {
	b.columns = len(row)
	if b.values = append(b.values, row...); len(b.values) < batchRows*b.columns {
		return nil
	}
	return b.flush(ctx)
}

// flush writes the rows that are left.
func (b *batch) flush(ctx context.Context) error {
	if len(b.values) == 0 {
		return nil
	}
	row := "(?" + strings.Repeat(", ?", b.columns-1) + ")"
	rows := row + strings.Repeat(", "+row, len(b.values)/b.columns-1)
	_, err := b.tx.ExecContext(ctx, "INSERT INTO "+b.into+" VALUES "+rows, b.values...)
	b.values = b.values[:0]
	return err
}

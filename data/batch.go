package data

import (
	"context"
	"database/sql"
	"math/bits"
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

// flush writes the rows that are left, by powers of two: few statements, which the
// connection keeps prepared, write any number.
func (b *batch) flush(ctx context.Context) error {
	for values := b.values; len(values) > 0; {
		rows := 1 << (bits.Len(uint(len(values)/b.columns)) - 1)
		row := "(?" + strings.Repeat(", ?", b.columns-1) + ")"
		statement := "INSERT INTO " + b.into + " VALUES " + row + strings.Repeat(", "+row, rows-1)
		if _, err := b.tx.ExecContext(ctx, statement, values[:rows*b.columns]...); err != nil {
			return err
		}
		values = values[rows*b.columns:]
	}
	b.values = b.values[:0]
	return nil
}

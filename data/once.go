package data

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"

	"openness/audit"
	"openness/rubric"
)

// Rows that quote nothing are the same for many models: of a host that is down, of
// a model without a card. They stand once, in the crawl or assessment that had them
// first, and others name it. What quotes something is of its model alone, and is
// written without being looked for.

// These give the crawl c or assessment a that has the rows of one.
const (
	ownObservations = `coalesce(c.read_as, c.same_as, c.id)`
	ownJudgements   = `coalesce(a.judged_as, a.id)`
)

// A shared is the hash of rows that may stand elsewhere, nil for rows that quote something.
type shared []byte

// owner finds who has the rows already, 0 for nobody.
func (h shared) owner(ctx context.Context, q querier) (id int64, err error) {
	if h == nil {
		return 0, nil
	}
	err = q.QueryRowContext(ctx, `SELECT owner FROM once WHERE hash = ?`, []byte(h)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return id, err
}

// note says who has the rows from now on.
func (h shared) note(ctx context.Context, tx *sql.Tx, owner int64) error {
	if h == nil {
		return nil
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO once (hash, owner) VALUES (?, ?)`, []byte(h), owner)
	return err
}

// sharedRows is the hash of rows of a table, told apart by their columns: texts,
// whole numbers and NULL.
func sharedRows(table string, rows [][]any) shared {
	text := append([]byte(table), 0)
	number := func(mark byte, n int) { text = binary.AppendVarint(append(text, mark), int64(n)) }
	for _, row := range rows {
		number('r', len(row))
		for _, value := range row {
			switch v := value.(type) {
			case string:
				number('s', len(v))
				text = append(text, v...)
			case int:
				number('i', v)
			case nil:
				text = append(text, '-')
			default:
				return nil // is not of a kind that such rows have
			}
		}
	}
	sum := sha256.Sum256(text)
	return sum[:]
}

// quotesNothing reports whether observations hold no words of a document.
func quotesNothing(observations []audit.Observation) bool {
	for i := range observations {
		if observations[i].Finding == audit.Present || observations[i].Quote != "" {
			return false
		}
	}
	return true
}

// restsOnNothing reports whether judgements rest on observations that quote nothing.
func restsOnNothing(judgements []rubric.Judgement) bool {
	for i := range judgements {
		if !quotesNothing(judgements[i].Observations) {
			return false
		}
	}
	return true
}

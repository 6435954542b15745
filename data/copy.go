package data

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// CopyTo writes the whole database, as it is at this moment, into one new file
// at path, replacing any file there. Unlike a copy of the file it holds what
// SQLite still keeps beside it in the write-ahead log.
func (db *DB) CopyTo(ctx context.Context, path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("copy database to %q: %w", path, err)
	}
	if _, err := db.sql.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return fmt.Errorf("copy database to %q: %w", path, explain(db.path, err))
	}
	return nil
}

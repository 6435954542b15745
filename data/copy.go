package data

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/mattn/go-sqlite3"
)

// CopyTo writes the whole database, as it is at this moment, into one new file
// at path, replacing any file there. Unlike a copy of the file it holds what
// SQLite still keeps beside it in the write-ahead log. The file is there whole
// or not at all.
func (db *DB) CopyTo(ctx context.Context, path string) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("copy of %q: %q is a folder, a device or a pipe: name a file", db.path, path)
	}
	made := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".making")
	if err := os.Remove(made); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("copy database to %q: %w", path, err)
	}
	defer os.Remove(made) // nothing is left to remove after the rename
	if _, err := db.sql.ExecContext(ctx, "VACUUM INTO ?", made); err != nil {
		var lite sqlite3.Error
		if errors.As(err, &lite) && lite.Code == sqlite3.ErrCantOpen {
			return fmt.Errorf("copy of %q: %q cannot be made: its folder %q is not there, or may not be written", db.path,
				path, folder(path))
		}
		return fmt.Errorf("copy of %q: %w", db.path, explain(path, err))
	}
	if err := os.Rename(made, path); err != nil {
		return fmt.Errorf("copy database to %q: %w", path, err)
	}
	return nil
}

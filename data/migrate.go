package data

import (
	"context"
	"database/sql"
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// The migrations in name order; the schema version is how many were applied.
//
//go:embed migrations/*.sql
var migrationFiles embed.FS

// applicationID marks the file as ours (PRAGMA application_id): "OPNS".
const applicationID = 0x4f504e53

// migrate brings the schema up to date in one transaction. The version is read
// inside it, so that two processes may open a new file at once.
func (db *DB) migrate(ctx context.Context) error {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return err
	}
	var current int
	err = patiently(ctx, func() (err error) {
		current, err = db.schemaVersion(ctx, db.sql)
		return err
	})
	if err != nil || current == len(names) {
		return err
	}
	return db.withTx(ctx, func(tx *sql.Tx) error {
		version, err := db.schemaVersion(ctx, tx)
		if err != nil {
			return err
		}
		if version > len(names) {
			return newer(db.path, version, len(names))
		}
		for _, name := range names[version:] {
			statements, err := migrationFiles.ReadFile(name)
			if err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, string(statements)); err != nil {
				return fmt.Errorf("migration %s: %w", name, err)
			}
		}
		_, err = tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d", len(names),
			applicationID))
		return err
	})
}

// querier is what *sql.DB, *sql.Conn and *sql.Tx have in common for reading.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// schemaVersion is the number of migrations applied, and an error for a SQLite
// file that some other program made.
func (db *DB) schemaVersion(ctx context.Context, q querier) (version int, err error) {
	var application, tables int
	const query = `SELECT (SELECT user_version FROM pragma_user_version), (SELECT application_id FROM pragma_application_id),
		(SELECT count(*) FROM sqlite_schema)`
	if err := q.QueryRowContext(ctx, query).Scan(&version, &application, &tables); err != nil {
		return 0, err
	}
	if application != applicationID && (version != 0 || tables != 0) {
		return 0, foreign(db.path)
	}
	if version < 0 || version == 0 && tables != 0 {
		return 0, fmt.Errorf("database %q: its header says schema %d, which no openness wrote; restore a copy, or name another file with --db", db.path, version)
	}
	return version, nil
}

// newer refuses a file whose tables this openness does not know.
func newer(path string, version, known int) error {
	return fmt.Errorf("database %q: written by a newer openness (schema %d, this one knows %d); update openness, or name another file with --db",
		path, version, known)
}

func foreign(path string) error {
	return fmt.Errorf("database %q: belongs to another program; name another file with --db", path)
}

// checkForeign refuses the database of another program before SQLite opens it:
// our settings would already change its journal mode. It reads what the file
// format keeps at fixed places of its first page. A file of one page may be
// one that we were killed over while creating it; one with a log is left to
// schemaVersion, since what its first page says may be out of date.
func checkForeign(path string) error {
	if _, err := os.Stat(path + "-wal"); err == nil {
		return nil
	}
	header, err := readHeader(path)
	if info, known := os.Stat(path); known == nil && info.Size() == 1 {
		// SQLite takes a file of one byte for an empty one, and would write over it.
		return fmt.Errorf("database %q: this file is no SQLite database; name another with --db, or move it away", path)
	}
	if err != nil || string(header[:16]) != sqliteMagic {
		return nil //nolint:nilerr // no file yet, or one that SQLite itself will refuse with its reason
	}
	pages, application := binary.BigEndian.Uint32(header[28:]), binary.BigEndian.Uint32(header[68:])
	if application != applicationID && (application != 0 || pages > 1) {
		return foreign(path)
	}
	return nil
}

// sqliteMagic is how every database file begins.
const sqliteMagic = "SQLite format 3\x00"

// IsDatabase reports whether a file is there that begins as SQLite's do.
func IsDatabase(path string) bool {
	header, err := readHeader(path)
	return err == nil && string(header[:len(sqliteMagic)]) == sqliteMagic
}

// readHeader reads the first 100 bytes of a file, the header of a database.
func readHeader(path string) (header [100]byte, err error) {
	file, err := os.Open(path)
	if err != nil {
		return header, err
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return header, errors.Join(err, fs.ErrInvalid)
	}
	_, err = io.ReadFull(file, header[:])
	return header, err
}

package data

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/mattn/go-sqlite3"
)

// OpenToRead opens the database at path for a command that only reads: a file
// that holds nothing yet is a store of no models and stays as it is, and one that
// may not be written, of another user or on a read-only disk, is read all the same.
func OpenToRead(ctx context.Context, path string) (*DB, error) {
	if checkHolds(path) != nil {
		return openNothing(ctx, path)
	}
	if !mayWrite(path) {
		return openReadOnly(ctx, path, "it may not be written: copy it to where it may be")
	}
	db, err := OpenExisting(ctx, path)
	if !refusesWrites(err) {
		return db, err
	}
	reading, failed := openReadOnly(ctx, path, "its folder may not be written: copy it to where it may be")
	if failed == nil {
		return reading, nil
	}
	return nil, err
}

// openNothing is a store of no models, in memory, for a file that holds nothing.
func openNothing(ctx context.Context, path string) (*DB, error) {
	db, err := openMemory(ctx)
	if err != nil {
		return nil, err
	}
	db.path = path
	return db, nil
}

// checkHolds refuses an empty file, and one that was left before anything was
// stored in it: opening it would make it a database.
func checkHolds(path string) error {
	if log, err := os.Stat(path + "-wal"); err == nil && log.Size() > 0 {
		return nil // what the file itself says may be out of date
	}
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return nil //nolint:nilerr // opening it says what is wrong
	}
	header, err := readHeader(path)
	empty := info.Size() == 0
	unfinished := err == nil && string(header[:16]) == sqliteMagic && binary.BigEndian.Uint32(header[28:]) <= 1 &&
		binary.BigEndian.Uint32(header[60:]) == 0 && binary.BigEndian.Uint32(header[68:]) == 0
	if empty || unfinished {
		return fmt.Errorf("database %q: nothing is stored in this file; audit a model into it (openness audit MODEL --db %s), or name another with --db",
			path, path)
	}
	return nil
}

// mayWrite reports whether this process may write to a file that is there.
func mayWrite(path string) bool {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return true // opening it says what is wrong
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return false
	}
	return file.Close() == nil
}

// refusesWrites reports whether an error is SQLite's that it cannot write to a
// file or make its log beside it.
func refusesWrites(err error) bool {
	var lite sqlite3.Error
	return errors.As(err, &lite) && (lite.Code == sqlite3.ErrReadonly || lite.Code == sqlite3.ErrCantOpen ||
		lite.Code == sqlite3.ErrPerm)
}

// openReadOnly opens a database without writing to it or beside it. One of an
// older openness is refused, since its tables lack what is asked of them; what
// brings it up to date is said by how.
//
// A log beside the file is read too, which SQLite can do where it may write in
// the folder or another process has the file open. Without a log, and where SQLite
// could make none, nothing but the file is looked at: what another process adds
// while we read is then not seen.
func openReadOnly(ctx context.Context, path, how string) (*DB, error) {
	if err := errors.Join(checkForeign(path), checkHolds(path)); err != nil {
		return nil, err
	}
	settings := url.Values{"mode": {"ro"}, "_busy_timeout": {fmt.Sprint(busyTimeout.Milliseconds())}}
	log, err := os.Stat(path + "-wal")
	logged := err == nil && log.Size() > 0
	if !logged && !mayWrite(path) {
		settings.Set("immutable", "1")
	}
	db, err := openChecked(ctx, path, how, settings)
	if refusesWrites(err) && !logged && !settings.Has("immutable") {
		settings.Set("immutable", "1")
		db, err = openChecked(ctx, path, how, settings)
	}
	if refusesWrites(err) && logged && canRead(path) {
		return nil, fmt.Errorf("database %q: its log %q holds what is not yet in the file, and cannot be read here; copy both to where you may write: %w",
			path, path+"-wal", err)
	}
	return db, explain(path, err)
}

// openChecked opens a database with settings of its own and demands the schema
// that this openness knows.
func openChecked(ctx context.Context, path, how string, settings url.Values) (*DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	db, err := openWith(path, abs, settings)
	if err != nil {
		return nil, err
	}
	if err := db.checkVersion(ctx, how); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

func (db *DB) checkVersion(ctx context.Context, how string) error {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return err
	}
	version, err := db.schemaVersion(ctx, db.sql)
	switch {
	case err != nil:
		return err
	case version > len(names):
		return newer(db.path, version, len(names))
	case version < len(names):
		return fmt.Errorf("database %q: written by an older openness (schema %d of %d), and %s; openness rank, or any other command, then brings it up to date",
			db.path, version, len(names), how)
	}
	return nil
}

// canRead reports whether the bytes of a file can be had at all.
func canRead(path string) bool {
	_, err := readHeader(path)
	return err == nil
}

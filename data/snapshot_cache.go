package data

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/mattn/go-sqlite3"
)

// The built-in snapshot as a database takes a second of processor time to fill.
// It is filled once: a copy is kept in the user's cache folder, for its owner
// alone, and opened read-only from then on. Where there is no such folder, or it
// cannot be written, each process fills its own in memory as before.

// snapshotImage is where the copy of this program's snapshot is kept, "" where
// there is no folder for it. Another snapshot, vocabulary of facts or schema has
// another name.
func snapshotImage() string {
	base, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	facts, err := vocabularyText()
	if err != nil {
		return ""
	}
	sum := sha256.New()
	sum.Write(snapshotFile)
	sum.Write([]byte(facts))
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return ""
	}
	for _, name := range names {
		text, err := migrationFiles.ReadFile(name)
		if err != nil {
			return ""
		}
		sum.Write(text)
	}
	return filepath.Join(base, "openness", "snapshot", hex.EncodeToString(sum.Sum(nil)[:16])+".db")
}

// openImage opens a copy that an earlier process kept. One that is damaged is no
// reason to fail: it counts as none.
func openImage(ctx context.Context, path string) (*DB, bool) {
	if path == "" {
		return nil, false
	}
	if _, err := os.Stat(path); err != nil {
		return nil, false
	}
	db, err := openWith(snapshotName, path, url.Values{"mode": {"ro"}, "immutable": {"1"}, "_foreign_keys": {"on"}})
	if err != nil {
		return nil, false
	}
	var sound string
	var crawls int
	const check = `SELECT quick_check, (SELECT count(*) FROM crawls) FROM pragma_quick_check`
	if err := db.sql.QueryRowContext(ctx, check).Scan(&sound, &crawls); err != nil || sound != "ok" || crawls == 0 {
		db.Close()
		return nil, false
	}
	return db, true
}

// keepImage keeps a copy of the filled snapshot, and removes those of other
// programs. It is there whole or not at all; nothing depends on it.
func (db *DB) keepImage(ctx context.Context, path string) error {
	if path == "" {
		return nil
	}
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	made, err := os.CreateTemp(folder, "making")
	if err != nil {
		return err
	}
	defer os.Remove(made.Name()) // nothing is left to remove after the rename
	text, err := db.serialized(ctx)
	if err == nil {
		_, err = made.Write(text)
	}
	if err = errors.Join(err, made.Close()); err != nil {
		return err
	}
	others, err := filepath.Glob(filepath.Join(folder, "*.db"))
	for _, other := range others {
		err = errors.Join(err, os.Remove(other))
	}
	return errors.Join(err, os.Rename(made.Name(), path))
}

// serialized is the database as the bytes of a file.
func (db *DB) serialized(ctx context.Context) (text []byte, err error) {
	conn, err := db.sql.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	err = conn.Raw(func(c any) error {
		text, err = c.(*sqlite3.SQLiteConn).Serialize("")
		return err
	})
	return text, err
}

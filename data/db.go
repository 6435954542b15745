// Package data keeps audits in one SQLite file: the documents as served,
// compressed and stored once under their SHA-256; every attempt to fetch one;
// the crawls of each subject with what was observed; assessments; and what
// people say in reviews.
//
// Nothing is overwritten: a new crawl adds rows, and the latest crawl of a
// subject is what Record and EachRecord give. Every fetch is committed as it
// arrives, so a run that was killed finds its documents again (Lookup), and a
// record is committed whole or not at all. Two processes may use one file.
//
// Without a database there is still something to read: the built-in snapshot,
// observations of known models that an earlier crawl made (OpenOrSnapshot).
//
// What this package does not promise: that a document's bytes are still what
// its URL serves, or that an observation is right. Verify tells only whether
// the stored bytes are those that were hashed and quoted.
package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver
)

// busyTimeout is how long a statement waits for another process to finish
// writing. Each of our writes takes milliseconds; a wait this long means that
// somebody holds the file open in a transaction.
const busyTimeout = 15 * time.Second

// A DB is an open database. Its methods may be called from several goroutines.
type DB struct {
	sql       *sql.DB
	path, dsn string
	// writing lets this process's writers queue instead of polling for
	// SQLite's lock; other processes are waited for by busyTimeout.
	writing chan struct{}
	// builtIn is true for the built-in snapshot: in memory, once something is
	// asked of it, and read-only.
	// alive keeps one connection open, without which the memory is freed.
	builtIn bool
	alive   *sql.Conn
}

// Open opens the database at path, creating it if there is none and bringing
// an older one up to date. Errors say what is wrong with which file and what
// to do about it.
func Open(ctx context.Context, path string) (*DB, error) {
	if err := checkForeign(path); err != nil {
		return nil, err
	}
	db, err := open(path)
	if err != nil {
		return nil, explain(path, err)
	}
	if err := db.migrate(ctx); err != nil {
		db.Close()
		return nil, explain(path, err)
	}
	return db, nil
}

// OpenScratch makes a database that need not outlive the process: it does not
// wait for the disk, and a crash may leave it damaged.
func OpenScratch(ctx context.Context, path string) (*DB, error) {
	db, err := openWith(path, path, url.Values{"_foreign_keys": {"on"}, "_journal_mode": {"MEMORY"},
		"_synchronous": {"OFF"}, "_txlock": {"immediate"},
		"_busy_timeout": {fmt.Sprint(busyTimeout.Milliseconds())}})
	if err == nil {
		err = db.migrate(ctx)
	}
	if err != nil {
		return nil, explain(path, err)
	}
	return db, nil
}

// OpenExisting opens the database at path and never creates one: the error
// wraps fs.ErrNotExist when there is none. A file that holds nothing yet is
// refused too.
func OpenExisting(ctx context.Context, path string) (*DB, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("database %q: %w; audit a model first, or name another file with --db", path,
			fs.ErrNotExist)
	case err == nil && info.IsDir():
		return nil, fmt.Errorf("database %q: is a folder; name a file with --db", path)
	}
	if err := checkHolds(path); err != nil {
		return nil, err
	}
	return Open(ctx, path)
}

// Path is the path that the database was opened with.
func (db *DB) Path() string { return db.path }

// Close closes the database.
func (db *DB) Close() error {
	if db.alive != nil {
		db.alive.Close()
	}
	return db.sql.Close()
}

// open makes the connection pool. Settings stand in the DSN because only then
// does every pooled connection get them.
func open(path string) (*DB, error) {
	settings := url.Values{
		"_busy_timeout": {fmt.Sprint(busyTimeout.Milliseconds())},
		"_foreign_keys": {"on"},
		"_journal_mode": {"WAL"},
		"_synchronous":  {"FULL"}, // what was reported as stored survives a power cut
		"_txlock":       {"immediate"},
	}
	abs, err := filepath.Abs(path) // the working directory may change under a long run
	if err != nil {
		return nil, err
	}
	return openWith(path, abs, settings)
}

// statements are how many prepared statements each connection keeps: reports
// ask the same few questions of every model.
const statements = 64

// idle is how many connections stay open for the next question. The pool keeps two
// where nothing else is said: an audit of several models at once would open others
// all the time, and prepare all its statements anew.
const idle = 8

func openWith(path, file string, settings url.Values) (*DB, error) {
	settings.Set("_stmt_cache_size", fmt.Sprint(statements))
	settings.Set("_mutex", "no") // the pool gives a connection to one goroutine at a time
	dsn := "file:" + (&url.URL{Path: file}).EscapedPath() + "?" + settings.Encode()
	pool, err := sql.Open("sqlite3", dsn)
	if err != nil {
		return nil, err
	}
	pool.SetMaxIdleConns(idle)
	return &DB{sql: pool, path: path, dsn: dsn, writing: make(chan struct{}, 1)}, nil
}

// withTx runs f in a write transaction: committed when f returns nil, rolled
// back otherwise.
func (db *DB) withTx(ctx context.Context, f func(*sql.Tx) error) error {
	if db.builtIn {
		return ErrReadOnly
	}
	select {
	case db.writing <- struct{}{}:
		defer func() { <-db.writing }()
	case <-ctx.Done():
		return ctx.Err()
	}
	var tx *sql.Tx
	err := patiently(ctx, func() (err error) {
		tx, err = db.sql.BeginTx(ctx, nil)
		return err
	})
	if err != nil {
		return explain(db.path, err)
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	if err := f(tx); err != nil {
		return explain(db.path, err)
	}
	return explain(db.path, tx.Commit())
}

// patiently does f again while another process holds the file, for as long as busyTimeout: where waiting might be a
// deadlock, as while the other one makes the file's log or takes it away, SQLite says at once that the file is busy.
func patiently(ctx context.Context, f func() error) error {
	const pause = 20 * time.Millisecond
	for end := time.Now().Add(busyTimeout); ; {
		err := f()
		if !isBusy(err) || time.Now().After(end) {
			return err
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// timeText is how times are stored: RFC 3339 in UTC, as precise as given.
func timeText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// parseTime reads what timeText wrote.
func parseTime(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.RFC3339Nano, s)
}

// parseTimes reads several times, up to the first that is none.
func parseTimes(texts []string, into ...*time.Time) error {
	for i, text := range texts {
		var err error
		if *into[i], err = parseTime(text); err != nil {
			return err
		}
	}
	return nil
}

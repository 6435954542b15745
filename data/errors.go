package data

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/mattn/go-sqlite3"
)

// Errors that a caller may want to tell apart with errors.Is.
var (
	// ErrNotFound: nothing is stored under that name.
	ErrNotFound = errors.New("not stored")
	// ErrAmbiguous: several subjects answer to that name.
	ErrAmbiguous = errors.New("ambiguous")
	// ErrObserver: an observation does not quote the document that it cites. The
	// store is in order; the record is refused, so that no false quote is kept.
	ErrObserver = errors.New("a fault of openness itself, please report it with the model's name")
	// ErrReadOnly: something was to be stored in the built-in snapshot.
	ErrReadOnly = errors.New("the built-in snapshot cannot be changed")
)

// explain wraps an error of SQLite once with what happened, to which file, and
// what to do next. Other errors pass unchanged.
func explain(path string, err error) error {
	var lite sqlite3.Error
	var said explained
	if !errors.As(err, &lite) || errors.As(err, &said) {
		return err
	}
	return explained{explanation(path, err, lite)}
}

// explained marks an error that says already which file it is about.
type explained struct{ error }

func (e explained) Unwrap() error { return e.error }

// isBusy reports whether an error is that another process holds the file.
func isBusy(err error) bool {
	var lite sqlite3.Error
	return errors.As(err, &lite) && (lite.Code == sqlite3.ErrBusy || lite.Code == sqlite3.ErrLocked)
}

func explanation(path string, err error, lite sqlite3.Error) error {
	if advice := adviceFor(path, lite); advice != "" {
		return fmt.Errorf("database %q: %s: %w", path, advice, err)
	}
	return fmt.Errorf("database %q: %w", path, err)
}

func adviceFor(path string, err sqlite3.Error) string {
	switch err.Code {
	case sqlite3.ErrNotADB:
		return "this file is no SQLite database; name another with --db, or move it away"
	case sqlite3.ErrCorrupt:
		return "the file is damaged; restore a copy, or move it away and audit again (check with: sqlite3 FILE 'PRAGMA integrity_check')"
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return fmt.Sprintf("another process has been writing for over %v; wait for it to end, or use another file with --db", busyTimeout)
	case sqlite3.ErrFull:
		return fmt.Sprintf("the disk of %q is full; nothing of this step was stored, what was stored before is safe; make room and run again", folder(path))
	case sqlite3.ErrReadonly, sqlite3.ErrPerm, sqlite3.ErrAuth:
		return fmt.Sprintf("cannot be written; allow writing to it and to its folder %q, or name another file with --db", folder(path))
	case sqlite3.ErrIoErr:
		if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
			return noRegularFile(info)
		}
		return fmt.Sprintf("reading or writing in %q failed; check the disk and its free space", folder(path))
	case sqlite3.ErrCantOpen:
		return cantOpen(path)
	}
	return ""
}

// noRegularFile says what stands where a database should.
func noRegularFile(info os.FileInfo) string {
	if info.IsDir() {
		return "is a folder; name a file with --db"
	}
	return "is a device or pipe; name a file with --db"
}

// cantOpen says why a path cannot be a database, which SQLite does not.
func cantOpen(path string) string {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return noRegularFile(info)
	}
	dir := folder(path)
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return fmt.Sprintf("its folder %q does not exist; create it, or name another file with --db", dir)
	case err != nil:
		return fmt.Sprintf("its folder %q cannot be read; name another file with --db", dir)
	case !info.IsDir():
		return fmt.Sprintf("%q is no folder; name another file with --db", dir)
	}
	return fmt.Sprintf("cannot be created or opened in %q; allow writing there, or name another file with --db", dir)
}

func folder(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return filepath.Dir(path)
	}
	return filepath.Dir(abs)
}

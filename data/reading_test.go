package data

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// stored makes a database with one model, closed, and gives its path.
func stored(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "openness.db")
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	save(t, db, record("org/model", ""))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// asNobody runs f as a user who owns nothing: root may write everywhere.
func asNobody(t *testing.T, f func()) {
	t.Helper()
	if os.Geteuid() != 0 {
		f()
		return
	}
	const nobody = 65534
	if err := syscall.Seteuid(nobody); err != nil {
		t.Skipf("cannot become another user: %v", err)
	}
	defer func() {
		if err := syscall.Seteuid(0); err != nil {
			t.Fatal(err)
		}
	}()
	f()
}

// readable lets other users reach a file of the test.
func readable(t *testing.T, path string, file, folder os.FileMode) {
	t.Helper()
	for dir := filepath.Dir(filepath.Dir(path)); len(dir) > len(os.TempDir()); dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.Chmod(path, file), os.Chmod(filepath.Dir(path), folder)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Dir(path), 0o700) })
}

// TestReadOnlyIsRead: a database that may not be written is read in each of the
// ways that this comes about, and nothing is left beside it.
func TestReadOnlyIsRead(t *testing.T) {
	for _, c := range []struct {
		name         string
		file, folder os.FileMode
	}{
		{"file", 0o444, 0o777},
		{"folder", 0o666, 0o555},
		{"both", 0o444, 0o555},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := stored(t)
			readable(t, path, c.file, c.folder)
			asNobody(t, func() { readOne(t, path) })
			left, err := os.ReadDir(filepath.Dir(path))
			if err != nil || len(left) != 1 {
				t.Errorf("beside the database: %v %v", left, err)
			}
		})
	}
}

// readOne reads the model of a database, and demands that nothing can be stored.
func readOne(t *testing.T, path string) {
	t.Helper()
	for name, open := range map[string]func(context.Context, string) (*DB, error){"OpenOrSnapshot": OpenOrSnapshot,
		"OpenToQuery": OpenToQuery} {
		db, err := open(t.Context(), path)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got, err := db.Record(t.Context(), "org/model")
		if err != nil || len(got.Observations) == 0 {
			t.Errorf("%s: %d observations, %v", name, len(got.Observations), err)
		}
		if found, err := db.Search(t.Context(), Query{Words: "weights", Limit: 10}); err != nil ||
			len(found.Hits) != 1 {
			t.Errorf("%s: search gives %v, %v", name, found, err)
		}
		if err := db.SaveRecord(t.Context(), record("org/other", ""), "test", t0); err == nil {
			t.Errorf("%s: a record was stored", name)
		}
		db.Close()
	}
}

// TestReadOnlyLog: what stands in a log that cannot be read is not left out in silence.
func TestReadOnlyLog(t *testing.T) {
	path := stored(t)
	if err := os.WriteFile(path+"-wal", []byte("not empty"), 0o644); err != nil {
		t.Fatal(err)
	}
	readable(t, path, 0o444, 0o555)
	asNobody(t, func() {
		db, err := OpenOrSnapshot(t.Context(), path)
		if err == nil {
			db.Close()
			t.Fatal("opened")
		}
		if !strings.Contains(err.Error(), "its log") {
			t.Error(err)
		}
	})
}

// TestNothingStored: an empty file, and one whose making was broken off, is no
// database to a command that reads, and stays as it is.
func TestNothingStored(t *testing.T) {
	header := make([]byte, 4096)
	copy(header, sqliteMagic)
	for name, bytes := range map[string][]byte{"empty": nil, "broken off": header} {
		path := filepath.Join(t.TempDir(), "x.db")
		if err := os.WriteFile(path, bytes, 0o644); err != nil {
			t.Fatal(err)
		}
		for _, open := range []func(context.Context, string) (*DB, error){OpenExisting, OpenToQuery} {
			if db, err := open(t.Context(), path); err == nil || errors.Is(err, fs.ErrNotExist) ||
				!strings.Contains(err.Error(), "nothing is stored") {
				t.Errorf("%s: %v %v", name, db, err)
			}
		}
		db, err := OpenOrSnapshot(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if subjects, err := db.Subjects(t.Context()); err != nil || len(subjects) != 0 || db.BuiltIn() ||
			db.Path() != path {
			t.Errorf("%s: %v of %q (built in: %v), %v", name, subjects, db.Path(), db.BuiltIn(), err)
		}
		db.Close()
		if now, err := os.ReadFile(path); err != nil || string(now) != string(bytes) {
			t.Errorf("%s: the file was changed (%v)", name, err)
		}
	}
}

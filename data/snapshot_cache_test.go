package data

import (
	"os"
	"path/filepath"
	"testing"
)

// TestSnapshotImage: the snapshot is the same from the copy that is kept of it,
// which is made anew where it is damaged and done without where it cannot be kept.
func TestSnapshotImage(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	count := func() (models, observations int) {
		t.Helper()
		db, err := OpenOrSnapshot(t.Context(), filepath.Join(t.TempDir(), "none.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		const query = `SELECT (SELECT count(*) FROM subjects), (SELECT count(*) FROM observations)`
		if err := db.sql.QueryRowContext(t.Context(), query).Scan(&models, &observations); err != nil {
			t.Fatal(err)
		}
		if !db.BuiltIn() {
			t.Error("it is not the built-in snapshot")
		}
		return models, observations
	}
	models, observations := count()
	if models < 50 || observations < 1000 {
		t.Fatalf("%d models, %d observations", models, observations)
	}
	image := snapshotImage()
	info, err := os.Stat(image)
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Fatalf("the copy: %v, %v", info, err)
	}
	same := func(when string) {
		t.Helper()
		if m, o := count(); m != models || o != observations {
			t.Errorf("%s: %d models and %d observations, want %d and %d", when, m, o, models, observations)
		}
	}
	same("from the copy")
	if db, ok := openImage(t.Context(), image); !ok {
		t.Error("the copy is not used")
	} else if _, err := db.sql.ExecContext(t.Context(), `DELETE FROM observations`); err == nil {
		t.Error("the copy can be written to")
	} else {
		db.Close()
	}
	if again, err := os.Stat(image); err != nil || !again.ModTime().Equal(info.ModTime()) {
		t.Errorf("the copy was made again: %v", err)
	}
	for name, text := range map[string]string{"cut": "SQLite format 3\x00", "empty": "",
		"foreign": "no database at all, but long enough to be read as one"} {
		if err := os.WriteFile(image, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		same(name)
		if repaired, err := os.Stat(image); err != nil || repaired.Size() != info.Size() {
			t.Errorf("%s: not made anew: %v", name, err)
		}
	}
	t.Setenv("XDG_CACHE_HOME", "/dev/null")
	same("where nothing can be kept")
}

package data

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"openness/audit"
)

// FuzzDatabase: a database with changed bytes, cut short or made up, is read as
// far as it goes or refused with a reason, by everything that reads one.
func FuzzDatabase(f *testing.F) {
	dir := f.TempDir()
	whole := filepath.Join(dir, "whole.db")
	db, err := Open(f.Context(), whole)
	if err != nil {
		f.Fatal(err)
	}
	save(f, db, record("org/model", ""))
	if err := db.CopyTo(f.Context(), filepath.Join(dir, "copy.db")); err != nil {
		f.Fatal(err)
	}
	db.Close()
	good, err := os.ReadFile(filepath.Join(dir, "copy.db"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint32(60), []byte{0xff, 0xff, 0xff, 0xfb}, uint32(1<<20)) // a negative schema version
	f.Add(uint32(0), []byte{}, uint32(4096))
	f.Add(uint32(16), []byte{1, 0}, uint32(1<<20))
	f.Add(uint32(len(good)/2), []byte("\x00\x01\xff\x7f"), uint32(1<<20))
	f.Add(uint32(0), []byte("not a database"), uint32(14))
	file := filepath.Join(dir, "changed.db")
	f.Fuzz(func(t *testing.T, at uint32, patch []byte, length uint32) {
		changed := append([]byte(nil), good...)
		copy(changed[min(int(at), len(changed)):], patch)
		changed = changed[:min(int(length), len(changed))]
		for _, suffix := range []string{"-wal", "-shm", "-journal"} {
			_ = os.Remove(file + suffix)
		}
		if err := os.WriteFile(file, changed, 0o600); err != nil {
			t.Fatal(err)
		}
		readAllOf(t, file)
	})
}

// readAllOf reads a database in the ways that commands do; errors name the file.
func readAllOf(t *testing.T, file string) {
	ctx := t.Context()
	for _, open := range []func(context.Context, string) (*DB, error){OpenToQuery, OpenOrSnapshot} {
		db, err := open(ctx, file)
		if err != nil {
			if !strings.Contains(err.Error(), filepath.Base(file)) {
				t.Errorf("the error does not name the file: %v", err)
			}
			continue
		}
		_, _ = db.Record(ctx, "org/model")
		_, _ = db.History(ctx, "org/model")
		_, _ = db.Verify(ctx, "org/model")
		_, _ = db.AllReviews(ctx)
		_, _ = db.Search(ctx, Query{Words: "weights", Limit: 3})
		_, _ = db.Censuses(ctx)
		_ = db.EachDigest(ctx, true, func(*audit.Digest) error { return nil })
		_ = db.EachFullRecord(ctx, func(audit.Record) error { return nil })
		_ = db.Query(ctx, "SELECT * FROM evidence", func([]string) error {
			return nil
		}, func([]any) error { return nil })
		db.Close()
	}
}

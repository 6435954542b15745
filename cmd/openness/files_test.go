package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"openness/data"
)

// TestWriteWhole: what is no file is written to and stays what it is, a link leads on to what it led to, and a file that
// was for its owner's eyes stays so.
func TestWriteWhole(t *testing.T) {
	dir := t.TempDir()
	text := func(w io.Writer) error {
		_, err := io.WriteString(w, "new")
		return err
	}
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	read := make(chan string, 1)
	go func() {
		got, _ := os.ReadFile(pipe) // an error shows as other text
		read <- string(got)
	}()
	if err := writeWhole(pipe, text); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(pipe); err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		t.Fatalf("a file took the place of the pipe: %v %v", info, err)
	}
	if got := <-read; got != "new" {
		t.Errorf("through the pipe: %q", got)
	}
	file, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	if err := os.WriteFile(file, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("file", link); err != nil {
		t.Fatal(err)
	}
	if err := writeWhole(link, text); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(file)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(file)
	if to, gone := os.Readlink(link); gone != nil || to != "file" || err != nil || string(got) != "new" ||
		info.Mode().Perm() != 0o600 {
		t.Errorf("link to %q (%v), file %q (%v, mode %v)", to, gone, got, err, info.Mode())
	}
}

// TestCopyToDevice: a copy of the store takes no pipe's or device's place.
func TestCopyToDevice(t *testing.T) {
	dir := t.TempDir()
	db, err := data.Open(t.Context(), filepath.Join(dir, "store.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	if err := db.CopyTo(t.Context(), pipe); err == nil {
		t.Error("the store was copied over a pipe")
	}
	if info, err := os.Lstat(pipe); err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		t.Errorf("a file took the place of the pipe: %v %v", info, err)
	}
}

// TestWriteWholeKeeps: a link to a store's log is no way around the guard of stores, and what the shell opened to append
// to keeps what it holds.
func TestWriteWholeKeeps(t *testing.T) {
	dir := t.TempDir()
	text := func(w io.Writer) error {
		_, err := io.WriteString(w, "new")
		return err
	}
	store := filepath.Join(dir, "store.db")
	db, err := data.Open(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	wal, link := store+"-wal", filepath.Join(dir, "out.csv")
	if err := os.WriteFile(wal, []byte("log"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(wal, link); err != nil {
		t.Fatal(err)
	}
	if err := writeWhole(link, text); err == nil {
		t.Error("a link led to the log of a store, which was replaced")
	}
	if got, err := os.ReadFile(wal); err != nil || string(got) != "log" {
		t.Errorf("log: %q (%v)", got, err)
	}
	for _, form := range []string{"/proc/self/fd/%d", "/dev/fd/%d"} {
		file := filepath.Join(t.TempDir(), "log")
		f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteString("old "); err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf(form, f.Fd())
		if _, err := os.Stat(name); err != nil {
			t.Skip(err)
		}
		if err := writeWhole(name, text); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != "old new" {
			t.Errorf("%s: %q (%v)", form, got, err)
		}
	}
	for _, name := range []string{"/dev/stdout", "/dev//stderr", "/proc/17/fd/1"} {
		if !handedOver(name) {
			t.Errorf("%s is taken for a file of its own", name)
		}
	}
	for _, name := range []string{"dev/stdout", "/dev/fd", "/tmp/dev/fd/1", "/proc/self/fd/1/x"} {
		if handedOver(name) {
			t.Errorf("%s is taken for one that the shell opened", name)
		}
	}
}

// TestExportSQLiteOver: a copy of the store may take an empty file's place, and with --force too no log's of another.
func TestExportSQLiteOver(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"own.db", "other.db"} {
		db, err := data.Open(t.Context(), filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	db, err := data.Open(t.Context(), filepath.Join(dir, "own.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, c := range []struct {
		name, holds string
		force, done bool
	}{
		{"empty", "", false, true},
		{"full", "x", false, false},
		{"full", "x", true, true},
		{"other.db-wal", "log", true, false},
	} {
		out := filepath.Join(dir, c.name)
		if err := os.WriteFile(out, []byte(c.holds), 0o600); err != nil {
			t.Fatal(err)
		}
		opts := &exportOptions{globalOptions: &globalOptions{db: filepath.Join(dir, "own.db")}, out: out, force: c.force}
		err := exportSQLite(t.Context(), opts, db)
		if (err == nil) != c.done || data.IsDatabase(out) != c.done {
			t.Errorf("over %s (force %v): %v", c.name, c.force, err)
		}
	}
}

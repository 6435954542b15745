package main

import (
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

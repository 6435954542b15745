package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"openness/data"
)

// writeWhole writes a file that is there whole or not at all. It takes no database's place:
// what was gathered there would be gone.
func writeWhole(path string, write func(io.Writer) error) error {
	if handedOver(path) {
		return writeThrough(path, write)
	}
	if at, err := filepath.EvalSymlinks(path); err == nil {
		path = at // the file that a link leads to is replaced, and not the link
	}
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		if info.IsDir() {
			return usagef("write %q: it is a folder: name a file", path)
		}
		if !info.Mode().IsRegular() {
			return writeThrough(path, write)
		}
		mode = info.Mode().Perm() // what was for its owner's eyes stays so
	}
	if err := noDatabase(path); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return unwritable(path, err)
	}
	defer unfinished.add(f.Name())()
	defer os.Remove(f.Name()) // nothing is left to remove after the rename
	if err := errors.Join(write(f), f.Close()); err != nil {
		return fmt.Errorf("write %q: %w", path, err)
	}
	if err := os.Chmod(f.Name(), mode); err != nil {
		return fmt.Errorf("write %q: %w", path, err)
	}
	return os.Rename(f.Name(), path)
}

// handedOver reports whether a name is that of a file which the shell opened for this program, such as /dev/stdout
// with `>> log`: it may hold more than what is written now.
func handedOver(path string) bool {
	path = filepath.Clean(path)
	return slices.Contains([]string{"/dev/stdin", "/dev/stdout", "/dev/stderr"}, path) || handed.MatchString(path)
}

// handed matches the names of open files of a process.
var handed = regexp.MustCompile(`^(?:/dev/fd|/proc/[^/]+/fd)/\d+$`)

// writeThrough writes to what is no file: a device or a pipe. In its place a file would be put, and whoever
// else uses /dev/null would find it gone.
func writeThrough(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return unwritable(path, err)
	}
	if err := errors.Join(write(f), f.Close()); err != nil {
		return fmt.Errorf("write %q: %w", path, err)
	}
	return nil
}

// noDatabase refuses the name of a file that is a database, or the log or index of one.
func noDatabase(path string) error {
	for _, file := range []string{path, strings.TrimSuffix(path, "-wal"), strings.TrimSuffix(path, "-shm"),
		strings.TrimSuffix(path, "-journal")} {
		if data.IsDatabase(file) {
			return usagef("%q is a database, or belongs to one, and what it holds would be lost: name another file", path)
		}
	}
	return nil
}

// largestRules bounds a file that a person writes: a rubric, a policy, a profile, a key.
const largestRules = 1 << 20

// readBounded reads a file whole, unless it is larger than most bytes: what is
// named may be a device or a pipe that never ends.
func readBounded(path string, most int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAtMostOf(f, most)
}

// readAtMostOf reads all that there is, unless it is more than most bytes.
func readAtMostOf(from io.Reader, most int64) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(from, most+1))
	if err == nil && int64(len(text)) > most {
		return nil, fmt.Errorf("larger than %d bytes", most)
	}
	return text, err
}

// unreadable makes it bad usage that a file or folder of the command line cannot be opened.
// What is wrong in one that was read stays what it is.
func unreadable(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return &exitError{exitUsage, err}
	}
	return err
}

// unwritable says why a file could not be begun. The name that it had until it
// was whole means nothing to who asked for it.
func unwritable(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("write %q: there is no folder %q: make it first", path, filepath.Dir(path))
	}
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Errorf("write %q: %w", path, err)
}

// noFile refuses a folder's name that is the name of a file.
func noFile(flag, dir string) error {
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return usagef("%s %q is a file: name a folder", flag, dir)
	}
	return nil
}

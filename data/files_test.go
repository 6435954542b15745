package data

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/mattn/go-sqlite3"

	"openness/audit"
)

// TestMain lets the test binary be a second process: one that saves records
// until it is told, or made, to stop.
func TestMain(m *testing.M) {
	if path := os.Getenv("OPENNESS_TEST_WRITER"); path != "" {
		if err := writeRecords(path, os.Getenv("OPENNESS_TEST_PREFIX")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// writeRecords saves records prefix/0, prefix/1, ... and prints each number
// once it is stored.
func writeRecords(path, prefix string) error {
	ctx := context.Background()
	db, err := Open(ctx, path)
	if err != nil {
		return err
	}
	defer db.Close()
	count, err := strconv.Atoi(os.Getenv("OPENNESS_TEST_COUNT"))
	if err != nil {
		return err
	}
	for i := range count {
		r := record(fmt.Sprintf("%s/%d", prefix, i), "")
		for _, d := range r.Documents {
			if err := db.Keep(ctx, d); err != nil {
				return err
			}
		}
		if err := db.SaveRecord(ctx, r, "test", t0); err != nil {
			return err
		}
		fmt.Println(i)
	}
	return nil
}

func writer(t *testing.T, path, prefix string, count int) *exec.Cmd {
	t.Helper()
	command := exec.CommandContext(t.Context(), os.Args[0])
	command.Env = append(os.Environ(), "OPENNESS_TEST_WRITER="+path, "OPENNESS_TEST_PREFIX="+prefix,
		"OPENNESS_TEST_COUNT="+strconv.Itoa(count))
	command.Stderr = os.Stderr
	return command
}

func TestTwoProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shared.db") // created by whichever comes first
	const each = 25
	a, b := writer(t, path, "a", each), writer(t, path, "b", each)
	for _, command := range []*exec.Cmd{a, b} {
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
	}
	for _, command := range []*exec.Cmd{a, b} {
		if err := command.Wait(); err != nil {
			t.Errorf("writer: %v", err)
		}
	}
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	subjects, err := db.Subjects(t.Context())
	if err != nil || len(subjects) != 2*each {
		t.Errorf("%d subjects, want %d; %v", len(subjects), 2*each, err)
	}
}

func TestKilledWriterLosesNothingStored(t *testing.T) {
	path := filepath.Join(t.TempDir(), "killed.db")
	stored := make(map[string]int)
	for round := range 5 {
		prefix := fmt.Sprintf("round%d", round)
		stored[prefix] = killWriter(t, path, prefix, 3*round+1)
	}
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var integrity string
	if err := db.sql.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&integrity); err != nil ||
		integrity != "ok" {
		t.Errorf("integrity: %q, %v", integrity, err)
	}
	for prefix, last := range stored {
		for i := range last + 1 {
			v, err := db.Verify(t.Context(), fmt.Sprintf("%s/%d", prefix, i))
			if err != nil || len(v.Problems) > 0 || v.Documents != 1 || v.Quotes != 1 {
				t.Errorf("%s/%d: %+v, %v", prefix, i, v, err)
			}
		}
	}
}

// killWriter starts a writer and kills it some time after it stored so many
// records; it gives the last number that the writer reported.
func killWriter(t *testing.T, path, prefix string, after int) (last int) {
	t.Helper()
	command := writer(t, path, prefix, 1_000_000)
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	last = -1
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if last, err = strconv.Atoi(lines.Text()); err != nil {
			t.Fatal(err)
		}
		if last == after {
			_ = command.Process.Signal(syscall.SIGKILL) // what it still wrote to the pipe is read on
		}
	}
	if err := command.Wait(); err == nil || last < after {
		t.Fatalf("writer ended by itself after %d: %v", last, err)
	}
	return last
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	statement := func(name, statement string) string {
		path := filepath.Join(dir, name)
		db, err := sql.Open("sqlite3", path)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
		return path
	}
	newer := filepath.Join(dir, "newer.db")
	if db, err := Open(t.Context(), newer); err != nil {
		t.Fatal(err)
	} else {
		db.Close()
	}
	statement("newer.db", "PRAGMA user_version = 99")
	plain := write("plain.txt", "text")
	for _, c := range []struct{ name, path, want string }{
		{"no database", write("notes.db", strings.Repeat("these are my notes\n", 100)), "no SQLite database"},
		{"folder missing", filepath.Join(dir, "missing", "x.db"), "does not exist; create it"},
		{"below a file", filepath.Join(plain, "x.db"), "is no folder"},
		{"a folder", dir, "is a folder"},
		{"unwritable", "/proc/openness.db", "name another file with --db"},
		{"newer", newer, "newer openness (schema 99, this one knows "},
		{"other program", statement("other.db", "CREATE TABLE mine (x)"), "belongs to another program"},
	} {
		t.Run(c.name, func(t *testing.T) {
			db, err := Open(t.Context(), c.path)
			if err == nil {
				db.Close()
				t.Fatal("opened")
			}
			if !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), strconv.Quote(c.path)) {
				t.Errorf("error %q lacks %q or the path", err, c.want)
			}
		})
	}
	if header, err := readHeader(filepath.Join(dir, "other.db")); err != nil || header[18] != 1 {
		t.Errorf("the database of another program was switched to WAL: %v, %v", header[18], err)
	}
	if content, err := os.ReadFile(filepath.Join(dir, "notes.db")); err != nil ||
		!strings.HasPrefix(string(content), "these are my notes") {
		t.Errorf("a file that is no database was changed: %v", err)
	}
}

func TestDamagedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "damaged.db")
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 40 {
		save(t, db, record(fmt.Sprintf("org/%d", i), strings.Repeat("x", 400)))
	}
	db.Close()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096; i < len(content); i++ {
		content[i] ^= 0x5a
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err = Open(t.Context(), path)
	if err == nil {
		defer db.Close()
		_, err = db.Subjects(t.Context())
	}
	var lite sqlite3.Error
	if !errors.As(err, &lite) || lite.Code != sqlite3.ErrCorrupt ||
		!strings.Contains(err.Error(), "damaged; restore a copy") {
		t.Errorf("damaged file: %v", err)
	}
}

// TestLockedFile holds the write lock in another connection for longer than a
// context allows: waiting must end with the context.
func TestLockedFile(t *testing.T) {
	db := openTest(t)
	other, err := sql.Open("sqlite3", db.Path()+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	tx, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := db.sql.ExecContext(t.Context(), "PRAGMA busy_timeout = 50"); err != nil { // the one pooled connection
		t.Fatal(err)
	}
	err = db.SaveRecord(t.Context(), record("org/model", ""), "test", t0)
	if err == nil || !strings.Contains(err.Error(), "another process has been writing") {
		t.Errorf("locked database: %v", err)
	}
	if _, err := db.Subjects(t.Context()); err != nil {
		t.Errorf("reading must go on while another writes: %v", err)
	}
}

// TestFullDisk fills a small file system of its own; it needs the right to
// mount one.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=512k"); err != nil {
		t.Skipf("cannot mount a small file system: %v", err)
	}
	defer syscall.Unmount(dir, 0)
	fillDisk(t, filepath.Join(dir, "full.db"), nil)
}

// TestFullFile has SQLite itself bound the file, which gives the same error.
func TestFullFile(t *testing.T) {
	fillDisk(t, filepath.Join(t.TempDir(), "full.db"), func(db *DB) {
		db.sql.SetMaxOpenConns(1) // the bound is the connection's
		if _, err := db.sql.ExecContext(t.Context(), "PRAGMA max_page_count = 70"); err != nil {
			t.Fatal(err)
		}
	})
}

// fillDisk saves until it fails, and wants the failure explained and all that
// was stored before to be whole.
func fillDisk(t *testing.T, path string, bound func(*DB)) {
	t.Helper()
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if bound != nil {
		bound(db)
	}
	stored := 0
	for err == nil && stored < 1000 {
		r := record(fmt.Sprintf("org/%d", stored), "")
		r.Documents = append(r.Documents, document(fmt.Sprintf("https://hub.example/%d", stored),
			incompressible(20_000, stored)))
		if err = db.SaveRecord(t.Context(), r, "test", t0); err == nil {
			stored++
		}
	}
	if err == nil || !strings.Contains(err.Error(), "is full") ||
		!strings.Contains(err.Error(), strconv.Quote(filepath.Dir(path))) {
		t.Errorf("after %d records: %v", stored, err)
	}
	n := 0
	err = db.EachRecord(t.Context(), func(_ audit.Subject, o []audit.Observation) error {
		n++
		if len(o) != 4 {
			t.Errorf("record %d has %d observations", n, len(o))
		}
		return nil
	})
	if err != nil || n != stored || stored == 0 {
		t.Errorf("%d of %d stored records are there: %v", n, stored, err)
	}
}

// incompressible makes text that zstd cannot shorten much.
func incompressible(n, seed int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		b.WriteString(audit.Hash(fmt.Appendf(nil, "%d %d", seed, i)))
	}
	return b.String()
}

func TestEveryConnectionHasTheSettings(t *testing.T) {
	db := openTest(t)
	for range 4 {
		conn, err := db.sql.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close() // all four are open at once
		var keys, timeout int
		var journal string
		err = conn.QueryRowContext(t.Context(),
			`SELECT (SELECT foreign_keys FROM pragma_foreign_keys), (SELECT timeout FROM pragma_busy_timeout),
			(SELECT journal_mode FROM pragma_journal_mode)`).Scan(&keys, &timeout, &journal)
		if err != nil || keys != 1 || timeout != int(busyTimeout/time.Millisecond) || journal != "wal" {
			t.Errorf("foreign_keys %d, busy_timeout %d, journal %q, %v", keys, timeout, journal, err)
		}
	}
}

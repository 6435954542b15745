package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Counts are how many rows of each kind a store has.
type Counts struct {
	Models      int `json:"models"`
	Crawls      int `json:"crawls"`
	Fetches     int `json:"fetches"`
	Documents   int `json:"documents"` // bodies, each once
	Assessments int `json:"assessments"`
	Reviews     int `json:"reviews"`
	Runs        int `json:"runs"`
	Censuses    int `json:"censuses"`
	// Of runs, what they finished and which are done; of censuses, how far they are;
	// when answers were given again, and assessments came out again.
	targets, ended, pages, looked, again int
}

// A Merged is what became of a merge.
type Merged struct {
	Counts    Counts   `json:"counts"`    // of the joined store
	Added     Counts   `json:"added"`     // that it did not have before
	Conflicts []string `json:"conflicts"` // sentences
	Damaged   int      `json:"damaged"`   // documents whose bytes no store has whole
}

// Changed reports whether the joined store has anything that it had not.
func (m *Merged) Changed() bool { return m.Added != Counts{} }

// Merge joins the stores at paths with what the store at out has, if there is
// one, and puts the result in its place: whole or not at all, and only where it
// would hold anything new. Every crawl, answer, assessment and review is kept
// once, in the order of their times, so that the latest of a model is the latest
// of all stores; the bytes of a document are kept once. What contradicts is kept
// and named.
func Merge(ctx context.Context, out string, paths []string) (m Merged, err error) {
	var sources []*DB
	defer func() {
		for _, db := range sources {
			db.Close()
		}
	}()
	target, err := mergeTarget(ctx, out)
	if err != nil {
		return m, err
	}
	if target != nil {
		sources = append(sources, target)
	}
	for _, path := range paths {
		if twice(path, out, sources) {
			continue
		}
		db, err := openSource(ctx, path)
		if err != nil {
			return m, err
		}
		sources = append(sources, db)
	}
	var before Counts
	if target != nil {
		if before, err = counts(ctx, target.sql); err != nil {
			return m, explain(out, err)
		}
	}
	made, done := makingOf(out)
	defer done()
	if m, err = mergeInto(ctx, made, sources); err != nil {
		return m, err
	}
	if m.Added = m.Counts.less(before); target == nil {
		return m, os.Rename(made, out)
	}
	if m.Counts == before {
		return m, nil
	}
	return m, replace(ctx, target, before, made)
}

// mergeTarget opens what is at the place of the result, nil for nothing: no file, or one
// without a byte.
func mergeTarget(ctx context.Context, out string) (*DB, error) {
	info, err := os.Stat(out)
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.Mode().IsRegular() && info.Size() == 0 {
		return nil, nil
	}
	return openKnown(ctx, out)
}

// openSource opens a store that is to be joined. One without anything in it is
// refused: it is likelier a slip or a lost file than an audit of nothing.
func openSource(ctx context.Context, path string) (*DB, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("database %q: %w", path, fs.ErrNotExist)
	case err == nil && info.Mode().IsRegular() && info.Size() == 0:
		return nil, fmt.Errorf("database %q: is an empty file: no store was ever in it", path)
	}
	return openKnown(ctx, path)
}

// openKnown opens a store of which nothing would be left behind.
func openKnown(ctx context.Context, path string) (*DB, error) {
	db, err := OpenToRead(ctx, path)
	if err != nil {
		return nil, err
	}
	unknown, err := unknownTables(ctx, db.sql)
	if err == nil && len(unknown) > 0 {
		err = fmt.Errorf("database %q: a merge does not know how to join its %q", path, unknown)
	}
	if err != nil {
		db.Close()
		return nil, explain(path, err)
	}
	return db, nil
}

// twice reports whether a path names a store that is joined already.
func twice(path, out string, sources []*DB) bool {
	info, err := os.Stat(path)
	if err != nil {
		return false // opening it says what is wrong
	}
	for _, db := range sources {
		if other, err := os.Stat(db.path); err == nil && os.SameFile(info, other) {
			return true
		}
	}
	return false
}

// makingOf is a name beside a file for what will take its place, and what
// removes that if it did not.
func makingOf(out string) (path string, done func()) {
	path = filepath.Join(filepath.Dir(out), fmt.Sprintf(".%s.merging-%d", filepath.Base(out), os.Getpid()))
	clear := func() {
		for _, suffix := range []string{"", "-journal", "-wal", "-shm"} {
			_ = os.Remove(path + suffix) // most are not there
		}
	}
	clear()
	return path, clear
}

// mergeInto makes a new store of several.
func mergeInto(ctx context.Context, path string, sources []*DB) (m Merged, err error) {
	into, err := OpenScratch(ctx, path)
	if err != nil {
		return m, err
	}
	defer into.Close()
	j := joiner{crawls: make([]map[int64]int64, len(sources))}
	for i, db := range sources {
		j.names = append(j.names, db.path)
		j.crawls[i] = make(map[int64]int64)
	}
	err = readAll(ctx, sources, nil, func(conns []*sql.Conn) error {
		j.from = conns
		return into.withTx(ctx, func(tx *sql.Tx) error {
			j.tx = tx
			return j.join(ctx)
		})
	})
	if err != nil {
		return m, err
	}
	m.Conflicts, m.Damaged = append([]string{}, j.conflicts...), len(j.damaged)
	if m.Counts, err = counts(ctx, into.sql); err != nil {
		return m, err
	}
	if err := into.Close(); err != nil {
		return m, err
	}
	return m, synced(path)
}

// readAll runs f with one connection to each of several stores, each in a read
// transaction.
func readAll(ctx context.Context, sources []*DB, conns []*sql.Conn, f func([]*sql.Conn) error) error {
	if len(conns) == len(sources) {
		return f(conns)
	}
	return sources[len(conns)].read(ctx, func(conn *sql.Conn) error {
		return readAll(ctx, sources, append(conns, conn), f)
	})
}

// synced waits until a file is on the disk.
func synced(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// replace puts a new file in the place of a store that no other process has
// open and that is still what was read.
func replace(ctx context.Context, target *DB, before Counts, made string) error {
	busy := fmt.Errorf("database %q: another process has it open, and would go on writing into what is replaced; "+
		"end it, or name another file with --db", target.path)
	if err := target.Close(); err != nil {
		return err
	}
	db, err := open(target.path)
	if err != nil {
		return err
	}
	defer db.Close()
	conn, err := db.sql.Conn(ctx)
	if err != nil {
		return explain(target.path, err)
	}
	defer conn.Close()
	// Leaving write-ahead logging takes the only connection that there is.
	var mode string
	err = conn.QueryRowContext(ctx, `PRAGMA busy_timeout = 500; PRAGMA journal_mode = DELETE`).Scan(&mode)
	if isBusy(err) || err == nil && mode != "delete" {
		return busy
	}
	if err == nil {
		_, err = conn.ExecContext(ctx, `BEGIN EXCLUSIVE`)
	}
	if err != nil {
		return explain(target.path, err)
	}
	now, err := counts(ctx, conn)
	if err != nil {
		return explain(target.path, err)
	}
	if now != before {
		return fmt.Errorf("database %q: was written to meanwhile; nothing was joined, run the same command again",
			target.path)
	}
	return os.Rename(made, target.path)
}

func counts(ctx context.Context, q querier) (c Counts, err error) {
	err = q.QueryRowContext(ctx,
		`SELECT (SELECT count(*) FROM subjects), (SELECT count(*) FROM crawls), (SELECT count(*) FROM fetches),
		(SELECT count(*) FROM bodies WHERE data IS NOT NULL), (SELECT count(*) FROM assessments), (SELECT count(*) FROM reviews),
		(SELECT count(*) FROM runs), (SELECT count(*) FROM run_targets), (SELECT count(ended_at) FROM runs),
		(SELECT count(*) FROM censuses), (SELECT coalesce(sum(pages), 0) + count(ended_at) FROM censuses),
		(SELECT coalesce(sum(at / 1000000000), 0) FROM looks), (SELECT count(*) FROM assessments_again)`).Scan(&c.Models, &c.Crawls,
		&c.Fetches, &c.Documents, &c.Assessments, &c.Reviews, &c.Runs, &c.targets, &c.ended, &c.Censuses, &c.pages,
		&c.looked, &c.again)
	return c, err
}

func (c Counts) less(o Counts) Counts {
	return Counts{c.Models - o.Models, c.Crawls - o.Crawls, c.Fetches - o.Fetches, c.Documents - o.Documents,
		c.Assessments - o.Assessments, c.Reviews - o.Reviews, c.Runs - o.Runs, c.Censuses - o.Censuses,
		c.targets - o.targets,
		c.ended - o.ended, c.pages - o.pages, c.looked - o.looked, c.again - o.again}
}

// A merging walks rows of several stores in the order of their times. Within
// one store the order is its own: that is its history.
type merging struct {
	rows  []*sql.Rows
	names []string
	take  func(source int, row []any) error
}

// walk gives the rows of a query of every store; the first column is a time.
func (j *joiner) walk(ctx context.Context, query string, take func(source int, row []any) error) error {
	m := merging{names: j.names, take: take}
	defer func() {
		for _, rows := range m.rows {
			rows.Close()
		}
	}()
	for i, conn := range j.from {
		//nolint:rowserrcheck,sqlclosecheck // nextRow asks; all are closed above
		rows, err := conn.QueryContext(ctx, query)
		if err != nil {
			return explain(j.names[i], err)
		}
		m.rows = append(m.rows, rows)
	}
	return m.run()
}

func (m *merging) run() error {
	heads, times := make([][]any, len(m.rows)), make([]time.Time, len(m.rows))
	advance := func(i int) (err error) {
		if heads[i], err = nextRow(m.rows[i]); err != nil || heads[i] == nil {
			return explain(m.names[i], err)
		}
		switch at := heads[i][0].(type) {
		case string:
			times[i], err = parseTime(at)
		case float64:
			times[i] = time.UnixMicro(int64(at * 1e6))
		}
		return err
	}
	for i := range m.rows {
		if err := advance(i); err != nil {
			return err
		}
	}
	for {
		first := -1
		for i, head := range heads {
			if head != nil && (first < 0 || times[i].Before(times[first])) {
				first = i
			}
		}
		if first < 0 {
			return nil
		}
		if err := m.take(first, heads[first]); err != nil {
			return err
		}
		if err := advance(first); err != nil {
			return err
		}
	}
}

// nextRow reads a row as SQLite has it, nil for none.
func nextRow(rows *sql.Rows) ([]any, error) {
	if !rows.Next() {
		return nil, rows.Err()
	}
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	row, into := make([]any, len(names)), make([]any, len(names))
	for i := range row {
		into[i] = &row[i]
	}
	return row, rows.Scan(into...)
}

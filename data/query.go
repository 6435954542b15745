package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/mattn/go-sqlite3"
)

// ErrWrites means that a query would change something, or reach beyond the store.
var ErrWrites = errors.New("the store is open for reading only")

// ErrNoQuery and ErrQueries mean that a text holds no query, or more than one.
var (
	ErrNoQuery = errors.New("the query is empty")
	ErrQueries = errors.New("one query at a time: only the last of several would be answered")
)

// OpenToQuery opens the database at path for Query and nothing else: the file is
// opened read-only and never brought up to date.
func OpenToQuery(ctx context.Context, path string) (*DB, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("database %q: %w", path, fs.ErrNotExist)
	}
	return openReadOnly(ctx, path, "is opened for reading only here")
}

// OpenSnapshotStore loads the built-in snapshot into a database in memory to which
// assessments can be added, so that it can be asked like one that was audited.
func OpenSnapshotStore(ctx context.Context) (*DB, error) {
	db, err := openMemory(ctx)
	if err != nil {
		return nil, err
	}
	if err := db.LoadSnapshot(ctx); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// Query runs one query over Views and tables. It is given the names of the columns
// once, then each row, until f returns an error or the context ends. A statement that
// writes, attaches a file or changes a setting is refused with ErrWrites, several
// statements in one text with ErrQueries.
func (db *DB) Query(ctx context.Context, query string, head func([]string) error, f func([]any) error) error {
	conn, err := db.sql.Conn(ctx)
	if err != nil {
		return explain(db.path, err)
	}
	defer conn.Close()
	for _, v := range Views() {
		if _, err := conn.ExecContext(ctx, `CREATE TEMP VIEW IF NOT EXISTS "`+v.Name+`" AS `+v.SQL); err != nil {
			return fmt.Errorf("view %s: %w", v.Name, explain(db.path, err))
		}
	}
	if err := readingOnly(conn, true); err != nil {
		return err
	}
	defer func() { _ = readingOnly(conn, false) }() // the connection goes back to the pool
	if err := single(ctx, conn, query); err != nil {
		return err
	}
	rows, err := conn.QueryContext(ctx, query)
	if err != nil {
		return queryFault(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return queryFault(err)
	}
	if err := head(names); err != nil {
		return err
	}
	values, into := make([]any, len(names)), make([]any, len(names))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return queryFault(err)
		}
		if err := f(values); err != nil {
			return err
		}
	}
	return queryFault(rows.Err())
}

// EmptyQuery reports whether a text holds no statement.
func EmptyQuery(query string) bool { return lastOf(query) == "" }

// lastOf is a text without what may stand behind its last statement.
func lastOf(query string) string { return strings.TrimRight(query, "; \t\r\n") }

// single refuses several statements in one text: the driver runs them all and gives the rows of the last
// alone. A statement stands in parentheses where one can, and what has a semicolon within it does not.
func single(ctx context.Context, conn *sql.Conn, query string) error {
	one := lastOf(query)
	if one == "" {
		return ErrNoQuery
	}
	if !strings.Contains(one, ";") {
		return nil
	}
	prepared, err := conn.PrepareContext(ctx, "SELECT 1 FROM (\n"+one+"\n)")
	if err == nil {
		defer prepared.Close()
		return nil
	}
	if strings.Contains(err.Error(), `near ";"`) {
		return ErrQueries
	}
	return nil // another fault, which the query itself will have too
}

// The actions that reading takes; SQLite's number of the last is not in its driver.
const actionRecursive = 33

// longestValue is the most that one value of a query may take, in bytes: a function can make one of a
// gigabyte in a step that no deadline interrupts. sqliteLongest is what SQLite itself allows.
const (
	longestValue  = 64 << 20
	sqliteLongest = 1_000_000_000
)

// readingOnly lets a connection read and do nothing else. SQLite asks when it
// prepares a statement, so that nothing is done of one that is refused.
func readingOnly(conn *sql.Conn, on bool) error {
	return conn.Raw(func(driver any) error {
		lite, ok := driver.(*sqlite3.SQLiteConn)
		if !ok {
			return errors.New("the driver cannot be told to read only")
		}
		if !on {
			lite.RegisterAuthorizer(nil)
			lite.SetLimit(sqlite3.SQLITE_LIMIT_LENGTH, sqliteLongest)
			return nil
		}
		lite.SetLimit(sqlite3.SQLITE_LIMIT_LENGTH, longestValue)
		lite.RegisterAuthorizer(func(action int, first, second, _ string) int {
			switch action {
			case sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, actionRecursive:
				return sqlite3.SQLITE_OK
			case sqlite3.SQLITE_FUNCTION:
				if second != "load_extension" {
					return sqlite3.SQLITE_OK
				}
			case sqlite3.SQLITE_PRAGMA:
				if first == "table_info" || first == "table_list" || first == "table_xinfo" {
					return sqlite3.SQLITE_OK
				}
			}
			return sqlite3.SQLITE_DENY
		})
		return nil
	})
}

// queryFault tells a refused statement from a wrong one.
func queryFault(err error) error {
	var lite sqlite3.Error
	if errors.As(err, &lite) && (lite.Code == sqlite3.ErrAuth || lite.Code == sqlite3.ErrReadonly) {
		return fmt.Errorf("%w: the statement would write to it, or reach beyond it (%s)", ErrWrites, lite.Error())
	}
	if err == nil {
		return nil
	}
	text := err.Error()
	switch {
	case strings.Contains(text, "because it is a view"):
		return fmt.Errorf("%w: %s", ErrWrites, text)
	case strings.Contains(text, "no such table"), strings.Contains(text, "no such column"):
		return fmt.Errorf("the query failed: %w (openness sql lists the views and their columns)", err)
	}
	return fmt.Errorf("the query failed: %w", err)
}

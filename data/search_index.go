package data

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-sqlite3"
)

func (db *DB) hasFTS5(ctx context.Context) (has bool, err error) {
	err = db.sql.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM pragma_module_list WHERE name = 'fts5')`).Scan(&has)
	return has, explain(db.path, err)
}

// queryIndex asks the full-text index, after bringing it up to date: documents
// are indexed here rather than when they are stored, so that a crawl does not
// wait and builds with and without FTS5 can share a file.
//
// A file that cannot be written keeps its index as far as it goes; one that has
// none gives errNoIndex.
func (db *DB) queryIndex(ctx context.Context, words []string, offset, limit int) ([]string, error) {
	if db.builtIn {
		return nil, errNoIndex
	}
	for {
		more, err := db.indexSome(ctx)
		var lite sqlite3.Error
		if errors.As(err, &lite) && (lite.Code == sqlite3.ErrReadonly || lite.Code == sqlite3.ErrPerm) {
			return nil, errNoIndex
		}
		if err != nil {
			return nil, err
		}
		if !more {
			break
		}
	}
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = `"` + w + `"` // a string of FTS5; words hold no quotes
	}
	rows, err := db.sql.QueryContext(ctx, `SELECT b.sha256 FROM document_text t JOIN bodies b ON b.id = t.rowid
		WHERE document_text MATCH ? ORDER BY bm25(document_text), b.id DESC LIMIT ? OFFSET ?`,
		strings.Join(quoted, " AND "), limit, offset)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var sha string
		if err := rows.Scan(&sha); err != nil {
			return nil, err
		}
		found = append(found, sha)
	}
	return found, rows.Err()
}

// indexBatch is how many documents are indexed in one transaction.
const indexBatch = 32

// indexSome indexes the next documents and reports whether any were left to do.
// The index is contentless: it holds words, not a second copy of the text.
func (db *DB) indexSome(ctx context.Context) (more bool, err error) {
	err = db.withTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx,
			`CREATE VIRTUAL TABLE IF NOT EXISTS document_text USING fts5(body, content='', tokenize='unicode61')`); err != nil {
			return err
		}
		ids, texts, err := unindexed(ctx, tx)
		if err != nil {
			return err
		}
		for i, id := range ids {
			if texts[i] != "" {
				if _, err := tx.ExecContext(ctx, `INSERT INTO document_text (rowid, body) VALUES (?, ?)`, id,
					texts[i]); err != nil {
					return err
				}
			}
			if _, err := tx.ExecContext(ctx, `UPDATE bodies SET indexed = 1 WHERE id = ?`, id); err != nil {
				return err
			}
		}
		more = len(ids) > 0
		return nil
	})
	return more, err
}

// unindexed reads the next bodies that the index lacks; what is no text is "".
func unindexed(ctx context.Context, tx *sql.Tx) (ids []int64, texts []string, err error) {
	rows, err := tx.QueryContext(ctx,
		`SELECT id, sha256, bytes, data FROM bodies WHERE indexed = 0 AND data IS NOT NULL ORDER BY id LIMIT ?`,
		indexBatch)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var size int
		var sha string
		var packed []byte
		if err := rows.Scan(&id, &sha, &size, &packed); err != nil {
			return nil, nil, err
		}
		body, err := unpack(sha, size, packed)
		if err != nil || !isText(body) {
			body = nil // a damaged document is for Verify to tell; here it is not found
		}
		ids, texts = append(ids, id), append(texts, string(body))
	}
	return ids, texts, rows.Err()
}

func isText(body []byte) bool { return utf8.Valid(body) && !bytes.ContainsRune(body, 0) }

// scanBodies reads stored documents, newest first, until limit are found after
// the first offset ones.
func (db *DB) scanBodies(ctx context.Context, words []string, offset, limit int) ([]string, error) {
	rows, err := db.sql.QueryContext(ctx,
		`SELECT sha256, bytes, data FROM bodies WHERE data IS NOT NULL ORDER BY id DESC`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []string
	for len(found) < limit && rows.Next() {
		var size int
		var sha string
		var packed []byte
		if err := rows.Scan(&sha, &size, &packed); err != nil {
			return nil, err
		}
		body, err := unpack(sha, size, packed)
		if err != nil || !isText(body) {
			continue
		}
		if !containsAll(strings.ToLower(string(body)), words) {
			continue
		}
		if offset > 0 {
			offset--
			continue
		}
		found = append(found, sha)
	}
	return found, rows.Err()
}

func containsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"openness/audit"
)

// StoredDocument is what is known of one document beside its bytes.
type StoredDocument struct {
	SHA256  string           `json:"sha256"`
	Bytes   int              `json:"bytes"`
	Stored  bool             `json:"stored"`  // the bytes are here; otherwise only their hash is known
	Fetches []audit.Document `json:"fetches"` // the newest answers that gave these bytes, newest first, without them
	Models  []string         `json:"models"`  // keys of the subjects whose crawls used it
}

// maxFetches bounds how many fetches of one document are listed.
const maxFetches = 100

// Document tells where and when the document with that SHA-256 was read, and
// who cites it. The error wraps ErrNotFound when none has it.
func (db *DB) Document(ctx context.Context, sha256 string) (StoredDocument, error) {
	d := StoredDocument{SHA256: sha256, Fetches: []audit.Document{}}
	err := db.sql.QueryRowContext(ctx, `SELECT bytes, data IS NOT NULL FROM bodies WHERE sha256 = ?`,
		sha256).Scan(&d.Bytes, &d.Stored)
	if errors.Is(err, sql.ErrNoRows) {
		return d, fmt.Errorf("document with SHA-256 %q: %w", sha256, ErrNotFound)
	}
	if err == nil {
		d.Fetches, err = db.fetchesOf(ctx, sha256)
	}
	if err == nil {
		d.Models, err = db.modelsUsing(ctx, sha256)
	}
	if err != nil {
		return d, fmt.Errorf("document with SHA-256 %q: %w", sha256, explain(db.path, err))
	}
	return d, nil
}

func (db *DB) fetchesOf(ctx context.Context, sha256 string) ([]audit.Document, error) {
	rows, err := db.sql.QueryContext(ctx, `SELECT `+answerColumns+` FROM `+answerTables+`
		WHERE f.sha256 = ? ORDER BY f.id DESC LIMIT ?`, sha256, maxFetches)
	if err != nil {
		return nil, err
	}
	return scanAnswers(rows)
}

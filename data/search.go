package data

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"openness/audit"
)

// A SearchMethod says how Search found its hits.
type SearchMethod string

// The methods of search.
const (
	FullText SearchMethod = "full_text" // SQLite's FTS5 index, best match first
	Scan     SearchMethod = "scan"      // every document read in turn, newest first: built without -tags sqlite_fts5
)

// A Hit is one stored document that contains all words of a search.
type Hit struct {
	URL         string   `json:"url"`
	SHA256      string   `json:"sha256"`
	RetrievedAt string   `json:"retrieved_at"` // RFC 3339, the last time it was fetched
	Models      []string `json:"models"`       // keys of the subjects whose crawls used it
	Start       int      `json:"start"`        // byte span of Excerpt in the document
	End         int      `json:"end"`
	Excerpt     string   `json:"excerpt"`
}

// Search finds the stored text documents that contain every word of query, in
// any order; letters and digits count, all else separates words, so a query
// cannot be anything but words. It returns at most limit hits. Words match
// whole with FullText and anywhere, even inside longer ones, with Scan.
func (db *DB) Search(ctx context.Context, query string, limit int) ([]Hit, SearchMethod, error) {
	words := searchWords(query)
	if len(words) == 0 {
		return nil, "", fmt.Errorf("search %q: no word to look for", query)
	}
	indexed, err := db.hasFTS5(ctx)
	if err != nil {
		return nil, "", err
	}
	method, find := Scan, db.scanBodies
	if indexed {
		method, find = FullText, db.queryIndex
	}
	found, err := find(ctx, words, limit)
	if err != nil {
		return nil, method, fmt.Errorf("search %q: %w", query, explain(db.path, err))
	}
	hits := make([]Hit, 0, len(found))
	for _, sha := range found {
		hit, err := db.hit(ctx, sha, words)
		if err != nil {
			return nil, method, fmt.Errorf("search %q: %w", query, explain(db.path, err))
		}
		hits = append(hits, hit)
	}
	return hits, method, nil
}

// searchWords splits a query into lower-case words of letters and digits.
func searchWords(query string) []string {
	return strings.FieldsFunc(strings.ToLower(query), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func (db *DB) hasFTS5(ctx context.Context) (has bool, err error) {
	err = db.sql.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM pragma_module_list WHERE name = 'fts5')`).Scan(&has)
	return has, explain(db.path, err)
}

// queryIndex asks the full-text index, after bringing it up to date: documents
// are indexed here rather than when they are stored, so that a crawl does not
// wait and builds with and without FTS5 can share a file.
func (db *DB) queryIndex(ctx context.Context, words []string, limit int) ([]string, error) {
	for {
		more, err := db.indexSome(ctx)
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
		WHERE document_text MATCH ? ORDER BY bm25(document_text), b.id DESC LIMIT ?`, strings.Join(quoted, " AND "), limit)
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
		if _, err := tx.ExecContext(ctx, `CREATE VIRTUAL TABLE IF NOT EXISTS document_text USING fts5(body, content='', tokenize='unicode61')`); err != nil {
			return err
		}
		ids, texts, err := unindexed(ctx, tx)
		if err != nil {
			return err
		}
		for i, id := range ids {
			if texts[i] != "" {
				if _, err := tx.ExecContext(ctx, `INSERT INTO document_text (rowid, body) VALUES (?, ?)`, id, texts[i]); err != nil {
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
	rows, err := tx.QueryContext(ctx, `SELECT id, sha256, bytes, data FROM bodies WHERE indexed = 0 AND data IS NOT NULL ORDER BY id LIMIT ?`, indexBatch)
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

// scanBodies reads every stored document, newest first, until limit are found.
func (db *DB) scanBodies(ctx context.Context, words []string, limit int) ([]string, error) {
	rows, err := db.sql.QueryContext(ctx, `SELECT sha256, bytes, data FROM bodies WHERE data IS NOT NULL ORDER BY id DESC`)
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
		text := strings.ToLower(string(body))
		if containsAll(text, words) {
			found = append(found, sha)
		}
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

// hit describes one found document.
func (db *DB) hit(ctx context.Context, sha string, words []string) (Hit, error) {
	h := Hit{SHA256: sha, Models: []string{}}
	err := db.sql.QueryRowContext(ctx, `SELECT url, retrieved_at FROM fetches WHERE sha256 = ? ORDER BY id DESC LIMIT 1`, sha).Scan(&h.URL, &h.RetrievedAt)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return h, err
	}
	if h.Models, err = db.modelsUsing(ctx, sha); err != nil {
		return h, err
	}
	body, err := db.Body(ctx, sha)
	if err != nil {
		return h, err
	}
	span := excerpt(body, words)
	h.Start, h.End, h.Excerpt = span.Start, span.End, string(body[span.Start:span.End])
	return h, nil
}

func (db *DB) modelsUsing(ctx context.Context, sha string) ([]string, error) {
	rows, err := db.sql.QueryContext(ctx, `SELECT DISTINCT s.model, s.label FROM fetches f JOIN crawl_documents d ON d.fetch = f.id
		JOIN crawls c ON c.id = d.crawl JOIN subjects s ON s.id = c.subject WHERE f.sha256 = ? ORDER BY s.model, s.label`, sha)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	models := []string{}
	for rows.Next() {
		var model, label string
		if err := rows.Scan(&model, &label); err != nil {
			return nil, err
		}
		models = append(models, key(model, label))
	}
	return models, rows.Err()
}

// excerptMargin is how many bytes of context an excerpt has on either side.
const excerptMargin = 80

// excerpt locates the first of the words that stands in body as it is written
// in some case, with context, cut at character borders.
func excerpt(body []byte, words []string) audit.Span {
	at, length := 0, 0
	for _, w := range words {
		if start, end := indexFold(body, w); start >= 0 {
			at, length = start, end-start
			break
		}
	}
	start, end := max(0, at-excerptMargin), min(len(body), at+length+excerptMargin)
	for start > 0 && !utf8.RuneStart(body[start]) {
		start--
	}
	for end < len(body) && !utf8.RuneStart(body[end]) {
		end++
	}
	return audit.Span{Start: start, End: end}
}

// indexFold finds a lower-case word in text whatever its case there, by bytes
// of the text itself: lower-casing all of it could move offsets.
func indexFold(text []byte, word string) (start, end int) {
	for i := 0; i < len(text); {
		rest, k := word, i
		for rest != "" && k < len(text) {
			want, n := utf8.DecodeRuneInString(rest)
			got, m := utf8.DecodeRune(text[k:])
			if unicode.ToLower(got) != want {
				break
			}
			rest, k = rest[n:], k+m
		}
		if rest == "" {
			return i, k
		}
		_, m := utf8.DecodeRune(text[i:])
		i += m
	}
	return -1, -1
}

package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"openness/audit"
)

// A SearchMethod says how Search found its hits.
type SearchMethod string

// The methods of search.
const (
	FullText SearchMethod = "full_text" // SQLite's FTS5 index, best match first
	// every document read in turn, newest first: built without -tags sqlite_fts5, or no index could be written
	Scan SearchMethod = "scan"
)

// A Query asks for stored documents that contain every one of Words, in any
// order. Letters and digits count, all else separates words, so a query cannot
// be anything but words.
type Query struct {
	Words  string
	Offset int // hits to pass over
	Limit  int // hits to give at most
}

// Found is what a search gave.
type Found struct {
	Method SearchMethod `json:"method"`
	Hits   []Hit        `json:"hits"`
	More   bool         `json:"more"` // further hits follow these
}

// A Hit is one stored document that contains all words of a search.
type Hit struct {
	URL         string       `json:"url"`
	Revision    string       `json:"revision,omitempty"`
	SHA256      string       `json:"sha256"`
	RetrievedAt time.Time    `json:"retrieved_at"` // the last time it was fetched
	Models      []string     `json:"models"`       // keys of the subjects whose crawls used it
	Bytes       int          `json:"bytes"`        // length of the document
	Start       int          `json:"start"`        // byte span of Excerpt in the document
	End         int          `json:"end"`
	Excerpt     string       `json:"excerpt"`
	Matches     []audit.Span `json:"matches"` // byte spans in the document, within the excerpt, of the words
}

// ErrQuery says that a search names nothing to look for, or too much.
var ErrQuery = errors.New("nothing to search for")

// maxWords bounds a query: each word of a scan reads every document once more.
const maxWords = 32

// Search finds stored text documents. Words match whole with FullText and
// anywhere, even inside longer ones, with Scan. The error wraps ErrQuery when
// the query holds no words or more than 32.
func (db *DB) Search(ctx context.Context, q Query) (Found, error) {
	words := searchWords(q.Words)
	if len(words) == 0 {
		return Found{}, fmt.Errorf("%w: %q holds no word", ErrQuery, q.Words)
	}
	if len(words) > maxWords {
		return Found{}, fmt.Errorf("%w: %d words, use at most %d", ErrQuery, len(words), maxWords)
	}
	found, err := db.search(ctx, words, max(q.Offset, 0), max(q.Limit, 0))
	if err != nil {
		return found, fmt.Errorf("search %q: %w", q.Words, explain(db.path, err))
	}
	return found, nil
}

func (db *DB) search(ctx context.Context, words []string, offset, limit int) (Found, error) {
	found := Found{Method: FullText, Hits: []Hit{}}
	indexed, err := db.hasFTS5(ctx)
	if err != nil {
		return found, err
	}
	var hashes []string // one more than asked for tells whether more follow
	if indexed {
		hashes, err = db.queryIndex(ctx, words, offset, limit+1)
	}
	if !indexed || errors.Is(err, errNoIndex) {
		found.Method = Scan
		hashes, err = db.scanBodies(ctx, words, offset, limit+1)
	}
	if err != nil {
		return found, err
	}
	found.More = len(hashes) > limit
	for _, sha := range hashes[:min(limit, len(hashes))] {
		hit, err := db.hit(ctx, sha, words)
		if err != nil {
			return found, err
		}
		found.Hits = append(found.Hits, hit)
	}
	return found, nil
}

// errNoIndex says that this file has no full-text index and cannot get one.
var errNoIndex = errors.New("no full-text index")

// searchWords splits a query into lower-case words of letters and digits.
func searchWords(query string) []string {
	return strings.FieldsFunc(strings.ToLower(query), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// hit describes one found document.
func (db *DB) hit(ctx context.Context, sha string, words []string) (Hit, error) {
	h := Hit{SHA256: sha}
	var at string
	err := db.sql.QueryRowContext(ctx,
		`SELECT url, revision, retrieved_at FROM fetches WHERE sha256 = ? ORDER BY id DESC LIMIT 1`, sha).
		Scan(&h.URL, &h.Revision, &at)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return h, err
	}
	if h.RetrievedAt, err = parseTime(at); err != nil {
		return h, err
	}
	if h.Models, err = db.modelsUsing(ctx, sha); err != nil {
		return h, err
	}
	body, err := db.Body(ctx, sha)
	if err != nil {
		return h, err
	}
	h.Bytes = len(body)
	span := excerpt(body, words)
	h.Start, h.End, h.Excerpt = span.Start, span.End, string(body[span.Start:span.End])
	h.Matches = matches(body, span, words)
	return h, nil
}

// modelsUsing gives the keys of the subjects of which some crawl used a document.
func (db *DB) modelsUsing(ctx context.Context, sha string) ([]string, error) {
	rows, err := db.sql.QueryContext(ctx,
		`SELECT DISTINCT s.model, s.label FROM fetches f JOIN crawl_documents d ON d.fetch = f.id
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

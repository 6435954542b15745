package data

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"database/sql"
	_ "embed" // the snapshot
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/zstd"

	"openness/audit"
)

// The built-in snapshot: what a crawl of known models observed, as facts and
// figures with the URLs, revisions, hashes and byte spans they were read from.
// It holds no text of others: quotes are left out, and so is what notes repeat
// of them. A quote can be had back, and checked, by a crawl of one's own.
// "openness export --format snapshot" writes it.
//
//go:embed snapshot.jsonl.zst
var snapshotFile []byte

const snapshotSchema = "openness.snapshot/1"

// snapshotName stands for its path.
const snapshotName = "built-in snapshot"

// maxSnapshot bounds what a snapshot may unpack to.
const maxSnapshot = 256 << 20

// snapshotHeader is the first line of a snapshot.
type snapshotHeader struct {
	Schema  string `json:"schema"`
	Records int    `json:"records"`
}

// snapshotLine is each further line: one record and where it comes from.
type snapshotLine struct {
	Tool   string       `json:"tool"`
	At     time.Time    `json:"at"`
	Record audit.Record `json:"record"`
}

// OpenOrSnapshot opens the database at path for commands that only read. Where
// there is none it gives the built-in snapshot instead, in memory and
// read-only (see BuiltIn); no file is created.
func OpenOrSnapshot(ctx context.Context, path string) (*DB, error) {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return OpenToRead(ctx, path)
	}
	return &DB{sql: sql.OpenDB(&snapshotConnector{}), path: snapshotName, writing: make(chan struct{}, 1),
		builtIn: true}, nil
}

// BuiltIn reports whether this is the built-in snapshot: nothing can be stored
// in it, and its quotes and documents' bytes are not shipped.
func (db *DB) BuiltIn() bool { return db.builtIn }

// memories numbers the databases in memory, which share one name space.
var memories atomic.Int64

// openMemory makes an empty database in memory that all connections of the
// pool see.
func openMemory(ctx context.Context) (*DB, error) {
	settings := url.Values{"vfs": {"memdb"}, "_foreign_keys": {"on"}, "_txlock": {"immediate"},
		"_busy_timeout": {"5000"}}
	db, err := openWith(snapshotName, fmt.Sprintf("/openness-%d", memories.Add(1)), settings)
	if err != nil {
		return nil, err
	}
	if db.alive, err = db.sql.Conn(ctx); err == nil {
		err = db.migrate(ctx)
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// LoadSnapshot adds the records of the built-in snapshot to the database,
// except for models that it already has. They keep the time of their crawl.
func (db *DB) LoadSnapshot(ctx context.Context) error {
	lines, err := readSnapshot(bytes.NewReader(snapshotFile))
	if err != nil {
		return fmt.Errorf("built-in snapshot: %w", err)
	}
	return db.loadLines(ctx, lines)
}

func (db *DB) loadLines(ctx context.Context, lines []snapshotLine) error {
	err := db.withTx(ctx, func(tx *sql.Tx) error {
		for i := range lines {
			r := &lines[i].Record
			_, err := latestCrawl(ctx, tx, &r.Subject)
			if err == nil {
				continue
			}
			if !errors.Is(err, ErrNotFound) {
				return err
			}
			if err := insertSnapshotRecord(ctx, tx, &lines[i]); err != nil {
				return fmt.Errorf("%q: %w", Key(r.Subject), err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("load the built-in snapshot: %w", err)
	}
	return nil
}

func insertSnapshotRecord(ctx context.Context, tx *sql.Tx, line *snapshotLine) error {
	for _, d := range line.Record.Documents {
		if d.SHA256 == "" {
			continue
		}
		if err := storeHash(ctx, tx, d.SHA256, d.Size); err != nil {
			return err
		}
	}
	return insertRecord(ctx, tx, &line.Record, origin{"snapshot", line.Tool, line.At})
}

// WriteSnapshot writes the latest record of every model in the form of the
// built-in snapshot. The same records give the same bytes.
func (db *DB) WriteSnapshot(ctx context.Context, w io.Writer) (records int, err error) {
	var lines []snapshotLine
	err = db.read(ctx, func(conn *sql.Conn) error {
		return eachRecord(ctx, conn, latestCrawls, func(r audit.Record) error {
			crawl, err := latestCrawl(ctx, conn, &r.Subject)
			if err != nil {
				return err
			}
			line := snapshotLine{Record: withoutProse(r)}
			var at string
			if err := conn.QueryRowContext(ctx, `SELECT tool_version, at FROM crawls WHERE id = ?`,
				crawl).Scan(&line.Tool, &at); err != nil {
				return err
			}
			line.At, err = parseTime(at)
			lines = append(lines, line)
			return err
		})
	})
	if err == nil {
		slices.SortFunc(lines, func(a, b snapshotLine) int {
			return cmp.Compare(Key(a.Record.Subject), Key(b.Record.Subject))
		})
		err = writeSnapshot(w, lines)
	}
	if err != nil {
		return 0, fmt.Errorf("write snapshot: %w", err)
	}
	return len(lines), nil
}

// newEncoder compresses a snapshot's parts, newDecoder reads them.
func newEncoder(w io.Writer) (*zstd.Encoder, error) {
	return zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
}

func newDecoder(r io.Reader) (*zstd.Decoder, error) {
	return zstd.NewReader(r, zstd.WithDecoderMaxMemory(maxSnapshot), zstd.WithDecoderConcurrency(1))
}

func writeSnapshot(w io.Writer, lines []snapshotLine) error {
	frame, err := frameOf(lines)
	if err != nil {
		return err
	}
	if _, err := w.Write(frame); err != nil {
		return err
	}
	packed, err := newEncoder(w)
	if err != nil {
		return err
	}
	text := json.NewEncoder(packed)
	text.SetEscapeHTML(false)
	err = text.Encode(snapshotHeader{snapshotSchema, len(lines)})
	for i := 0; err == nil && i < len(lines); i++ {
		err = text.Encode(lines[i])
	}
	return errors.Join(err, packed.Close())
}

// readSnapshot reads what writeSnapshot wrote, and refuses anything else.
func readSnapshot(r io.Reader) ([]snapshotLine, error) {
	packed, err := newDecoder(r)
	if err != nil {
		return nil, err
	}
	defer packed.Close()
	text := json.NewDecoder(bufio.NewReader(io.LimitReader(packed, maxSnapshot)))
	var header snapshotHeader
	if err := text.Decode(&header); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	if header.Schema != snapshotSchema {
		return nil, fmt.Errorf("schema %q, want %q", header.Schema, snapshotSchema)
	}
	var lines []snapshotLine
	for {
		var line snapshotLine
		err := text.Decode(&line)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("record %d: %w", len(lines)+1, err)
		}
		lines = append(lines, line)
	}
	if len(lines) != header.Records {
		return nil, fmt.Errorf("%d records, header says %d: the file is cut", len(lines), header.Records)
	}
	return lines, nil
}

// withoutProse leaves out of a record what others wrote: quotes, and notes that
// repeat them. Spans and hashes stay, so that a crawl can check the snapshot.
func withoutProse(r audit.Record) audit.Record {
	observations := make([]audit.Observation, len(r.Observations))
	for i, o := range r.Observations {
		if repeats(o.Note, o.Quote) {
			o.Note = ""
		}
		o.Quote = ""
		observations[i] = o
	}
	r.Observations = observations
	return r
}

// repeatedWords is how many words in a row make a copy of another's sentence
// rather than a name or a term that both use.
const repeatedWords = 8

// repeats reports whether text holds repeatedWords consecutive words of quote.
func repeats(text, quote string) bool {
	words := strings.Fields(quote)
	flat := " " + strings.Join(strings.Fields(text), " ") + " "
	for i := 0; i+repeatedWords <= len(words); i++ {
		if strings.Contains(flat, strings.Join(words[i:i+repeatedWords], " ")) {
			return true
		}
	}
	return false
}

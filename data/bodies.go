package data

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/zstd"

	"openness/audit"
)

// maxBody bounds what a stored body may unpack to, so that a damaged or
// hostile file cannot take all memory. It is above every limit of the crawler.
const maxBody = 256 << 20

var bodyEncoder = sync.OnceValue(func() *zstd.Encoder {
	// Cards and trees are small: a window of 1 MiB costs little compression
	// and keeps the memory of an encoder low.
	e, err := zstd.NewWriter(nil, zstd.WithWindowSize(1<<20), zstd.WithEncoderConcurrency(2))
	if err != nil {
		panic(err) // the options are constants
	}
	return e
})

var bodyDecoder = sync.OnceValue(func() *zstd.Decoder {
	d, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxBody), zstd.WithDecoderConcurrency(2))
	if err != nil {
		panic(err)
	}
	return d
})

// ErrNoBody says that the document is known by its hash, but its bytes are not here, as
// with all documents of the built-in snapshot.
var ErrNoBody = errors.New("bytes not stored")

// Body gives the bytes with that SHA-256, checked against it. The error wraps
// ErrNotFound when no document has it, and ErrNoBody when only the hash is known.
func (db *DB) Body(ctx context.Context, sha256 string) ([]byte, error) {
	body, err := loadBody(ctx, db.sql, sha256)
	return body, explain(db.path, err)
}

func loadBody(ctx context.Context, q querier, sha256 string) ([]byte, error) {
	var size int
	var packed []byte
	err := q.QueryRowContext(ctx, `SELECT bytes, data FROM bodies WHERE sha256 = ?`, sha256).Scan(&size, &packed)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, fmt.Errorf("document with SHA-256 %q: %w", sha256, ErrNotFound)
	case err != nil:
		return nil, err
	case packed == nil:
		return nil, fmt.Errorf("document with SHA-256 %q: %w", sha256, ErrNoBody)
	}
	return unpack(sha256, size, packed)
}

// unpack restores a body and checks that it is the one that was stored.
func unpack(sha256 string, size int, packed []byte) ([]byte, error) {
	if size < 0 || size > maxBody {
		return nil, fmt.Errorf("document with SHA-256 %q: stored size %d is out of bounds", sha256, size)
	}
	body, err := unpackFrame(packed, size)
	if err != nil {
		return nil, fmt.Errorf("document with SHA-256 %q: unpack: %w", sha256, err)
	}
	if got := audit.Hash(body); got != sha256 {
		return nil, fmt.Errorf("document with SHA-256 %q: stored bytes hash to %s: the database was changed or damaged",
			sha256, got)
	}
	return body, nil
}

// streamDecoders stop where they are told to.
var streamDecoders = sync.Pool{New: func() any {
	d, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxBody), zstd.WithDecoderConcurrency(1))
	if err != nil {
		panic(err)
	}
	return d
}}

// unpackFrame restores size bytes. What says that it is of another size is not unpacked, and what
// does not say, as short ones do not, only as far: it may be very large.
func unpackFrame(packed []byte, size int) ([]byte, error) {
	var frame zstd.Header
	if err := frame.Decode(packed); err != nil {
		return nil, err
	}
	wrong := fmt.Errorf("its size is not the %d bytes that were stored", size)
	if frame.HasFCS {
		if frame.FrameContentSize != uint64(size) {
			return nil, wrong
		}
		return bodyDecoder().DecodeAll(packed, make([]byte, 0, size))
	}
	d := streamDecoders.Get().(*zstd.Decoder)
	defer streamDecoders.Put(d)
	if err := d.Reset(bytes.NewReader(packed)); err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(d, int64(size)+1))
	if err == nil && len(body) != size {
		err = wrong
	}
	return body, err
}

// storeBody keeps body under its hash, once. A row that knew the hash only
// gets its bytes.
func storeBody(ctx context.Context, tx *sql.Tx, sha256 string, body []byte) error {
	if len(body) > maxBody {
		return fmt.Errorf("document of %d bytes: more than the %d that are stored", len(body), maxBody)
	}
	var known bool
	err := tx.QueryRowContext(ctx, `SELECT data IS NOT NULL FROM bodies WHERE sha256 = ?`, sha256).Scan(&known)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if known {
		return nil
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO bodies (sha256, bytes, data) VALUES (?, ?, ?)
		ON CONFLICT (sha256) DO UPDATE SET data = excluded.data WHERE data IS NULL`,
		sha256, len(body), bodyEncoder().EncodeAll(body, nil))
	return err
}

// storeHash notes that a document with that hash and size was seen elsewhere.
func storeHash(ctx context.Context, tx *sql.Tx, sha256 string, size int) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO bodies (sha256, bytes) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING`,
		sha256, size)
	return err
}

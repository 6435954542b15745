package data

import (
	"context"
	"database/sql/driver"
	"encoding/binary"
	"encoding/json"
	"errors"
	"sync"

	"github.com/mattn/go-sqlite3"

	"openness/audit"
)

// A snapshot begins with the packed readings of its records, so that a ranking of
// them needs neither the records nor a database. They stand in a frame that
// readers of zstd skip (RFC 8878, 3.1.2): what follows is the snapshot as ever.
const (
	skippableMagic = 0x184D2A50
	frameHeader    = 8 // magic and length
)

// A snapshotDigest is one record's part of that frame.
type snapshotDigest struct {
	Subject   audit.Subject `json:"subject"`
	Packed    []byte        `json:"packed"`
	Addresses []byte        `json:"addresses"`
}

// digestFrame is what the frame holds, compressed.
type digestFrame struct {
	Facts   json.RawMessage  `json:"facts"` // the vocabulary of the packed readings
	Digests []snapshotDigest `json:"digests"`
}

func frameOf(lines []snapshotLine) ([]byte, error) {
	facts, err := vocabularyText()
	if err != nil {
		return nil, err
	}
	frame := digestFrame{Facts: json.RawMessage(facts)}
	for i := range lines {
		r := &lines[i].Record
		d := audit.DigestOf(r)
		packed, addresses, err := pack(&d)
		if err != nil {
			return nil, err
		}
		frame.Digests = append(frame.Digests, snapshotDigest{r.Subject, packed, addresses})
	}
	text, err := json.Marshal(frame)
	if err != nil {
		return nil, err
	}
	encoder, err := newEncoder(nil)
	if err != nil {
		return nil, err
	}
	compressed := encoder.EncodeAll(text, nil)
	header := binary.LittleEndian.AppendUint32(nil, skippableMagic)
	header = binary.LittleEndian.AppendUint32(header, uint32(len(compressed)))
	return append(header, compressed...), encoder.Close()
}

// errNoFrame says that a snapshot was written before there were packed readings.
var errNoFrame = errors.New("the snapshot has no packed readings")

func readFrame(snapshot []byte) (*digestFrame, error) {
	if len(snapshot) < frameHeader || binary.LittleEndian.Uint32(snapshot) != skippableMagic {
		return nil, errNoFrame
	}
	rest := snapshot[frameHeader:]
	n := binary.LittleEndian.Uint32(snapshot[4:])
	if uint64(n) > uint64(len(rest)) {
		return nil, errPacked
	}
	decoder, err := newDecoder(nil)
	if err != nil {
		return nil, err
	}
	defer decoder.Close()
	text, err := decoder.DecodeAll(rest[:n], nil)
	if err != nil {
		return nil, err
	}
	var frame digestFrame
	return &frame, json.Unmarshal(text, &frame)
}

// each gives the digests of the frame as EachDigest does.
func (frame *digestFrame) each(ctx context.Context, addresses bool, f func(*audit.Digest) error) error {
	words, err := readVocabulary(string(frame.Facts))
	if err != nil {
		return err
	}
	var d audit.Digest
	var urls []string
	for i := range frame.Digests {
		row := &frame.Digests[i]
		if addresses {
			if urls, err = unpackAddresses(string(row.Addresses), urls); err != nil {
				return err
			}
		}
		d.Subject = row.Subject
		if !addresses {
			d.Subject.Places = nil
		}
		err := words.unpack(string(row.Packed), urls, &d)
		if err == nil {
			err = f(&d)
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// A snapshotConnector opens the built-in snapshot as a database when the first
// statement is to be run, or fills one in memory: what needs the packed readings
// alone never waits for it.
type snapshotConnector struct {
	once   sync.Once
	filled *DB
	err    error
}

// Connect implements driver.Connector.
func (c *snapshotConnector) Connect(ctx context.Context) (driver.Conn, error) {
	c.once.Do(func() {
		ctx := context.WithoutCancel(ctx) // later connections must not suffer for this one's end
		image, kept := snapshotImage(), false
		if c.filled, kept = openImage(ctx, image); kept {
			return
		}
		if c.filled, c.err = OpenSnapshotStore(ctx); c.err == nil {
			_ = c.filled.keepImage(ctx, image) // without it the next process fills its own
		}
	})
	if c.err != nil {
		return nil, c.err
	}
	return c.Driver().Open(c.filled.dsn)
}

// Driver implements driver.Connector.
func (c *snapshotConnector) Driver() driver.Driver { return &sqlite3.SQLiteDriver{} }

// Close is called when the pool is closed.
func (c *snapshotConnector) Close() error {
	if c.filled == nil {
		return nil
	}
	return c.filled.Close()
}

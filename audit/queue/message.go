package queue

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"

	"openness/audit"
)

// ErrMessage says that bytes are no message of ours: damaged, or of another
// version of the tool.
var ErrMessage = errors.New("not a message that is understood")

// A Job is one subject to look at.
type Job struct {
	Tool     string          `json:"tool"`     // the version that hands it out: observers differ between versions
	Target   json.RawMessage `json:"target"`   // what to look at, in the words of whoever hands out
	Settings json.RawMessage `json:"settings"` // how to look
	// Known is what the store knows of the subject's addresses: what to ask
	// conditionally for, and what stands in where a source fails.
	Known []Known `json:"known,omitempty"`
}

// A Known is what a store knows of one address.
type Known struct {
	Last audit.Document `json:"last"` // the last answer; its URL is empty for none
	Past audit.Earlier  `json:"past"`
}

// A Result is what one worker saw of one subject, or why it saw nothing.
type Result struct {
	Tool   string       `json:"tool"`
	Worker string       `json:"worker"` // for people
	At     time.Time    `json:"at"`
	Record audit.Record `json:"record"`
	Failed string       `json:"failed,omitempty"`
	// Observer is the record's: the build that observed.
	Observer string `json:"observer,omitempty"`
}

// The wire form: the name of the format with its version, the SHA-256 of the
// rest unpacked, and the rest packed by zstd: lengths before their bytes, first
// the JSON, then the bodies of documents, each once.
const format = "openness-queue/1\n"

// longest bounds what a message may unpack to.
const longest = 512 << 20

var (
	encoder = sync.OnceValue(func() *zstd.Encoder {
		e, err := zstd.NewWriter(nil, zstd.WithWindowSize(1<<20), zstd.WithEncoderConcurrency(2))
		if err != nil {
			panic(err) // the options are constants
		}
		return e
	})
	decoder = sync.OnceValue(func() *zstd.Decoder {
		d, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(longest), zstd.WithDecoderConcurrency(2))
		if err != nil {
			panic(err)
		}
		return d
	})
)

// Encode makes the message of a job.
func (j *Job) Encode() ([]byte, error) {
	var documents []*audit.Document
	for i := range j.Known {
		documents = append(documents, &j.Known[i].Last, &j.Known[i].Past.Look)
	}
	return encode(j, documents)
}

// Encode makes the message of a result.
func (r *Result) Encode() ([]byte, error) {
	documents := make([]*audit.Document, len(r.Record.Documents))
	for i := range documents {
		documents[i] = &r.Record.Documents[i]
	}
	r.Observer = r.Record.Observer
	return encode(r, documents)
}

// DecodeJob reads the message of a job.
func DecodeJob(message []byte) (j Job, err error) {
	bodies, err := decode(message, &j)
	for i := 0; i < len(j.Known) && err == nil; i++ {
		k := &j.Known[i]
		err = errors.Join(fill(&k.Last, bodies), fill(&k.Past.Look, bodies))
	}
	return j, err
}

// DecodeResult reads the message of a result.
func DecodeResult(message []byte) (r Result, err error) {
	bodies, err := decode(message, &r)
	r.Record.Observer = r.Observer
	for i := 0; i < len(r.Record.Documents) && err == nil; i++ {
		err = fill(&r.Record.Documents[i], bodies)
	}
	return r, err
}

func encode(value any, documents []*audit.Document) ([]byte, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	plain := append(binary.AppendUvarint(nil, uint64(len(text))), text...)
	written := make(map[string]bool)
	for _, d := range documents {
		if d.Body == nil || written[d.SHA256] {
			continue
		}
		written[d.SHA256] = true
		plain = append(binary.AppendUvarint(plain, uint64(len(d.Body))), d.Body...)
	}
	if len(plain) > longest {
		return nil, fmt.Errorf("%w: %d bytes are more than the %d of a message", ErrMessage, len(plain), longest)
	}
	sum := sha256.Sum256(plain)
	message := append([]byte(format), sum[:]...)
	return encoder().EncodeAll(plain, message), nil
}

// decode unpacks a message into value and gives the bodies by their hashes.
func decode(message []byte, value any) (map[string][]byte, error) {
	rest, ours := bytes.CutPrefix(message, []byte(format))
	if !ours || len(rest) < sha256.Size {
		start := message[:min(len(message), len(format))]
		return nil, fmt.Errorf("%w: it begins with %q, not %q: use the same version of openness everywhere", ErrMessage,
			start, format)
	}
	plain, err := decoder().DecodeAll(rest[sha256.Size:], nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMessage, err)
	}
	if sum := sha256.Sum256(plain); !bytes.Equal(sum[:], rest[:sha256.Size]) {
		return nil, fmt.Errorf("%w: its bytes hash to something else than it says", ErrMessage)
	}
	text, plain, err := part(plain)
	if err == nil {
		err = json.Unmarshal(text, value)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMessage, err)
	}
	bodies := make(map[string][]byte)
	for len(plain) > 0 {
		var body []byte
		if body, plain, err = part(plain); err != nil {
			return nil, err
		}
		bodies[audit.Hash(body)] = body
	}
	return bodies, nil
}

// part cuts off one length with its bytes.
func part(plain []byte) (bytes, rest []byte, err error) {
	n, size := binary.Uvarint(plain)
	if size <= 0 || n > uint64(len(plain)-size) {
		return nil, nil, fmt.Errorf("%w: it ends too early", ErrMessage)
	}
	end := size + int(n)
	return plain[size:end:end], plain[end:], nil
}

// fill gives a document the bytes that it had.
func fill(d *audit.Document, bodies map[string][]byte) error {
	if d.SHA256 == "" {
		return nil
	}
	body, there := bodies[d.SHA256]
	if !there {
		return fmt.Errorf("%w: the bytes of %q are missing", ErrMessage, d.URL)
	}
	d.Body = body
	return nil
}

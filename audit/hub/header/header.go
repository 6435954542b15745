// Package header reads what the headers of weights files say of a model: its licence,
// what it was made from, its architecture and its tokenizer.
//
// In: the first bytes of a file in the GGUF or the safetensors format. Out: the fields
// that tell something of the model, each with the span of its value in these bytes.
// Both formats begin with their header, so a part of the file is enough; a header that
// is cut gives what was whole before the cut, and says so. No length that a file
// claims is believed: nothing is allocated by it and nothing is read beyond the bytes.
package header

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"openness/audit"
)

// Bounds on what a header may hold, far above those of real files.
const (
	maxFields = 10_000  // key and value pairs of GGUF
	maxValue  = 4096    // bytes of a value that is kept
	maxNested = 4       // arrays within arrays
	maxText   = 1 << 20 // bytes of a key or value that is passed over
)

// A Field is one entry of a header.
type Field struct {
	Key   string
	Value string
	Span  audit.Span // of the value, as it stands in the bytes
}

// A Header is what the beginning of a weights file says.
type Header struct {
	Format string // "gguf" or "safetensors"
	Fields []Field
	Cut    bool // the bytes end before the header does
}

// ErrFormat means that the bytes are not the beginning of a file of a known format.
var ErrFormat = errors.New("no header of a weights file")

// Read reads the beginning of a weights file.
func Read(body []byte) (Header, error) {
	if bytes.HasPrefix(body, []byte("GGUF")) {
		return readGGUF(body)
	}
	return readSafetensors(body)
}

// First gives the first field with one of some keys.
func (h Header) First(keys ...string) (Field, bool) {
	for _, key := range keys {
		for _, f := range h.Fields {
			if f.Key == key && strings.TrimSpace(f.Value) != "" {
				return f, true
			}
		}
	}
	return Field{}, false
}

// The types of GGUF's values.
const (
	typeString = 8
	typeArray  = 9
)

// sizes are the bytes of the types that have a fixed size.
var sizes = map[uint32]int{0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}

// A reader walks over the bytes of a GGUF file. Once it has run out, or met what is
// no GGUF, it gives zeros.
type reader struct {
	body []byte
	at   int
	cut  bool  // the bytes ran out
	err  error // they are no GGUF
}

func (r *reader) take(n uint64) []byte {
	if r.cut || r.err != nil {
		return nil
	}
	if n > uint64(len(r.body)-r.at) {
		r.cut = true
		return nil
	}
	b := r.body[r.at : r.at+int(n)]
	r.at += int(n)
	return b
}

func (r *reader) u32() uint32 {
	if b := r.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (r *reader) u64() uint64 {
	if b := r.take(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

// text reads a string and where it stands.
func (r *reader) text() (string, audit.Span) {
	n := r.u64()
	if n > maxText {
		r.err = fmt.Errorf("%w: a text of %d bytes", ErrFormat, n)
		return "", audit.Span{}
	}
	b := r.take(n)
	span := audit.Span{Start: r.at - len(b), End: r.at}
	if len(b) > maxValue {
		return "", span
	}
	return string(b), span
}

// skip passes over a value that is no string.
func (r *reader) skip(kind uint32, nested int) {
	if size, ok := sizes[kind]; ok {
		r.take(uint64(size))
		return
	}
	if kind == typeString {
		r.text()
		return
	}
	if kind != typeArray || nested == maxNested {
		r.err = fmt.Errorf("%w: a value of type %d", ErrFormat, kind)
		return
	}
	of, n := r.u32(), r.u64()
	if size, ok := sizes[of]; ok {
		if n > uint64(len(r.body)) {
			r.cut = true // more than the bytes can hold
			return
		}
		r.take(n * uint64(size))
		return
	}
	for ; n > 0 && !r.cut && r.err == nil; n-- { // each step takes bytes, so that these bound it
		r.skip(of, nested+1)
	}
}

// readGGUF reads the key and value pairs of a GGUF file of version 2 or 3.
func readGGUF(body []byte) (Header, error) {
	r := &reader{body: body, at: 4}
	version := r.u32()
	if !r.cut && version != 2 && version != 3 {
		return Header{}, fmt.Errorf("%w: GGUF of version %d", ErrFormat, version)
	}
	r.u64() // tensors
	pairs := r.u64()
	if pairs > maxFields {
		return Header{}, fmt.Errorf("%w: %d pairs", ErrFormat, pairs)
	}
	h := Header{Format: "gguf"}
	for ; pairs > 0 && !r.cut && r.err == nil; pairs-- {
		key, _ := r.text()
		kind := r.u32()
		if kind != typeString || r.cut {
			r.skip(kind, 0)
			continue
		}
		if value, span := r.text(); !r.cut && r.err == nil && value != "" {
			h.Fields = append(h.Fields, Field{key, value, span})
		}
	}
	h.Cut = r.cut
	if r.err != nil && len(h.Fields) == 0 {
		return Header{}, r.err
	}
	return h, nil
}

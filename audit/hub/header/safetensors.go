package header

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"openness/audit"
)

// maxHeader is the longest header that the safetensors format allows, in bytes.
const maxHeader = 100 << 20

// metadataKey is the entry of a safetensors header that tells of the file.
const metadataKey = "__metadata__"

// readSafetensors reads the entry "__metadata__" of a safetensors header: an object of
// texts. The rest of the header lists tensors, which says nothing of a licence.
func readSafetensors(body []byte) (Header, error) {
	if len(body) < 9 || body[8] != '{' {
		return Header{}, ErrFormat
	}
	size := binary.LittleEndian.Uint64(body)
	if size < 2 || size > maxHeader {
		return Header{}, fmt.Errorf("%w: a header of %d bytes", ErrFormat, size)
	}
	h := Header{Format: "safetensors", Cut: size > uint64(len(body)-8)}
	text := body[8:]
	if !h.Cut {
		text = text[:size]
	}
	d := json.NewDecoder(bytes.NewReader(text))
	if _, err := d.Token(); err != nil {
		return Header{}, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return ended(h, err)
		}
		if key != metadataKey {
			var passed json.RawMessage
			if err := d.Decode(&passed); err != nil {
				return ended(h, err)
			}
			continue
		}
		h.Fields, err = texts(d, text)
		return ended(h, err)
	}
	return h, nil
}

// ended is a header that was read up to an error: where the bytes end there, what was
// read counts.
func ended(h Header, err error) (Header, error) {
	if err == nil || h.Cut && (errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)) {
		return h, nil
	}
	return Header{}, fmt.Errorf("%w: %w", ErrFormat, err)
}

// texts reads an object of texts, with the span of each in the file.
func texts(d *json.Decoder, text []byte) ([]Field, error) {
	var fields []Field
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil, errors.Join(err, errors.New("the metadata is no object"))
	}
	for d.More() && len(fields) < maxFields {
		key, err := d.Token()
		if err != nil {
			return fields, err
		}
		name, _ := key.(string)
		from := int(d.InputOffset())
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return fields, err
		}
		var said string
		if json.Unmarshal(value, &said) != nil || said == "" || len(said) > maxValue {
			continue // the format asks for texts
		}
		at := bytes.IndexByte(text[from:], '"') // behind the colon
		end := int(d.InputOffset()) - 1
		if at < 0 || from+at+1 > end {
			continue
		}
		fields = append(fields, Field{name, said, audit.Span{Start: 8 + from + at + 1, End: 8 + end}})
	}
	return fields, nil
}

// Package jsonspan lists the scalars of a JSON document with the bytes they
// were read from, so that an observation can quote an API answer.
package jsonspan

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"openness/audit"
)

// maxDepth and maxValues bound what a hostile answer can make of us.
const (
	maxDepth  = 64
	maxValues = 1 << 20
)

// A Value is one scalar. Elements of a list share the path of the list.
type Value struct {
	Path  string     // the keys down to it, joined by dots: "cardData.license"
	Text  string     // of a string its content, otherwise the literal: "true", "42", "null"
	Kind  byte       // 's' string, 'n' number, 'b' bool, '0' null
	Entry int        // counts the elements of the outermost list it stands in, from 0; -1 outside lists
	Span  audit.Span // of the value
	Whole audit.Span // from its key, if it has one, to its end
}

type walker struct {
	dec    *json.Decoder
	body   []byte
	values []Value
}

// Values walks body in order. Values that were read before a fault are
// returned with the error.
func Values(body []byte) ([]Value, error) {
	w := &walker{dec: json.NewDecoder(bytes.NewReader(body)), body: body}
	w.dec.UseNumber()
	if err := w.value("", -1, -1, 0); err != nil {
		return w.values, fmt.Errorf("JSON at byte %d: %w", w.dec.InputOffset(), err)
	}
	return w.values, nil
}

// next reads a token and returns where it starts.
func (w *walker) next() (json.Token, int, error) {
	start := int(w.dec.InputOffset())
	token, err := w.dec.Token()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	for end := int(w.dec.InputOffset()); start < end && bytes.IndexByte([]byte(" \t\r\n,:"), w.body[start]) >= 0; {
		start++
	}
	return token, start, err
}

// value reads one value. key is where its key starts, or -1.
func (w *walker) value(path string, key, entry, depth int) error {
	token, start, err := w.next()
	if err != nil {
		return err
	}
	if depth > maxDepth || len(w.values) >= maxValues {
		return fmt.Errorf("more than %d levels or %d values", maxDepth, maxValues)
	}
	switch t := token.(type) {
	case json.Delim:
		if t == '{' {
			return w.object(path, entry, depth)
		}
		return w.list(path, entry, depth)
	case string:
		w.add(path, t, 's', key, entry, start)
	case json.Number:
		w.add(path, t.String(), 'n', key, entry, start)
	case bool:
		w.add(path, fmt.Sprint(t), 'b', key, entry, start)
	case nil:
		w.add(path, "null", '0', key, entry, start)
	}
	return nil
}

func (w *walker) add(path, text string, kind byte, key, entry, start int) {
	span := audit.Span{Start: start, End: int(w.dec.InputOffset())}
	whole := span
	if key >= 0 {
		whole.Start = key
	}
	w.values = append(w.values, Value{Path: path, Text: text, Kind: kind, Entry: entry, Span: span, Whole: whole})
}

func (w *walker) object(path string, entry, depth int) error {
	for w.dec.More() {
		token, start, err := w.next()
		if err != nil {
			return err
		}
		name, _ := token.(string) // a decoder gives nothing else for a key
		below := name
		if path != "" {
			below = path + "." + name
		}
		if err := w.value(below, start, entry, depth+1); err != nil {
			return err
		}
	}
	_, _, err := w.next()
	return err
}

func (w *walker) list(path string, entry, depth int) error {
	for i := 0; w.dec.More(); i++ {
		at := entry
		if at < 0 {
			at = i
		}
		if err := w.value(path, -1, at, depth+1); err != nil {
			return err
		}
	}
	_, _, err := w.next()
	return err
}

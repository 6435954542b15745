// Package jsonspan lists the scalars of a JSON document with the bytes they
// were read from, so that an observation can quote an API answer.
package jsonspan

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

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

// Values walks the first JSON value of body in order. A fault anywhere in it is an
// error, and nothing is returned then. Texts share one copy of body.
func Values(body []byte) ([]Value, error) {
	var all []Value
	if err := Each(body, func(v Value) { all = append(all, v) }); err != nil {
		return nil, err
	}
	return all, nil
}

// Each is Values one by one, for who keeps few of many. A fault may show behind some.
func Each(body []byte, f func(Value)) error {
	if !json.Valid(body) {
		dec := json.NewDecoder(bytes.NewReader(body))
		if err := dec.Decode(new(json.RawMessage)); err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return fmt.Errorf("JSON at byte %d: %w", faultAt(err, len(body)), err)
		}
		body = body[:dec.InputOffset()]
	}
	w := walker{body: string(body), found: f, below: make(map[string]map[string]string)}
	w.valid = utf8.ValidString(w.body)
	if err := w.value("", -1, -1, 0); err != nil {
		return fmt.Errorf("JSON at byte %d: %w", w.at, err)
	}
	return nil
}

func faultAt(err error, end int) int64 {
	var fault *json.SyntaxError
	if errors.As(err, &fault) {
		return fault.Offset
	}
	return int64(end)
}

// A walker goes over JSON that is known to be well formed.
type walker struct {
	body  string
	valid bool // as UTF-8
	at    int  // what is read next
	found func(Value)
	count int                          // of what was found
	below map[string]map[string]string // paths by the one above and the key: most come many times
}

// skip passes over blanks and, between values, commas and colons.
func (w *walker) skip() {
	for w.at < len(w.body) && strings.IndexByte(" \t\r\n,:", w.body[w.at]) >= 0 {
		w.at++
	}
}

// value reads one value. key is where its key starts, or -1.
func (w *walker) value(path string, key, entry, depth int) error {
	w.skip()
	if depth > maxDepth || w.count >= maxValues {
		return fmt.Errorf("more than %d levels or %d values", maxDepth, maxValues)
	}
	start := w.at
	switch w.body[start] {
	case '{':
		return w.object(path, entry, depth)
	case '[':
		return w.list(path, entry, depth)
	case '"':
		w.add(path, w.unquote(w.quoted()), 's', key, entry, start)
		return nil
	}
	for w.at < len(w.body) && strings.IndexByte(" \t\r\n,:]}", w.body[w.at]) < 0 {
		w.at++
	}
	kind := byte('n')
	switch w.body[start] {
	case 't', 'f':
		kind = 'b'
	case 'n':
		kind = '0'
	}
	w.add(path, w.body[start:w.at], kind, key, entry, start)
	return nil
}

func (w *walker) add(path, text string, kind byte, key, entry, start int) {
	span := audit.Span{Start: start, End: w.at}
	whole := span
	if key >= 0 {
		whole.Start = key
	}
	w.count++
	w.found(Value{Path: path, Text: text, Kind: kind, Entry: entry, Span: span, Whole: whole})
}

// quoted passes over a string and gives it with its quotes.
func (w *walker) quoted() string {
	start := w.at
	for w.at++; w.body[w.at] != '"'; w.at++ {
		if w.body[w.at] == '\\' {
			w.at++
		}
	}
	w.at++
	return w.body[start:w.at]
}

// unquote is what a string says.
func (w *walker) unquote(quoted string) (text string) {
	text = quoted[1 : len(quoted)-1]
	if strings.IndexByte(text, '\\') >= 0 || !w.valid {
		_ = json.Unmarshal([]byte(quoted), &text) // it is well formed
	}
	return text
}

func (w *walker) object(path string, entry, depth int) error {
	known := w.below[path]
	if known == nil {
		known = make(map[string]string)
		w.below[path] = known
	}
	w.at++
	for w.skip(); w.body[w.at] != '}'; w.skip() {
		start := w.at
		quoted := w.quoted()
		below, seen := known[quoted]
		if !seen {
			below = w.unquote(quoted)
			if path != "" {
				below = path + "." + below
			}
			known[quoted] = below
		}
		if err := w.value(below, start, entry, depth+1); err != nil {
			return err
		}
	}
	w.at++
	return nil
}

func (w *walker) list(path string, entry, depth int) error {
	w.at++
	w.skip()
	for i := 0; w.body[w.at] != ']'; i++ {
		at := entry
		if at < 0 {
			at = i
		}
		if err := w.value(path, -1, at, depth+1); err != nil {
			return err
		}
		w.skip()
	}
	w.at++
	return nil
}

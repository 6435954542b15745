package header

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
)

// gguf builds the beginning of a GGUF file; values are texts, numbers or lists of texts.
func gguf(version uint32, pairs ...any) []byte {
	var b bytes.Buffer
	put := func(v any) { _ = binary.Write(&b, binary.LittleEndian, v) }
	text := func(s string) { put(uint64(len(s))); b.WriteString(s) }
	b.WriteString("GGUF")
	put(version)
	put(uint64(1))
	put(uint64(len(pairs) / 2))
	for i := 0; i < len(pairs); i += 2 {
		text(pairs[i].(string))
		switch v := pairs[i+1].(type) {
		case string:
			put(uint32(typeString))
			text(v)
		case uint32:
			put(uint32(4))
			put(v)
		case []string:
			put(uint32(typeArray))
			put(uint32(typeString))
			put(uint64(len(v)))
			for _, s := range v {
				text(s)
			}
		case []float32:
			put(uint32(typeArray))
			put(uint32(6))
			put(uint64(len(v)))
			put(v)
		}
	}
	return b.Bytes()
}

// safetensors builds the beginning of a safetensors file.
func safetensors(header string) []byte {
	size := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	return append(append(size, header...), "tensors"...)
}

func TestRead(t *testing.T) {
	whole := gguf(3, "general.architecture", "wader", "general.license", "apache-2.0", "general.alignment", uint32(32),
		"tokenizer.ggml.tokens", []string{"a", "b"},
		"tokenizer.ggml.scores", []float32{1, 2, 3}, "tokenizer.ggml.model", "gpt2")
	meta := safetensors(`{"a.weight":{"dtype":"F16","shape":[1],"data_offsets":[0,2]},"__metadata__":{"format":"pt","modelspec.license":"MIT \"or\" so","n":3}}`)
	for _, c := range []struct {
		name string
		body []byte
		want map[string]string
		cut  bool
		err  bool
	}{
		{"gguf", whole, map[string]string{"general.architecture": "wader", "general.license": "apache-2.0",
			"tokenizer.ggml.model": "gpt2"}, false, false},
		{"gguf that is cut", whole[:len(whole)-3], map[string]string{"general.license": "apache-2.0"}, true, false},
		{"gguf of version 1", gguf(1, "a", "b"), nil, false, true},
		{"gguf with a text of four exabytes", append(gguf(3, "a", "b")[:24], 255, 255, 255, 255, 255, 255, 255, 63),
			nil, false, true},
		{"gguf with a billion pairs", append([]byte("GGUF\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"), 0, 202,
			154, 59, 0, 0, 0, 0), nil, false, true},
		{"safetensors", meta, map[string]string{"format": "pt", "modelspec.license": `MIT "or" so`}, false, false},
		{"safetensors that is cut behind", meta[:len(meta)-12], map[string]string{"format": "pt",
			"modelspec.license": `MIT "or" so`}, true, false},
		{"safetensors that is cut before", meta[:60], nil, true, false},
		{"safetensors with a header of a terabyte", append([]byte{0, 0, 0, 0, 0, 1, 0, 0}, '{', '}'), nil, false, true},
		{"safetensors with broken JSON", safetensors(`{"__metadata__":[1]}`), nil, false, true},
		{"a page", []byte("<!doctype html><html></html>"), nil, false, true},
		{"nothing", nil, nil, false, true},
	} {
		h, err := Read(c.body)
		if (err != nil) != c.err || err != nil && !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v", c.name, err)
		}
		if h.Cut != c.cut {
			t.Errorf("%s: cut %v", c.name, h.Cut)
		}
		got := make(map[string]string)
		for _, f := range h.Fields {
			got[f.Key] = f.Value
			if raw := string(c.body[f.Span.Start:f.Span.End]); raw != f.Value && strings.ReplaceAll(raw, `\"`,
				`"`) != f.Value {
				t.Errorf("%s: %s is %q and stands as %q", c.name, f.Key, f.Value, raw)
			}
		}
		for key, value := range c.want {
			if got[key] != value {
				t.Errorf("%s: %s is %q, want %q", c.name, key, got[key], value)
			}
		}
	}
}

// FuzzRead: no bytes make it panic, read beyond them or give a span outside them.
func FuzzRead(f *testing.F) {
	f.Add(gguf(3, "general.license", "mit", "t", []string{"a"}))
	f.Add(safetensors(`{"__metadata__":{"license":"mit"}}`))
	f.Add([]byte("GGUF"))
	f.Fuzz(func(t *testing.T, body []byte) {
		h, err := Read(body)
		if err != nil && !errors.Is(err, ErrFormat) {
			t.Errorf("an error of another kind: %v", err)
		}
		for _, field := range h.Fields {
			if !field.Span.Within(len(body)) || len(field.Value) > maxValue {
				t.Errorf("%q: span %v in %d bytes", field.Key, field.Span, len(body))
			}
		}
	})
}

package reports

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// TestWriteYAMLInPieces: members and elements that are written one by one give the
// text that all at once give.
func TestWriteYAMLInPieces(t *testing.T) {
	long := strings.Repeat("a sentence that is longer than a line, with a colon: and a # mark ", 4)
	row := map[string]any{"id": "org/model", "none": nil, "list": []any{}, "object": map[string]any{},
		"reason": long, "lines": "one\ntwo\n", "deep": []any{[]any{1, long}, map[string]any{"a": []any{long}}}}
	for _, v := range []any{nil, true, 1.5, "text", long, []any{}, map[string]any{}, []any{row, row}, []any{1, long, nil},
		row, map[string]any{"models": []any{row, row, "x", []any{}}, "after": row, "zero": []any{[]any{}}}} {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		d := json.NewDecoder(bytes.NewReader(text))
		d.UseNumber()
		node, err := yamlNode(d)
		if err != nil {
			t.Fatal(err)
		}
		want, err := yaml.Dump(node, yaml.WithIndent(2))
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if err := WriteYAML(&got, v); err != nil || got.String() != string(want) {
			t.Errorf("%v: %q, want %q", err, &got, want)
		}
	}
}

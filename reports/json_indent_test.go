package reports

import (
	"bytes"
	"encoding/json"
	"testing"
)

// TestIndented: what is written is what encoding/json would write.
func TestIndented(t *testing.T) {
	for _, v := range []any{
		nil, true, 0.5, "", "a", []int{}, map[string]int{}, []any{[]any{}, map[string]any{}, []any{[]any{}}},
		map[string]any{"a": 1, "b": []any{"x", nil, false, map[string]any{"": map[string]any{}}}},
		[]string{`"`, `\`, `\"`, `a\`, "{", "}", "[],:", "\n\t\u0001\u2028", "<b>&amp;</b>", "数据: \U0001f600"},
		struct {
			A json.RawMessage `json:"a"`
			B []byte          `json:"b,omitempty"`
		}{A: json.RawMessage(" { \"x\" : [ 1 , { } ] } ")},
	} {
		for _, margin := range []string{"", "  "} {
			got, err := IndentedJSON(v, margin)
			if err != nil {
				t.Fatal(err)
			}
			var want bytes.Buffer
			e := json.NewEncoder(&want)
			e.SetEscapeHTML(false)
			e.SetIndent(margin, "  ")
			if err := e.Encode(v); err != nil {
				t.Fatal(err)
			}
			if string(got)+"\n" != want.String() {
				t.Errorf("%#v with margin %q:\n%s\nwant\n%s", v, margin, got, &want)
			}
		}
	}
}

// TestIndentedHidden: a character that acts on a screen is escaped where it stands.
func TestIndentedHidden(t *testing.T) {
	got, err := IndentedJSON([]string{"a\u202eb"}, "")
	if err != nil {
		t.Fatal(err)
	}
	if want := "[\n  \"a\\u202eb\"\n]"; string(got) != want {
		t.Errorf("%s, want %s", got, want)
	}
}

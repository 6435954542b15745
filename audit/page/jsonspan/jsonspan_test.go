package jsonspan_test

import (
	"encoding/json"
	"strings"
	"testing"

	"openness/audit/page/jsonspan"
)

func TestValues(t *testing.T) {
	const body = `{ "id" : "a/b", "gated":"manual","n":1.50,"ok":true,"none":null,"cardData":{"license":"mit","base_model":["x/y", "z"]},` +
		`"siblings":[{"rfilename":"README.md"},{"rfilename":"a\"b","size":3}],"empty":[]}`
	got, err := jsonspan.Values([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		path, text, quoted, whole string
		entry                     int
	}{
		{"id", "a/b", `"a/b"`, `"id" : "a/b"`, -1},
		{"gated", "manual", `"manual"`, `"gated":"manual"`, -1},
		{"n", "1.50", `1.50`, `"n":1.50`, -1},
		{"ok", "true", `true`, `"ok":true`, -1},
		{"none", "null", `null`, `"none":null`, -1},
		{"cardData.license", "mit", `"mit"`, `"license":"mit"`, -1},
		{"cardData.base_model", "x/y", `"x/y"`, `"x/y"`, 0},
		{"cardData.base_model", "z", `"z"`, `"z"`, 1},
		{"siblings.rfilename", "README.md", `"README.md"`, `"rfilename":"README.md"`, 0},
		{"siblings.rfilename", `a"b`, `"a\"b"`, `"rfilename":"a\"b"`, 1},
		{"siblings.size", "3", `3`, `"size":3`, 1},
	}
	if len(got) != len(want) {
		t.Fatalf("got %d values, want %d: %+v", len(got), len(want), got)
	}
	for i, w := range want {
		g := got[i]
		if g.Path != w.path || g.Text != w.text || g.Entry != w.entry || body[g.Span.Start:g.Span.End] != w.quoted ||
			body[g.Whole.Start:g.Whole.End] != w.whole {
			t.Errorf("value %d: got %+v %q %q, want %+v", i, g, body[g.Span.Start:g.Span.End],
				body[g.Whole.Start:g.Whole.End], w)
		}
	}
}

func TestValuesRefuses(t *testing.T) {
	for name, body := range map[string]string{
		"empty": "", "cut": `{"a":1`, "no JSON": "<html>", "too deep": strings.Repeat("[", 100) + strings.Repeat("]",
			100),
	} {
		if _, err := jsonspan.Values([]byte(body)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// FuzzValues: every value's span holds JSON that means the value.
func FuzzValues(f *testing.F) {
	for _, seed := range []string{`{"a":"b"}`, `{"a":[{"b":1},{"b":null}],"c":true}`, `[]`, `"x"`, `{"":{"":"\u00e9"}}`,
		`{"a":1`, "{\"a\" :\n\t-1e5 }", `{"a":"\ud800"}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		values, _ := jsonspan.Values(body)
		for _, v := range values {
			if !v.Span.Within(len(body)) || !v.Whole.Within(len(body)) || v.Whole.Start > v.Span.Start ||
				v.Whole.End != v.Span.End {
				t.Fatalf("spans of %+v do not lie in %d bytes", v, len(body))
			}
			piece := body[v.Span.Start:v.Span.End]
			if v.Kind != 's' {
				if string(piece) != v.Text {
					t.Fatalf("%q stands for %q", piece, v.Text)
				}
				continue
			}
			var text string
			if err := json.Unmarshal(piece, &text); err != nil || text != v.Text {
				t.Fatalf("%q stands for %q: %v", piece, v.Text, err)
			}
		}
	})
}

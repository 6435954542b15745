package page

import (
	"bytes"
	"html/template"
	"testing"
)

// FuzzEscape: what markup makes of a text is what html/template makes of it.
func FuzzEscape(f *testing.F) {
	for _, seed := range []string{"", "plain", "<script>alert(1)</script>", `"'&+<>` + "\x00é模\xff", "&amp;"} {
		f.Add(seed)
	}
	plain := template.Must(template.New("").Parse(`<p title="{{.}}">{{.}}</p>`))
	f.Fuzz(func(t *testing.T, s string) {
		var expected bytes.Buffer
		if err := plain.Execute(&expected, s); err != nil {
			t.Fatal(err)
		}
		if got := NewMarkup().Raw(`<p title="`).Text(s).Raw(`">`).Text(s).Raw(`</p>`).HTML(); string(got) != expected.String() {
			t.Errorf("%q is written %q, want %q", s, got, expected.String())
		}
	})
}

package replay

import (
	"strings"
	"testing"
)

// FuzzCaptured: a folder of captures is somebody's. A recorded answer is read or
// refused, and a line of a tree is an entry with a path or none.
func FuzzCaptured(f *testing.F) {
	f.Add([]byte(`{"id":"a/b","sha":"x","gated":"manual","siblings":[{"rfilename":"README.md"}]}`),
		"100644\tblob\tabc\t12\tREADME.md")
	f.Add([]byte(`{"siblings":{"a":1},"gated":null}`), "040000\ttree\t\t-\tdir")
	f.Add([]byte(`[]`), "\t\t\t\t")
	f.Fuzz(func(t *testing.T, body []byte, line string) {
		if s, err := readState(body); (s == nil) == (err == nil) {
			t.Fatal("neither state nor error, or both")
		}
		if e, ok := parseEntry(line); ok && (e.path == "" || e.size < 0 || !strings.HasSuffix(line, e.path)) {
			t.Fatalf("%+v from %q", e, line)
		}
	})
}

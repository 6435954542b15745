package page

import "testing"

// FuzzParseBibTeX: an entry lies in the text and has fields of it.
func FuzzParseBibTeX(f *testing.F) {
	f.Add([]byte("@article{k, title={A {B} C}, author = \"X and Y\", year=2024, journal = J # {x}}"))
	f.Add([]byte("@comment{@misc{a,b=c}} @string{x = {y}} @misc{k"))
	f.Add([]byte("@misc(k, eprint={2401.00001}, archivePrefix=arXiv)"))
	f.Add([]byte("@@@{{{{,,,,====\"\"\"\""))
	f.Fuzz(func(t *testing.T, text []byte) {
		last := 0
		for _, e := range ParseBibTeX(text) {
			if !e.Span.Within(len(text)) || e.Span.Start < last {
				t.Fatalf("%+v of %d bytes, behind %d", e, len(text), last)
			}
			last = e.Span.Start
		}
	})
}

package reports

import (
	"strings"
	"testing"
)

// FuzzVisible: a text that is taken for visible as it is would not be changed.
func FuzzVisible(f *testing.F) {
	for _, seed := range []string{"", " ", "a  b", "plain words", "a ", "tab\there", "\x7f", "\x1b[31m", "é\u202e",
		"\u2028", "x\xff", "\r\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.ContainsFunc(Visible(s), Hidden) {
			t.Errorf("%q shows as %q", s, Visible(s))
		}
		if PlainLine(s) && strings.Join(strings.Fields(s), " ") != s {
			t.Errorf("%q is no plain line", s)
		}
		if VisibleAlready(s) != VisibleAlready([]byte(s)) || VisibleAlready(s) && strings.ContainsFunc(s, Hidden) {
			t.Errorf("%q is taken for visible", s)
		}
	})
}

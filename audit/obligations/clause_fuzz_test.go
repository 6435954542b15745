package obligations

import (
	"strings"
	"testing"

	"openness/audit"
)

// FuzzClause: whatever stands in a licence, a clause that is found is a short piece of it, as it
// stands there; the text is foreign, and the finder knows numbers, titles and lists.
func FuzzClause(f *testing.F) {
	for _, text := range []string{"1. GRANT\nYou may use it.\n\n2. DUTIES\n(a) You must give a copy of this License.\n(b) keep notices;\n",
		"I. Scope\nII. Terms\n  i) shall not\n  ii) must\n", "§ 1 Namen\n第一条 必须保留声明。\n", "PREAMBLE\nWhereas.\n1.1.1 x\n1.2",
		"You must " + strings.Repeat("credit the authors and ", 60) + "stop."} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		l := Licence{ID: "LicenseRef-unknown", text: &textOf{doc: audit.Document{URL: "u"}, body: text}}
		for _, kind := range Kinds {
			for _, section := range []string{"", "2.b"} {
				c := l.clause(kind, section)
				if c.Quote == "" {
					continue
				}
				if c.Start < 0 || c.End > len(text) || c.Quote != string(text[c.Start:c.End]) || len(c.Quote) > longestClause {
					t.Fatalf("%s: [%d, %d) of %d is quoted as %q", kind, c.Start, c.End, len(text), c.Quote)
				}
			}
		}
	})
}

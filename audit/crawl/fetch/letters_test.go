package fetch

import (
	"strings"
	"testing"
	"unicode/utf16"

	"openness/audit"
)

// TestNoText: a file whose letters cannot be read was not read in vain; old letters with accents,
// damaged ones, a text cut off within one, and other forms of files stay as they are.
func TestNoText(t *testing.T) {
	wide := []byte{0xff, 0xfe}
	for _, c := range utf16.Encode([]rune("# Falco\nNot for sale.\n")) {
		wide = append(wide, byte(c), byte(c>>8))
	}
	han := strings.Repeat("\xb1\xbe\xc4\xa3\xd0\xcd", 3) // 本模型 in GB 18030
	for _, c := range []struct {
		name   string
		kind   audit.DocKind
		body   string
		unread bool
	}{
		{"plain", audit.DocModelCard, "# Falco\nIt sings. 它会唱歌。\n", false},
		{"accents of an old encoding", audit.DocReadme, "Copyright \xa9 Andr\xe9 No\xebl\n", false},
		{"quotation marks of another", audit.DocLicense, "the \xa1\xb0Licensor.\xa1\xb1 The text\n", false},
		{"a damaged letter", audit.DocModelCard, "它会唱歌\xff。\n", false},
		{"cut off within a letter", audit.DocModelCard, "它会唱歌"[:10], false},
		{"a card in UTF-16", audit.DocModelCard, string(wide), true},
		{"a licence in UTF-16, which its reader knows", audit.DocLicense, string(wide), false},
		{"a licence in GB 18030", audit.DocLicense, "LICENSE\n" + han + "\n", true},
		{"a pointer to a file", audit.DocLicense, "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n", true},
		{"a PDF", audit.DocProse, "%PDF-1.7\n\xe2\xe3\xcf\xd3\n", false},
		{"an answer of an interface", audit.DocModelAPI, han, false},
	} {
		if got := noText(&audit.Document{Kind: c.kind}, []byte(c.body)); (got != "") != c.unread {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

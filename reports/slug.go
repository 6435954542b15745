package reports

import (
	"strings"

	"openness/audit"
)

// longestSlug keeps file names below what common file systems allow, with room
// for a suffix.
const longestSlug = 120

// Slug turns a name into a file name that is safe everywhere: ASCII letters,
// digits, dot and hyphen; "org/name" becomes "org--name". What cannot be kept
// is told apart by a piece of its hash.
func Slug(s string) string {
	var b strings.Builder
	lossy := false
	for _, r := range s {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '-', r == '.', r == '_':
			b.WriteRune(r)
		case r == '/':
			b.WriteString("--")
		case r == ' ', r == ':':
			b.WriteByte('-')
		default:
			lossy = true
		}
		if b.Len() >= longestSlug {
			lossy = true
			break
		}
	}
	name := strings.Trim(b.String(), ".-_")
	if lossy || name == "" {
		return strings.TrimPrefix(name+"-"+audit.Hash([]byte(s))[:8], "-")
	}
	return name
}

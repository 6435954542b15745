package fetch

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"openness/audit"
)

// noText says why a file that should be prose holds none that can be read, or nothing. Such a file
// was not read in vain: it may say what its pages are asked for, so it counts as one that was not had.
func noText(d *audit.Document, body []byte) string {
	switch d.Kind {
	case audit.DocModelCard, audit.DocDataCard, audit.DocReadme, audit.DocProse, audit.DocLicense:
	default:
		return ""
	}
	switch {
	case d.Kind == audit.DocLicense && Blank(body):
		return "the file holds no text; look at the file itself"
	case bytes.HasPrefix(body, []byte("%PDF")) || bytes.HasPrefix(body, []byte("PK\x03\x04")):
		return "" // read by their own readers
	case bytes.HasPrefix(body, []byte("version https://git-lfs.github.com/")):
		return "a Git LFS pointer stands in the file's place, and its text was not had; look at the file itself"
	case d.Kind == audit.DocLicense && bytes.IndexByte(body, 0) >= 0:
		return "" // the reader of licences knows the wide encodings
	case wide(body):
		return "the file is in UTF-16 or UTF-32, which is not read here; look at the file itself"
	case foreignLetters(body):
		return "the file is not in UTF-8 (an older encoding of its language, it seems), and was not read; look at the file itself"
	}
	return ""
}

// Blank reports whether nothing of a text can be seen.
func Blank(body []byte) bool {
	return len(bytes.TrimFunc(body, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
	})) == 0
}

// wide reports whether a text is of characters of two or four bytes: it says so, or a fifth of it is zero.
func wide(body []byte) bool {
	head := body[:min(len(body), 4<<10)]
	return audit.MarkedWide(head) || 5*bytes.Count(head, []byte{0}) > len(head)
}

// foreignRun is how many bytes that are no UTF-8 stand in a word of another encoding. In the old ones of
// Western Europe letters with accents stand one or two together, and are left as they are; so are a
// letter that a limit cut off and a damaged one.
const foreignRun = 4

// foreignLetters reports whether a text holds words in an encoding that is not UTF-8.
func foreignLetters(body []byte) bool {
	broken := 0
	for i := 0; i < len(body); {
		r, size := utf8.DecodeRune(body[i:])
		switch {
		case r < utf8.RuneSelf:
			broken = 0
		case r == utf8.RuneError && size == 1:
			if broken++; broken == foreignRun {
				return true
			}
		}
		i += size
	}
	return false
}

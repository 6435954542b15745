package license

import (
	"bytes"
	"html"
	"unicode"
	"unicode/utf8"
)

// One letter is written in many ways: with an accent or without, as an entity or an
// escape, in full width, or in an encoding that was read wrong.

// plain holds the letters of western Europe with their accents taken off.
var plain = func() map[rune]rune {
	set := make(map[rune]rune)
	for letter, forms := range map[rune]string{'a': "àáâãäå", 'c': "ç", 'e': "èéêë", 'i': "ìíîï", 'n': "ñ",
		'o': "òóôõö", 'u': "ùúûü", 'y': "ýÿ"} {
		for _, r := range forms {
			set[r] = letter
		}
	}
	return set
}()

// plainLetter is a letter in lower case and without an accent, which files
// write as one character or as two.
func plainLetter(r rune) rune {
	r = unicode.ToLower(r)
	if letter, ok := plain[r]; ok {
		return letter
	}
	return r
}

// appendLetters appends the letters and digits of a word as they are hashed.
func appendLetters(letters []rune, word []byte) []rune {
	for i := 0; i < len(word); {
		if l := lower[word[i]]; l != 0 {
			letters = append(letters, rune(l))
			i++
			continue
		}
		r, size := decodeLetter(word[i:])
		if escaped, n := escapedLetter(word, i); escaped != 0 {
			r, size = escaped, n
		}
		switch {
		case r >= 0xfb00 && r <= 0xfb04:
			letters = append(letters, []rune([...]string{"ff", "fi", "fl", "ffi", "ffl"}[r-0xfb00])...)
		case r >= 0x300 && r <= 0x36f:
		case r != '\u00ad' && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)):
			letters = append(letters, plainLetter(r))
		}
		i += size
	}
	return letters
}

// decodeLetter is the first character of a text. A byte that is no UTF-8 is taken
// for the letter that it is in Latin-1.
func decodeLetter(text []byte) (r rune, size int) {
	r, size = utf8.DecodeRune(text)
	if r == utf8.RuneError && size == 1 && text[0] >= 0xc0 {
		return rune(text[0]), 1
	}
	return r, size
}

// escapedLetter reads a letter beyond ASCII that is written as an entity or as an
// escape of a string: "&#xf6;", "&ouml;" or "\u00f6" for ö. It is 0 for any other
// place.
func escapedLetter(text []byte, i int) (r rune, n int) {
	switch {
	case text[i] == '\\' && i+6 <= len(text) && text[i+1] == 'u':
		for _, c := range text[i+2 : i+6] {
			d := hexDigit(c)
			if d < 0 {
				return 0, 0
			}
			r = r<<4 | rune(d)
		}
		n = 6
	case text[i] == '&':
		end := skipEntity(text, i)
		if end <= i+3 {
			return 0, 0
		}
		plain := html.UnescapeString(string(text[i:end]))
		var size int
		if r, size = utf8.DecodeRuneInString(plain); size != len(plain) {
			return 0, 0
		}
		n = end - i
	default:
		return 0, 0
	}
	if r < utf8.RuneSelf || !unicode.IsLetter(r) {
		return 0, 0
	}
	return r, n
}

// wideLetter adds the non-ASCII letter at text[i:] to the hash of a word.
func wideLetter(text []byte, i int, h *uint64) (next int, ok bool) {
	r, size := decodeLetter(text[i:])
	switch {
	case mojibake(text[i:]) > 0:
		return i, false
	case r == '\u00ad': // soft hyphen
	case r >= 0xfb00 && r <= 0xfb04: // ff fi fl ffi ffl, as PDF text has them
		for _, c := range [...]string{"ff", "fi", "fl", "ffi", "ffl"}[r-0xfb00] {
			*h = (*h ^ uint64(c)) * hashPrime
		}
	case r >= 0xff01 && r <= 0xff5e && lower[byte(r-0xfee0)] != 0: // full-width ASCII
		*h = (*h ^ uint64(lower[byte(r-0xfee0)])) * hashPrime
	case isIdeograph(r) || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r):
		return i, false
	case r >= 0x300 && r <= 0x36f: // an accent on the letter before it
	default:
		*h = (*h ^ uint64(plainLetter(r))) * hashPrime
	}
	return i + size, true
}

// mojibake is the length of a typographic sign at the start of text whose
// UTF-8 was taken for Windows-1252 or Latin-1 and encoded once more: "â€œ" for
// a quotation mark. It is 0 for anything else.
func mojibake(text []byte) int {
	rest, ok := bytes.CutPrefix(text, []byte("â"))
	if !ok {
		return 0
	}
	r, size := utf8.DecodeRune(rest)
	if r != '€' && r != '\u0080' {
		return 0
	}
	if _, last := utf8.DecodeRune(rest[size:]); last > 1 {
		size += last
	}
	return len("â") + size
}

// isIdeograph reports whether r is written without spaces around it, so that
// it counts as a word of its own.
func isIdeograph(r rune) bool {
	return r >= 0x3040 && r <= 0x30ff || r >= 0x3400 && r <= 0x9fff || r >= 0xf900 && r <= 0xfaff ||
		r >= 0x20000 && r <= 0x3ffff
}

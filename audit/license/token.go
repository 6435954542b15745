package license

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// A words value is a text cut into normalised words. Word i has the hash
// ids[i] and stands at text[start[i]:end[i]].
//
// What the normalisation drops is what a licence may differ in and still be
// the same licence: case, white space, line breaks, punctuation, Markdown and
// HTML mark-up, entities, comment characters and URLs.
type words struct {
	ids        []uint16
	start, end []uint32
	urls       []Span
}

// A Span locates text within the input; the text is input[Start:End].
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

func (w *words) reset() {
	w.ids, w.start, w.end, w.urls = w.ids[:0], w.start[:0], w.end[:0], w.urls[:0]
}

const (
	hashSeed  = 14695981039346656037
	hashPrime = 0x9e3779b97f4a7c15 | 1
)

// lower maps a byte that belongs to a word to its lower-case form, any other to 0.
var lower = func() (t [256]byte) {
	for c := byte('0'); c <= '9'; c++ {
		t[c] = c
	}
	for c := byte('a'); c <= 'z'; c++ {
		t[c], t[c-'a'+'A'] = c, c
	}
	return t
}()

// fold turns the running hash of a word into its 16-bit id.
func fold(h uint64) uint16 { return uint16((h ^ h>>29) * hashPrime >> 48) }

// wordID is the id of one word in lower case, as split would give it.
func wordID(word string) uint16 {
	var w words
	w.split([]byte(word))
	if len(w.ids) == 0 {
		return 0
	}
	return w.ids[0]
}

// split cuts text into words. It reads each byte once, apart from a bounded
// look ahead for mark-up and URLs.
func (w *words) split(text []byte) {
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case lower[c] != 0:
			i = w.word(text, i)
		case c < utf8.RuneSelf:
			switch c {
			case '<':
				i = skipMarkup(text, i)
			case '&', '\\':
				if r, _ := escapedLetter(text, i); r != 0 && !isIdeograph(r) {
					i = w.word(text, i)
				} else if c == '&' {
					i = skipMarkup(text, i)
				} else {
					i = skipEscape(text, i)
				}
			default:
				i++
			}
		default:
			r, size := decodeLetter(text[i:])
			switch {
			case mojibake(text[i:]) > 0:
				i += mojibake(text[i:])
			case isIdeograph(r):
				w.add(fold((hashSeed^uint64(r))*hashPrime), i, i+size)
				i += size
			case unicode.IsLetter(r) || unicode.IsDigit(r):
				i = w.word(text, i)
			default:
				i += size
			}
		}
	}
}

func (w *words) add(id uint16, start, end int) {
	w.ids = append(w.ids, id)
	w.start = append(w.start, uint32(start))
	w.end = append(w.end, uint32(end))
}

// word reads the word at text[i:], which starts with a letter or digit, adds
// it, and returns the offset behind it.
func (w *words) word(text []byte, i int) int {
	start, h := i, uint64(hashSeed)
	for {
		for i < len(text) {
			l := lower[text[i]]
			if l == 0 {
				break
			}
			h = (h ^ uint64(l)) * hashPrime
			i++
		}
		if i == len(text) {
			break
		}
		if text[i] == '-' {
			if next := hyphenated(text, i); next > 0 {
				i = next
				continue
			}
			break
		}
		if text[i] < utf8.RuneSelf {
			if text[i] != '&' && text[i] != '\\' {
				break
			}
			r, n := escapedLetter(text, i)
			if r == 0 || isIdeograph(r) {
				break
			}
			h = (h ^ uint64(plainLetter(r))) * hashPrime
			i += n
			continue
		}
		next, ok := wideLetter(text, i, &h)
		if !ok {
			break
		}
		i = next
	}
	if n := i - start; n >= 3 && n <= 5 {
		switch lower[text[start]] {
		case 'n', 's', 'w', 'h': // non, sub, www, http
			if next := w.shortWord(text, start, i, h); next > i {
				return next
			}
		}
	}
	w.add(fold(h), start, i)
	return i
}

// hyphenated returns where a word goes on after a hyphen at the end of a line,
// or 0 if text[i] is any other hyphen.
func hyphenated(text []byte, i int) int {
	j := i + 1
	for j < len(text) && j < i+24 && (text[j] == ' ' || text[j] == '\r' || text[j] == '\t') {
		j++
	}
	if j >= len(text) || text[j] != '\n' {
		return 0
	}
	for j < len(text) && j < i+64 && (text[j] == ' ' || text[j] == '\n' || text[j] == '\r' || text[j] == '\t') {
		j++
	}
	if j < len(text) && text[j] >= 'a' && text[j] <= 'z' {
		return j
	}
	return 0
}

// shortWord handles the words that are more than themselves: the scheme of a
// URL, which is skipped as a whole, and the prefixes non and sub, which are
// joined with what follows so that "non-commercial", "non commercial" and
// "noncommercial" are one word. It returns the offset behind them, else 0.
func (w *words) shortWord(text []byte, start, end int, h uint64) int {
	if end == len(text) {
		return 0
	}
	switch end - start {
	case 3:
		c := text[end]
		if c == '.' && foldEqual(text[start:end], "www") {
			return w.url(text, start, end)
		}
		if foldEqual(text[start:end], "non") || foldEqual(text[start:end], "sub") {
			return w.prefixed(text, start, end, h)
		}
	case 4, 5:
		if text[end] == ':' && bytes.HasPrefix(text[end:], []byte("://")) &&
			(foldEqual(text[start:end], "http") || foldEqual(text[start:end], "https")) {
			return w.url(text, start, end)
		}
	}
	return 0
}

// maxJoint bounds what may stand between a prefix and its word: a hyphen, a
// line break, the mark of a comment.
const maxJoint = 24

// prefixed joins the prefix text[start:i], whose hash is h, with the word
// behind it. It returns 0 where no word follows.
func (w *words) prefixed(text []byte, start, i int, h uint64) int {
	for limit := min(len(text), i+maxJoint); i < limit && lower[text[i]] == 0; {
		switch c := text[i]; {
		case c == '.' || c == ';' || c == ':':
			return 0
		case c == '<' || c == '&':
			i = skipMarkup(text, i)
		case c == '\\':
			i = skipEscape(text, i)
		case c < utf8.RuneSelf:
			i++
		default:
			r, size := utf8.DecodeRune(text[i:])
			if unicode.IsLetter(r) {
				return 0
			}
			i += size
		}
	}
	if i >= len(text) || lower[text[i]] < 'a' {
		return 0
	}
	for i < len(text) {
		if l := lower[text[i]]; l != 0 {
			h = (h ^ uint64(l)) * hashPrime
			i++
			continue
		}
		next, ok := i, false
		if text[i] >= utf8.RuneSelf {
			next, ok = wideLetter(text, i, &h)
		} else if text[i] == '-' {
			next = hyphenated(text, i)
			ok = next > 0
		}
		if !ok {
			break
		}
		i = next
	}
	w.add(fold(h), start, i)
	return i
}

func foldEqual(b []byte, s string) bool {
	if len(b) != len(s) {
		return false
	}
	for i := range b {
		if lower[b[i]] != s[i] {
			return false
		}
	}
	return true
}

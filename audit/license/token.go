package license

import (
	"bytes"
	"html"
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
	for i < len(text) {
		if l := lower[text[i]]; l != 0 {
			h = (h ^ uint64(l)) * hashPrime
			i++
			continue
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
	if i-start <= 5 {
		if next := w.shortWord(text, start, i, h); next > i {
			return next
		}
	}
	w.add(fold(h), start, i)
	return i
}

// plain holds the letters of western Europe with their accents taken off.
var plain = func() map[rune]rune {
	set := make(map[rune]rune)
	for letter, forms := range map[rune]string{'a': "àáâãäå", 'c': "ç", 'e': "èéêë", 'i': "ìíîï", 'n': "ñ", 'o': "òóôõö", 'u': "ùúûü", 'y': "ýÿ"} {
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
	return r >= 0x3040 && r <= 0x30ff || r >= 0x3400 && r <= 0x9fff || r >= 0xf900 && r <= 0xfaff || r >= 0x20000 && r <= 0x3ffff
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

// urlEnd holds the bytes that cannot be part of a URL in running text.
var urlEnd = func() (t [256]bool) {
	for c := range 256 {
		t[c] = c <= ' ' || c >= utf8.RuneSelf
	}
	for _, c := range []byte("<>\"'`)]}|*,;") {
		t[c] = true
	}
	return t
}()

// url notes the URL at text[start:] and returns the offset behind it.
func (w *words) url(text []byte, start, i int) int {
	for i < len(text) && !urlEnd[text[i]] {
		if text[i] == '&' && endsURL(text, i) ||
			text[i] == '\\' && i+1 < len(text) && bytes.IndexByte([]byte("nrtu\"\r\n"), text[i+1]) >= 0 {
			break
		}
		i++
	}
	end := i
	for end > start && (text[end-1] == '.' || text[end-1] == ':') {
		end--
	}
	w.urls = append(w.urls, Span{start, end})
	return i
}

// endsURL reports whether the entity at text[i:] stands for a sign that is no
// part of an address, as all but the one for & do.
func endsURL(text []byte, i int) bool {
	end := skipEntity(text, i)
	return end > i+1 && string(text[i:end]) != "&amp;"
}

// maxTag bounds the look ahead for the end of a tag, so that an input of
// opening brackets costs linear time.
const maxTag = 1024

// tags are the HTML elements whose mark-up is no text.
var tags = func() map[string]bool {
	set := make(map[string]bool)
	for _, t := range []string{"a", "b", "i", "u", "p", "br", "hr", "em", "tt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "ul", "dl", "dt", "dd",
		"td", "th", "tr", "div", "pre", "sup", "sub", "img", "span", "body", "head", "html", "code", "font", "main", "meta", "link", "table", "tbody", "thead",
		"style", "title", "center", "strong", "small", "section", "article", "header", "footer", "details", "summary", "blockquote", "doctype", "string", "property"} {
		set[t] = true
	}
	return set
}()

// skipMarkup returns the offset behind the tag, comment or entity at text[i:],
// or i+1 where there is none. A tag may itself be written with entities.
func skipMarkup(text []byte, i int) int {
	open, shut := 1, ">"
	switch {
	case text[i] == '\\':
		open, shut = 6, "\\u003e"
	case bytes.HasPrefix(text[i:], []byte("&amp;lt;")):
		open, shut = 8, "&amp;gt;"
	case bytes.HasPrefix(text[i:], []byte("&lt;")):
		open, shut = 4, "&gt;"
	case text[i] == '&':
		return skipEntity(text, i)
	}
	j := i + open
	for j < len(text) && (text[j] == '/' || text[j] == '!' || text[j] == '?') {
		j++
	}
	nameAt := j
	var name [12]byte
	for j < len(text) && j-nameAt < len(name) && lower[text[j]] != 0 {
		name[j-nameAt] = lower[text[j]]
		j++
	}
	spaced := j > nameAt && j-nameAt <= 4 && j+1 < len(text) && text[j] == ':' && lower[text[j+1]] != 0 // <o:p>, <w:t>
	if !spaced && !tags[string(name[:j-nameAt])] {
		return i + open
	}
	limit := min(len(text), j+maxTag)
	if k := bytes.Index(text[j:limit], []byte(shut)); k >= 0 {
		return j + k + len(shut)
	}
	return i + open
}

// skipEscape returns the offset behind the escape at text[i:], as JSON and YAML
// strings have them.
func skipEscape(text []byte, i int) int {
	if i+1 < len(text) {
		switch text[i+1] {
		case 'n', 'r', 't':
			return i + 2
		case 'u':
			if bytes.HasPrefix(text[i:], []byte("\\u003c")) {
				return skipMarkup(text, i)
			}
			return min(i+6, len(text))
		}
	}
	return i + 1
}

func skipEntity(text []byte, i int) int {
	for j := i + 1; j < len(text) && j < i+10; j++ {
		if text[j] == ';' && j > i+1 {
			if string(text[i:j]) == "&amp" { // escaped twice
				if end := skipEntity(text, j); end > j+1 {
					return end
				}
			}
			return j + 1
		}
		if text[j] != '#' && lower[text[j]] == 0 {
			break
		}
	}
	return i + 1
}

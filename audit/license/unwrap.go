package license

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// A text may lie in a container that changes its words, not only what stands between
// them: another encoding, a word processor's file, mail, a listing with numbered
// lines. It is taken out first, with the offset of each byte.

// unwrapped takes a text out of such a container; nil for a text that is in none. What
// comes out is shorter than what went in, so that containers within containers end.
func unwrapped(text []byte) (plain []byte, at []uint32) {
	if plain, at = fromUTF16(text); plain != nil {
		return plain, at
	}
	if bytes.HasPrefix(text, []byte(`{\rtf`)) {
		return fromRTF(text)
	}
	switch mailEncoding(text) {
	case "quoted-printable":
		return fromQuotedPrintable(text)
	case "base64":
		return fromBase64(text)
	}
	if isRoff(text) {
		return fromRoff(text)
	}
	if plain, at = unnumbered(text); plain != nil {
		return plain, at
	}
	return unfurnished(text)
}

// mailHead is how far into a text the header of a mail reaches, in bytes.
const mailHead = 4096

// mailEncoding is how a mail says that it is encoded, in small letters; "" for none.
func mailEncoding(text []byte) string {
	head := text[:min(len(text), mailHead)]
	at := bytes.Index(head, []byte("-Encoding:"))
	if at < 0 {
		return ""
	}
	line, _, _ := bytes.Cut(head[at+len("-Encoding:"):], []byte("\n"))
	return string(bytes.ToLower(bytes.Trim(line, " \t\r\"';")))
}

// fromBase64 decodes what stands behind the head of a mail, up to what cannot be read.
func fromBase64(text []byte) (plain []byte, at []uint32) {
	body := bytes.Index(text, []byte("-Encoding:"))
	for _, gap := range []string{"\n\n", "\r\n\r\n"} {
		if n := bytes.Index(text[body:], []byte(gap)); n >= 0 {
			body += n + len(gap)
			break
		}
	}
	plain, at = make([]byte, 0, len(text)*3/4), make([]uint32, 0, len(text)*3/4+1)
	bits, have := uint32(0), 0
	for i := body; i < len(text); i++ {
		v := bytes.IndexByte(base64Letters, text[i])
		if v < 0 {
			if text[i] == '\n' || text[i] == '\r' {
				continue
			}
			break
		}
		if bits, have = bits<<6|uint32(v), have+6; have >= 8 {
			have -= 8
			plain, at = append(plain, byte(bits>>have)), append(at, uint32(i))
		}
	}
	return plain, append(at, uint32(len(text)))
}

var base64Letters = []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

// fromQuotedPrintable decodes a mail. What is no escape stays, and the line that
// names the encoding goes, so that nothing is decoded twice.
func fromQuotedPrintable(text []byte) (plain []byte, at []uint32) {
	skip := bytes.Index(text, []byte("-Encoding:"))
	end := len(text)
	if n := bytes.IndexByte(text[skip:], '\n'); n >= 0 {
		end = skip + n
	}
	plain, at = make([]byte, 0, len(text)), make([]uint32, 0, len(text)+1)
	for i := 0; i < len(text); {
		if i == skip {
			i = end
			continue
		}
		b, n := text[i], 1
		if b == '=' {
			switch rest := text[i+1:]; {
			case bytes.HasPrefix(rest, []byte("\r\n")):
				i += 3
				continue
			case bytes.HasPrefix(rest, []byte("\n")):
				i += 2
				continue
			case len(rest) >= 2 && hexDigit(rest[0]) >= 0 && hexDigit(rest[1]) >= 0:
				b, n = byte(hexDigit(rest[0])<<4|hexDigit(rest[1])), 3
			}
		}
		plain, at = append(plain, b), append(at, uint32(i))
		i += n
	}
	return plain, append(at, uint32(len(text)))
}

func hexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// windows1252 are the characters of that code page from 0x80 to 0x9f, of those that
// licences have; the rest of the upper half is as in Latin-1.
var windows1252 = map[int]rune{0x91: '‘', 0x92: '’', 0x93: '“', 0x94: '”', 0x96: '–', 0x97: '—', 0x95: '•', 0x80: '€',
	0x99: '™', 0x85: '…'}

// rtfWords are the control words that stand for characters.
var rtfWords = map[string]string{"par": "\n", "line": "\n", "tab": " ", "cell": " ", "row": "\n", "ldblquote": "“",
	"rdblquote": "”", "lquote": "‘", "rquote": "’",
	"emdash": "—", "endash": "–", "bullet": "•", "sect": "\n", "page": "\n"}

// rtfSilent are the groups whose content is no text of the document.
var rtfSilent = map[string]bool{"fonttbl": true, "colortbl": true, "stylesheet": true, "info": true, "pict": true,
	"generator": true, "listtable": true, "listoverridetable": true, "rsidtbl": true, "themedata": true}

// fromRTF reads the text of a word processor's file.
func fromRTF(text []byte) (plain []byte, at []uint32) {
	plain, at = make([]byte, 0, len(text)), make([]uint32, 0, len(text)+1)
	add := func(s string, from int) {
		for range len(s) {
			at = append(at, uint32(from))
		}
		plain = append(plain, s...)
	}
	depth, silent := 0, 0 // silent is the depth of the group that says nothing, 0 for none
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '{':
			depth++
			i++
		case c == '}':
			if depth == silent {
				silent = 0
			}
			depth--
			i++
		case c == '\\':
			i = rtfControl(text, i, func(word, out string, from int) {
				if (word == "*" || rtfSilent[word]) && silent == 0 {
					silent = depth
				}
				if silent == 0 {
					add(out, from)
				}
			})
		case c == '\r' || c == '\n' || silent > 0:
			i++
		default:
			add(string(text[i:i+1]), i)
			i++
		}
	}
	return plain, append(at, uint32(len(text)))
}

// rtfControl reads one control word or symbol and returns where it ends.
func rtfControl(text []byte, i int, emit func(word, out string, from int)) int {
	from := i
	i++
	if i >= len(text) {
		return i
	}
	switch c := text[i]; {
	case c == '\'' && i+2 < len(text) && hexDigit(text[i+1]) >= 0 && hexDigit(text[i+2]) >= 0:
		code := hexDigit(text[i+1])<<4 | hexDigit(text[i+2])
		r := rune(code)
		if special, ok := windows1252[code]; ok {
			r = special
		}
		emit("'", string(r), from)
		return i + 3
	case c < 'a' || c > 'z':
		switch c {
		case '\\', '{', '}':
			emit("", string(rune(c)), from)
		case '~', '\n', '\r':
			emit("", " ", from)
		case '_':
			emit("", "-", from)
		case '*':
			emit("*", "", from)
		}
		return i + 1
	}
	start := i
	for i < len(text) && text[i] >= 'a' && text[i] <= 'z' {
		i++
	}
	word := string(text[start:i])
	number := i
	if i < len(text) && text[i] == '-' {
		i++
	}
	for i < len(text) && text[i] >= '0' && text[i] <= '9' {
		i++
	}
	value := string(text[number:i])
	if i < len(text) && text[i] == ' ' {
		i++
	}
	if word == "u" && value != "" {
		n, err := strconv.Atoi(value)
		if err != nil {
			return i
		}
		if n < 0 {
			n += 1 << 16
		}
		if !utf8.ValidRune(rune(n)) {
			n = utf8.RuneError
		}
		emit("u", string(rune(n)), from)
		if i < len(text) && text[i] != '\\' && text[i] != '{' && text[i] != '}' {
			i++ // what stands for it where it cannot be shown
		}
		return i
	}
	emit(word, rtfWords[word], from)
	return i
}

// minNumbered is how many lines must be numbered for the figures to be no text.
const minNumbered = 3

// unnumbered takes the numbers off a listing whose lines are numbered one by one from
// the first to the last, as programs do that show files; nil for any other text.
func unnumbered(text []byte) (plain []byte, at []uint32) {
	file := listedFile(text)
	n, ok := lineNumber(text[len(file):])
	if !ok || n < 0 || n > 1 {
		return nil, nil
	}
	lines := 0
	for rest := text; len(rest) > 0; {
		var line []byte
		line, rest, _ = bytes.Cut(rest, []byte("\n"))
		if len(bytes.TrimSpace(line)) == 0 && len(rest) == 0 {
			break
		}
		line, listed := bytes.CutPrefix(line, file)
		if got, numbered := lineNumber(line); !listed || !numbered || got != n+lines {
			return nil, nil
		}
		lines++
	}
	if lines < minNumbered {
		return nil, nil
	}
	plain, at = make([]byte, 0, len(text)), make([]uint32, 0, len(text)+1)
	atStart := true
	for i := 0; i < len(text); i++ {
		if atStart {
			if i += len(file); i >= len(text) {
				break
			}
			for i < len(text) && (text[i] == ' ' || text[i] == '\t') {
				i++
			}
			for i < len(text) && text[i] >= '0' && text[i] <= '9' {
				i++
			}
			if i < len(text) && (text[i] == ':' || text[i] == '|') {
				i++
			}
			if i >= len(text) {
				break
			}
		}
		plain, at = append(plain, text[i]), append(at, uint32(i))
		atStart = text[i] == '\n'
	}
	return plain, append(at, uint32(len(text)))
}

// longestFile bounds the name of a file before the number of a line.
const longestFile = 200

// listedFile is the name of a file, with its colon, before the number of the first
// line, as programs give it that search files; nil where there is none.
func listedFile(text []byte) []byte {
	line, _, _ := bytes.Cut(text[:min(len(text), longestFile)], []byte("\n"))
	for from := 0; ; {
		n := bytes.IndexByte(line[from:], ':')
		if n < 0 || bytes.ContainsAny(line[:from+n], " \t") {
			return nil
		}
		from += n + 1
		number := from
		for number < len(line) && line[number] >= '0' && line[number] <= '9' {
			number++
		}
		if number > from && number < len(line) && line[number] == ':' {
			return line[:from]
		}
	}
}

// longestNumber is how many digits the number of a line has at most.
const longestNumber = 7

// lineNumber reads the number that a line begins with, and which is followed by a
// blank, a tab or a colon, or ends it. A number with a full stop is of a list.
func lineNumber(line []byte) (n int, ok bool) {
	i := 0
	for i < len(line) && (line[i] == ' ' || line[i] == '\t') {
		i++
	}
	start := i
	for i < len(line) && i-start <= longestNumber && line[i] >= '0' && line[i] <= '9' {
		n = n*10 + int(line[i]-'0')
		i++
	}
	if i == start || i-start > longestNumber {
		return 0, false
	}
	return n, i == len(line) || line[i] == ' ' || line[i] == '\t' || line[i] == ':' || line[i] == '|' ||
		line[i] == '\r' || line[i] == '\n'
}

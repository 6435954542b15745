package phrases

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// readWord reads a word of letters and digits from an alphabet: case is folded,
// accents are dropped, an apostrophe within stays ("don't"), except after the
// elided articles and pronouns of French and Italian ("l'", "qu'"), which are
// words of their own.
// "'s" is dropped: "the model's data" is said of the model.
func (l *lexer) readWord() {
	l.spell()
	if n := len(l.word); n > 2 && l.word[n-1] == 's' && l.word[n-2] == '\'' {
		l.word = l.word[:n-2]
	}
}

func (l *lexer) spell() {
	l.word, l.start = l.word[:0], l.at
	for l.at < len(l.text) {
		c := l.text[l.at]
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			l.word = append(l.word, c)
			l.at++
		case c >= 'A' && c <= 'Z':
			l.word = append(l.word, c|0x20)
			l.at++
		case c >= utf8.RuneSelf:
			if !l.letter() {
				l.end = l.at
				return
			}
		case c == '\'' && l.letterAt(l.at+1):
			if l.elided() {
				l.end = l.at
				l.at++
				return
			}
			l.word = append(l.word, '\'')
			l.at++
		case c == '&' && l.has("&#39;") && l.letterAt(l.at+5):
			l.word = append(l.word, '\'')
			l.at += 5
		case (c == '.' || c == ',') && l.digitBefore() && l.at+1 < len(l.text) && isDigit(l.text[l.at+1]):
			l.word = append(l.word, c)
			l.at++
		default:
			l.end = l.at
			return
		}
	}
	l.end = l.at
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func (l *lexer) digitBefore() bool { return len(l.word) > 0 && isDigit(l.word[len(l.word)-1]) }

// letterAt reports whether a letter of an alphabet stands at an offset.
func (l *lexer) letterAt(i int) bool {
	if i >= len(l.text) {
		return false
	}
	if l.text[i] < utf8.RuneSelf {
		return isAlnum(l.text[i])
	}
	r, _ := utf8.DecodeRune(l.text[i:])
	return unicode.IsLetter(r) && !apart(r)
}

// elided reports whether the word so far is one that French and Italian shorten
// before a vowel.
func (l *lexer) elided() bool {
	switch string(l.word) {
	case "l", "d", "n", "c", "s", "j", "m", "t", "qu", "jusqu", "lorsqu", "puisqu", "dell", "all", "nell", "sull", "un":
		return true
	}
	return false
}

// letter adds the rune at l.at to the word and reports whether it belongs to it.
func (l *lexer) letter() bool {
	r, size := utf8.DecodeRune(l.text[l.at:])
	switch {
	case r == '’' || r == 'ʼ' || r == '‘' || r == '＇':
		if !l.letterAt(l.at + size) {
			return false
		}
		if l.elided() {
			return false
		}
		l.word = append(l.word, '\'')
	case invisible(r):
	case r >= 0xC0 && r <= 0x17F && folds[r-0xC0] != "":
		l.word = append(l.word, folds[r-0xC0]...)
	case r >= '！' && r <= '～':
		r -= '！' - '!'
		if !isAlnum(byte(r)) {
			return false
		}
		l.word = append(l.word, byte(unicode.ToLower(r)))
	case apart(r) || !unicode.IsLetter(r) && !unicode.IsDigit(r):
		return false
	default:
		l.word = utf8.AppendRune(l.word, unicode.ToLower(r))
	}
	l.at += size
	return true
}

// apart reports whether a script is written without spaces, so that each of its
// characters is a word.
func apart(r rune) bool {
	return r >= 0x3400 && r <= 0x9FFF || r >= 0x3041 && r <= 0x30FF && r != '・' || r >= 0xF900 && r <= 0xFAFF ||
		r >= 0x20000 && r <= 0x3134F || r >= 0x31F0 && r <= 0x31FF || r == '々'
}

// invisible reports whether a rune shows nothing by itself: accents that follow
// their letter, soft hyphens, joiners, variation selectors.
func invisible(r rune) bool {
	return r >= 0x300 && r <= 0x36F || r == 0xAD || r >= 0x200B && r <= 0x200D || r == 0x2060 || r == 0xFEFF ||
		r >= 0xFE00 && r <= 0xFE0F
}

// wide reads the rune at l.at and reports whether it was, or began, a word.
func (l *lexer) wide() bool {
	r, size := utf8.DecodeRune(l.text[l.at:])
	switch {
	case apart(r):
		l.word = utf8.AppendRune(l.word[:0], simplified(r))
		l.start, l.end = l.at, l.at+size
		l.at = l.end
		return true
	case unicode.IsLetter(r), unicode.IsDigit(r), r >= '０' && r <= '９':
		l.readWord()
		if l.end == l.start { // a letter that folds to nothing
			l.at += size
			return false
		}
		return true
	}
	if s := signs[r]; s != "" {
		l.sign(s, l.at, l.at+size)
		return true
	}
	l.at += size
	switch r {
	case '。', '！', '？', '；', '…', '．', '｜', '•', '●', '▪', '◦', '\u2028', '\u2029':
		l.breaks = true
	case '，':
		l.comma = true
	case '、': // between clauses in Japanese, between the items of a list in Chinese
		before, _ := utf8.DecodeRune(l.word)
		l.comma = l.comma || before >= 0x3041 && before <= 0x30FF
	}
	return false
}

// simplified gives the simplified form of the traditional characters that the
// phrase book's words have, so that one wording serves both.
func simplified(r rune) rune {
	if s, ok := simple[r]; ok {
		return s
	}
	return r
}

var simple = pairs("開开數数據据訓训練练權权請请發发佈布將将會会後后續续聯联繫系對对過过這这個个為为與与類类價价識识別别" +
	"評评測测碼码腳脚論论報报權权許许證证詢询問问絡络碼码關关閉闭無无還还計计劃划進进釋释質质語语產产業业應应戶户錄录審审" +
	"須须獲获從从僅仅給给門门項项預预調调優优階阶檔档機机構构團团隊队們们來来時时間间經经齊齐獎奖勵励強强處处濾滤標标記记")

func pairs(s string) map[rune]rune {
	m := make(map[rune]rune)
	runes := []rune(s)
	for i := 0; i+1 < len(runes); i += 2 {
		m[runes[i]] = runes[i+1]
	}
	return m
}

// folds gives the plain letters of the accented ones from U+00C0 to U+017F.
var folds = func() [0x180 - 0xC0]string {
	const upper = "aaaaaa\x01ceeeeiiii\x02nooooo\x00ouuuuy\x03\x04"
	const extended = "aaaaaaccccccccdddd" + "eeeeeeeeeegggggggghhhhiiiiiiiiii\x05\x05jjkkklllllllllln" +
		"nnnnnnnnoooooo\x06\x06rrrrrrssssssss" + "ttttttuuuuuuuuuuuuwwyyyzzzzzzs"
	special := strings.NewReplacer("\x00", "", "\x01", "ae", "\x02", "d", "\x03", "th", "\x04", "ss",
		"\x05", "ij", "\x06", "oe")
	var f [0x180 - 0xC0]string
	for i := range upper {
		f[i] = special.Replace(upper[i : i+1])
		f[i+0x20] = f[i]
	}
	f['ÿ'-0xC0] = "y"
	for i := range min(len(extended), 0x80) {
		f[0x100-0xC0+i] = special.Replace(extended[i : i+1])
	}
	return f
}()

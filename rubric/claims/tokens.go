package claims

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A token is one word or mark of a text: what it reads as, and where it stands.
type token struct {
	text       string // in small letters; "MODEL" or "MAKER" where a name stands
	start, end int    // bytes of the text
	name       int    // position among the names, or -1
}

// Reading of names as tokens.
const (
	modelToken = "MODEL"
	makerToken = "MAKER"
)

// marks are the punctuation marks that say something, and what they read as.
var marks = map[rune]string{
	',': ",", '，': ",", '、': ",", ';': ";", '；': ";", ':': ":", '：': ":", '.': ".", '。': ".", '…': ".",
	'?': "?", '？': "?", '!': "!", '！': "!", '(': "(", ')': ")", '（': "(", '）': ")", '[': "(", ']': ")",
	'"': `"`, '“': `"`, '”': `"`, '„': `"`, '«': `"`, '»': `"`, '「': `"`, '」': `"`, '‹': `"`, '›': `"`, '‘': `"`,
	'–': "–", '—': "–", '¿': "¿", '%': "%",
}

// tokens cuts a text into words and marks; names stand for themselves.
func tokens(text string, names []Name) []token {
	var list []token
	for at := 0; at < len(text); {
		if i := nameAt(names, at); i >= 0 {
			kind := modelToken
			if names[i].Maker {
				kind = makerToken
			}
			list = append(list, token{kind, names[i].Start, names[i].End, i})
			at = names[i].End
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case WordByItself(r):
			list = append(list, token{string(r), at, at + size, -1})
			at += size
		case wordRune(r):
			end := wordEnd(text, at, names)
			list = append(list, parts(text[at:end], at)...)
			if last := &list[len(list)-1]; slices.Contains(prefixes, last.text) && strings.HasPrefix(text[end:], "-") {
				last.text += "-" // "un-open" is no article
			}
			at = end
		default:
			var m token
			if m, size = mark(text, at, size, r); m.text != "" {
				list = append(list, m)
			}
			at += size
		}
	}
	return list
}

// mark reads a mark of punctuation, and how long it is. An apostrophe behind a
// name joins it to what is its own: "X's", "Acmes'".
func mark(text string, at, size int, r rune) (token, int) {
	if r != '\'' && r != '’' {
		m := marks[r]
		if m == "" && !silent(r) {
			m = string(r) // "≠" and "❌" say something, which the book does not hold
		}
		return token{m, at, at + size, -1}, size
	}
	rest := text[at+size:]
	next, n := utf8.DecodeRuneInString(rest)
	after, _ := utf8.DecodeRuneInString(rest[n:])
	switch {
	case at > 0 && (next == 's' || next == 'S') && !wordRune(after):
		return token{"'s", at, at + size + n, -1}, size + n
	case at > 0 && text[at-1] == 's' && !wordRune(next):
		return token{"'s", at, at + size, -1}, size
	}
	return token{`"`, at, at + size, -1}, size
}

// silent reports whether a mark says nothing: it joins words or sets them off.
func silent(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) ||
		strings.ContainsRune("-‐‑/*_#`·•|\\®™©´<>^§¡\uFFFD", r)
}

// nameAt is the name that starts at a place, or -1.
func nameAt(names []Name, at int) int {
	for i := range names {
		if names[i].Start == at {
			return i
		}
	}
	return -1
}

// wordRune reports whether a character is part of a word.
func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// WordByItself reports whether a character is a word by itself: those of writing
// systems without spaces are, and those of Korean, which joins small words to others.
// It goes on no name that is written in letters.
func WordByItself(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// wordEnd is where the word at a place ends. Apostrophes within it belong to
// it, and points between digits.
func wordEnd(text string, at int, names []Name) int {
	end := at
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		next, _ := utf8.DecodeRuneInString(text[end+size:])
		inner := end > at && wordRune(next) && !WordByItself(next) &&
			(r == '\'' || r == '’' || r == '.' && unicode.IsDigit(next) && unicode.IsDigit(rune(text[end-1])))
		if WordByItself(r) || !wordRune(r) && !inner || end > at && nameAt(names, end) >= 0 {
			return end
		}
		end += size
	}
	return end
}

// contracted are the words that a negation hides in.
var contracted = map[string]string{"can": "can", "wo": "will", "sha": "shall", "ca": "can"}

// parts splits a word at its apostrophe: "isn't" is "is not", "n'est" is "n'"
// and "est", "it's" is "it" and "'s".
func parts(word string, at int) []token {
	plain := strings.ToLower(strings.ReplaceAll(word, "’", "'"))
	whole := []token{{plain, at, at + len(word), -1}}
	if plain == "cannot" {
		return []token{{"can", at, at + 3, -1}, {"not", at + 3, at + len(word), -1}}
	}
	cut := strings.Index(plain, "'")
	if cut < 0 {
		if m := compound().FindStringSubmatch(plain); m != nil && len(plain) == len(word) {
			n := len(m[1])
			return []token{{m[1], at, at + n, -1}, {m[2], at + n, at + len(word), -1}}
		}
		return whole
	}
	mark := strings.IndexAny(word, "'’") // in the text as it stands
	_, size := utf8.DecodeRuneInString(word[mark:])
	before, after := plain[:cut], plain[cut+1:]
	switch {
	case after == "t" && strings.HasSuffix(before, "n"):
		stem := before[:len(before)-1]
		if full, ok := contracted[before]; ok {
			stem = full
		} else if full, ok := contracted[stem]; ok {
			stem = full
		}
		return []token{{stem, at, at + mark - 1, -1}, {"not", at + mark - 1, at + len(word), -1}}
	case after == "s", after == "re", after == "ve", after == "ll", after == "d":
		return []token{{before, at, at + mark, -1}, {"'" + after, at + mark, at + len(word), -1}}
	}
	first := token{before + "'", at, at + mark + size, -1}
	if after == "" { // a name follows
		return []token{first}
	}
	return append([]token{first}, parts(word[mark+size:], at+mark+size)...)
}

// compound matches German words that are made of what a component is for, or of
// whose it is, and of the component: "Trainingscode" is "trainings" and "code", as
// "Trainings-Code" is, and so are words of the book.
var compound = lazily(`^((?:vor|nach)?trainings?|pretraining|(?:fein(?:abstimmungs|tuning|justierungs))|fine?tuning|` +
	`instruktions|evaluations?|evaluierungs|auswertungs|bewertungs|test|inferenz|` +
	`(?:daten)?(?:verarbeitungs|aufbereitungs|vorverarbeitungs|bereinigungs|filter)|modell|gewichts|` +
	`basis|quell|programm|community|gemeinschafts|hersteller|zugangs|zugriffs|nutzungs|lern)` +
	`(daten|datensatz|datensatzes|datensätze|datensätzen|dateien|datei|korpus|korpora|texte|texten|material|materialien|` +
	`code|codes|quellcode|quelltext|quelltexte|skripte|skripten|skript|pipeline|programme|software|rezept|rezepte|` +
	`gewichte|gewichten|parameter|parametern|lizenz|lizenzen|antrag|anfrage|anfragen|formular|quellen)$`)

// prefixes turn what they are joined to into something else.
var prefixes = []string{"un", "in", "a", "de", "ex", "co", "pro"}

// joined is the text of tokens in the form that patterns are held against.
func joined(list []token) (text string, starts []int) {
	var b strings.Builder
	for _, t := range list {
		starts = append(starts, b.Len())
		b.WriteString("<" + t.text + ">")
	}
	return b.String(), append(starts, b.Len())
}

// at is where an item starts in the text.
func (p *parser) at(i int) int { return p.list[p.items[i].first].start }

// tokensOf are the words of an item.
func (p *parser) tokensOf(i int) []token { return p.list[p.items[i].first:p.items[i].end] }

// behindWords is the first item that begins behind n words from an item on.
func (p *parser) behindWords(i, n int) int {
	end := p.items[i].first + n
	for i < len(p.items) && p.items[i].first < end {
		i++
	}
	return i
}

// take takes an item out of the reading, as covered by what was read.
func (p *parser) take(i int) { p.items[i].tag, p.used[i] = tagNeutral, true }

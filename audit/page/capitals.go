package page

import (
	"bytes"
	_ "embed" // the words
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"openness/audit"
	"openness/audit/pattern"
)

// A sentence that is all in capitals says what it would say in small letters, but
// no name can be told from a word by its shape. So its words are put in small
// letters, and what is no common word is left in capitals: it may be a name.

//go:embed words.txt
var wordsText string

var commonWords = sync.OnceValue(func() map[string]bool {
	words := make(map[string]bool)
	for line := range strings.Lines(wordsText) {
		if !strings.HasPrefix(line, "#") {
			for _, w := range strings.Fields(line) {
				words[w] = true
			}
		}
	}
	return words
})

// Bounds of a sentence that counts as one in capitals.
const (
	minCapitals   = 4   // words, fewer are a name or a mark
	capitalsShare = 0.9 // of its letters
	knownShare    = 0.6 // of its words that must be common ones
)

var (
	// verbatimPart is what capitals mean something in: addresses, code, tags.
	verbatimPart = pattern.MustCompile(
		"`[^`]*`|\\]\\([^)]*\\)|\\]\\[[^\\]]*\\]|<[^>]*>|https?://\\S+|\\$[^$]*\\$|\\S*\\w[@/_\\\\]\\w\\S*",
	)
	capitalWord = pattern.MustCompile(`\p{Lu}[\p{Lu}'’]*`)
)

// SmallLetters puts the sentences of a page that are all in capitals in small
// letters, within the body and without changing its length. Where a whole block
// is in capitals its sentences are judged together: a short one may be made of
// names for the most part.
func SmallLetters(body []byte, c *Page) {
	block, loud := audit.Span{}, false
	for s := range c.Spans() {
		if s.Span.Start >= block.End {
			block = c.BlockAt(s.Span)
			loud = shouts(body[block.Start:block.End]) && wordy(body[block.Start:block.End])
		}
		text := body[s.Span.Start:s.Span.End]
		if shouts(text) && (loud || wordy(text)) {
			smallSentence(text)
		}
	}
}

// wordy reports whether a text in capitals is made of common words rather than of names.
func wordy(text []byte) bool {
	words, common := capitalWords(text)
	return len(words) >= minCapitals && float64(len(common)) >= knownShare*float64(len(words))
}

// capitalWords lists the words in capitals of a text, and those of them that are
// common ones.
func capitalWords(text []byte) (words, common [][]int) {
	bare := bytes.Clone(text)
	for _, at := range verbatimPart.FindAllIndex(text, -1) {
		Blank(bare[at[0]:at[1]])
	}
	prose := string(bare)
	words = capitalWord.FindAllStringIndex(prose, -1)
	for _, at := range words {
		if inName(prose, at) {
			continue
		}
		if word := strings.ToLower(prose[at[0]:at[1]]); commonWords()[word] || len(word) == 1 ||
			strings.ContainsAny(word, "'’") {
			common = append(common, at)
		}
	}
	return words, common
}

func smallSentence(text []byte) {
	words, common := capitalWords(text)
	for i, at := range common {
		if word := strings.ToLower(string(text[at[0]:at[1]])); len(word) == at[1]-at[0] {
			copy(text[at[0]:at[1]], word)
			if i == 0 && at[0] == words[0][0] {
				copy(text[at[0]:], strings.ToUpper(word[:1])) // the sentence begins
			}
		}
	}
}

// inName reports whether a word is part of a longer one, as in names: "GPT-4".
func inName(text string, at []int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at[0]])
	after, size := utf8.DecodeRuneInString(text[at[1]:])
	if unicode.IsDigit(before) || unicode.IsLetter(before) || unicode.IsDigit(after) || unicode.IsLetter(after) {
		return true
	}
	if after == '-' || before == '-' {
		next, _ := utf8.DecodeRuneInString(text[min(len(text), at[1]+size):])
		return unicode.IsDigit(next)
	}
	return false
}

// shouts reports whether nearly all letters of a text are capitals.
func shouts(text []byte) bool {
	upper, lower := 0, 0
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf { // most of what is read
			switch {
			case 'a' <= c && c <= 'z':
				lower++
			case 'A' <= c && c <= 'Z':
				upper++
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		i += n
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	if upper < 2*minCapitals {
		return false
	}
	// Addresses are in small letters in any text.
	for _, at := range verbatimPart.FindAllIndex(text, -1) {
		for _, b := range text[at[0]:at[1]] {
			if 'a' <= b && b <= 'z' {
				lower--
			}
		}
	}
	return float64(upper) >= capitalsShare*float64(upper+max(0, lower))
}

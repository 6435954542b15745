package identity

import (
	"strings"
	"unicode/utf8"
)

// NamesBefore gives, in small letters, what may be the names before marks in a text, each from start to end: the words
// before each, from the last of them alone to as many as a name has.
func NamesBefore(text []byte, marks [][]int) map[string]bool {
	names := make(map[string]bool)
	for _, at := range marks {
		before := strings.ToLower(string(text[max(0, at[0]-longestName):at[0]]))
		for i, words := len(before)-1, 0; i >= 0 && words < wordsOfName; i-- {
			if startsWord(before, i) {
				names[before[i:]] = true
				words++
			}
		}
	}
	return names
}

// How long a name is at the most, in bytes and in words.
const (
	longestName = 100
	wordsOfName = 16
)

// startsWord reports whether a word begins at an offset of a text in small letters.
func startsWord(text string, at int) bool {
	part := func(b byte) bool { return 'a' <= b && b <= 'z' || '0' <= b && b <= '9' }
	return (part(text[at]) || text[at] >= utf8.RuneSelf && utf8.RuneStart(text[at])) && (at == 0 || !part(text[at-1]))
}

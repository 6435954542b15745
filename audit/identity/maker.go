package identity

import (
	"slices"
	"strings"
)

const (
	// MinShared is the shortest piece of a name that says anything.
	MinShared = 3
	// MinFamily is the length below which a common part of two names may be an
	// accident ("lama", "ai").
	MinFamily = 4
	// longPrefix is a common beginning that is no accident.
	longPrefix = 5
	// longMaker is the length from which a maker's name needs no new word behind it
	// to be the beginning of another account of the same maker.
	longMaker = 6
)

// SameMaker reports whether two accounts are the same makers': alike but for what
// accounts add, or one begins with the other's name ("acme", "acme-cloud").
func SameMaker(a, b string) bool { return OwnerLikeness(a, b) >= sameMaker }

const sameMaker = 3

// OwnerLikeness compares two accounts: 4 the same, 3 one begins with the other,
// 2 one holds the other or they start alike. A common word is nobody's name:
// "openacme" does not belong to "open".
func OwnerLikeness(a, b string) int {
	short, long := Maker(a), Maker(b)
	if len(short) > len(long) {
		short, long, b = long, short, a
	}
	switch {
	case short == "":
		return 0
	case short == long:
		return 4
	case CommonWord(short):
		return 0
	case len(short) >= MinFamily && strings.HasPrefix(long, short) && (len(short) >= longMaker ||
		newWord(b, len(short))):
		return sameMaker
	case len(short) >= MinShared && strings.Contains(long, short):
		return 2
	}
	if n := sharedPrefix(short, long); n >= longPrefix && !CommonWord(short[:n]) {
		return 2
	}
	return 0
}

// Maker is an account's name without what accounts add to it ("ai", "labs").
func Maker(account string) string {
	s := Squash(account)
	for shorter := true; shorter; {
		shorter = false
		for _, tail := range theWords().MakerEndings {
			if rest := strings.TrimSuffix(s, tail); rest != s && len(rest) >= MinShared && !CommonWord(rest) {
				s, shorter = rest, true
				break
			}
		}
	}
	return s
}

// newWord reports whether a new word begins in a name as written behind its first
// n letters and digits.
func newWord(written string, n int) bool { return slices.Contains(wordStarts(written), n) }

// wordStarts tells where words begin in what Squash makes of a name, its end
// among them: behind a separator, at a capital after a small letter and where
// digits and letters meet.
func wordStarts(written string) []int {
	var starts []int
	n, before := 0, byte('-')
	for i := 0; i < len(written); i++ {
		c := written[i]
		if alphanumeric(c) && c < 0x80 {
			if !alphanumeric(before) || digit(c) != digit(before) || upper(c) && !upper(before) {
				starts = append(starts, n)
			}
			n++
		}
		before = c
	}
	return append(starts, n)
}

// Owner is the account of an id: "org" of "org/name" and of "github:org/name".
func Owner(id string) string {
	id = strings.TrimPrefix(id, "github:")
	org, _, _ := strings.Cut(id, "/")
	return org
}

// Squash keeps lower-case letters and digits.
func Squash(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		case 'A' <= r && r <= 'Z':
			return r + ('a' - 'A')
		}
		return -1
	}, s)
}

func sharedPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

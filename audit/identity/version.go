package identity

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

var (
	// releaseDay matches the part of a name that gives a date: "0724", "202405".
	releaseDay = regexp.MustCompile(`^\d{4}(\d{2}(\d{2})?)?$`)
	// activeSize matches a part that counts active parameters: "a22b".
	activeSize = regexp.MustCompile(`(?i)^a(\d+x)?\d+(\.\d+)?[bmk]$`)
	// numbered splits a part into letters before, a number and letters behind.
	numbered = regexp.MustCompile(`^([a-z]*)(\d+(?:\.\d+)?)(?:\.\d+)*([a-z]*)$`)
)

// modelSize matches the part of a name that tells a size: "7b", "1.5B", "8x22b".
var modelSize = regexp.MustCompile(`(?i)^(\d+x)?\d+(\.\d+)?[bmk]$`)

// Unsized is a model's name without its size.
func Unsized(id string) string {
	var kept []string
	for _, part := range Parts(path.Base(id)) {
		if !modelSize.MatchString(part) {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "-")
}

// Parts are the parts of a model's name in small letters.
func Parts(name string) []string {
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == '-' || r == '_' || r == ' ' })
}

// minSeries is the share of an id that the id of an earlier release of the same
// series must cover: "X-V2-Instruct" of "X-V2-Instruct-0724".
const minSeries = 0.7

// InSeries reports whether one id names the series of another: the same but for
// a mark of the release at the end. Words that tell tuned and base models apart
// are no such mark, and neither is the rest of a version's number.
func InSeries(named, id string) bool {
	n, full := strings.ToLower(named), strings.ToLower(id)
	if len(n) >= len(full) || float64(len(n)) < minSeries*float64(len(full)) || !strings.HasPrefix(full, n) || !strings.ContainsRune("-_", rune(full[len(n)])) {
		return false
	}
	for _, part := range Parts(full[len(n):]) {
		if VariantWord(part) {
			return false
		}
	}
	return true
}

// SameName reports whether two ids name one model under two organisations, as
// on two hubs.
func SameName(a, b string) bool { return strings.EqualFold(path.Base(a), path.Base(b)) }

// VersionMarks are the numbers in a model's name that tell its version from
// others of the family, with a letter before where that is the series ("r1.5"):
// sizes, lengths and dates are none, and a third number is a mere correction.
func VersionMarks(name string) []string {
	var marks []string
	for i, part := range Parts(name) {
		m := numbered.FindStringSubmatch(part)
		if m == nil || m[3] != "" || modelSize.MatchString(part) || activeSize.MatchString(part) || releaseDay.MatchString(part) {
			continue
		}
		if i == 0 || m[1] == "v" || len(m[1]) > 2 {
			m[1] = "" // the family's own letters may stand apart from its number
		}
		marks = append(marks, m[1]+m[2])
	}
	return marks
}

// hasMark reports whether a text in small letters gives a version: the number
// stands alone, not within a longer one and not before a unit.
func hasMark(text, mark string) bool {
	for from := 0; ; {
		n := strings.Index(text[from:], mark)
		if n < 0 {
			return false
		}
		start, end := from+n, from+n+len(mark)
		from = start + 1
		if start > 0 && (StartsWithDigit(text[start-1:]) || text[start-1] == '.' && start > 1 && StartsWithDigit(text[start-2:])) ||
			!StartsWithDigit(mark) && start > 0 && wordByte(text[start-1]) {
			continue
		}
		rest := text[end:]
		if StartsWithDigit(rest) || len(rest) > 1 && rest[0] == '.' && StartsWithDigit(rest[1:]) && !strings.HasPrefix(rest, ".0") && !strings.Contains(mark, ".") {
			continue
		}
		if len(rest) > 0 && strings.IndexByte("bmkt%", rest[0]) >= 0 && (len(rest) == 1 || !wordByte(rest[1])) {
			continue // "3b" is a size
		}
		return true
	}
}

// HasMarks reports whether a text gives every mark of a version.
func HasMarks(text []byte, marks []string) bool {
	lower := strings.ToLower(string(text))
	return !slices.ContainsFunc(marks, func(mark string) bool { return !hasMark(lower, mark) })
}

// SizeApart reports whether a repository's name gives a size and the model's
// name gives others only.
func SizeApart(repository, model string) bool {
	named, own := Sizes(repository), Sizes(model)
	return len(named) > 0 && len(own) > 0 && !slices.ContainsFunc(named, func(s string) bool { return slices.Contains(own, s) })
}

// Sizes lists the sizes in a model's or repository's name.
func Sizes(id string) []string {
	var sizes []string
	for _, part := range Parts(path.Base(id)) {
		if modelSize.MatchString(part) || activeSize.MatchString(part) {
			sizes = append(sizes, part)
		}
	}
	return sizes
}

// wordByte reports whether a byte may be part of a word.
func wordByte(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '_'
}

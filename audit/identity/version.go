package identity

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"openness/audit/pattern"
)

// Parts are the parts of a model's name in small letters.
func Parts(name string) []string {
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == '-' || r == '_' || r == ' ' })
}

// correction matches what follows the second number of a version.
var correction = pattern.MustCompile(`^([a-z]*\d+(?:\.\d+)?).*$`)

// VersionMarks are the numbers in a model's name that tell its version from
// others of the family, with a letter before where that is the series ("r1.5"):
// sizes, lengths and dates are none, and a third number is a mere correction.
func VersionMarks(name string) []string {
	n := Parse(name)
	var marks []string
	for _, v := range n.Version {
		if digit(v[len(v)-1]) {
			marks = append(marks, correction.ReplaceAllString(v, "$1"))
		}
	}
	return marks
}

// WholeVersion is a number of a version without what does not tell it apart: "v1.0" is "1".
func WholeVersion(v string) string {
	v = strings.TrimRight(strings.TrimLeft(v, "vrV"), ".")
	for strings.HasSuffix(v, ".0") {
		v = strings.TrimSuffix(v, ".0")
	}
	return v
}

// CompareVersions orders the numbers of two whole versions: "1.9" comes before "1.10".
func CompareVersions(a, b string) int {
	return slices.CompareFunc(strings.Split(a, "."), strings.Split(b, "."), func(x, y string) int {
		n, _ := strconv.Atoi(x)
		m, _ := strconv.Atoi(y)
		return cmp.Compare(n, m)
	})
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
		if start > 0 && (StartsWithDigit(text[start-1:]) ||
			text[start-1] == '.' && start > 1 && StartsWithDigit(text[start-2:])) ||
			!StartsWithDigit(mark) && start > 0 && wordByte(text[start-1]) {
			continue
		}
		rest := text[end:]
		if StartsWithDigit(rest) ||
			len(rest) > 1 && rest[0] == '.' && StartsWithDigit(rest[1:]) && !strings.HasPrefix(rest, ".0") &&
				!strings.Contains(mark, ".") {
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
	return apart(Sizes(repository), Sizes(model))
}

// Sizes lists the sizes in a model's or repository's name.
func Sizes(id string) []string { return Parse(id).Sizes }

// wordByte reports whether a byte may be part of a word.
func wordByte(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '_'
}

// StartsWithDigit reports whether a text begins with a figure.
func StartsWithDigit(s string) bool { return s != "" && digit(s[0]) }

var (
	// modelSize matches the word of a text that tells a size: "7b", "1.5B", "8x22b".
	modelSize = pattern.MustCompile(`(?i)^(\d+x)?\d+(\.\d+)?[bmk]$`)
	// numbered splits a word of a text into letters, a number and letters behind.
	numbered = pattern.MustCompile(`^([a-z]*)(\d+(?:\.\d+)?)(?:\.\d+)*([a-z]*)$`)
)

package observe

import (
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/pattern"
)

// A page on a family speaks of several of its models. A statement that the
// weights of one version are out says nothing of a later one, and the page of a
// 13B model nothing of a model in other sizes.

var (
	// releaseDay matches the part of a name that gives a date: "0724", "202405".
	releaseDay = pattern.MustCompile(`^\d{4}(\d{2}(\d{2})?)?$`)
	// activeSize matches a part that counts active parameters: "a22b".
	activeSize = pattern.MustCompile(`(?i)^a(\d+x)?\d+(\.\d+)?[bmk]$`)
	// numbered splits a part into letters before, a number and letters behind.
	numbered = pattern.MustCompile(`^([a-z]*)(\d+(?:\.\d+)?)(?:\.\d+)*([a-z]*)$`)
)

// versionMarks are the numbers in a model's name that tell its version from
// others of the family, with a letter before where that is the series ("r1.5"):
// sizes, lengths and dates are none, and a third number is a mere correction.
func versionMarks(name string) []string {
	var marks []string
	for i, part := range nameParts(name) {
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
		if start > 0 && (startsWithDigit(text[start-1:]) || text[start-1] == '.' && start > 1 && startsWithDigit(text[start-2:])) ||
			!startsWithDigit(mark) && start > 0 && wordByte(text[start-1]) {
			continue
		}
		rest := text[end:]
		if startsWithDigit(rest) || len(rest) > 1 && rest[0] == '.' && startsWithDigit(rest[1:]) && !strings.HasPrefix(rest, ".0") && !strings.Contains(mark, ".") {
			continue
		}
		if len(rest) > 0 && strings.IndexByte("bmkt%", rest[0]) >= 0 && (len(rest) == 1 || !wordByte(rest[1])) {
			continue // "3b" is a size
		}
		return true
	}
}

// hasMarks reports whether a text gives every mark of a version.
func hasMarks(text []byte, marks []string) bool {
	lower := strings.ToLower(string(text))
	return !slices.ContainsFunc(marks, func(mark string) bool { return !hasMark(lower, mark) })
}

// otherRelease reports whether a statement on released weights is about another
// version or size than the model's: it links one, or the page that makes it
// never speaks of the model's version.
func (in *input) otherRelease(d *audit.Document, text []byte, id string) bool {
	if d.Kind == audit.DocModelCard {
		return false
	}
	if sizeApart(d.PlaceID, id) {
		return true
	}
	marks := versionMarks(path.Base(id))
	if len(marks) == 0 || hasMarks(text, marks) {
		return false
	}
	return slices.ContainsFunc(modelLinks(text), func(r reading) bool { return in.related(r.value) }) || !hasMarks(d.Body, marks)
}

// sizeApart reports whether a repository's name gives a size and the model's
// name gives others only.
func sizeApart(repository, model string) bool {
	named, own := sizesOf(repository), sizesOf(model)
	return len(named) > 0 && len(own) > 0 && !slices.ContainsFunc(named, func(s string) bool { return slices.Contains(own, s) })
}

// sizesOf lists the sizes in a model's or repository's name.
func sizesOf(id string) []string {
	var sizes []string
	for _, part := range nameParts(path.Base(id)) {
		if modelSize.MatchString(part) || activeSize.MatchString(part) {
			sizes = append(sizes, part)
		}
	}
	return sizes
}

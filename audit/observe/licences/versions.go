package licences

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"

	"openness/audit/identity"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Pages tell what other versions were under: "0.9 could not be sold; from 1.0 on it can". Which
// of its clauses is on the page's model is a matter of its own version, and where its name bears
// none nobody knows.

var (
	// versionAt matches a version by its number, versionFrom all from one on, versionTo all before
	// or up to one; in small letters. The number is a group.
	versionAt   = phrases.ExpressionOf("licence.version-at")
	versionFrom = phrases.ExpressionOf("licence.version-from")
	versionTo   = phrases.ExpressionOf("licence.version-to")
	// versionBreak matches where what is said of one version ends.
	versionBreak = phrases.ExpressionOf("licence.version-break")
)

// A versionClause is a part of a text on one or some versions of what the page presents.
type versionClause struct {
	start, end int
	numbers    []string // of a list all
	of         versionScope
}

type versionScope int

const (
	scopeAt versionScope = iota
	scopeFrom
	scopeTo
)

// versionClauses are the parts of a text, in small letters, that are each on some versions.
func versionClauses(text string) []versionClause {
	var all []versionClause
	for of, expression := range []*pattern.Regexp{scopeAt: versionAt, scopeFrom: versionFrom, scopeTo: versionTo} {
		for _, m := range expression.FindAllStringSubmatchIndex(text, 8) {
			for g := 2; g < len(m); g += 2 {
				if m[g] < 0 || !ofVersion(text, m[0], m[g], m[g+1]) {
					continue
				}
				c := versionClause{m[0], m[1], []string{text[m[g]:m[g+1]]}, versionScope(of)}
				for next := versionNext.FindStringSubmatchIndex(text[c.end:]); next != nil && c.of == scopeAt; {
					c.numbers = append(c.numbers, text[c.end+next[2]:c.end+next[3]])
					c.end += next[1]
					next = versionNext.FindStringSubmatchIndex(text[c.end:])
				}
				all = append(all, c)
			}
		}
	}
	slices.SortFunc(all, func(a, b versionClause) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.of, a.of))
	})
	all = slices.CompactFunc(all, func(a, b versionClause) bool { return a.start < b.end && b.start < a.end })
	breaks := versionBreak.FindAllStringIndex(text, -1)
	last := 0 // where the number of the clause before ends
	for i := range all {
		from, behind := all[i].start, all[i].end
		all[i].start, all[i].end = 0, len(text)
		for _, b := range breaks {
			if b[1] <= from {
				all[i].start = b[1]
			} else if b[0] >= behind {
				all[i].end = min(all[i].end, b[0])
			}
		}
		if i > 0 && all[i].start < last { // two in one sentence
			all[i].start, all[i-1].end = from, from
		}
		last = behind
	}
	return all
}

// versionReach is how far before a version stands what it is one of.
const versionReach = 40

var (
	// versionNext matches the next number of a list of versions.
	versionNext = phrases.ExpressionOf("licence.version-next")
	// versionOfOther matches the end of words that a version of something else follows.
	versionOfOther = phrases.ExpressionOf("licence.version-of-other")
	// noVersion matches what stands behind a number that is a sum or a day, or a version of a text.
	noVersion = phrases.ExpressionOf("licence.no-version")
	// dayNumber matches a day that is written like a version.
	dayNumber = pattern.MustCompile(`^\d+\.\d+\.\d{2,}$`)
)

// ofVersion reports whether a number, in words that begin at an offset, tells a version of what the
// page presents: no day, no sum, no version of a licence or a program, no part of another's name.
func ofVersion(text string, begin, start, end int) bool {
	name := begin > 0 && text[begin] == 'v' && strings.ContainsRune("-/", rune(text[begin-1]))
	return !name && !dayNumber.MatchString(text[start:end]) && !noVersion.MatchString(text[end:]) &&
		!versionOfOther.MatchString(text[max(0, begin-versionReach):begin])
}

// concern tells whether a clause is on the model: yes, no, or not known.
func (c versionClause) concern(own []string) (on, known bool) {
	if len(own) != 1 {
		return true, false
	}
	known = true
	for _, number := range c.numbers {
		mine, theirs := wholeVersion(own[0]), wholeVersion(number)
		within := mine == theirs || strings.HasPrefix(mine, theirs+".")
		order := compareVersions(mine, theirs)
		switch {
		case strings.HasPrefix(theirs, mine+"."), c.of == scopeTo && within:
			known = false // it is finer than the name, or whether it is meant as well is not said
		case within, c.of == scopeFrom && order >= 0, c.of == scopeTo && order < 0:
			return true, true
		}
	}
	return !known, known
}

// compareVersions orders the numbers of two versions.
func compareVersions(a, b string) int {
	return slices.CompareFunc(strings.Split(a, "."), strings.Split(b, "."), func(x, y string) int {
		n, _ := strconv.Atoi(x)
		m, _ := strconv.Atoi(y)
		return cmp.Compare(n, m)
	})
}

// onOtherVersions are the clauses of a passage on other versions than the model is of, where the
// words around it tell of its own version too; open tells that nobody knows whether what the
// passage says of some versions is said of the model as well.
func (in *Reader) onOtherVersions(p page.Passage) (places [][2]int, open bool) {
	clauses := versionClauses(p.Text)
	own := identity.Parse(in.ID()).Version
	for _, c := range clauses {
		switch on, known := c.concern(own); {
		case !on && in.besideOwnVersion(p):
			places = append(places, [2]int{c.start, c.end})
		case !on, !known && (len(clauses) > 1 || len(own) == 1):
			open = true
		}
	}
	return places, open
}

// besideOwnVersion reports whether the paragraph of a passage has a clause on the model's own version.
func (in *Reader) besideOwnVersion(p page.Passage) bool {
	body := p.Doc.Body
	start, end := min(p.Span.Start, len(body)), min(p.Span.End, len(body))
	before, behind := body[max(0, start-maxLimitText):start], body[end:min(len(body), end+maxLimitText)]
	if n := bytes.LastIndex(before, []byte("\n\n")); n >= 0 {
		before = before[n:]
	}
	behind, _, _ = bytes.Cut(behind, []byte("\n\n"))
	return in.onOwnVersion(strings.ToLower(string(before) + string(body[start:end]) + string(behind)))
}

// onOwnVersion reports whether a text, in small letters, is on the version that the model's name bears.
func (in *Reader) onOwnVersion(text string) bool {
	own := identity.Parse(in.ID()).Version
	return slices.ContainsFunc(versionClauses(text), func(c versionClause) bool {
		on, known := c.concern(own)
		return on && known
	})
}

// limitsSomeVersion reports whether a passage limits some versions of which nobody knows whether
// the model is of them.
func (in *Reader) limitsSomeVersion(p page.Passage) bool {
	if _, open := in.onOtherVersions(p); !open {
		return false
	}
	_, _, _, limits := limitIn(p.Text)
	return limits
}

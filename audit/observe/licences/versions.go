package licences

import (
	"cmp"
	"slices"
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
	number     string
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
			before := text[max(0, m[0]-versionReach):m[0]]
			if versionOfOther.MatchString(before) || versionLike.MatchString(before) || partOfName(before) {
				continue
			}
			for g := 2; g < len(m); g += 2 {
				if m[g] >= 0 && !noVersion.MatchString(text[m[g+1]:]) {
					all = append(all, versionClause{m[0], m[1], text[m[g]:m[g+1]], versionScope(of)})
				}
			}
		}
	}
	if len(all) == 0 {
		return nil // as in most texts, whose sentences need not be told apart
	}
	slices.SortFunc(all, func(a, b versionClause) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.of, a.of))
	})
	all = slices.CompactFunc(all, func(a, b versionClause) bool { return a.start < b.end && b.start < a.end })
	breaks := versionBreak.FindAllStringIndex(text, 20)
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

// versionOfOther matches the end of words that a version of something else follows.
var versionOfOther = phrases.ExpressionOf("licence.version-of-other")

// versionLike matches the end of words that a version follows which something else is like, or was made from.
var versionLike = phrases.ExpressionOf("licence.version-like")

// noVersion matches what follows a number that is an amount, a date, or the version of terms.
var noVersion = phrases.ExpressionOf("licence.no-version")

// partOfName reports whether what follows a text goes on a name: "Condor-7B-v0.1".
func partOfName(before string) bool {
	return before != "" && strings.ContainsRune("-_./", rune(before[len(before)-1]))
}

// concern tells whether a clause is on the model: yes, no, or not known.
func (c versionClause) concern(own []string) (on, known bool) {
	if len(own) != 1 {
		return true, false
	}
	mine, theirs := identity.WholeVersion(own[0]), identity.WholeVersion(c.number)
	within := mine == theirs || strings.HasPrefix(mine, theirs+".")
	order := identity.CompareVersions(mine, theirs)
	switch {
	case c.of == scopeFrom:
		return within || order >= 0, true
	case c.of == scopeTo && within:
		return true, false // whether it is meant as well is not said
	case c.of == scopeTo:
		return order < 0, true
	}
	return within, true
}

// onOtherVersions are the clauses of a passage on other versions than the model is of. One that
// limits is of another only where its paragraph also has a clause on the model's own that does not:
// else open tells that nobody knows whether the model is meant.
func (in *Reader) onOtherVersions(p page.Passage) (places [][2]int, open bool) {
	clauses := versionClauses(p.Text)
	if len(clauses) == 0 {
		return nil, false
	}
	own := identity.Parse(in.ID()).Version
	around := paragraph(p)
	free := slices.ContainsFunc(versionClauses(around), func(c versionClause) bool {
		on, known := c.concern(own)
		return on && known && !limitsClause(around[c.start:c.end])
	})
	for _, c := range clauses {
		on, known := c.concern(own)
		switch {
		case !on && (free || !limitsClause(p.Text[c.start:c.end])):
			places = append(places, [2]int{c.start, c.end})
		case !on:
			open = true
		}
		open = open || !known && len(clauses) > 1
	}
	return places, open
}

// paragraph is the text around a passage up to the next empty lines, in small letters.
func paragraph(p page.Passage) string {
	body := string(p.Doc.Body)
	start, end := max(0, min(p.Span.Start, len(body))-maxBetween), min(len(body), p.Span.End+maxBetween)
	before := body[start:min(p.Span.Start, len(body))]
	before = before[strings.LastIndex(before, "\n\n")+1:]
	behind, _, _ := strings.Cut(body[min(p.Span.Start, len(body)):end], "\n\n")
	return strings.ToLower(before + behind)
}

// limitsClause reports whether a clause may limit what is done with a model.
func limitsClause(clause string) bool {
	if _, _, _, ok := limitIn(clause); ok {
		return true
	}
	_, _, _, ok := suspectedIn(clause, attention{open: true})
	return ok
}

// onOwnVersion reports whether a text, in small letters, is on the version that the model's name bears, or on
// all from one on where its name bears none.
func (in *Reader) onOwnVersion(text string) bool {
	own := identity.Parse(in.ID()).Version
	return slices.ContainsFunc(versionClauses(text), func(c versionClause) bool {
		on, known := c.concern(own)
		return on && (known || c.of == scopeFrom)
	})
}

// limitsSomeVersion reports whether a passage limits one of several versions of which nobody knows
// whether the model is of them.
func (in *Reader) limitsSomeVersion(p page.Passage) bool {
	_, open := in.onOtherVersions(p)
	return open && limitsClause(p.Text)
}

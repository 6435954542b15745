package licences

import (
	"slices"
	"strings"

	"openness/audit/observe/whose"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Below a heading for the licence, a page may name another's work and mean its own:
// the notice that a licence prescribes names the licensor's model, and "comply with
// the terms of" what the model was made from binds whoever takes it. Such a clause
// is kept although its subject is another's.

// obliges matches words that bind whoever takes the page's model to terms.
var obliges = phrases.ExpressionOf("licence.obliges")

// offered matches the beginning of a clause on what a page offers, by no name.
var offered = pattern.MustCompile(`^[\s*_>•-]*[Tt]he (?:\w+ )?(?:service|release|preview|project)s?\b`)

// Binds reports whether a clause states terms that bind whoever takes the page's
// model, whomever else it is about, by the words of its block before it.
func Binds(sp *whose.Speaker, c *page.Page, section int, before, clause string, unnamed bool) bool {
	return bindsUser(c.Sections[section].Heading, clause) || unnamed && limitsPage(sp, c, section, clause) ||
		limitsPart(before, clause)
}

// shippedPart matches words for a part that is handed out with the model, notShipped those that set it apart, and
// capital a word that may be a name.
var (
	shippedPart = phrases.ExpressionOf("licence.shipped-part")
	notShipped  = phrases.ExpressionOf("licence.not-shipped")
	capital     = pattern.MustCompile(`\b[A-Z][\w-]{3,}`)
)

// limitsPart reports whether a clause limits a part, by another's name, that is handed out with the model: the words of
// its own sentence tell of the part, or those of its block do and bear the name.
func limitsPart(before, clause string) bool {
	small, block := strings.ToLower(clause), strings.ToLower(before)
	if !shippedPart.MatchString(block + small) {
		return false // as most: the book of limits is not asked in vain
	}
	_, at, _, limits := limitIn(small)
	if !slices.ContainsFunc(capital.FindAllString(clause, 8), func(name string) bool {
		return !plainSubject.MatchString(name) && strings.Contains(before, name)
	}) {
		before = before[strings.LastIndex(before, ". ")+1:]
	}
	said := strings.ToLower(before) + small[:at]
	return limits && shippedPart.MatchString(said) && !notShipped.MatchString(block+small[:at])
}

// bindsUser reports whether a clause below a heading states terms that bind
// whoever takes the page's model, whosever name it carries.
func bindsUser(heading, clause string) bool {
	if !speaksOfLicence.MatchString(heading) {
		return false
	}
	if offered.MatchString(clause) {
		_, _, _, limits := limitIn(strings.ToLower(clause))
		return limits
	}
	return prescribedNotice.MatchString(clause) ||
		obliges.MatchString(clause) && len(licenceNames([]byte(clause))) > 0
}

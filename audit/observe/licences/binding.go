package licences

import (
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
// model, whomever else it is about.
func Binds(sp *whose.Speaker, c *page.Page, section int, clause string, unnamed bool) bool {
	return bindsUser(c.Sections[section].Heading, clause) || unnamed && limitsPage(sp, c, section, clause)
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

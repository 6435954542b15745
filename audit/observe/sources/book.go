package sources

import (
	"cmp"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/phrases"
)

// bookNote is the note of what a phrase shows.
const bookNote = "The page says it in words of the phrase book."

// FromBook lists what the phrase book reads of some facts in the passages of some
// pages: what is said to be done, or denied where the fact is a denial.
func (in *Set) FromBook(pages []*audit.Document, facts ...string) []audit.Observation {
	book := phrases.Default().Of(facts...)
	var out []audit.Observation
	for _, d := range pages {
		for _, p := range in.Prose(d) {
			text := p.Raw()
			matches := book.Find(text)
			if len(matches) == 0 {
				continue
			}
			forUse := UserTitle.MatchString(p.Heading) || slices.ContainsFunc(matches, func(m phrases.Match) bool {
				return m.Phrase.Fact == "docs.hardware.needs"
			})
			said := phrases.Read(string(text))
			for _, m := range matches {
				if forUse && strings.HasPrefix(m.Phrase.Fact, "docs.") {
					continue // what runs a model did not train it
				}
				value := cmp.Or(m.Phrase.Value, "true")
				if m.Phrase.Fact == "docs.hardware" && Amount.MatchString(p.Text) {
					value = "detailed"
				}
				mode, _ := said.At(m.Start)
				denial := strings.HasSuffix(m.Phrase.Fact, ".denied")
				// how to use code tells that it is there
				told := mode == string(audit.Done) ||
					mode == string(audit.Advice) && strings.HasPrefix(m.Phrase.Fact, "code.")
				if told || denial && mode == string(audit.DeniedMode) {
					out = append(out, audit.Observe(d, m.Phrase.Fact, value, p.Span, bookNote))
				}
			}
		}
	}
	return out
}

// Amount matches a number of machines.
var Amount = phrases.ExpressionOf("sources.amount")

// UserTitle matches the heading of a part that tells how to use a model.
var UserTitle = phrases.ExpressionOf("sources.user-title")

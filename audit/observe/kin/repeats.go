package kin

import (
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

var (
	// BaseHeading matches the heading of what a page repeats of its base's page.
	BaseHeading = phrases.ExpressionOf("kin.base-heading")
	// Original begins such a heading where the model may be a copy of what it names.
	Original = pattern.MustCompile(`^\W*(?:the )?(?:original|source|upstream)\b`)
	// repeatsCard matches a sentence that says that the base's page follows.
	repeatsCard = phrases.ExpressionOf("kin.repeats-card")
)

// BaseParts are the parts of a page of the model's own that repeat the page of
// its base: there "the fine-tuning data" is the base's.
func (in *Pages) BaseParts(d *audit.Document) []audit.Span {
	return in.repeats.Of(d, func(d *audit.Document) []audit.Span {
		return in.readBaseParts(d, in.Borrows)
	})
}

// readBaseParts finds them. borrows tells of a name in a heading whether it is the base's
// although it is the model's too.
func (in *Pages) readBaseParts(d *audit.Document, borrows func(name string) bool) (spans []audit.Span) {
	if !document.MainPage(d) || d.Role == audit.RoleBase || in.IsCopy() {
		return nil
	}
	c := in.Card(d)
	for i, s := range c.Sections {
		heading := strings.ToLower(s.Heading)
		repeats := BaseHeading.MatchString(heading) && (in.Subject.Base != "" || !Original.MatchString(heading))
		if i < 2 || !repeats && !in.tellsOfBase(s.Heading, borrows) && (s.Level > 1 ||
			!in.titleOfBase(s.Heading, c.Sections[1].Heading)) {
			continue
		}
		end := len(d.Body)
		for _, next := range c.Sections[i+1:] {
			if next.Level <= s.Level {
				end = next.Title.Start
				break
			}
		}
		spans = append(spans, audit.Span{Start: s.Title.Start, End: end})
	}
	if in.Subject.Base == "" && in.accountBearsName() {
		return spans
	}
	for _, p := range in.Prose(d) {
		if repeatsCard.MatchString(p.Text) {
			return append(spans, audit.Span{Start: p.Span.End, End: len(d.Body)})
		}
	}
	return spans
}

// onNamed matches a heading that says of which model the part below it tells.
var onNamed = phrases.ExpressionOf("kin.on-named")

// tellsOfBase reports whether a heading says that the part below it is on the model
// that this one was made from: its name gives no word of this model's own.
func (in *Pages) tellsOfBase(heading string, borrows func(name string) bool) bool {
	m := onNamed.FindStringSubmatch(heading)
	if m == nil {
		return false
	}
	name := m[1] + m[2]
	if borrows(name) {
		return true
	}
	if !in.BaseOfOthers() {
		return false
	}
	return len(identity.Sizes(name)) > 0 && identity.Related(name, in.ID()) != identity.Same &&
		identity.Related(name, in.ID()) != identity.Thing
}

// titleOfBase reports whether a heading of the highest level, below the page's title,
// is the title of the base's page: its name and nothing else. Of a base that nobody
// names the model bears the name, and its makers do not.
func (in *Pages) titleOfBase(heading, title string) bool {
	base := in.Subject.Base
	if base == "" {
		if in.accountBearsName() || identity.Squash(heading) == identity.Squash(title) {
			return false
		}
		base = in.ID()
	}
	name := strings.Trim(heading, " *_`#")
	return len(identity.Parse(name).Version) > 0 && !identity.SameName(name, in.ID()) &&
		strings.Count(name, " ") < maxTitleWords &&
		identity.SameFamily(name, base) && identity.Related(name, base) == identity.Same
}

// accountBearsName reports whether the makers' account is named as the model's family is.
func (in *Pages) accountBearsName() bool {
	return strings.Contains(identity.Squash(path.Dir(in.ID())), in.FamilyName())
}

// maxTitleWords bounds the blanks in a title that is a name and nothing else.
const maxTitleWords = 4

// InParts reports whether an offset lies in one of the spans.
func InParts(spans []audit.Span, at int) bool {
	return slices.ContainsFunc(spans, func(s audit.Span) bool { return s.Start <= at && at < s.End })
}

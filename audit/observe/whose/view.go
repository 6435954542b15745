package whose

import (
	"bytes"
	"slices"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/phrases"
)

// The form in which themes read a page.

// onLicence matches words on a licence or what it allows.
var onLicence = phrases.ExpressionOf("whose.on-licence")

// A View is a page as the themes read it: without what it says of siblings and
// others. The second text, nil if it is the same, keeps what the page says of
// siblings; both are of one length.
type View struct {
	*page.View
	Kin             []byte
	OfSibling       bool // the page as a whole
	OtherGeneration bool // that sibling is of another version of the family
}

// ViewOf gives the view of a page; nil for what is no prose. A page of many models, or of
// none, speaks for the model only where it names it: what else it says is read as a sibling's,
// but for words on licences, which are of all that the page is of.
func (sp *Speaker) ViewOf(d *audit.Document, ofMany bool) *View {
	switch d.Kind {
	case audit.DocModelCard, audit.DocReadme, audit.DocProse:
	default:
		return nil
	}
	sp.Ends.Check()
	text, c := page.NewView(d.Body)
	sp.Ends.Check()
	v := &View{View: text}
	document.InEnglish(c)
	page.SmallLetters(v.Body, c)
	tags := slices.DeleteFunc(toCome(c), func(t tag) bool { return tellsLicence(c, v.Body, t) })
	sp.Ends.Check()
	speaker := sp.Of(d, c)
	v.OfSibling, v.OtherGeneration = speaker.self == audit.AboutSibling, speaker.otherGeneration
	foreign := speaker.Foreign(c)
	if ofMany {
		speaker.self = audit.AboutSibling
		said := foreign
		foreign = slices.DeleteFunc(speaker.Foreign(c), func(t tag) bool {
			return tellsLicence(c, v.Body, t) && !slices.ContainsFunc(said, func(other tag) bool {
				return other.Start < t.End && t.Start < other.End
			})
		})
	}
	tags = append(tags, foreign...)
	ofSibling := func(t tag) bool { return t.about == audit.AboutSibling }
	for _, t := range tags {
		if !ofSibling(t) {
			page.Blank(v.Body[t.Start:t.End])
		}
	}
	if !slices.ContainsFunc(tags, ofSibling) {
		return v
	}
	v.Kin = bytes.Clone(v.Body)
	for _, t := range tags {
		page.Blank(v.Body[t.Start:t.End])
	}
	return v
}

// tellsLicence reports whether a part of a page is about what may be done with what the page
// is of, by its words or by the heading above it.
func tellsLicence(c *page.Page, text []byte, t tag) bool {
	return onLicence.Match(text[t.Start:t.End]) || slices.ContainsFunc(c.Sections, func(s page.Section) bool {
		return s.Title.Start <= t.Start && t.End <= s.Body.End && onLicence.MatchString(s.Heading)
	})
}

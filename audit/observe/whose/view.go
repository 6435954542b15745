package whose

import (
	"bytes"
	"slices"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/page"
)

// The form in which themes read a page.

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
// none, speaks for the model only where it names it: what else it says is read as a sibling's.
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
	tags := toCome(c)
	sp.Ends.Check()
	speaker := sp.Of(d, c)
	v.OfSibling, v.OtherGeneration = speaker.self == audit.AboutSibling, speaker.otherGeneration
	if ofMany {
		speaker.self = audit.AboutSibling
	}
	tags = append(tags, speaker.Foreign(c)...)
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

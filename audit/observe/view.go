package observe

import (
	"bytes"
	"slices"

	"openness/audit"
	"openness/audit/page"
)

// The form in which themes read a page.

// A view is a page as the themes read it: without what it says of siblings and
// others. The second text, nil if it is the same, keeps what the page says of
// siblings; both are of one length.
type view struct {
	*page.View
	kin []byte
}

// viewOf gives the view of a page; nil for what is no prose.
func (sp *speaker) viewOf(d *audit.Document) *view {
	switch d.Kind {
	case audit.DocModelCard, audit.DocReadme, audit.DocProse:
	default:
		return nil
	}
	sp.ends.check()
	text, c := page.NewView(d.Body)
	sp.ends.check()
	v := &view{text, nil}
	inEnglish(c)
	page.SmallLetters(v.Body, c)
	tags := toCome(c)
	sp.ends.check()
	tags = append(tags, sp.of(d, c).foreign(c)...)
	ofSibling := func(t tag) bool { return t.about == audit.AboutSibling }
	for _, t := range tags {
		if !ofSibling(t) {
			page.Blank(v.Body[t.Start:t.End])
		}
	}
	if !slices.ContainsFunc(tags, ofSibling) {
		return v
	}
	v.kin = bytes.Clone(v.Body)
	for _, t := range tags {
		page.Blank(v.Body[t.Start:t.End])
	}
	return v
}

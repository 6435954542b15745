package data

import (
	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/page"
)

// PathOf gives the headings around a passage of a paper.
func (in *Reader) PathOf(d *audit.Document, p page.Passage) page.HeadingPath {
	at := p.Span.Start
	if v := in.Views[document.Key{URL: d.URL, SHA256: d.SHA256}]; v != nil {
		at = v.Offset(at)
	}
	return in.PaperOutline(d).At(at)
}

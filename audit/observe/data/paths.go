package data

import (
	"openness/audit"
	"openness/audit/page"
)

// PathOf gives the headings around a passage of a paper.
func (in *Reader) PathOf(d *audit.Document, p page.Passage) page.HeadingPath {
	return in.PaperOutline(d).At(in.ServedSpan(d, p.Span).Start)
}

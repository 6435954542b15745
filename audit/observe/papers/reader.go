// Package papers says which papers are on the model and which on what it was made
// from, whether they were reviewed, and where: from citations and links on its pages,
// from the archive and from the records of venues.
package papers

import (
	"openness/audit"
	"openness/audit/observe/kin"
	"openness/audit/observe/sources"
)

// A Reader reads which papers are on a model, and where they were published.
type Reader struct {
	*kin.Pages
	paperObs []audit.Observation // what was found, once the theme has read
	Unread   []sources.Unread    // links to papers in archives that nobody looked at and that may be the model's own
}

// NewReader makes the reader of a subject's papers.
func NewReader(in *kin.Pages) *Reader { return &Reader{Pages: in} }

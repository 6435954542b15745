package papers

import "openness/audit/observe/kin"

// A Reader reads which papers are on a model, and where they were published.
type Reader struct {
	*kin.Pages
	paperState
}

// NewReader makes the reader of a subject's papers.
func NewReader(in *kin.Pages) *Reader { return &Reader{Pages: in} }

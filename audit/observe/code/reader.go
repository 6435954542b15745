package code

import "openness/audit/observe/sources"

// A Reader reads what one subject's pages and files show of code.
type Reader struct {
	*sources.Set
	codeState
}

// NewReader makes the reader of a subject's code.
func NewReader(in *sources.Set) *Reader {
	r := &Reader{Set: in}
	r.startCode()
	return r
}

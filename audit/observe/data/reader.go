package data

import (
	"openness/audit/observe/kin"
)

// A Reader reads what one subject's pages tell of the data of its training.
type Reader struct {
	*kin.Pages
	dataState
}

// NewReader makes the reader of a subject's data.
func NewReader(in *kin.Pages) *Reader {
	r := &Reader{Pages: in}
	r.startData()
	return r
}

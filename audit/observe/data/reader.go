package data

import (
	"openness/audit"
	"openness/audit/observe/kin"
)

// A Reader reads what one subject's pages tell of the data of its training.
type Reader struct {
	*kin.Pages
	dataState
}

// NewReader makes the reader of a subject's data. saidBase is what the pages say that
// the model was made from.
func NewReader(in *kin.Pages, saidBase func() []audit.Observation) *Reader {
	r := &Reader{Pages: in}
	r.startData(saidBase)
	return r
}

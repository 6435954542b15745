package weights

import (
	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/observe/kin"
)

// A Reader reads what one subject's hubs and pages show of weights.
type Reader struct {
	*kin.Pages
	weightState
}

// NewReader makes the reader of a subject's weights.
func NewReader(in *kin.Pages) *Reader {
	return &Reader{in, weightState{asks: make(map[*audit.Document]document.Reading)}}
}

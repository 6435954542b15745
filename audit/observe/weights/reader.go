// Package weights says whether the weights of a model and of what it was made from can
// be downloaded, what stands before the download, and which passage shows it best.
package weights

import (
	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/observe/kin"
)

// A Reader reads what one subject's hubs and pages show of weights.
type Reader struct {
	*kin.Pages
	asks document.Memory[*audit.Document, document.Reading] // the gate that a page speaks of, if any
}

// NewReader makes the reader of a subject's weights.
func NewReader(in *kin.Pages) *Reader { return &Reader{Pages: in} }

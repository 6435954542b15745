// Package code says which code of a model is there: that of its training, of its
// tuning, of its data, of its evaluation and of running it, from the trees of its
// repositories and from what its pages say.
package code

import (
	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
)

// A Reader reads what one subject's pages and files show of code.
type Reader struct {
	*sources.Set
	releases document.Memory[string, bool]          // repositories, and whether a model is presented there rather than made
	given    document.Memory[*audit.Document, bool] // pages, and whether what they train goes on from given weights
	stated   document.Memory[string, statement]     // repositories, and where a card says that the model was trained with them
}

// NewReader makes the reader of a subject's code.
func NewReader(in *sources.Set) *Reader { return &Reader{Set: in} }

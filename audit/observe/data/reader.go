// Package data says on what a model and its base were trained, at which stage, and
// whether that data can be had: from the pages that tell of the making, from papers,
// and from the pages of the data sets that they name.
package data

import (
	"sync"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/observe/kin"
	"openness/audit/page"
)

// A Reader reads what one subject's pages tell of the data of its training.
type Reader struct {
	*kin.Pages
	outlines document.Memory[document.Key, *page.Outline] // of papers
	dataObs  []audit.Observation                          // what the theme found, once it has read
	Lineage  func() lineage                               // read on first use
}

// NewReader makes the reader of a subject's data.
func NewReader(in *kin.Pages) *Reader {
	r := &Reader{Pages: in}
	r.Lineage = sync.OnceValue(r.readLineage)
	return r
}

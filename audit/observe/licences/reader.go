package licences

import (
	"sync"

	"openness/audit/observe/document"
	"openness/audit/observe/kin"
	"openness/audit/page"
)

// A Reader reads the licences of one subject's pages.
type Reader struct {
	*kin.Pages
	licences    []licence                             // every reading of a licence
	parents     func() []parent                       // the models down the lineage, each once; read on first use
	alone       document.Memory[page.Passage, string] // what of a passage is on the model
	releasePage func(repository string) bool          // whether a model is presented there rather than made
}

// NewReader makes the reader of what a subject's pages say of licences. releasePage
// tells of a repository whether a model is presented there rather than made.
func NewReader(in *kin.Pages, releasePage func(repository string) bool) *Reader {
	r := &Reader{Pages: in, releasePage: releasePage}
	r.parents = sync.OnceValue(r.readParents)
	return r
}

package licences

import "openness/audit/observe/sources"

// A Reader reads the licences of one subject's pages.
type Reader struct {
	*sources.Set
	licenceState
}

// NewReader makes the reader of what a subject's pages say of licences. releasePage
// tells of a repository whether a model is presented there rather than made.
func NewReader(in *sources.Set, releasePage func(repository string) bool) *Reader {
	return &Reader{in, licenceState{releasePage: releasePage}}
}

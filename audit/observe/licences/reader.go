package licences

import (
	"openness/audit/observe/kin"
	"openness/audit/page"
)

// A Reader reads the licences of one subject's pages.
type Reader struct {
	*kin.Pages
	licenceState
}

// NewReader makes the reader of what a subject's pages say of licences. releasePage
// tells of a repository whether a model is presented there rather than made.
func NewReader(in *kin.Pages, releasePage func(repository string) bool) *Reader {
	return &Reader{in, licenceState{releasePage: releasePage, alone: make(map[page.Passage]string)}}
}

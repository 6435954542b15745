package licences

import "openness/audit/page"

// A licenceState is what the theme of licences is told, and finds out on the way.
type licenceState struct {
	licences []licence // every reading of a licence

	ofParents   []parent // what it was made from, once that was read
	parentsRead bool

	alone map[page.Passage]string // what of a passage is on the model

	releasePage func(repository string) bool // whether a model is presented there rather than made
}

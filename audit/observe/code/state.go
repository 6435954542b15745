package code

import "openness/audit"

// A codeState is what is found out of repositories, by their ids.
type codeState struct {
	releases map[string]bool          // whether a model is presented there rather than made
	given    map[*audit.Document]bool // pages, and whether what they train goes on from given weights
}

// startCode makes room for what will be found out of repositories.
func (in *Reader) startCode() {
	in.codeState = codeState{releases: make(map[string]bool), given: make(map[*audit.Document]bool)}
}

package kin

import (
	"sync"

	"openness/audit"
)

// A kinState is what pages tell of what a model was made from, worked out once.
type kinState struct {
	repeats     map[*audit.Document][]audit.Span    // what a page repeats of its base's
	dataNames   map[*audit.Document]map[string]bool // what a page calls data, in small letters
	UnnamedBase func() *audit.Document
	NamedBases  func() []NamedBase
	borrowed    func() []string // the model's own words of a name that is another's
}

// startKin makes room for what will be found out of the model's kin.
func (in *Pages) startKin() {
	in.kinState = kinState{repeats: make(map[*audit.Document][]audit.Span),
		dataNames:   make(map[*audit.Document]map[string]bool),
		UnnamedBase: sync.OnceValue(in.readUnnamedBase), NamedBases: sync.OnceValue(in.readNamedBases),
		borrowed: sync.OnceValue(in.readBorrowed)}
}

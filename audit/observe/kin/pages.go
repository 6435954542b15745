package kin

import "openness/audit/observe/sources"

// Pages are the sources of one subject, and what they tell of what it was made from.
type Pages struct {
	*sources.Set
	kinState
}

// New makes the pages from which a model's kin is read.
func New(in *sources.Set) *Pages {
	k := &Pages{Set: in}
	k.startKin()
	return k
}

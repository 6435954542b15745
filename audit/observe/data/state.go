package data

import (
	"sync"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/page"
)

// A dataState is what the theme of data finds out on the way.
type dataState struct {
	outlines map[document.Key]*page.Outline // of papers
	dataObs  []audit.Observation            // what the theme found, once it has read
	Lineage  func() lineage                 // read on first use
}

// startData makes room for what will be found out of data.
func (in *Reader) startData() {
	in.dataState = dataState{outlines: make(map[document.Key]*page.Outline),
		Lineage: sync.OnceValue(in.readLineage)}
}

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

	saidBase func() []audit.Observation // what the pages say that the model was made from
}

// startData makes room for what will be found out of data. saidBase is what the pages
// say that the model was made from.
func (in *Reader) startData(saidBase func() []audit.Observation) {
	in.dataState = dataState{outlines: make(map[document.Key]*page.Outline), saidBase: saidBase,
		Lineage: sync.OnceValue(in.readLineage)}
}

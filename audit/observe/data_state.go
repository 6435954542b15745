package observe

import (
	"sync"

	"openness/audit"
	"openness/audit/page"
)

// A dataState is what the theme of data finds out on the way.
type dataState struct {
	outlines map[servedKey]*page.Outline // of papers
	dataObs  []audit.Observation         // what the theme found, once it has read
	lineage  func() lineage              // read on first use

	saidBase func() []audit.Observation // what the pages say that the model was made from
}

// startData makes room for what will be found out of data. saidBase is what the pages
// say that the model was made from.
func (in *input) startData(saidBase func() []audit.Observation) {
	in.dataState = dataState{outlines: make(map[servedKey]*page.Outline), saidBase: saidBase,
		lineage: sync.OnceValue(in.readLineage)}
}

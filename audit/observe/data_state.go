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
}

// startData makes room for what will be found out of data.
func (in *input) startData() {
	in.dataState = dataState{outlines: make(map[servedKey]*page.Outline), lineage: sync.OnceValue(in.readLineage)}
}

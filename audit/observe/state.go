package observe

import (
	"sync"

	"openness/audit"
	"openness/audit/page"
)

// A themeState is what themes find out on the way and ask each other for.
type themeState struct {
	outlines map[servedKey]*page.Outline // of papers
	dataObs  []audit.Observation         // what the data theme found

	// Several themes and looks ask for these; they are read on first use.
	lineage func() lineage
	site    func() []sitePage
}

// startThemes makes room for what the themes will find out.
func (in *input) startThemes() {
	in.themeState = themeState{lineage: sync.OnceValue(in.readLineage),
		site: sync.OnceValue(in.readSite)}
}

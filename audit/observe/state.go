package observe

import (
	"sync"

	"openness/audit"
	"openness/audit/page"
)

// A themeState is what themes find out on the way and ask each other for.
type themeState struct {
	tools    map[string]bool                  // repositories that are general tools
	releases map[string]bool                  // repositories, and whether a model is presented there rather than made
	asks     map[*audit.Document]reading      // the gate that a page speaks of, if any
	repeats  map[*audit.Document][]audit.Span // what a page repeats of its base's
	outlines map[servedKey]*page.Outline      // of papers
	paperObs []audit.Observation              // what the papers theme found
	dataObs  []audit.Observation              // what the data theme found

	// Several themes and looks ask for these; they are read on first use.
	lineage     func() lineage
	unnamedBase func() *audit.Document
	borrowed    func() []string // the model's own words of a name that is another's
	site        func() []sitePage
}

// startThemes makes room for what the themes will find out.
func (in *input) startThemes() {
	in.themeState = themeState{
		tools: make(map[string]bool), releases: make(map[string]bool), asks: make(map[*audit.Document]reading),
		lineage: sync.OnceValue(in.readLineage), unnamedBase: sync.OnceValue(in.readUnnamedBase),
		borrowed: sync.OnceValue(in.readBorrowed), site: sync.OnceValue(in.readSite),
	}
}

package catalogue

import (
	_ "embed" // the pairs
	"encoding/csv"
	"fmt"
	"strings"
	"sync"
)

// twinsCSV pairs ids of the same model on the two hubs. They are facts taken
// from the model lists of xorbitsai/inference (commit 7ecec16b), reduced to
// pairs whose names agree but for case and punctuation, and where neither id
// stands in two pairs.
//
//go:embed twins.csv
var twinsCSV string

// A pairing looks ids up both ways, in small letters.
type pairing struct{ onScope, onHub map[string]string }

var pairs = sync.OnceValue(func() pairing {
	rows, err := csv.NewReader(strings.NewReader(twinsCSV)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("catalogue: twins.csv: %v", err)) // embedded: a build that fails its own tests
	}
	p := pairing{make(map[string]string), make(map[string]string)}
	add := func(hub, scope string) {
		p.onScope[strings.ToLower(hub)], p.onHub[strings.ToLower(scope)] = scope, hub
	}
	for _, row := range rows[1:] {
		add(row[0], row[1])
	}
	for _, e := range Entries() { // checked one by one: they stand above the list
		if e.Hub != "" && e.ModelScope != "" {
			add(e.Hub, e.ModelScope)
		}
	}
	return p
})

// OnModelScope gives the id under which ModelScope has a model of Hugging Face.
func OnModelScope(hub string) (scope string, ok bool) {
	scope, ok = pairs().onScope[strings.ToLower(hub)]
	return scope, ok
}

// OnHuggingFace gives the id under which Hugging Face has a model of ModelScope.
func OnHuggingFace(scope string) (hub string, ok bool) {
	hub, ok = pairs().onHub[strings.ToLower(scope)]
	return hub, ok
}

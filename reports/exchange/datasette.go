package exchange

import (
	"encoding/json"
	"io"
	"strings"
)

// WriteDatasette writes metadata for Datasette (https://datasette.io), which serves the
// file of a store: what its tables hold, and the views as queries that it offers.
func WriteDatasette(w io.Writer, views []View) error {
	type query struct {
		Title       string `json:"title"`
		Description string `json:"description"`
		SQL         string `json:"sql"`
	}
	type table struct {
		Description string `json:"description,omitempty"`
		Hidden      bool   `json:"hidden,omitempty"`
	}
	queries := map[string]query{}
	for _, v := range views {
		queries[v.Name] = query{"openness: " + v.Name, v.About,
			strings.Join(strings.Fields(strings.ReplaceAll(v.SQL, "main.", "")), " ")}
	}
	tables := map[string]table{
		"bodies":   {"documents as they were served, compressed (zstd), under their SHA-256", false},
		"fetches":  {"every attempt to fetch a document", false},
		"subjects": {"the audited models", false}, "crawls": {"each audit of a model", false},
		"observations": {"facts that were read, with their quotes", false},
		"assessments":  {"scores by rubric", false}, "judgements": {"the class of each dimension", false},
		"reviews":       {"what people say", false},
		"census_models": {"models by the hub's list, a row for each census", false},
		"censuses":      {"readings of the hub's whole list", false},
		"vocabularies":  {"", true}, "readings": {"", true},
	}
	type database struct {
		Tables  map[string]table `json:"tables"`
		Queries map[string]query `json:"queries"`
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(struct {
		Title       string              `json:"title"`
		Description string              `json:"description"`
		Databases   map[string]database `json:"databases"`
	}{"Openness of AI models", "A store of the program openness: evidence with its source, and judgements by rubric.",
		map[string]database{"openness": {tables, queries}}})
}

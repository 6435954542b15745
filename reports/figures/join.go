package figures

import (
	"slices"
	"strings"

	"openness/audit/identity"
	"openness/reports/ranking"
)

// Benchmarks name models as their authors like: "Falco 2 13B Chat", an account's
// id, a name of the day. A value is joined to a stored model by its id, label or
// name, by an alias that the catalogue knows, or by its family where only one
// stored model can be meant.

// A Join is what became of a file of scores.
type Join struct {
	Scores    []Score  // Model is the id of a stored model; one per model and benchmark
	Unmatched []string // names in the file that no stored model, or more than one, could be
}

// How a name was joined, the surest first.
const (
	byName = iota
	byAlias
	byFamily
	notJoined
)

// JoinScores joins scores to rows. Aliases gives further names of a model by one
// of its names; nil for none. Of several values for one model the one whose name
// is surest stands, of equally sure ones the first.
func JoinScores(scores []Score, rows []ranking.Row, aliases func(name string) []string) Join {
	if len(scores) == 0 {
		return Join{Scores: []Score{}}
	}
	index := newRowIndex(rows)
	type place struct{ id, benchmark string }
	best := make(map[place]int)
	at := make(map[place]int)
	j := Join{Scores: []Score{}}
	for _, s := range scores {
		id, how := index.find(s.Model, aliases)
		if how == notJoined {
			j.Unmatched = append(j.Unmatched, s.Model)
			continue
		}
		p := place{id, s.Benchmark}
		known, met := best[p]
		switch joined := (Score{Model: id, Benchmark: s.Benchmark, Value: s.Value}); {
		case !met:
			at[p], best[p] = len(j.Scores), how
			j.Scores = append(j.Scores, joined)
		case how < known:
			j.Scores[at[p]], best[p] = joined, how
		}
	}
	slices.Sort(j.Unmatched)
	j.Unmatched = slices.Compact(j.Unmatched)
	return j
}

// A rowIndex finds stored models by name and by family.
type rowIndex struct {
	names    map[string]string // in small letters and digits; "" for a name of two
	families map[string][]string
}

func newRowIndex(rows []ranking.Row) *rowIndex {
	x := &rowIndex{names: make(map[string]string), families: make(map[string][]string)}
	for i := range rows {
		row := &rows[i]
		seen := make(map[string]bool)
		for _, name := range []string{row.ID, row.Label, row.Name, row.ID[strings.LastIndexByte(row.ID, '/')+1:]} {
			key := identity.Squash(name)
			if key == "" || seen[key] {
				continue
			}
			seen[key] = true
			if other, taken := x.names[key]; taken && other != row.ID {
				x.names[key] = ""
				continue
			}
			x.names[key] = row.ID
		}
		if family := identity.Family(row.ID); family != "" {
			x.families[family] = append(x.families[family], row.ID)
		}
	}
	return x
}

// find is the id of the stored model that a name stands for, and how sure that is.
func (x *rowIndex) find(name string, aliases func(string) []string) (id string, how int) {
	if id := x.names[identity.Squash(name)]; id != "" {
		return id, byName
	}
	if aliases != nil {
		for _, other := range aliases(name) {
			if id := x.names[identity.Squash(other)]; id != "" {
				return id, byAlias
			}
		}
	}
	for _, candidate := range x.families[identity.Family(name)] {
		if identity.Related(name, candidate) != identity.Same ||
			strings.Contains(name, "/") && !identity.SameMaker(identity.Owner(name), identity.Owner(candidate)) {
			continue
		}
		if id != "" && id != candidate {
			return "", notJoined // two could be meant
		}
		id = candidate
	}
	if id == "" {
		return "", notJoined
	}
	return id, byFamily
}

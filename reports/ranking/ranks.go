package ranking

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"

	"openness/reports"
	"openness/rubric"
)

// A Ranking says how scores become ranks.
type Ranking struct {
	// MinCoverage is the share of the weight that must be determined for a rank.
	// The zero value stands for rubric.MinCoverage, a negative one for any.
	MinCoverage float64
	// Published ranks as the published indexes do: by the strict total, where
	// what is undetermined counts nothing, and every row.
	Published bool
}

// Least is the share of the weight from which rows are ranked.
func (k Ranking) Least() float64 {
	if k.Published {
		return 0
	}
	return max(cmp.Or(k.MinCoverage, rubric.MinCoverage), 0)
}

// Rank orders rows and gives them their ranks.
//
// Ranked are those of which enough could be determined. A rank is a band: what
// is undetermined may turn out open or closed, so a model has the best place
// that it could have, if all of its own were open and of the others closed, and
// the worst. Models whose ranges overlap so share places, and none stands below
// another only because less of it could be looked at. Rows stand in the order of
// their bands, by the best place and then by the worst; those of one band by
// their share of what was determined, then by coverage and id. Models that are
// not ranked follow, by id.
//
// Models of one name get the label that they are listed under behind it.
func Rank(rows []Row, how Ranking) []Row {
	rows = slices.Clone(rows)
	for i := range rows {
		rows[i].Score.Ranked = how.Published || rows[i].Score.Reaches(how.Least())
		rows[i].Rank, rows[i].RankTo = 0, 0
	}
	tellApart(rows)
	if how.Published {
		SortRows(rows, func(a, b *Row) int {
			return cmp.Or(cmp.Compare(b.Score.Strict, a.Score.Strict), cmp.Compare(b.Score.Coverage, a.Score.Coverage))
		})
		placesByTotal(rows)
		return rows
	}
	SortRows(rows, func(a, b *Row) int {
		switch {
		case a.Score.Ranked && !b.Score.Ranked:
			return -1
		case b.Score.Ranked && !a.Score.Ranked:
			return 1
		}
		return 0
	})
	ranked := rows[:RankedOf(rows)]
	bands(ranked)
	SortRows(ranked, func(a, b *Row) int {
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.RankTo, b.RankTo),
			cmp.Compare(b.Score.Share(), a.Score.Share()), cmp.Compare(b.Score.Coverage, a.Score.Coverage))
	})
	return rows
}

// SortRows orders rows, those that are equal by id without regard to case, as the
// published indexes order ties. It moves each row once: they are large.
func SortRows(rows []Row, compare func(a, b *Row) int) {
	type place struct {
		row   int
		small string // the id in small letters
	}
	order := make([]place, len(rows))
	for i := range rows {
		order[i] = place{i, strings.ToLower(rows[i].ID)}
	}
	slices.SortFunc(order, func(x, y place) int {
		a, b := &rows[x.row], &rows[y.row]
		if c := compare(a, b); c != 0 {
			return c
		}
		return cmp.Or(strings.Compare(x.small, y.small), strings.Compare(a.ID, b.ID), strings.Compare(a.Label, b.Label),
			cmp.Compare(x.row, y.row))
	})
	sorted := make([]Row, len(rows))
	for i, p := range order {
		sorted[i] = rows[p.row]
	}
	copy(rows, sorted)
}

// RankedOf counts the ranked rows, which come first.
func RankedOf(rows []Row) int {
	n := slices.IndexFunc(rows, func(r Row) bool { return !r.Score.Ranked })
	if n < 0 {
		return len(rows)
	}
	return n
}

// placesByTotal numbers rows that are in the order of their totals: equal ones
// share a place.
func placesByTotal(rows []Row) {
	for i := range rows {
		rows[i].Rank = i + 1
		if i > 0 && rows[i].Score.Strict == rows[i-1].Score.Strict {
			rows[i].Rank = rows[i-1].Rank
		}
		rows[i].RankTo = rows[i].Rank
	}
}

// bands gives each row the best and the worst place that it may have: one more
// than how many are above it whatever turns out, and than may be above it.
func bands(rows []Row) {
	lows, highs := make([]float64, len(rows)), make([]float64, len(rows))
	for i := range rows {
		lows[i], highs[i] = rows[i].Score.Range[0], rows[i].Score.Range[1]
	}
	slices.Sort(lows)
	slices.Sort(highs)
	for i := range rows {
		low, high := rows[i].Score.Range[0], rows[i].Score.Range[1]
		rows[i].Rank = 1 + above(lows, high)
		rows[i].RankTo = 1 + above(highs, low)
		if high > low+hair { // it is not above itself
			rows[i].RankTo--
		}
	}
}

// hair is how far totals may differ and be equal: they are sums of the same
// weights in another order.
const hair = 1e-9

// above counts the sorted values that are greater than x.
func above(values []float64, x float64) int {
	return len(values) - sort.Search(len(values), func(i int) bool { return values[i] > x+hair })
}

// Band is the rank as people read it: "3", "3 to 7", or "–" of a row that is
// not ranked.
func (r Row) Band() string {
	switch r.Rank {
	case 0:
		return "–"
	case r.RankTo:
		return fmt.Sprint(r.Rank)
	}
	return fmt.Sprintf("%d to %d", r.Rank, r.RankTo)
}

// spanOf is a score's range as people read it: "4" or "4 to 7.5".
func spanOf(s rubric.Score) string {
	if s.Range[0] == s.Range[1] {
		return reports.Number(s.Range[0])
	}
	return reports.Number(s.Range[0]) + " to " + reports.Number(s.Range[1])
}

// unrankedNote says why rows stand below the ranking, "" where none does.
func (k Ranking) unrankedNote(rows []Row) string {
	n := len(rows) - RankedOf(rows)
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%s not ranked: less than %s of the weight could be determined", reports.Plural(n, "model is",
		"models are"), reports.Share(k.Least()))
}

// knownShare is the share of what could be determined as people read it; of a
// row that is not ranked there is none to be quoted.
func knownShare(r Row) string {
	if !r.Score.Ranked {
		return "–"
	}
	return reports.Share(r.Score.Share())
}

// Explained says in a sentence how the order came about.
func (k Ranking) Explained() string {
	if k.Published {
		return "Ordered as published: by the strict total, in which what is undetermined counts nothing."
	}
	return fmt.Sprintf("Ranked where at least %s of the weight could be determined. A rank is a band where what is undetermined could change the place; "+
		"rows stand in the order of their bands, those of one band by the share of what could be determined.",
		reports.Share(k.Least()))
}

// explained is how the order came about, and what a verdict of the rubric asks besides what the
// columns show: a row of open columns alone is no such verdict.
func (r Report) explained() string {
	said := r.Ranking.Explained()
	if r.Rubric.Verdicts == nil {
		return said
	}
	for _, o := range r.Rubric.Verdicts.Outcomes {
		if len(o.Asks) > 0 {
			said += fmt.Sprintf(" The verdict %q asks besides these columns for %s, which is not read here: "+
				"show gives the verdict.", o.Name, reports.Listed(o.Asks, "and"))
		}
	}
	return said
}

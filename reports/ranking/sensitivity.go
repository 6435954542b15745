package ranking

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"openness/reports"
	"openness/reports/internal/layout"
	"openness/rubric"
)

// SensitivitySchema names the shape of a sensitivity's JSON.
const SensitivitySchema = "openness.sensitivity/1"

// A Sensitivity says how a ranking moves under other weights and rubrics.
type Sensitivity struct {
	Schema   string           `json:"schema"`
	Rubric   rubric.Ref       `json:"rubric"`
	Tool     reports.ToolJSON `json:"tool"`
	Variants []Variant        `json:"variants"`
	Models   []SensitiveModel `json:"models"`
}

// A Variant is one other way of scoring the same models.
type Variant struct {
	Name    string  `json:"name"`
	Tau     float64 `json:"kendall_tau"` // of the order, with that of the rubric itself, over models ranked under both
	Largest int     `json:"largest_move"`
	Models  int     `json:"models"`
}

// A SensitiveModel is how the place of one model moves.
type SensitiveModel struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Place int    `json:"place"` // in the order of the rubric itself
	Best  int    `json:"best"`  // over all variants
	Worst int    `json:"worst"`
	By    string `json:"moved_most_by"` // the variant that moves it most; empty where none does
	key   string
}

// A Scoring is one way of scoring: a name and each model's rows under it.
type Scoring struct {
	Name string
	Rows []Row
}

// Reweighted are the scorings that leave out one dimension or count it twice.
func Reweighted(rows []Row, r *rubric.Rubric) []Scoring {
	var list []Scoring
	for i, d := range r.Dimensions {
		for _, v := range []struct {
			name   string
			factor float64
		}{{"without " + d.ID, 0}, {d.ID + " counted twice", 2}} {
			s := Scoring{Name: v.name}
			for _, row := range rows {
				var judgements []rubric.Judgement
				for k, c := range row.Cells {
					j := rubric.Judgement{Class: c.Class, Weight: cmp.Or(r.Dimensions[k].Weight, 1)}
					if k == i {
						j.Weight *= v.factor
					}
					if j.Weight > 0 { // to ScoreOf, none stands for 1
						judgements = append(judgements, j)
					}
				}
				row.Score = rubric.ScoreOf(judgements)
				s.Rows = append(s.Rows, row)
			}
			list = append(list, s)
		}
	}
	return list
}

// SensitivityOf compares the order of a ranking with those of other scorings.
// Only models that are ranked count, and those that are ranked both times.
func SensitivityOf(rows []Row, r *rubric.Rubric, how Ranking, tool string, others []Scoring) *Sensitivity {
	s := &Sensitivity{Schema: SensitivitySchema, Rubric: r.Ref, Tool: reports.ToolJSON{Version: tool},
		Variants: []Variant{}, Models: []SensitiveModel{}}
	rows = Rank(rows, how)
	base := placesOfRows(rows)
	for _, row := range rows[:RankedOf(rows)] {
		place := base[rowKey(row)]
		s.Models = append(s.Models, SensitiveModel{ID: row.ID, Name: row.Name, Place: place, Best: place, Worst: place,
			key: rowKey(row)})
	}
	moved := make([]int, len(s.Models))
	for _, o := range others {
		there := Rank(o.Rows, how)
		ranked := placesOfRows(there)
		both := func(r Row) bool {
			_, here := base[rowKey(r)]
			_, also := ranked[rowKey(r)]
			return here && also
		}
		// Places among the models that are ranked both times: others would make room.
		from, places := placesOfRows(keep(rows, both)), placesOfRows(keep(there, both))
		v := Variant{Name: o.Name}
		var a, b []int
		for i := range s.Models {
			m := &s.Models[i]
			place, ranked := places[m.key]
			if !ranked {
				continue
			}
			at := from[m.key]
			move := place - at
			m.Best, m.Worst = min(m.Best, m.Place+move), max(m.Worst, m.Place+move)
			move = max(move, -move)
			v.Largest = max(v.Largest, move)
			if move > moved[i] {
				moved[i], m.By = move, o.Name
			}
			a, b = append(a, at), append(b, place)
		}
		v.Models, v.Tau = len(a), kendall(a, b)
		s.Variants = append(s.Variants, v)
	}
	return s
}

func keep(rows []Row, want func(Row) bool) []Row {
	var kept []Row
	for _, r := range rows {
		if want(r) {
			kept = append(kept, r)
		}
	}
	return kept
}

func rowKey(r Row) string { return reports.SubjectKey(r.ID, r.Label) }

// placesOfRows are the places in the order of the share of what was determined,
// equal shares on one place. Bands would hide what weights do.
func placesOfRows(rows []Row) map[string]int {
	places := make(map[string]int)
	ranked := rows[:RankedOf(rows)]
	for i, row := range ranked {
		place := i + 1
		if i > 0 && math.Abs(row.Score.Share()-ranked[i-1].Score.Share()) < hair {
			place = places[rowKey(ranked[i-1])]
		}
		places[rowKey(row)] = place
	}
	return places
}

// kendall is the rank correlation tau-b of two orders, 1 where fewer than two
// models are in both or one of them ties all. After Knight (1966): sorted by the
// first order, the pairs that disagree are the exchanges that sorting by the
// second takes.
func kendall(a, b []int) float64 {
	order := make([]int, len(a))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Or(cmp.Compare(a[i], a[j]), cmp.Compare(b[i], b[j])) })
	second := make([]int, len(a))
	for i, k := range order {
		second[i] = b[k]
	}
	n := len(a)
	tiesA := tiedPairs(n, func(i, j int) bool { return a[order[i]] == a[order[j]] })
	both := tiedPairs(n, func(i, j int) bool { return a[order[i]] == a[order[j]] && b[order[i]] == b[order[j]] })
	swaps := exchanges(second, make([]int, n))
	tiesB := tiedPairs(n, func(i, j int) bool { return second[i] == second[j] })
	pairs := n * (n - 1) / 2
	whole := math.Sqrt(float64(pairs-tiesA) * float64(pairs-tiesB))
	if whole == 0 {
		return 1
	}
	return math.Round(1000*float64(pairs-tiesA-tiesB+both-2*swaps)/whole) / 1000
}

// tiedPairs counts the pairs that are equal among n that stand sorted.
func tiedPairs(n int, same func(i, j int) bool) int {
	pairs := 0
	for i := 0; i < n; {
		j := i
		for j < n && same(i, j) {
			j++
		}
		pairs += (j - i) * (j - i - 1) / 2
		i = j
	}
	return pairs
}

// exchanges sorts values by merging and counts the pairs that stood the wrong
// way around. Spare has their length.
func exchanges(values, spare []int) int {
	if len(values) < 2 {
		return 0
	}
	half := len(values) / 2
	left, right := values[:half], values[half:]
	count := exchanges(left, spare[:half]) + exchanges(right, spare[half:])
	copy(spare, values)
	left, right = spare[:half], spare[half:]
	for i := range values {
		if len(right) == 0 || len(left) > 0 && left[0] <= right[0] {
			values[i], left = left[0], left[1:]
			continue
		}
		count += len(left)
		values[i], right = right[0], right[1:]
	}
	return count
}

// SensitivityFormats are the formats of WriteSensitivity.
func SensitivityFormats() []reports.Format {
	return []reports.Format{reports.Table, reports.JSON, reports.Markdown}
}

// widestMoves is room for a model's name and what moves it most: cut, the row would not say what to look at.
const widestMoves = 120

// WriteSensitivity writes it in one of SensitivityFormats.
func WriteSensitivity(w io.Writer, s *Sensitivity, f reports.Format, o reports.Options) error {
	switch f {
	case reports.JSON:
		return reports.WriteJSON(w, s)
	case reports.Table, reports.Markdown:
	default:
		return fmt.Errorf("unknown format %q", f)
	}
	variants := table.NewWriter()
	variants.AppendHeader(table.Row{"Scoring", "Kendall's tau", "Largest move", "Models"})
	for _, v := range s.Variants {
		variants.AppendRow(table.Row{reports.Visible(v.Name), fmt.Sprintf("%.3f", v.Tau), v.Largest, v.Models})
	}
	models := table.NewWriter()
	models.AppendHeader(table.Row{"Place", "Model", "Best", "Worst", "Moved most by"})
	for _, m := range s.Models {
		models.AppendRow(table.Row{m.Place, reports.Label(m.Name), m.Best, m.Worst, reports.Visible(m.By)})
	}
	var b strings.Builder
	fmt.Fprintf(&b, "How the ranking under %s %s moves under other weights and rubrics\n\n", s.Rubric.ID,
		s.Rubric.Version)
	for _, t := range []table.Writer{variants, models} {
		if f == reports.Markdown {
			b.WriteString(t.RenderMarkdown() + "\n\n")
			continue
		}
		style := layout.NewTable(max(o.Columns(), widestMoves)).Style()
		t.SetStyle(*style)
		t.SuppressTrailingSpaces()
		b.WriteString(layout.Trim(t.Render()) + "\n\n")
	}
	_, err := io.WriteString(w, strings.TrimRight(b.String(), "\n")+"\n")
	return err
}

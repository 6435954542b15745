package figures

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"openness/audit"
	"openness/reports"
	"openness/reports/internal/svg"
	"openness/reports/ranking"
	"openness/rubric"
)

// A Score is a benchmark's value for a model, as imported: for instance MMLU
// or an arena rating. Model is matched to ids, labels and names.
type Score struct {
	Model     string
	Benchmark string
	Value     float64
}

// largestScores bounds a score file; real leaderboards are a few megabytes.
const largestScores = 64 << 20

// largestValue bounds a benchmark's value, so that no sum or difference of any
// is more than a number can be.
const largestValue = 1e15

// mostBenchmarks bounds the figures that one file asks for.
const mostBenchmarks = 100

// ReadScores reads a CSV file with the columns model, benchmark and value, in
// any order, further columns ignored. Name is for errors, which give the line.
func ReadScores(r io.Reader, name string) ([]Score, error) {
	data, err := io.ReadAll(io.LimitReader(r, largestScores+1))
	if err != nil {
		return nil, fmt.Errorf("scores %q: %w", name, err)
	}
	if len(data) > largestScores {
		return nil, fmt.Errorf("scores %q: larger than %d bytes", name, largestScores)
	}
	if why := audit.NotText(data); why != "" {
		return nil, fmt.Errorf("scores %q: this %s; want the columns model, benchmark and value", name, why)
	}
	c := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	c.FieldsPerRecord = -1
	head, err := c.Read()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("scores %q: empty; want the columns model, benchmark and value", name)
	}
	if err != nil {
		return nil, fmt.Errorf("scores %q: %w", name, err)
	}
	at := [3]int{column(head, "model"), column(head, "benchmark"), column(head, "value")}
	if slices.Contains(at[:], -1) {
		return nil, fmt.Errorf("scores %q: want the columns model, benchmark and value, found %s", name,
			audit.ColumnNames(head))
	}
	return readScoreLines(c, at, name)
}

func readScoreLines(c *csv.Reader, at [3]int, name string) ([]Score, error) {
	scores := []Score{}
	for {
		record, err := c.Read()
		if errors.Is(err, io.EOF) {
			if n := len(benchmarks(scores)); n > mostBenchmarks {
				return nil, fmt.Errorf("scores %q: %d benchmarks, and each is drawn: give at most %d", name, n,
					mostBenchmarks)
			}
			return scores, nil
		}
		if err != nil {
			return nil, fmt.Errorf("scores %q: %w", name, err)
		}
		line, _ := c.FieldPos(0)
		if len(record) <= max(at[0], at[1], at[2]) {
			return nil, fmt.Errorf("scores %q: line %d: too few fields", name, line)
		}
		value, err := strconv.ParseFloat(strings.TrimSpace(record[at[2]]), 64)
		if err != nil || math.IsNaN(value) || math.Abs(value) > largestValue {
			return nil, fmt.Errorf("scores %q: line %d: value %q is no number", name, line, record[at[2]])
		}
		model, benchmark := strings.TrimSpace(record[at[0]]), strings.TrimSpace(record[at[1]])
		if model == "" || benchmark == "" {
			return nil, fmt.Errorf("scores %q: line %d: model or benchmark is empty", name, line)
		}
		scores = append(scores, Score{model, benchmark, value})
	}
}

func column(head []string, name string) int {
	return slices.IndexFunc(head, func(h string) bool { return strings.EqualFold(strings.TrimSpace(h), name) })
}

// benchmarks lists the benchmarks of scores in order of name.
func benchmarks(scores []Score) []string {
	names := []string{}
	for _, s := range scores {
		names = append(names, s.Benchmark)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Against draws openness against one benchmark, with Spearman's rank
// correlation. Scores are joined: see JoinScores. Models without a score are
// left out and counted, and so are those that are not ranked: they have no share
// to draw.
func Against(r *rubric.Rubric, rows []ranking.Row, scores []Score, benchmark string) Figure {
	values := make(map[string]float64)
	for _, s := range scores {
		if s.Benchmark == benchmark {
			values[s.Model] = s.Value
		}
	}
	points := []svg.Point{}
	unranked := 0
	for i, row := range rows {
		v, ok := values[row.ID]
		switch {
		case !ok:
		case i >= ranking.RankedOf(rows):
			unranked++
		default:
			points = append(points, svg.Point{X: v, Y: 100 * row.Score.Share(), Name: row.Name,
				Detail: benchmark + " " + reports.Number(v), Access: row.Access})
		}
	}
	return drawAgainst(r, points, benchmark, len(rows), unranked)
}

func drawAgainst(r *rubric.Rubric, points []svg.Point, benchmark string, models, unranked int) Figure {
	relation := correlation(points)
	title := "Openness against " + reports.Label(benchmark)
	alt := fmt.Sprintf("A scatter plot of %d models by %s and openness in percent; %s.", len(points),
		reports.Label(benchmark), relation)
	subtitle := fmt.Sprintf("%s, version %s; %s", reports.RubricTitle(r), r.Version, relation)
	p := svg.NewPlot(title, subtitle, alt)
	p.Text(24, 64, fmt.Sprintf("%d of %d models drawn; %d have a value but too little of them could be determined",
		len(points), models, unranked), `fill="`+svg.MutedColor+`"`)
	p.X = svg.RoundTicks(svg.Bounds(points))
	p.X.Label = reports.Label(benchmark)
	p.Axes()
	p.Points(points)
	p.Labels(points)
	p.AccessLegend("")
	return Figure{File: "against-" + reports.Slug(benchmark) + ".svg", Title: title, Alt: alt, SVG: p.Bytes()}
}

// leastModels is from how many models on a correlation is given: of fewer it
// says next to nothing.
const leastModels = 10

// correlation says Spearman's rank correlation with its interval, or why none
// is given.
func correlation(points []svg.Point) string {
	if len(points) < leastModels {
		return fmt.Sprintf("too few models for a correlation (%d of at least %d)", len(points), leastModels)
	}
	rho := spearman(points)
	if math.IsNaN(rho) {
		return "no correlation: all values are the same"
	}
	low, high := spearmanInterval(rho, len(points))
	return fmt.Sprintf("Spearman ρ = %.2f (95 %% interval %.2f to %.2f, n = %d)", rho, low, high, len(points))
}

// spearmanInterval is the 95 % interval of a rank correlation over n pairs, by
// Fisher's transformation with the variance 1.06/(n-3) of Fieller, Hartley and
// Pearson (1957).
func spearmanInterval(rho float64, n int) (low, high float64) {
	z := math.Atanh(min(max(rho, -1+1e-12), 1-1e-12))
	half := 1.96 * math.Sqrt(1.06/float64(n-3))
	return math.Tanh(z - half), math.Tanh(z + half)
}

// spearman is the rank correlation of x and y: Pearson's of mid-ranks.
func spearman(points []svg.Point) float64 {
	xs, ys := make([]float64, len(points)), make([]float64, len(points))
	for i, p := range points {
		xs[i], ys[i] = p.X, p.Y
	}
	return pearson(midRanks(xs), midRanks(ys))
}

// midRanks ranks values from 1, equal ones by the mean of their ranks.
func midRanks(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case values[a] < values[b]:
			return -1
		case values[a] > values[b]:
			return 1
		}
		return 0
	})
	ranks := make([]float64, len(values))
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && values[order[j]] == values[order[i]] {
			j++
		}
		for k := i; k < j; k++ {
			ranks[order[k]] = float64(i+j+1) / 2
		}
		i = j
	}
	return ranks
}

// pearson is the product-moment correlation, NaN where a side does not vary.
func pearson(x, y []float64) float64 {
	n := float64(len(x))
	var sx, sy, sxy, sxx, syy float64
	for i := range x {
		sx, sy = sx+x[i], sy+y[i]
		sxy, sxx, syy = sxy+x[i]*y[i], sxx+x[i]*x[i], syy+y[i]*y[i]
	}
	return (sxy - sx*sy/n) / math.Sqrt((sxx-sx*sx/n)*(syy-sy*sy/n))
}

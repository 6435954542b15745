package agreement

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"

	"openness/rubric"
)

// classes are the determined classes from least to most open; a position in it
// is the class's place on the scale that kappa measures along.
var classes = []rubric.Class{rubric.Closed, rubric.Partial, rubric.Open}

// Counts is how often each class of the experts (row) met each class of the
// tool (column), in the order closed, partial, open; a fourth column counts
// what the tool left undetermined.
type Counts [3][4]int

const undetermined = 3

func place(c rubric.Class) (int, bool) {
	i := slices.Index(classes, c)
	return i, i >= 0
}

func (c *Counts) add(expert, tool rubric.Class) {
	row, ok := place(expert)
	if !ok {
		return // not applicable
	}
	column, ok := place(tool)
	if !ok {
		column = undetermined
	}
	c[row][column]++
}

func (c *Counts) plus(other *Counts) {
	for i := range c {
		for j := range c[i] {
			c[i][j] += other[i][j]
		}
	}
}

// Total counts all judgements, Determined those that the tool decided, Equal
// those where both sides say the same.
func (c *Counts) Total() int {
	return c.Determined() + c[0][undetermined] + c[1][undetermined] + c[2][undetermined]
}

// Determined counts the judgements that the tool decided.
func (c *Counts) Determined() int {
	n := 0
	for i := range c {
		n += c[i][0] + c[i][1] + c[i][2]
	}
	return n
}

// Equal counts the judgements where both sides give the same class.
func (c *Counts) Equal() int { return c[0][0] + c[1][1] + c[2][2] }

// Agreement is the share of all judgements with the same class on both sides;
// undetermined counts as a miss.
func (c *Counts) Agreement() Ratio { return ratio(c.Equal(), c.Total()) }

// Kappa is Cohen's weighted kappa (1968) with quadratic weights over closed <
// partial < open, on what both sides determined: 1 is perfect, 0 is chance.
// It is undefined (NaN) where chance would leave nothing to disagree about.
func (c *Counts) Kappa() Ratio {
	var rows, columns [3]float64
	var n, observed, expected float64
	for i := range 3 {
		for j := range 3 {
			x := float64(c[i][j])
			rows[i] += x
			columns[j] += x
			n += x
			observed += x * distance(i, j)
		}
	}
	for i := range 3 {
		for j := range 3 {
			expected += rows[i] * columns[j] * distance(i, j)
		}
	}
	if expected == 0 {
		return Ratio(math.NaN())
	}
	return Ratio(1 - observed*n/expected)
}

func distance(i, j int) float64 { return float64((i - j) * (i - j)) }

// MacroF1 is the mean F1 of the classes that either side gave; undetermined
// misses the experts' class and is no answer for another.
func (c *Counts) MacroF1() Ratio {
	sum, n := 0.0, 0
	for k := range 3 {
		given, meant := 0, 0
		for i := range 3 {
			given += c[i][k]
		}
		for j := range 4 {
			meant += c[k][j]
		}
		if given+meant == 0 {
			continue
		}
		n++
		sum += 2 * float64(c[k][k]) / float64(given+meant)
	}
	if n == 0 {
		return Ratio(math.NaN())
	}
	return Ratio(sum / float64(n))
}

// Commonest is how many judgements the class given most often by the experts
// covers: what always answering it would get right.
func (c *Counts) Commonest() int {
	most := 0
	for i := range c {
		most = max(most, c[i][0]+c[i][1]+c[i][2]+c[i][3])
	}
	return most
}

// Spearman is the rank correlation of two series of equal length, as Pearson's
// correlation of their ranks; equal values share the mean of their ranks. It
// is undefined (NaN) for fewer than two pairs or a constant series.
func Spearman(x, y []float64) Ratio {
	if len(x) < 2 {
		return Ratio(math.NaN())
	}
	return Ratio(stat.Correlation(midRanks(x), midRanks(y), nil))
}

func midRanks(x []float64) []float64 {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(x[a], x[b]) })
	ranks := make([]float64, len(x))
	for from := 0; from < len(order); {
		to := from
		for to < len(order) && x[order[to]] == x[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			ranks[i] = float64(from+to+1) / 2
		}
		from = to
	}
	return ranks
}

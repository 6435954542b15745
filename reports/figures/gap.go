package figures

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"openness/audit/identity"
	"openness/reports"
	"openness/reports/internal/svg"
	"openness/reports/ranking"
)

// Whether models with published weights catch up with those without is told by a
// benchmark's values over time of release: the best value until a day of each
// kind, and how far apart the two are. Models without published weights are
// seldom stored, since little of them can be read, so the table of makers'
// releases gives the dates and kinds of those; see data/catalogue.

// A Dated is a benchmark's value for a model of which date of release and kind
// are known.
type Dated struct {
	Score
	Released string         // a day, month or year
	Access   reports.Access // WeightsPublished or ServiceOnly
}

// DateScores finds date and kind for values: of the stored model that a name
// stands for, see JoinScores, else of the release of that name. Names of
// neither are left out. Of several values for one model the first stands.
func DateScores(scores []Score, rows []ranking.Row, releases []reports.Release,
	aliases func(name string) []string) []Dated {
	if len(scores) == 0 {
		return nil
	}
	index := newRowIndex(rows)
	byID := make(map[string]*ranking.Row, len(rows))
	for i := range rows {
		byID[rows[i].ID] = &rows[i]
	}
	known := make(map[string]*reports.Release)
	for i := range releases {
		for _, name := range []string{releases[i].Model, releases[i].Hub} {
			if key := identity.Squash(name); key != "" && known[key] == nil {
				known[key] = &releases[i]
			}
		}
	}
	var dated []Dated
	met := make(map[[2]string]bool)
	for _, s := range scores {
		d, which := Dated{Score: s}, identity.Squash(s.Model)
		if id, how := index.find(s.Model, aliases); how != notJoined {
			which, d.Released, d.Access = id, byID[id].Released, byID[id].Access
		}
		if d.Released == "" || d.Access == reports.AccessUnknown || d.Access == "" {
			r := releaseNamed(known, s.Model, aliases)
			if r == nil {
				continue
			}
			d.Released, d.Access = r.Released, r.Access()
		}
		if key := [2]string{which, d.Benchmark}; !met[key] {
			met[key] = true
			dated = append(dated, d)
		}
	}
	return dated
}

// datedBenchmarks lists the benchmarks of dated values in order of name.
func datedBenchmarks(dated []Dated) []string {
	scores := make([]Score, len(dated))
	for i, d := range dated {
		scores[i] = d.Score
	}
	return benchmarks(scores)
}

// releaseNamed is the release that a name, or another name of the same model,
// stands for, or nil.
func releaseNamed(known map[string]*reports.Release, name string, aliases func(string) []string) *reports.Release {
	if r := known[identity.Squash(name)]; r != nil || aliases == nil {
		return r
	}
	for _, other := range aliases(name) {
		if r := known[identity.Squash(other)]; r != nil {
			return r
		}
	}
	return nil
}

// A record is a value that no earlier model of its kind had reached.
type record struct {
	at    float64 // year with its fraction
	value float64
}

// records are the best values over time, oldest first.
func records(points []svg.Point) []record {
	list := slices.Clone(points)
	slices.SortStableFunc(list, func(a, b svg.Point) int {
		return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(b.Y, a.Y))
	})
	var best []record
	for _, p := range list {
		if len(best) == 0 || p.Y > best[len(best)-1].value {
			best = append(best, record{p.X, p.Y})
		}
	}
	return best
}

// bestUntil is the best value until a day, and false before the first.
func bestUntil(best []record, at float64) (float64, bool) {
	value, any := 0.0, false
	for _, r := range best {
		if r.at <= at {
			value, any = r.value, true
		}
	}
	return value, any
}

// A gap is how far the best model with published weights lay behind the best
// without on a day: in the benchmark's points, negative where it was ahead, and
// in months since one without had first been as good, NaN where none had.
type gap struct {
	at             float64
	points, months float64
}

// gaps are the gaps at the start of each year of the range and at its end.
func gaps(open, closed []record, low, high float64) []gap {
	var list []gap
	for at := math.Ceil(low); ; at++ {
		at = min(at, high)
		o, someOpen := bestUntil(open, at)
		c, someClosed := bestUntil(closed, at)
		if someOpen && someClosed {
			g := gap{at: at, points: c - o, months: math.NaN()}
			if i := slices.IndexFunc(closed, func(r record) bool {
				return r.value >= o
			}); i >= 0 && closed[i].at <= at {
				g.months = 12 * (at - closed[i].at)
			}
			list = append(list, g)
		}
		if at >= high {
			return list
		}
	}
}

// fewestDated is from how many models of each kind a gap is told.
const fewestDated = 3

// gapSentence says in words how the gap moves.
func gapSentence(list []gap, with, without int) string {
	if with < fewestDated || without < fewestDated {
		return fmt.Sprintf("too few models with a date to tell a gap (%d with published weights, %d without; %d of each asked)", with, without, fewestDated)
	}
	var parts []string
	for _, g := range list {
		parts = append(parts, g.words())
	}
	if len(parts) == 0 {
		return "at no time were there models of both kinds"
	}
	return strings.Join(parts, "; ")
}

func (g gap) words() string {
	day := dayOfYear(g.at).Format("2006-01")
	if g.points <= 0 {
		return fmt.Sprintf("%s: published weights lead by %s", day, reports.Number(-g.points))
	}
	if math.IsNaN(g.months) {
		return fmt.Sprintf("%s: %s behind", day, reports.Number(g.points))
	}
	return fmt.Sprintf("%s: %s behind, %.0f months", day, reports.Number(g.points), g.months)
}

// dayOfYear is the day of a year with its fraction; see yearOf.
func dayOfYear(year float64) time.Time {
	whole := math.Floor(year)
	return time.Date(int(whole), 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(math.Round(365*(year-whole))))
}

// OverTime draws a benchmark's values over time of release, models with and
// without published weights apart, the best of each until a day as a line: does
// the gap close?
func OverTime(dated []Dated, benchmark string) Figure {
	var points []svg.Point
	var kinds [2][]svg.Point // with published weights, without
	for _, d := range dated {
		year, ok := svg.YearOf(d.Released)
		if d.Benchmark != benchmark || !ok {
			continue
		}
		p := svg.Point{X: year, Y: d.Value, Name: d.Model, Detail: d.Released, Access: d.Access}
		points = append(points, p)
		kinds[kindIndex(d.Access)] = append(kinds[kindIndex(d.Access)], p)
	}
	open, closed := records(kinds[0]), records(kinds[1])
	low, high := svg.Bounds(points)
	said := gapSentence(gaps(open, closed, low, high), len(kinds[0]), len(kinds[1]))
	title := reports.Label(benchmark) + " over time: models with and without published weights"
	alt := fmt.Sprintf("A scatter plot of %s by date of release and %s, with the best until a day of %d models with published weights and of %d without. Best with against best without: %s.",
		reports.Plural(len(points), "model", "models"), reports.Label(benchmark), len(kinds[0]), len(kinds[1]), said)
	p := svg.NewPlot(title, fmt.Sprintf("%d models with published weights, %d without; lines: the best until a day",
		len(kinds[0]), len(kinds[1])), alt)
	p.Text(24, 64, svg.Fitted("Best with published weights against best without: "+said, svg.PlotLeft+svg.PlotWidth,
		11), `fill="`+svg.MutedColor+`"`)
	p.X = svg.Axis{Low: math.Floor(low), High: max(math.Ceil(high), math.Floor(low)+1), Label: "Release"}
	p.X.Ticks = svg.YearTicks(p.X.Low, p.X.High)
	p.Y = svg.RoundTicks(bestBounds(points))
	p.Y.Label, p.Unit = reports.Label(benchmark), ""
	p.Axes()
	drawSteps(p, open, high, svg.OpenColor)
	drawSteps(p, closed, high, svg.ClosedColor)
	p.Points(points)
	p.Labels(points)
	p.AccessLegend("")
	return Figure{File: "over-time-" + reports.Slug(benchmark) + ".svg", Title: title, Alt: alt, SVG: p.Bytes()}
}

func kindIndex(a reports.Access) int {
	if a == reports.WeightsPublished {
		return 0
	}
	return 1
}

// bestBounds are the least and greatest y, 0 and 1 of none.
func bestBounds(points []svg.Point) (low, high float64) {
	turned := make([]svg.Point, len(points))
	for i, p := range points {
		turned[i].X = p.Y
	}
	return svg.Bounds(turned)
}

// drawSteps draws the best values until each day.
func drawSteps(p *svg.Plot, best []record, until float64, color string) {
	for i, r := range best {
		to := until
		if i+1 < len(best) {
			to = best[i+1].at
		}
		x1, y := p.At(r.at, r.value)
		x2, _ := p.At(to, r.value)
		p.Line(x1, y, x2, y, `stroke="`+color+`" stroke-width="2"`)
		p.Taken = append(p.Taken, svg.PlacedLabel{X: x1, Y: y - 1, W: x2 - x1, H: 2})
		if i+1 < len(best) {
			_, next := p.At(to, best[i+1].value)
			p.Line(x2, y, x2, next, `stroke="`+color+`" stroke-width="2"`)
			p.Taken = append(p.Taken, svg.PlacedLabel{X: x2 - 1, Y: next, W: 2, H: y - next})
		}
	}
}

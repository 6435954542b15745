// Package figures draws what a ranking shows: a heat map, shares by dimension, openness over
// time and against benchmarks. A Figure is one SVG document that stands alone.
//
// Benchmarks name models as their authors like; JoinScores finds whom they mean.
package figures

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"openness/reports"
	"openness/reports/internal/svg"
	"openness/reports/ranking"
	"openness/rubric"
)

// A Figure is one SVG document and how it is announced.
type Figure struct {
	File  string // file name without a folder
	Title string
	Alt   string // what the figure shows, for those who do not see it
	SVG   []byte
}

// All draws all figures of a ranking: heat map, openness over release
// date, class shares per dimension and, where scores are given, openness
// against each benchmark. Rows must be ranked, and scores joined to them. Dated
// values, if any, are drawn over time of release.
func All(r *rubric.Rubric, rows []ranking.Row, scores []Score, dated []Dated) []Figure {
	figures := []Figure{Heatmap(r, rows), Shares(r, rows), Timeline(r, rows)}
	for _, benchmark := range benchmarks(scores) {
		figures = append(figures, Against(r, rows, scores, benchmark))
	}
	for _, benchmark := range datedBenchmarks(dated) {
		figures = append(figures, OverTime(dated, benchmark))
	}
	return figures
}

// heatmapRows is how many models a heat map shows: beyond, no one reads it, and
// a choice of models says more.
const heatmapRows = 250

// Heatmap draws the ranking as a grid of classes, the most open model on top.
// Models that are not ranked stand below a gap, without a bar.
func Heatmap(r *rubric.Rubric, rows []ranking.Row) Figure {
	const cellW, cellH, top, left, gap = 22.0, 15.0, 200.0, 250.0, 24.0
	shown := rows[:min(len(rows), heatmapRows)]
	subtitle := fmt.Sprintf("%s, version %s, %s, in the order of their ranks", reports.RubricTitle(r), r.Version,
		reports.Plural(len(rows), "model", "models"))
	if len(shown) < len(rows) {
		subtitle = fmt.Sprintf("%s, version %s, the first %d of %d models in the order of their ranks",
			reports.RubricTitle(r), r.Version, len(shown), len(rows))
	}
	alt := heatmapAlt(rows)
	width := max(left+float64(len(r.Dimensions))*cellW+190, 640)
	ranked := ranking.RankedOf(shown)
	height := top + float64(len(shown))*cellH + 50
	if ranked < len(shown) {
		height += gap
	}
	d := svg.NewDrawing(width, height, "Openness of AI models", subtitle, alt)
	x := left
	for i, dim := range r.Dimensions {
		if i > 0 && dim.Group != r.Dimensions[i-1].Group {
			x += 6
		}
		d.Text(0, 0, svg.Fitted(reports.Heading(dim), 150, 11), fmt.Sprintf(`transform="translate(%s %s) rotate(-60)"`,
			svg.Px(x+cellW/2+3), svg.Px(top-8)))
		x += cellW
	}
	d.Text(x+16, top-8, "Share, and range", `font-weight="bold"`)
	y := top
	for n, row := range shown {
		if n == ranked {
			d.Text(left, y+16, "not ranked: too little could be determined", `fill="`+svg.MutedColor+`"`)
			y += gap
		}
		drawHeatmapRow(d, r, row, left, y, cellW, cellH)
		y += cellH
	}
	d.Legend(left, d.Height-18)
	return Figure{File: "heatmap.svg", Title: "Ranking as a heat map", Alt: alt, SVG: d.Bytes()}
}

func drawHeatmapRow(d *svg.Drawing, r *rubric.Rubric, row ranking.Row, left, y, cellW, cellH float64) {
	d.Text(left-10, y+cellH-4, svg.Fitted(row.Name, left-34, 11), `text-anchor="end"`)
	x := left
	for i, c := range row.Cells {
		if i > 0 && r.Dimensions[i].Group != r.Dimensions[i-1].Group {
			x += 6
		}
		d.Cell(x+0.5, y+0.5, cellW-1, cellH-1, c.Class, fmt.Sprintf("%s, %s: %s", reports.Label(row.Name),
			reports.Heading(r.Dimensions[i]), c.Class))
		x += cellW
	}
	if !row.Score.Ranked || row.Score.Max == 0 {
		return
	}
	const bar = 90.0
	d.Rect(x+16, y+3, bar*row.Score.Share(), cellH-6, svg.OpenColor)
	from, to := x+16+bar*row.Score.Range[0]/row.Score.Max, x+16+bar*row.Score.Range[1]/row.Score.Max
	if to > from { // a whisker where the truth may lie
		d.Line(from, y+cellH/2, to, y+cellH/2, `stroke="`+svg.InkColor+`"`)
		d.Line(from, y+4, from, y+cellH-4, `stroke="`+svg.InkColor+`"`)
		d.Line(to, y+4, to, y+cellH-4, `stroke="`+svg.InkColor+`"`)
	}
	d.Text(x+22+bar, y+cellH-4, reports.Share(row.Score.Share()), "")
}

func heatmapAlt(rows []ranking.Row) string {
	ranked := rows[:ranking.RankedOf(rows)]
	if len(ranked) == 0 {
		return fmt.Sprintf("A grid of %s by dimension. None is ranked: too little could be determined.",
			reports.Plural(len(rows), "model", "models"))
	}
	byShare := func(a, b ranking.Row) int { return cmp.Compare(a.Score.Share(), b.Score.Share()) }
	first, last := slices.MaxFunc(ranked, byShare), slices.MinFunc(ranked, byShare)
	alt := fmt.Sprintf("A grid of %s by dimension, each cell coloured and marked open, partial, closed or undetermined. The highest share of what could be determined is %s (%s), the lowest %s (%s).",
		reports.Plural(len(rows), "model", "models"), reports.Share(first.Score.Share()), reports.Label(first.Name),
		reports.Share(last.Score.Share()), reports.Label(last.Name))
	if n := len(rows) - len(ranked); n > 0 {
		alt += fmt.Sprintf(" %d of them are not ranked: too little could be determined.", n)
	}
	return alt
}

// Shares draws for each dimension what share of models has each class.
func Shares(r *rubric.Rubric, rows []ranking.Row) Figure {
	const left, barW, barH, step, top = 210.0, 460.0, 18.0, 26.0, 96.0
	height := top + float64(len(r.Dimensions))*step + 56
	alt := sharesAlt(r, rows)
	d := svg.NewDrawing(left+barW+40, height, "Classes per dimension", fmt.Sprintf("%s, version %s, share of %d models",
		reports.RubricTitle(r), r.Version, len(rows)), alt)
	bottom := top + float64(len(r.Dimensions))*step
	for i := 0; i <= 4; i++ {
		x := left + barW*float64(i)/4
		d.Line(x, top-6, x, bottom, `stroke="`+svg.RuleColor+`"`)
		d.Text(x, top-12, fmt.Sprintf("%d %%", 25*i), `text-anchor="middle" fill="`+svg.MutedColor+`"`)
	}
	for i, dim := range r.Dimensions {
		y := top + float64(i)*step
		d.Text(left-10, y+13, svg.Fitted(reports.Heading(dim), left-34, 11), `text-anchor="end"`)
		drawShares(d, left, y, barW, barH, dim, ClassCounts(rows, i), len(rows))
	}
	d.Legend(left, height-22)
	return Figure{File: "class-shares.svg", Title: "Classes per dimension", Alt: alt, SVG: d.Bytes()}
}

func drawShares(d *svg.Drawing, x, y, w, h float64, dim rubric.Dimension, counts map[rubric.Class]int, total int) {
	for _, c := range reports.Classes() {
		if counts[c] == 0 || total == 0 {
			continue
		}
		part := float64(counts[c]) / float64(total)
		fill, ink := svg.ClassColor(c)
		if c == rubric.Undetermined {
			fill = "url(#hatch)"
		}
		fmt.Fprintf(d, `<g><title>%s, %s: %d of %d</title><rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>`,
			svg.Escaped(reports.Heading(dim)), c, counts[c], total, svg.Px(x), svg.Px(y), svg.Px(w*part), svg.Px(h),
			fill)
		if part >= 0.09 {
			fmt.Fprintf(d, `<text x="%s" y="%s" text-anchor="middle" font-size="10" fill="%s">%s %.0f %%</text>`,
				svg.Px(x+w*part/2), svg.Px(y+h-5), ink, reports.Symbol(c), 100*part)
		}
		d.WriteString("</g>\n")
		x += w * part
	}
}

// ClassCounts counts the classes of rows in one dimension.
func ClassCounts(rows []ranking.Row, dimension int) map[rubric.Class]int {
	counts := make(map[rubric.Class]int)
	for _, row := range rows {
		counts[row.Cells[dimension].Class]++
	}
	return counts
}

func sharesAlt(r *rubric.Rubric, rows []ranking.Row) string {
	parts := []string{}
	for i, dim := range r.Dimensions {
		c := ClassCounts(rows, i)
		parts = append(parts, fmt.Sprintf("%s %d open, %d partial, %d closed, %d undetermined", reports.Heading(dim),
			c[rubric.Open], c[rubric.Partial], c[rubric.Closed], c[rubric.Undetermined]))
	}
	return fmt.Sprintf("Stacked bars, one per dimension, of %d models: %s.", len(rows), strings.Join(parts, "; "))
}

// Timeline draws the share of what could be determined over date of release,
// and the yearly median. Models that are not ranked are left out and counted.
func Timeline(r *rubric.Rubric, rows []ranking.Row) Figure {
	points := []svg.Point{}
	undated := 0
	ranked := rows[:ranking.RankedOf(rows)]
	for _, row := range ranked {
		if year, ok := svg.YearOf(row.Released); ok {
			points = append(points, svg.Point{X: year, Y: 100 * row.Score.Share(), Name: row.Name, Detail: row.Released,
				Access: row.Access})
		} else {
			undated++
		}
	}
	alt := fmt.Sprintf("A scatter plot of %s by date of release and openness, the share of what could be determined in percent. %s", reports.Plural(len(points), "model", "models"), medianSentence(points))
	p := svg.NewPlot("Openness over time of release",
		fmt.Sprintf("%s, version %s, %s; left out: %d without a known date, %d not ranked", reports.RubricTitle(r),
			r.Version,
			reports.Plural(len(points), "model", "models"), undated, len(rows)-len(ranked)), alt)
	low, high := svg.Bounds(points)
	p.X = svg.Axis{Low: math.Floor(low), High: max(math.Ceil(high), math.Floor(low)+1), Label: "Release"}
	p.X.Ticks = svg.YearTicks(p.X.Low, p.X.High)
	p.Axes()
	p.Points(points)
	p.Medians(points)
	p.AccessLegend("median of a year (3 or more)")
	return Figure{File: "timeline.svg", Title: "Openness over time of release", Alt: alt, SVG: p.Bytes()}
}

func medianSentence(points []svg.Point) string {
	parts := []string{}
	for _, m := range svg.YearlyMedians(points) {
		parts = append(parts, fmt.Sprintf("%.0f %% in %d", m.Y, int(m.X)))
	}
	if len(parts) == 0 {
		return "Too few models per year for a median."
	}
	return "The median is " + strings.Join(parts, ", ") + "."
}

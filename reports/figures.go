package reports

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"openness/rubric"
)

// A Figure is one SVG document and how it is announced.
type Figure struct {
	File  string // file name without a folder
	Title string
	Alt   string // what the figure shows, for those who do not see it
	SVG   []byte
}

// Figures draws all figures of a ranking: heat map, openness over release
// date, class shares per dimension and, where scores are given, openness
// against each benchmark. Rows must be ranked, and scores joined to them. Dated
// values, if any, are drawn over time of release.
func Figures(r *rubric.Rubric, rows []Row, scores []Score, dated []Dated) []Figure {
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
func Heatmap(r *rubric.Rubric, rows []Row) Figure {
	const cellW, cellH, top, left, gap = 22.0, 15.0, 200.0, 250.0, 24.0
	shown := rows[:min(len(rows), heatmapRows)]
	subtitle := fmt.Sprintf("%s, version %s, %s, in the order of their ranks", rubricTitle(r), r.Version, plural(len(rows), "model", "models"))
	if len(shown) < len(rows) {
		subtitle = fmt.Sprintf("%s, version %s, the first %d of %d models in the order of their ranks", rubricTitle(r), r.Version, len(shown), len(rows))
	}
	alt := heatmapAlt(rows)
	width := max(left+float64(len(r.Dimensions))*cellW+190, 640)
	ranked := rankedOf(shown)
	height := top + float64(len(shown))*cellH + 50
	if ranked < len(shown) {
		height += gap
	}
	d := newDrawing(width, height, "Openness of AI models", subtitle, alt)
	x := left
	for i, dim := range r.Dimensions {
		if i > 0 && dim.Group != r.Dimensions[i-1].Group {
			x += 6
		}
		d.text(0, 0, fitted(heading(dim), 150, 11), fmt.Sprintf(`transform="translate(%s %s) rotate(-60)"`, px(x+cellW/2+3), px(top-8)))
		x += cellW
	}
	d.text(x+16, top-8, "Share, and range", `font-weight="bold"`)
	y := top
	for n, row := range shown {
		if n == ranked {
			d.text(left, y+16, "not ranked: too little could be determined", `fill="`+mutedColor+`"`)
			y += gap
		}
		d.heatmapRow(r, row, left, y, cellW, cellH)
		y += cellH
	}
	d.legend(left, d.height-18)
	return Figure{File: "heatmap.svg", Title: "Ranking as a heat map", Alt: alt, SVG: d.bytes()}
}

func (d *drawing) heatmapRow(r *rubric.Rubric, row Row, left, y, cellW, cellH float64) {
	d.text(left-10, y+cellH-4, fitted(row.Name, left-34, 11), `text-anchor="end"`)
	x := left
	for i, c := range row.Cells {
		if i > 0 && r.Dimensions[i].Group != r.Dimensions[i-1].Group {
			x += 6
		}
		d.cell(x+0.5, y+0.5, cellW-1, cellH-1, c.Class, fmt.Sprintf("%s, %s: %s", label(row.Name), heading(r.Dimensions[i]), c.Class))
		x += cellW
	}
	if !row.Score.Ranked || row.Score.Max == 0 {
		return
	}
	const bar = 90.0
	d.rect(x+16, y+3, bar*row.Score.Share(), cellH-6, openColor)
	from, to := x+16+bar*row.Score.Range[0]/row.Score.Max, x+16+bar*row.Score.Range[1]/row.Score.Max
	if to > from { // a whisker where the truth may lie
		d.line(from, y+cellH/2, to, y+cellH/2, `stroke="`+inkColor+`"`)
		d.line(from, y+4, from, y+cellH-4, `stroke="`+inkColor+`"`)
		d.line(to, y+4, to, y+cellH-4, `stroke="`+inkColor+`"`)
	}
	d.text(x+22+bar, y+cellH-4, share(row.Score.Share()), "")
}

func heatmapAlt(rows []Row) string {
	ranked := rows[:rankedOf(rows)]
	if len(ranked) == 0 {
		return fmt.Sprintf("A grid of %s by dimension. None is ranked: too little could be determined.", plural(len(rows), "model", "models"))
	}
	byShare := func(a, b Row) int { return cmp.Compare(a.Score.Share(), b.Score.Share()) }
	first, last := slices.MaxFunc(ranked, byShare), slices.MinFunc(ranked, byShare)
	alt := fmt.Sprintf("A grid of %s by dimension, each cell coloured and marked open, partial, closed or undetermined. The highest share of what could be determined is %s (%s), the lowest %s (%s).",
		plural(len(rows), "model", "models"), share(first.Score.Share()), label(first.Name), share(last.Score.Share()), label(last.Name))
	if n := len(rows) - len(ranked); n > 0 {
		alt += fmt.Sprintf(" %d of them are not ranked: too little could be determined.", n)
	}
	return alt
}

// Shares draws for each dimension what share of models has each class.
func Shares(r *rubric.Rubric, rows []Row) Figure {
	const left, barW, barH, step, top = 210.0, 460.0, 18.0, 26.0, 96.0
	height := top + float64(len(r.Dimensions))*step + 56
	alt := sharesAlt(r, rows)
	d := newDrawing(left+barW+40, height, "Classes per dimension", fmt.Sprintf("%s, version %s, share of %d models", rubricTitle(r), r.Version, len(rows)), alt)
	bottom := top + float64(len(r.Dimensions))*step
	for i := 0; i <= 4; i++ {
		x := left + barW*float64(i)/4
		d.line(x, top-6, x, bottom, `stroke="`+ruleColor+`"`)
		d.text(x, top-12, fmt.Sprintf("%d %%", 25*i), `text-anchor="middle" fill="`+mutedColor+`"`)
	}
	for i, dim := range r.Dimensions {
		y := top + float64(i)*step
		d.text(left-10, y+13, fitted(heading(dim), left-34, 11), `text-anchor="end"`)
		d.shareBar(left, y, barW, barH, dim, classCounts(rows, i), len(rows))
	}
	d.legend(left, height-22)
	return Figure{File: "class-shares.svg", Title: "Classes per dimension", Alt: alt, SVG: d.bytes()}
}

func (d *drawing) shareBar(x, y, w, h float64, dim rubric.Dimension, counts map[rubric.Class]int, total int) {
	for _, c := range Classes() {
		if counts[c] == 0 || total == 0 {
			continue
		}
		part := float64(counts[c]) / float64(total)
		fill, ink := classColor(c)
		if c == rubric.Undetermined {
			fill = "url(#hatch)"
		}
		fmt.Fprintf(d, `<g><title>%s, %s: %d of %d</title><rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>`,
			escaped(heading(dim)), c, counts[c], total, px(x), px(y), px(w*part), px(h), fill)
		if part >= 0.09 {
			fmt.Fprintf(d, `<text x="%s" y="%s" text-anchor="middle" font-size="10" fill="%s">%s %.0f %%</text>`, px(x+w*part/2), px(y+h-5), ink, Symbol(c), 100*part)
		}
		d.WriteString("</g>\n")
		x += w * part
	}
}

func classCounts(rows []Row, dimension int) map[rubric.Class]int {
	counts := make(map[rubric.Class]int)
	for _, row := range rows {
		counts[row.Cells[dimension].Class]++
	}
	return counts
}

func sharesAlt(r *rubric.Rubric, rows []Row) string {
	parts := []string{}
	for i, dim := range r.Dimensions {
		c := classCounts(rows, i)
		parts = append(parts, fmt.Sprintf("%s %d open, %d partial, %d closed, %d undetermined", heading(dim), c[rubric.Open], c[rubric.Partial], c[rubric.Closed], c[rubric.Undetermined]))
	}
	return fmt.Sprintf("Stacked bars, one per dimension, of %d models: %s.", len(rows), strings.Join(parts, "; "))
}

// Timeline draws the share of what could be determined over date of release,
// and the yearly median. Models that are not ranked are left out and counted.
func Timeline(r *rubric.Rubric, rows []Row) Figure {
	points := []point{}
	undated := 0
	ranked := rows[:rankedOf(rows)]
	for _, row := range ranked {
		if year, ok := yearOf(row.Released); ok {
			points = append(points, point{x: year, y: 100 * row.Score.Share(), name: row.Name, detail: row.Released, access: row.Access})
		} else {
			undated++
		}
	}
	alt := fmt.Sprintf("A scatter plot of %s by date of release and openness, the share of what could be determined in percent. %s", plural(len(points), "model", "models"), medianSentence(points))
	p := newPlot("Openness over time of release", fmt.Sprintf("%s, version %s, %s; left out: %d without a known date, %d not ranked", rubricTitle(r), r.Version,
		plural(len(points), "model", "models"), undated, len(rows)-len(ranked)), alt)
	low, high := bounds(points)
	p.x = axis{low: math.Floor(low), high: max(math.Ceil(high), math.Floor(low)+1), label: "Release"}
	p.x.ticks = yearTicks(p.x.low, p.x.high)
	p.axes()
	p.points(points)
	p.medians(points)
	p.accessLegend("median of a year (3 or more)")
	return Figure{File: "timeline.svg", Title: "Openness over time of release", Alt: alt, SVG: p.bytes()}
}

// yearOf reads YYYY, YYYY-MM or YYYY-MM-DD as a year with its fraction.
func yearOf(date string) (float64, bool) {
	parts := strings.Split(date, "-")
	year, err := strconv.Atoi(parts[0])
	if err != nil || year < 1950 || year > 2200 {
		return 0, false
	}
	at := float64(year)
	for i, unit := range []float64{12, 365} {
		if len(parts) > i+1 {
			n, err := strconv.Atoi(parts[i+1])
			if err != nil || n < 1 || n > 31 {
				return 0, false
			}
			at += float64(n-1) / unit
		}
	}
	return at, true
}

func yearTicks(low, high float64) []tick {
	ticks := []tick{}
	every := math.Ceil((high - low) / 12)
	for y := low; y <= high; y += max(every, 1) {
		ticks = append(ticks, tick{y, strconv.Itoa(int(y))})
	}
	return ticks
}

// median of values, NaN of none.
func median(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	s := slices.Sorted(slices.Values(values))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}

// yearlyMedians lists years with at least three models: a median of fewer says little.
func yearlyMedians(points []point) []point {
	byYear := make(map[int][]float64)
	for _, p := range points {
		byYear[int(p.x)] = append(byYear[int(p.x)], p.y)
	}
	medians := []point{}
	for year, values := range byYear {
		if len(values) >= 3 {
			medians = append(medians, point{x: float64(year), y: median(values)})
		}
	}
	slices.SortFunc(medians, func(a, b point) int { return cmp.Compare(a.x, b.x) })
	return medians
}

func medianSentence(points []point) string {
	parts := []string{}
	for _, m := range yearlyMedians(points) {
		parts = append(parts, fmt.Sprintf("%.0f %% in %d", m.y, int(m.x)))
	}
	if len(parts) == 0 {
		return "Too few models per year for a median."
	}
	return "The median is " + strings.Join(parts, ", ") + "."
}

package svg

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"openness/reports"
)

// A Plot is a drawing with two axes; y is openness in percent, 0 to 100, unless
// it is set to something else.
type Plot struct {
	*Drawing
	X, Y  Axis
	Unit  string        // after a value of y
	Taken []PlacedLabel // where lines are, and no name is to stand
}

// An Axis is the range of a plot in one direction, and its marks.
type Axis struct {
	Low, High float64
	Label     string
	Ticks     []Tick
}

// A Tick is a mark on an axis, with what stands beside it.
type Tick struct {
	at    float64
	label string
}

// A Point is one model in a plot.
type Point struct {
	X, Y   float64
	Name   string
	Detail string // the x value as given
	Access reports.Access
}

const (
	PlotLeft, plotTop    = 70.0, 76.0
	PlotWidth, plotDepth = 600.0, 330.0
)

// NewPlot is an empty plot; the description is for those who do not see it.
func NewPlot(title, subtitle, description string) *Plot {
	p := &Plot{Drawing: NewDrawing(PlotLeft+PlotWidth+40, plotTop+plotDepth+96, title, subtitle, description),
		Unit: " %"}
	p.Y = Axis{Low: 0, High: 100, Label: "Openness, percent of what could be determined"}
	for percent := 0; percent <= 100; percent += 20 {
		p.Y.Ticks = append(p.Y.Ticks, Tick{float64(percent), strconv.Itoa(percent)})
	}
	return p
}

// At maps a point to pixels.
func (p *Plot) At(x, y float64) (float64, float64) {
	return PlotLeft + PlotWidth*(x-p.X.Low)/(p.X.High-p.X.Low), plotTop + plotDepth*(1-(y-p.Y.Low)/(p.Y.High-p.Y.Low))
}

// Axes draws both axes with their marks and names.
func (p *Plot) Axes() {
	for _, t := range p.Y.Ticks {
		_, y := p.At(p.X.Low, t.at)
		p.Line(PlotLeft, y, PlotLeft+PlotWidth, y, `stroke="`+RuleColor+`"`)
		p.Text(PlotLeft-8, y+4, t.label, `text-anchor="end" fill="`+MutedColor+`"`)
	}
	for _, t := range p.X.Ticks {
		x, y := p.At(t.at, p.Y.Low)
		p.Line(x, y, x, y+5, `stroke="`+MutedColor+`"`)
		p.Text(x, y+18, t.label, `text-anchor="middle" fill="`+MutedColor+`"`)
	}
	x, y := p.At(p.X.Low, p.Y.Low)
	p.Line(x, y, x+PlotWidth, y, `stroke="`+InkColor+`"`)
	p.Text(PlotLeft+PlotWidth/2, y+38, p.X.Label, `text-anchor="middle"`)
	p.Text(0, 0, p.Y.Label, fmt.Sprintf(`transform="translate(26 %s) rotate(-90)" text-anchor="middle"`,
		Px(plotTop+plotDepth/2)))
}

// Points draws every model once; models that fall on one place become one mark
// whose area grows with their number, so that ten thousand stay readable.
func (p *Plot) Points(points []Point) {
	type place struct{ x, y int }
	groups := make(map[place][]Point)
	for _, pt := range points {
		x, y := p.At(pt.X, pt.Y)
		at := place{int(math.Round(x / 3)), int(math.Round(y / 3))}
		groups[at] = append(groups[at], pt)
	}
	places := make([]place, 0, len(groups))
	for at := range groups {
		places = append(places, at)
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.y, b.y)) })
	for _, at := range places {
		g := groups[at]
		p.Mark(float64(at.x)*3, float64(at.y)*3, min(4*math.Sqrt(float64(len(g))), 12), commonAccess(g), p.hint(g))
	}
}

// A PlacedLabel is the name of a point where it covers no other.
type PlacedLabel struct {
	Text       string
	X, Y, W, H float64 // the upper left corner and the extent
}

// Overlaps reports whether two labels cover each other.
func (a PlacedLabel) Overlaps(b PlacedLabel) bool {
	return a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H
}

// labelSize is the font size of a point's name, and labelWidth how wide it may be.
const (
	labelSize  = 9.0
	labelWidth = 110.0
)

// PlaceLabels finds a place beside each point for its name, those that stand out
// first, being far from the middle: right, left, above, below. A name for which there is no room is left
// out; the mark still tells it on a page.
func (p *Plot) PlaceLabels(points []Point) []PlacedLabel {
	taken := slices.Clone(p.Taken)
	for _, pt := range points {
		x, y := p.At(pt.X, pt.Y)
		taken = append(taken, PlacedLabel{"", x - 4, y - 4, 8, 8})
	}
	order := slices.Clone(points)
	middle := (p.Y.Low + p.Y.High) / 2
	slices.SortStableFunc(order, func(a, b Point) int {
		return cmp.Compare(math.Abs(b.Y-middle), math.Abs(a.Y-middle))
	})
	placed := []PlacedLabel{}
	for _, pt := range order {
		x, y := p.At(pt.X, pt.Y)
		text := Fitted(pt.Name, labelWidth, labelSize)
		w, h := TextWidth(text, labelSize), labelSize+1
		for _, at := range [][2]float64{{x + 6, y - h/2}, {x - 6 - w, y - h/2}, {x - w/2, y - 6 - h},
			{x - w/2, y + 6}} {
			l := PlacedLabel{text, at[0], at[1], w, h}
			if l.X < 2 || l.X+l.W > p.Width-2 || l.Y < plotTop-h || slices.ContainsFunc(taken, l.Overlaps) {
				continue
			}
			taken, placed = append(taken, l), append(placed, l)
			break
		}
	}
	return placed
}

// mostLabelled bounds the points whose names are placed: beyond, a plot is a cloud.
const mostLabelled = 150

// Labels writes the names of points beside them.
func (p *Plot) Labels(points []Point) {
	for _, l := range p.PlaceLabels(points[:min(len(points), mostLabelled)]) {
		p.Text(l.X, l.Y+l.H-2, l.Text, fmt.Sprintf(`font-size="%s" fill="%s"`, Px(labelSize), MutedColor))
	}
}

// commonAccess is the access of a group of points where they agree.
func commonAccess(g []Point) reports.Access {
	for _, pt := range g {
		if pt.Access != g[0].Access {
			return reports.AccessUnknown
		}
	}
	return g[0].Access
}

// hint says what models a mark stands for.
func (p *Plot) hint(g []Point) string {
	if len(g) > 1 {
		return fmt.Sprintf("%d models, among them %s", len(g), reports.Label(g[0].Name))
	}
	return fmt.Sprintf("%s: %s%s, %s", reports.Label(g[0].Name), reports.Number(g[0].Y), p.Unit,
		reports.Label(g[0].Detail))
}

// Mark draws a point as colour and shape: a disc where weights are published,
// a diamond for a service only, a ring where that is not known.
func (p *Plot) Mark(x, y, r float64, a reports.Access, hint string) {
	fmt.Fprintf(p, `<g><title>%s</title>`, Escaped(hint))
	switch a {
	case reports.WeightsPublished:
		fmt.Fprintf(p, `<circle cx="%s" cy="%s" r="%s" fill="%s" fill-opacity="0.7"/>`, Px(x), Px(y), Px(r), OpenColor)
	case reports.ServiceOnly:
		fmt.Fprintf(p, `<path d="M%s %sl%[3]s %[3]sl-%[3]s %[3]sl-%[3]s -%[3]sz" fill="%[4]s" fill-opacity="0.8"/>`,
			Px(x), Px(y-r), Px(r), ClosedColor)
	default:
		fmt.Fprintf(p, `<circle cx="%s" cy="%s" r="%s" fill="none" stroke="%s" stroke-width="1.4"/>`, Px(x), Px(y),
			Px(r), MutedColor)
	}
	p.WriteString("</g>\n")
}

// AccessLegend explains the marks, and a line that is drawn through them, if any.
func (p *Plot) AccessLegend(lineText string) {
	x, y := PlotLeft, plotTop+plotDepth+72
	for _, item := range []struct {
		access reports.Access
		text   string
	}{{reports.WeightsPublished, "weights published"}, {reports.ServiceOnly, "no weights published"},
		{reports.AccessUnknown, "not known"}} {
		p.Mark(x, y-4, 4, item.access, item.text)
		p.Text(x+10, y, item.text, "")
		x += 30 + TextWidth(item.text, 11)
	}
	if lineText != "" {
		p.Line(x-4, y-4, x+16, y-4, `stroke="`+InkColor+`" stroke-width="2"`)
		p.Text(x+22, y, lineText, "")
	}
}

// Medians draws the median of each group of points.
func (p *Plot) Medians(points []Point) {
	for _, m := range YearlyMedians(points) {
		x1, y := p.At(m.X, m.Y)
		x2, _ := p.At(m.X+1, m.Y)
		p.Line(x1+2, y, x2-2, y, `stroke="`+InkColor+`" stroke-width="2"`)
	}
}

// Bounds are the least and greatest x, 0 and 1 of none.
func Bounds(points []Point) (low, high float64) {
	if len(points) == 0 {
		return 0, 1
	}
	low, high = points[0].X, points[0].X
	for _, p := range points {
		low, high = min(low, p.X), max(high, p.X)
	}
	return low, high
}

// RoundTicks puts about six ticks at round numbers over a range that holds all
// of low to high.
func RoundTicks(low, high float64) Axis {
	if high <= low {
		low, high = low-1, high+1
	}
	step := math.Pow(10, math.Floor(math.Log10((high-low)/5)))
	for _, factor := range []float64{1, 2, 5, 10} {
		if (high-low)/(step*factor) <= 6 {
			step *= factor
			break
		}
	}
	a := Axis{Low: math.Floor(low/step) * step, High: math.Ceil(high/step) * step}
	for i := 0; i <= int(math.Round((a.High-a.Low)/step)); i++ {
		v := a.Low + float64(i)*step
		a.Ticks = append(a.Ticks, Tick{v, strconv.FormatFloat(math.Round(v/step)*step, 'g', 6, 64)})
	}
	return a
}

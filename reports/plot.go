package reports

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
)

// A plot is a drawing with two axes; y is openness in percent, 0 to 100, unless
// it is set to something else.
type plot struct {
	*drawing
	x, y  axis
	unit  string        // after a value of y
	taken []placedLabel // where lines are, and no name is to stand
}

type axis struct {
	low, high float64
	label     string
	ticks     []tick
}

type tick struct {
	at    float64
	label string
}

// A point is one model in a plot.
type point struct {
	x, y   float64
	name   string
	detail string // the x value as given
	access Access
}

const (
	plotLeft, plotTop    = 70.0, 76.0
	plotWidth, plotDepth = 600.0, 330.0
)

func newPlot(title, subtitle, description string) *plot {
	p := &plot{drawing: newDrawing(plotLeft+plotWidth+40, plotTop+plotDepth+96, title, subtitle, description), unit: " %"}
	p.y = axis{low: 0, high: 100, label: "Openness, percent of what could be determined"}
	for percent := 0; percent <= 100; percent += 20 {
		p.y.ticks = append(p.y.ticks, tick{float64(percent), strconv.Itoa(percent)})
	}
	return p
}

// at maps a point to pixels.
func (p *plot) at(x, y float64) (float64, float64) {
	return plotLeft + plotWidth*(x-p.x.low)/(p.x.high-p.x.low), plotTop + plotDepth*(1-(y-p.y.low)/(p.y.high-p.y.low))
}

func (p *plot) axes() {
	for _, t := range p.y.ticks {
		_, y := p.at(p.x.low, t.at)
		p.line(plotLeft, y, plotLeft+plotWidth, y, `stroke="`+ruleColor+`"`)
		p.text(plotLeft-8, y+4, t.label, `text-anchor="end" fill="`+mutedColor+`"`)
	}
	for _, t := range p.x.ticks {
		x, y := p.at(t.at, p.y.low)
		p.line(x, y, x, y+5, `stroke="`+mutedColor+`"`)
		p.text(x, y+18, t.label, `text-anchor="middle" fill="`+mutedColor+`"`)
	}
	x, y := p.at(p.x.low, p.y.low)
	p.line(x, y, x+plotWidth, y, `stroke="`+inkColor+`"`)
	p.text(plotLeft+plotWidth/2, y+38, p.x.label, `text-anchor="middle"`)
	p.text(0, 0, p.y.label, fmt.Sprintf(`transform="translate(26 %s) rotate(-90)" text-anchor="middle"`, px(plotTop+plotDepth/2)))
}

// points draws every model once; models that fall on one place become one mark
// whose area grows with their number, so that ten thousand stay readable.
func (p *plot) points(points []point) {
	type place struct{ x, y int }
	groups := make(map[place][]point)
	for _, pt := range points {
		x, y := p.at(pt.x, pt.y)
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
		p.mark(float64(at.x)*3, float64(at.y)*3, min(4*math.Sqrt(float64(len(g))), 12), commonAccess(g), p.hint(g))
	}
}

// A placed label is the name of a point where it covers no other.
type placedLabel struct {
	text       string
	x, y, w, h float64 // the upper left corner and the extent
}

func (a placedLabel) overlaps(b placedLabel) bool {
	return a.x < b.x+b.w && b.x < a.x+a.w && a.y < b.y+b.h && b.y < a.y+a.h
}

// labelSize is the font size of a point's name, and labelWidth how wide it may be.
const (
	labelSize  = 9.0
	labelWidth = 110.0
)

// placeLabels finds a place beside each point for its name, those that stand out
// first, being far from the middle: right, left, above, below. A name for which there is no room is left
// out; the mark still tells it on a page.
func (p *plot) placeLabels(points []point) []placedLabel {
	taken := slices.Clone(p.taken)
	for _, pt := range points {
		x, y := p.at(pt.x, pt.y)
		taken = append(taken, placedLabel{"", x - 4, y - 4, 8, 8})
	}
	order := slices.Clone(points)
	middle := (p.y.low + p.y.high) / 2
	slices.SortStableFunc(order, func(a, b point) int { return cmp.Compare(math.Abs(b.y-middle), math.Abs(a.y-middle)) })
	placed := []placedLabel{}
	for _, pt := range order {
		x, y := p.at(pt.x, pt.y)
		text := fitted(pt.name, labelWidth, labelSize)
		w, h := textWidth(text, labelSize), labelSize+1
		for _, at := range [][2]float64{{x + 6, y - h/2}, {x - 6 - w, y - h/2}, {x - w/2, y - 6 - h}, {x - w/2, y + 6}} {
			l := placedLabel{text, at[0], at[1], w, h}
			if l.x < 2 || l.x+l.w > p.width-2 || l.y < plotTop-h || slices.ContainsFunc(taken, l.overlaps) {
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

// labels writes the names of points beside them.
func (p *plot) labels(points []point) {
	for _, l := range p.placeLabels(points[:min(len(points), mostLabelled)]) {
		p.text(l.x, l.y+l.h-2, l.text, fmt.Sprintf(`font-size="%s" fill="%s"`, px(labelSize), mutedColor))
	}
}

// commonAccess is the access of a group of points where they agree.
func commonAccess(g []point) Access {
	for _, pt := range g {
		if pt.access != g[0].access {
			return AccessUnknown
		}
	}
	return g[0].access
}

// hint says what models a mark stands for.
func (p *plot) hint(g []point) string {
	if len(g) > 1 {
		return fmt.Sprintf("%d models, among them %s", len(g), label(g[0].name))
	}
	return fmt.Sprintf("%s: %s%s, %s", label(g[0].name), number(g[0].y), p.unit, label(g[0].detail))
}

// mark draws a point as colour and shape: a disc where weights are published,
// a diamond for a service only, a ring where that is not known.
func (p *plot) mark(x, y, r float64, a Access, hint string) {
	fmt.Fprintf(p, `<g><title>%s</title>`, escaped(hint))
	switch a {
	case WeightsPublished:
		fmt.Fprintf(p, `<circle cx="%s" cy="%s" r="%s" fill="%s" fill-opacity="0.7"/>`, px(x), px(y), px(r), openColor)
	case ServiceOnly:
		fmt.Fprintf(p, `<path d="M%s %sl%[3]s %[3]sl-%[3]s %[3]sl-%[3]s -%[3]sz" fill="%[4]s" fill-opacity="0.8"/>`, px(x), px(y-r), px(r), closedColor)
	default:
		fmt.Fprintf(p, `<circle cx="%s" cy="%s" r="%s" fill="none" stroke="%s" stroke-width="1.4"/>`, px(x), px(y), px(r), mutedColor)
	}
	p.WriteString("</g>\n")
}

// accessLegend explains the marks, and a line that is drawn through them, if any.
func (p *plot) accessLegend(lineText string) {
	x, y := plotLeft, plotTop+plotDepth+72
	for _, item := range []struct {
		access Access
		text   string
	}{{WeightsPublished, "weights published"}, {ServiceOnly, "no weights published"}, {AccessUnknown, "not known"}} {
		p.mark(x, y-4, 4, item.access, item.text)
		p.text(x+10, y, item.text, "")
		x += 30 + textWidth(item.text, 11)
	}
	if lineText != "" {
		p.line(x-4, y-4, x+16, y-4, `stroke="`+inkColor+`" stroke-width="2"`)
		p.text(x+22, y, lineText, "")
	}
}

func (p *plot) medians(points []point) {
	for _, m := range yearlyMedians(points) {
		x1, y := p.at(m.x, m.y)
		x2, _ := p.at(m.x+1, m.y)
		p.line(x1+2, y, x2-2, y, `stroke="`+inkColor+`" stroke-width="2"`)
	}
}

// bounds are the least and greatest x, 0 and 1 of none.
func bounds(points []point) (low, high float64) {
	if len(points) == 0 {
		return 0, 1
	}
	low, high = points[0].x, points[0].x
	for _, p := range points {
		low, high = min(low, p.x), max(high, p.x)
	}
	return low, high
}

// roundTicks puts about six ticks at round numbers over a range that holds all
// of low to high.
func roundTicks(low, high float64) axis {
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
	a := axis{low: math.Floor(low/step) * step, high: math.Ceil(high/step) * step}
	for i := 0; i <= int(math.Round((a.high-a.low)/step)); i++ {
		v := a.low + float64(i)*step
		a.ticks = append(a.ticks, tick{v, strconv.FormatFloat(math.Round(v/step)*step, 'g', 6, 64)})
	}
	return a
}

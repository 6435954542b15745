package census

import (
	"cmp"
	"fmt"
	"strings"

	"openness/reports/figures"
	"openness/reports/internal/svg"
)

// A censusPart is a share of a row's models that the figure of a census draws.
type censusPart struct {
	name, fill, ink string
	of              func(*Counts) int64
}

// censusParts share out the models of a row: each model is in one of them.
var censusParts = []censusPart{
	{"free weights, open licence tag", svg.OpenColor, "#ffffff", func(c *Counts) int64 { return c.FreeAndOpen }},
	{"free weights, other or no tag", svg.PartialColor, svg.InkColor, func(c *Counts) int64 {
		return c.Free - c.FreeAndOpen
	}},
	{"behind a gate", svg.ClosedColor, svg.InkColor, func(c *Counts) int64 { return c.Gated }},
	{"a difference to other weights", "#a9c3c9", svg.InkColor, func(c *Counts) int64 { return c.Difference }},
	{"no file of weights, or not told", "url(#hatch)", svg.InkColor, func(c *Counts) int64 {
		return c.Unlisted + c.Unknown
	}},
}

// censusFigureRows is how many rows of a table the figure draws.
const censusFigureRows = 10

// Figure draws how open a hub is: of all models, and by licence tag,
// organisation, family of the base and downloads, what share has free weights
// under the tag of an open licence, free weights otherwise, a gate, and so on.
func Figure(r Report) figures.Figure {
	const left, barW, barH, step, gap, top = 230.0, 440.0, 16.0, 22.0, 34.0, 96.0
	type group struct {
		title string
		rows  []Counts
	}
	all := r.All
	all.Key = "all models"
	groups := []group{{"", []Counts{all}}}
	for _, t := range r.Tables {
		if t.By != "gate" && len(t.Rows) > 0 { // a bar by gate would say nothing new
			groups = append(groups, group{cmp.Or(censusTitles[t.By], t.By),
				t.Rows[:min(len(t.Rows), censusFigureRows)]})
		}
	}
	height := top + 60.0
	for _, g := range groups {
		height += gap + step*float64(len(g.rows))
	}
	title := "How open is the hub?"
	when := r.Census.Started.Format("2006-01-02")
	if !r.Census.Complete {
		when += ", not complete"
	}
	d := svg.NewDrawing(left+barW+110, height, title,
		fmt.Sprintf("%s models in a census of %s; by what the list tells: no card, licence text or paper was read",
			thousands(r.Models), when), censusAlt(&r.All, when))
	y := top - 18
	for _, g := range groups {
		if g.title != "" {
			d.Text(left, y+12, g.title, `font-weight="bold"`)
			d.Text(left+barW+12, y+12, "models", `fill="`+svg.MutedColor+`"`)
			y += 20
		}
		for i := range g.rows {
			c := &g.rows[i]
			d.Text(left-10, y+12, svg.Fitted(c.Key, left-34, 11), `text-anchor="end"`)
			drawCensusBar(d, left, y, barW, barH, c)
			d.Text(left+barW+12, y+12, thousands(c.Models), `fill="`+svg.MutedColor+`"`)
			y += step
		}
		y += gap - 20
	}
	x, line := 24.0, height-34
	for _, part := range censusParts {
		width := 30 + svg.TextWidth(part.name, 11)
		if x+width > d.Width-20 {
			x, line = 24, line+18
		}
		d.Rect(x, line-10, 14, 12, part.fill)
		d.Text(x+20, line, part.name, "")
		x += width
	}
	return figures.Figure{File: "census.svg", Title: title, Alt: censusAlt(&r.All, when), SVG: d.Bytes()}
}

// drawCensusBar draws the parts of a row from left to right.
func drawCensusBar(d *svg.Drawing, x, y, w, h float64, c *Counts) {
	for _, part := range censusParts {
		n := part.of(c)
		if n <= 0 || c.Models == 0 {
			continue
		}
		share := float64(n) / float64(c.Models)
		fmt.Fprintf(d, `<g><title>%s, %s: %s of %s</title><rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>`,
			svg.Escaped(c.Key), part.name, thousands(n), thousands(c.Models), svg.Px(x), svg.Px(y), svg.Px(w*share),
			svg.Px(h), part.fill)
		if share >= 0.09 {
			fmt.Fprintf(d, `<text x="%s" y="%s" text-anchor="middle" font-size="10" fill="%s">%.0f %%</text>`,
				svg.Px(x+w*share/2), svg.Px(y+h-4), part.ink, 100*share)
		}
		d.WriteString("</g>\n")
		x += w * share
	}
}

func censusAlt(all *Counts, when string) string {
	var parts []string
	for _, part := range censusParts {
		parts = append(parts, part.name+" "+percentOf(part.of(all), all.Models))
	}
	return fmt.Sprintf("Stacked bars of %s models in a census of %s, of all and by licence tag, organisation, family of the base and downloads. Of all: %s.",
		thousands(all.Models), when, strings.Join(parts, "; "))
}

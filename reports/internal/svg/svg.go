// Package svg draws: rectangles, lines and texts of an SVG document, the colours of the
// classes, and scatter plots with axes and labels that do not cover each other.
package svg

import (
	"fmt"
	"html"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"openness/reports"
	"openness/reports/internal/layout"
	"openness/rubric"
)

// Colours of the classes: a dark teal, an amber, a terracotta and a grey that
// stay apart in the three common forms of colour blindness and, by their
// lightness, in grey print. assets/site.css uses the same values; a test compares them.
const (
	OpenColor         = "#0f4c5c"
	PartialColor      = "#f1c453"
	ClosedColor       = "#dc7b66"
	UndeterminedColor = "#e3e6e8"
	InkColor          = "#1c2326"
	MutedColor        = "#566066"
	RuleColor         = "#d5dadd"
)

// ClassColor is the colour of a class and of a symbol upon it.
func ClassColor(c rubric.Class) (fill, ink string) {
	switch c {
	case rubric.Open:
		return OpenColor, "#ffffff"
	case rubric.Partial:
		return PartialColor, InkColor
	case rubric.Closed:
		return ClosedColor, InkColor
	}
	return UndeterminedColor, MutedColor
}

// A Drawing is an SVG document in the making. It uses presentation attributes
// only, no style sheets or scripts, so that it looks the same on a page, in a
// paper and under a strict Content-Security-Policy. Coordinates are pixels.
type Drawing struct {
	strings.Builder
	Width, Height float64
}

// NewDrawing begins a figure that stands alone: a white ground, a title and a
// description for those who do not see it, and the title and subtitle as text.
func NewDrawing(width, height float64, title, subtitle, description string) *Drawing {
	d := &Drawing{Width: width, Height: height}
	fmt.Fprintf(d, `<svg xmlns="http://www.w3.org/2000/svg" width="%[1]s" height="%[2]s" viewBox="0 0 %[1]s %[2]s" role="img" aria-labelledby="title description" font-family="Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif" font-size="11" fill="%[3]s">`+"\n",
		Px(width), Px(height), InkColor)
	fmt.Fprintf(d, "<title id=\"title\">%s</title>\n<desc id=\"description\">%s</desc>\n", Escaped(title),
		Escaped(description))
	d.WriteString(`<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="` + UndeterminedColor + `"/><rect width="1.4" height="5" fill="#b4bbc0"/></pattern></defs>` + "\n")
	d.Rect(0, 0, width, height, "#ffffff")
	d.Text(24, 30, title, `font-size="16" font-weight="bold"`)
	d.Text(24, 48, subtitle, `fill="`+MutedColor+`"`)
	return d
}

// Bytes ends the document.
func (d *Drawing) Bytes() []byte { return []byte(d.String() + "</svg>\n") }

// Rect draws a filled rectangle.
func (d *Drawing) Rect(x, y, w, h float64, fill string) {
	fmt.Fprintf(d, `<rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>`+"\n", Px(x), Px(y), Px(w), Px(h), fill)
}

// Line draws a line.
func (d *Drawing) Line(x1, y1, x2, y2 float64, attributes string) {
	fmt.Fprintf(d, `<line x1="%s" y1="%s" x2="%s" y2="%s" %s/>`+"\n", Px(x1), Px(y1), Px(x2), Px(y2), attributes)
}

// Text writes words at a point.
func (d *Drawing) Text(x, y float64, s, attributes string) {
	fmt.Fprintf(d, `<text x="%s" y="%s" %s>%s</text>`+"\n", Px(x), Px(y), attributes, Escaped(s))
}

// Cell draws a class as colour and symbol.
func (d *Drawing) Cell(x, y, w, h float64, c rubric.Class, hint string) {
	fill, ink := ClassColor(c)
	if c == rubric.Undetermined {
		fill = "url(#hatch)"
	}
	fmt.Fprintf(d, `<g><title>%s</title><rect x="%s" y="%s" width="%s" height="%s" fill="%s"/><text x="%s" y="%s" text-anchor="middle" font-size="10" fill="%s">%s</text></g>`+"\n",
		Escaped(hint), Px(x), Px(y), Px(w), Px(h), fill, Px(x+w/2), Px(y+h/2+3.6), ink, reports.Symbol(c))
}

// Legend draws the four classes in a row.
func (d *Drawing) Legend(x, y float64) {
	for _, c := range reports.Classes() {
		d.Cell(x, y-11, 16, 14, c, string(c)+": "+reports.Meaning(c))
		d.Text(x+22, y, string(c), "")
		x += 34 + TextWidth(string(c), 11)
	}
}

// Px writes a length with at most one decimal, so that bytes are stable.
func Px(f float64) string {
	s := strconv.FormatFloat(f, 'f', 1, 64)
	s = strings.TrimSuffix(s, ".0")
	if s == "-0" {
		return "0"
	}
	return s
}

// Escaped is s as visible text of XML.
func Escaped(s string) string { return html.EscapeString(reports.Visible(s)) }

// TextWidth estimates how wide s is set at a font size: glyphs of these fonts
// are 0.54 em wide on average, wide characters twice that.
func TextWidth(s string, size float64) float64 { return 0.54 * size * float64(text.StringWidth(s)) }

// Fitted shortens s to a width in pixels at a font size.
func Fitted(s string, width, size float64) string { return layout.Fit(s, int(width/(0.54*size))) }

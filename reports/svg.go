package reports

import (
	"fmt"
	"html"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"openness/rubric"
)

// Colours of the classes: a dark teal, an amber, a terracotta and a grey that
// stay apart in the three common forms of colour blindness and, by their
// lightness, in grey print. assets/site.css uses the same values; a test compares them.
const (
	openColor         = "#0f4c5c"
	partialColor      = "#f1c453"
	closedColor       = "#dc7b66"
	undeterminedColor = "#e3e6e8"
	inkColor          = "#1c2326"
	mutedColor        = "#566066"
	ruleColor         = "#d5dadd"
)

// classColor is the colour of a class and of a symbol upon it.
func classColor(c rubric.Class) (fill, ink string) {
	switch c {
	case rubric.Open:
		return openColor, "#ffffff"
	case rubric.Partial:
		return partialColor, inkColor
	case rubric.Closed:
		return closedColor, inkColor
	}
	return undeterminedColor, mutedColor
}

// A drawing is an SVG document in the making. It uses presentation attributes
// only, no style sheets or scripts, so that it looks the same on a page, in a
// paper and under a strict Content-Security-Policy. Coordinates are pixels.
type drawing struct {
	strings.Builder
	width, height float64
}

// newDrawing begins a figure that stands alone: a white ground, a title and a
// description for those who do not see it, and the title and subtitle as text.
func newDrawing(width, height float64, title, subtitle, description string) *drawing {
	d := &drawing{width: width, height: height}
	fmt.Fprintf(d, `<svg xmlns="http://www.w3.org/2000/svg" width="%[1]s" height="%[2]s" viewBox="0 0 %[1]s %[2]s" role="img" aria-labelledby="title description" font-family="Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif" font-size="11" fill="%[3]s">`+"\n",
		px(width), px(height), inkColor)
	fmt.Fprintf(d, "<title id=\"title\">%s</title>\n<desc id=\"description\">%s</desc>\n", escaped(title), escaped(description))
	d.WriteString(`<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="` + undeterminedColor + `"/><rect width="1.4" height="5" fill="#b4bbc0"/></pattern></defs>` + "\n")
	d.rect(0, 0, width, height, "#ffffff")
	d.text(24, 30, title, `font-size="16" font-weight="bold"`)
	d.text(24, 48, subtitle, `fill="`+mutedColor+`"`)
	return d
}

// bytes ends the document.
func (d *drawing) bytes() []byte { return []byte(d.String() + "</svg>\n") }

func (d *drawing) rect(x, y, w, h float64, fill string) {
	fmt.Fprintf(d, `<rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>`+"\n", px(x), px(y), px(w), px(h), fill)
}

func (d *drawing) line(x1, y1, x2, y2 float64, attributes string) {
	fmt.Fprintf(d, `<line x1="%s" y1="%s" x2="%s" y2="%s" %s/>`+"\n", px(x1), px(y1), px(x2), px(y2), attributes)
}

func (d *drawing) text(x, y float64, s, attributes string) {
	fmt.Fprintf(d, `<text x="%s" y="%s" %s>%s</text>`+"\n", px(x), px(y), attributes, escaped(s))
}

// cell draws a class as colour and symbol.
func (d *drawing) cell(x, y, w, h float64, c rubric.Class, hint string) {
	fill, ink := classColor(c)
	if c == rubric.Undetermined {
		fill = "url(#hatch)"
	}
	fmt.Fprintf(d, `<g><title>%s</title><rect x="%s" y="%s" width="%s" height="%s" fill="%s"/><text x="%s" y="%s" text-anchor="middle" font-size="10" fill="%s">%s</text></g>`+"\n",
		escaped(hint), px(x), px(y), px(w), px(h), fill, px(x+w/2), px(y+h/2+3.6), ink, Symbol(c))
}

// legend draws the four classes in a row.
func (d *drawing) legend(x, y float64) {
	for _, c := range Classes() {
		d.cell(x, y-11, 16, 14, c, string(c)+": "+Meaning(c))
		d.text(x+22, y, string(c), "")
		x += 34 + textWidth(string(c), 11)
	}
}

// px writes a length with at most one decimal, so that bytes are stable.
func px(f float64) string {
	s := strconv.FormatFloat(f, 'f', 1, 64)
	s = strings.TrimSuffix(s, ".0")
	if s == "-0" {
		return "0"
	}
	return s
}

// escaped is s as visible text of XML.
func escaped(s string) string { return html.EscapeString(Visible(s)) }

// textWidth estimates how wide s is set at a font size: glyphs of these fonts
// are 0.54 em wide on average, wide characters twice that.
func textWidth(s string, size float64) float64 { return 0.54 * size * float64(text.StringWidth(s)) }

// fitted shortens s to a width in pixels at a font size.
func fitted(s string, width, size float64) string { return fit(s, int(width/(0.54*size))) }

package site

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"openness/reports"
	"openness/reports/dossier"
	"openness/reports/evidence"
	"openness/reports/internal/svg"
)

// dossierPage gathers a dossier for the site: with the lineage linked. The model's
// assessments are given as lines, see reports.AssessmentLines.
func (b *Book) dossierPage(m *reports.Model, assessments [][]byte) dossier.View {
	d := dossier.ViewOf(m, b.Rubric, evidence.Seen{})
	family := b.family(m)
	d.Related = family.relatives()
	d.Lineage = template.HTML(family.svg()) //nolint:gosec // made here, every text in it goes through escaped
	if b.Live {
		d.LinkStored("../documents/")
	}
	d.Portray(b.Tool, assessments)
	return d
}

// family is a model between its bases and what was tuned from it.
type family struct {
	bases    []dossier.Relative // nearest first
	self     dossier.Relative
	children []dossier.Relative
	more     int // children left out
}

const (
	mostBases    = 4 // generations drawn
	mostChildren = 8
)

// family follows base models upwards through the site's subjects. A base that
// the site does not know ends the line; so does a circle.
func (b *Book) family(m *reports.Model) family {
	s := m.Subject
	f := family{self: dossier.Relative{ID: s.ID, Name: m.Name(), Relation: "this model"}}
	seen := []string{s.ID}
	for id := s.Base; id != "" && !slices.Contains(seen, id) && len(f.bases) < mostBases; id = b.subjects[id].Base {
		seen = append(seen, id)
		f.bases = append(f.bases, dossier.Relative{ID: id, Name: cmp.Or(b.subjects[id].Name, id), Page: b.pageOfID(id),
			Relation: "base"})
	}
	for _, c := range b.children[s.ID] {
		if len(f.children) == mostChildren {
			f.more++
			continue
		}
		f.children = append(f.children, dossier.Relative{ID: c.ID, Name: cmp.Or(c.Name, c.ID),
			Page: b.ModelPage(c.ID, c.Label), Relation: "tuned from this model"})
	}
	return f
}

func (f family) relatives() []dossier.Relative {
	return append(slices.Clone(f.bases), f.children...)
}

// svg draws the lineage from left to right. Colours come from the page's style
// sheet, so that the drawing follows dark mode.
func (f family) svg() string {
	if len(f.bases) == 0 && len(f.children) == 0 {
		return ""
	}
	const boxW, boxH, gapX, gapY = 190.0, 34.0, 44.0, 10.0
	rows := float64(max(len(f.children), 1))
	if f.more > 0 {
		rows++
	}
	columns := float64(len(f.bases) + 1)
	if len(f.children) > 0 {
		columns++
	}
	height := rows*(boxH+gapY) + 2
	d := &svg.Drawing{Width: columns*(boxW+gapX) - gapX + 4, Height: height}
	d.WriteString(`<svg class="lineage" role="img" aria-label="` + svg.Escaped(f.words()) + `" viewBox="0 0 ` +
		svg.Px(d.Width) + " " + svg.Px(height) + `" width="` + svg.Px(d.Width) + `" height="` + svg.Px(height) + `">`)
	x, middle := 2.0, height/2-boxH/2
	for _, r := range slices.Backward(f.bases) {
		drawBox(d, r, x, middle, boxW, boxH, "kin")
		drawArrow(d, x+boxW, height/2, x+boxW+gapX, height/2)
		x += boxW + gapX
	}
	drawBox(d, f.self, x, middle, boxW, boxH, "self")
	for i, c := range f.children {
		y := 1 + float64(i)*(boxH+gapY)
		drawArrow(d, x+boxW, height/2, x+boxW+gapX, y+boxH/2)
		drawBox(d, c, x+boxW+gapX, y, boxW, boxH, "kin")
	}
	if f.more > 0 {
		d.Text(x+boxW+gapX+8, 1+float64(len(f.children))*(boxH+gapY)+18, "and "+reports.Plural(f.more, "more", "more"),
			`class="box-text"`)
	}
	d.WriteString("</svg>")
	return d.String()
}

// words says the drawing for those who do not see it.
func (f family) words() string {
	names := func(list []dossier.Relative) string {
		parts := []string{}
		for _, r := range list {
			parts = append(parts, reports.Label(r.Name))
		}
		return strings.Join(parts, ", ")
	}
	words := "Lineage of " + reports.Label(f.self.Name) + "."
	if len(f.bases) > 0 {
		words += " Tuned from " + names(f.bases) + "."
	}
	if len(f.children) > 0 {
		words += " Base of " + names(f.children) + "."
	}
	return words
}

func drawBox(d *svg.Drawing, r dossier.Relative, x, y, w, h float64, class string) {
	d.WriteString(`<g class="` + class + `"><title>` + svg.Escaped(reports.Label(r.ID)) + `</title><rect x="` +
		svg.Px(x) + `" y="` + svg.Px(y) + `" width="` + svg.Px(w) + `" height="` + svg.Px(h) + `" rx="3"/>`)
	d.Text(x+10, y+h/2+4, svg.Fitted(r.Name, w-18, 12), `class="box-text"`)
	d.WriteString("</g>")
}

func drawArrow(d *svg.Drawing, x1, y1, x2, y2 float64) {
	bend := (x1 + x2) / 2
	d.WriteString(`<path class="arrow" d="M` + svg.Px(x1) + " " + svg.Px(y1) + "C" + svg.Px(bend) + " " + svg.Px(y1) +
		" " + svg.Px(bend) + " " + svg.Px(y2) + " " + svg.Px(x2-2) + " " + svg.Px(y2) + `m-6 -4l6 4l-6 4"/>`)
}

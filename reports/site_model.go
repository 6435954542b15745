package reports

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"openness/audit"
	"openness/rubric"
)

// dossierData is what the dossier's template needs.
type dossierData struct {
	Model      *Model
	Home       string // public address of the model, "" when none is known
	Rubric     *rubric.Rubric
	Assessed   bool
	Assessment rubric.Assessment
	Verdicts   []Framework // of frameworks, first to be read
	Groups     []judgedGroup
	Licenses   []licenseLine
	Conflicts  []disputed
	Lineage    template.HTML // an SVG drawing made by lineage, with its texts escaped
	Related    []relative
	Withdrawn  []Look           // what was there and is gone
	Stale      []Look           // sources that fail now, for which an earlier look stands in
	NotThere   []Look           // addresses that answered that there is nothing
	Unseen     []Look           // addresses that could not be had, with the cause
	Sources    []audit.Document // those that gave bytes
	Reviews    []rubric.Review
	History    []HistoryEntry
	Again      bool   // a further rubric on the same page: what is said of the model itself is not repeated
	Quoteless  bool   // observations without quotes: the built-in snapshot
	Stored     string // on a live page, the way to stored documents; a SHA-256 follows

	// The portrait: see portrait.go.
	Why       string
	Strongest []Evidence
	Missing   []missingPart
	More      int // parts that are missing too
	Tool      string
	Digest    string
}

// judgedGroup is a group of dimensions with their judgements.
type judgedGroup struct {
	Name   string
	Judged []judged
}

// dossierPage gathers a dossier for the site: with the lineage linked.
func (b *Book) dossierPage(m *Model) dossierData {
	d := dossierOf(m, b.Rubric, quotesSeen{})
	family := b.family(m)
	d.Related = family.relatives()
	d.Lineage = template.HTML(family.svg()) //nolint:gosec // made here, every text in it goes through escaped
	if b.Live {
		d.linkStored("../documents/")
	}
	d.portrait(b.Tool)
	return d
}

// dossierOf gathers a dossier under one rubric. Words that seen knows of stand
// on the same page further up.
func dossierOf(m *Model, r *rubric.Rubric, seen quotesSeen) dossierData {
	d := dossierData{Model: m, Home: m.Home(), Rubric: r, Conflicts: m.disputes(), Licenses: m.licenses(), Withdrawn: m.withdrawn(), Stale: m.stale(), NotThere: m.notThere(), Unseen: m.unseen(), Reviews: m.Reviews}
	for _, h := range m.History {
		if h.Rubric.ID == r.ID {
			d.History = append(d.History, h)
		}
	}
	for _, doc := range m.Documents {
		if doc.Outcome == audit.Fetched || doc.Outcome == audit.NotModified {
			d.Sources = append(d.Sources, doc)
		}
	}
	d.Assessment, d.Assessed = m.Assessment(r.ID)
	d.Verdicts = m.verdicts(r, d.Assessment)
	judgements := m.judgedOf(d.Assessment, r, seen)
	at := 0
	for _, g := range groupsOf(r.Dimensions) {
		from := at
		for at < len(judgements) && judgements[at].Dimension.Group == g.Name && at-from < len(g.Dimensions) {
			at++
		}
		d.Groups = append(d.Groups, judgedGroup{g.Name, judgements[from:at]})
	}
	d.Quoteless = slices.ContainsFunc(m.Observations, func(o audit.Observation) bool {
		return o.Finding == audit.Present && o.Quote == "" && o.End > o.Start
	})
	return d
}

// verdicts are those of the frameworks: of the rubric shown, and then of others.
func (m *Model) verdicts(shown *rubric.Rubric, a rubric.Assessment) []Framework {
	list := []Framework{}
	if a.Verdict != nil {
		list = append(list, Framework{a.Rubric, rubricTitle(shown), a.Verdict})
	}
	for _, f := range m.Frameworks {
		if f.Rubric.ID != shown.ID {
			list = append(list, f)
		}
	}
	return list
}

// rulingClass is the colour of a verdict: that of the class it is nearest to.
func rulingClass(r *rubric.Ruling) string {
	switch r.ID {
	case "pass", "class_1", "class_2", "class_3":
		return "o"
	case "pass_but_licence":
		return "p"
	case "fail", "none":
		return "c"
	}
	return "u"
}

// licenseLine is the licence of one component.
type licenseLine struct {
	Component string
	Evidence  audit.Observation
	Terms     []LicenseTerm
}

// A LicenseTerm is one thing a licence says, in words.
type LicenseTerm struct{ Name, Value string }

// licenses lists what was observed of each component's licence.
func (m *Model) licenses() []licenseLine {
	lines := []licenseLine{}
	for _, part := range [][2]string{{"Weights", "license.weights.id"}, {"Code", "license.code.id"}, {"Data", "license.data.id"},
		{"Documentation", "license.docs.id"}, {"Base model's weights", "license.base.id"}} {
		seen := []string{}
		for _, o := range m.Observations {
			if o.Fact != part[1] || o.Finding != audit.Present || slices.Contains(seen, o.Value) {
				continue
			}
			seen = append(seen, o.Value)
			lines = append(lines, licenseLine{Component: part[0], Evidence: o, Terms: m.terms(o.Value)})
		}
	}
	return lines
}

func (m *Model) terms(license string) []LicenseTerm {
	if m.Terms == nil {
		return nil
	}
	return m.Terms(license)
}

// A relative is a model in the lineage, with its page where the site has one.
type relative struct {
	ID, Name, Page, Relation string
}

// family is a model between its bases and what was tuned from it.
type family struct {
	bases    []relative // nearest first
	self     relative
	children []relative
	more     int // children left out
}

const (
	mostBases    = 4 // generations drawn
	mostChildren = 8
)

// family follows base models upwards through the site's subjects. A base that
// the site does not know ends the line; so does a circle.
func (b *Book) family(m *Model) family {
	s := m.Subject
	f := family{self: relative{ID: s.ID, Name: m.Name(), Relation: "this model"}}
	seen := []string{s.ID}
	for id := s.Base; id != "" && !slices.Contains(seen, id) && len(f.bases) < mostBases; id = b.subjects[id].Base {
		seen = append(seen, id)
		f.bases = append(f.bases, relative{ID: id, Name: cmp.Or(b.subjects[id].Name, id), Page: b.pageOfID(id), Relation: "base"})
	}
	for _, c := range b.children[s.ID] {
		if len(f.children) == mostChildren {
			f.more++
			continue
		}
		f.children = append(f.children, relative{ID: c.ID, Name: cmp.Or(c.Name, c.ID), Page: b.ModelPage(c.ID, c.Label), Relation: "tuned from this model"})
	}
	return f
}

func (f family) relatives() []relative {
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
	d := &drawing{width: columns*(boxW+gapX) - gapX + 4, height: height}
	d.WriteString(`<svg class="lineage" role="img" aria-label="` + escaped(f.words()) + `" viewBox="0 0 ` + px(d.width) + " " + px(height) + `" width="` + px(d.width) + `" height="` + px(height) + `">`)
	x, middle := 2.0, height/2-boxH/2
	for _, r := range slices.Backward(f.bases) {
		d.box(r, x, middle, boxW, boxH, "kin")
		d.arrow(x+boxW, height/2, x+boxW+gapX, height/2)
		x += boxW + gapX
	}
	d.box(f.self, x, middle, boxW, boxH, "self")
	for i, c := range f.children {
		y := 1 + float64(i)*(boxH+gapY)
		d.arrow(x+boxW, height/2, x+boxW+gapX, y+boxH/2)
		d.box(c, x+boxW+gapX, y, boxW, boxH, "kin")
	}
	if f.more > 0 {
		d.text(x+boxW+gapX+8, 1+float64(len(f.children))*(boxH+gapY)+18, "and "+plural(f.more, "more", "more"), `class="box-text"`)
	}
	d.WriteString("</svg>")
	return d.String()
}

// words says the drawing for those who do not see it.
func (f family) words() string {
	names := func(list []relative) string {
		parts := []string{}
		for _, r := range list {
			parts = append(parts, label(r.Name))
		}
		return strings.Join(parts, ", ")
	}
	words := "Lineage of " + label(f.self.Name) + "."
	if len(f.bases) > 0 {
		words += " Tuned from " + names(f.bases) + "."
	}
	if len(f.children) > 0 {
		words += " Base of " + names(f.children) + "."
	}
	return words
}

func (d *drawing) box(r relative, x, y, w, h float64, class string) {
	d.WriteString(`<g class="` + class + `"><title>` + escaped(label(r.ID)) + `</title><rect x="` + px(x) + `" y="` + px(y) + `" width="` + px(w) + `" height="` + px(h) + `" rx="3"/>`)
	d.text(x+10, y+h/2+4, fitted(r.Name, w-18, 12), `class="box-text"`)
	d.WriteString("</g>")
}

func (d *drawing) arrow(x1, y1, x2, y2 float64) {
	bend := (x1 + x2) / 2
	d.WriteString(`<path class="arrow" d="M` + px(x1) + " " + px(y1) + "C" + px(bend) + " " + px(y1) + " " + px(bend) + " " + px(y2) + " " + px(x2-2) + " " + px(y2) + `m-6 -4l6 4l-6 4"/>`)
}

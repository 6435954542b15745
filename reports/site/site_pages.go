package site

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"openness/reports"
	"openness/reports/figures"
	"openness/reports/internal/svg"
	"openness/reports/ranking"
	"openness/rubric"
)

// pageRows is how many models the ranking shows at once. Beyond, the script
// pages through the data file, and readers without scripts turn to further
// pages.
const pageRows = 200

// rankingData is what the ranking's template needs.
type rankingData struct {
	Rows     []ranking.Row
	Total    int
	Licenses []string
	Years    []string
	Parts    []rankingPart // all parts of a long ranking; none of a short one
	Number   int           // this part's, from 1
}

// A rankingPart is one page of a long ranking, for readers without scripts.
type rankingPart struct {
	Number, First, Last int
	Page                string
}

// rankingParts cuts a ranking that is too long for one page.
func rankingParts(total int) []rankingPart {
	if total <= pageRows {
		return nil
	}
	parts := []rankingPart{}
	for first := 1; first <= total; first += pageRows {
		p := rankingPart{Number: len(parts) + 1, First: first, Last: min(first+pageRows-1, total), Page: "index.html"}
		if p.Number > 1 {
			p.Page = fmt.Sprintf("ranking/%d.html", p.Number)
		}
		parts = append(parts, p)
	}
	return parts
}

// rankingPartPage is a further page of the ranking, without controls.
func (b *Book) rankingPartPage(p rankingPart) any {
	return rankingData{Rows: b.rows[p.First-1 : p.Last], Total: len(b.rows), Parts: rankingParts(len(b.rows)),
		Number: p.Number}
}

func (b *Book) rankingPage() any {
	d := rankingData{Rows: b.rows[:min(len(b.rows), pageRows)], Total: len(b.rows), Parts: rankingParts(len(b.rows)),
		Number: 1}
	for _, row := range b.rows {
		d.Licenses = append(d.Licenses, row.License)
		if len(row.Released) >= 4 {
			d.Years = append(d.Years, row.Released[:4])
		}
	}
	d.Licenses, d.Years = distinct(d.Licenses), distinct(d.Years)
	return d
}

// distinct sorts values and drops empty and repeated ones.
func distinct(values []string) []string {
	slices.Sort(values)
	return slices.DeleteFunc(slices.Compact(values), func(s string) bool { return s == "" })
}

// gridData is the data file of the grid: columns of a table in one object, with
// repeated texts kept once, so that ten thousand models stay small.
type gridData struct {
	Dimensions    []gridDimension `json:"dimensions"`
	Max           float64         `json:"max"`
	Organisations []string        `json:"organisations"`
	OrgPages      []string        `json:"organisationPages"`
	Licenses      []string        `json:"licenses"`
	Reasons       []string        `json:"reasons"`
	Rows          []gridRow       `json:"rows"`
}

type gridDimension struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Group string `json:"group"`
}

// gridRow is [page, name, organisation, licence, released, band, strict,
// determined, percent, coverage, access, classes, reasons, id, best rank or 0,
// share of what was determined, highest total].
type gridRow [17]any

// writeData writes the grid's data as a script that sets one variable: a page
// opened from a disk may load scripts, but not JSON.
func (b *Book) writeData(w io.Writer) error {
	orgs, licenses, reasons := newTexts(), newTexts(), newTexts()
	d := gridData{Max: ranking.Maximum(b.rows), Rows: []gridRow{}}
	for _, dim := range b.Rubric.Dimensions {
		d.Dimensions = append(d.Dimensions, gridDimension{dim.ID, reports.Visible(reports.Heading(dim)),
			reports.Visible(dim.Group)})
	}
	for _, row := range b.rows {
		letters, why := make([]byte, 0, len(row.Cells)), make([]int, 0, len(row.Cells))
		for _, c := range row.Cells {
			letters = append(letters, c.Class[0])
			why = append(why, reasons.number(reports.Shorten(reports.Visible(c.Reason), reports.LongestQuote)))
		}
		name := reports.Label(row.Name)
		id := reports.Label(row.ID)
		if id == name {
			id = ""
		}
		d.Rows = append(d.Rows, gridRow{b.slugs[reports.SubjectKey(row.ID, row.Label)], name,
			orgs.number(row.Organisation),
			licenses.number(reports.Label(row.License)), reports.Label(row.Released), row.Band(),
			round(row.Score.Strict), round(row.Score.Determined),
			round(row.Score.Percent), round(row.Score.Coverage), string(row.Access[:1]), string(letters), why, id,
			row.Rank, round(row.Score.Share()), round(row.Score.Range[1])})
	}
	for _, name := range orgs.list {
		d.Organisations = append(d.Organisations, cmp.Or(reports.Label(name), unnamed))
		d.OrgPages = append(d.OrgPages, b.OrganisationPage(name))
	}
	d.Licenses, d.Reasons = licenses.list, reasons.list
	text, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("ranking data: %w", err)
	}
	if _, err := io.WriteString(w, "window.opennessData = "); err != nil {
		return err
	}
	if err := reports.WriteEscaped(w, text); err != nil {
		return err
	}
	_, err = io.WriteString(w, ";\n")
	return err
}

func round(f float64) float64 {
	return float64(int64(f*100+0.5)) / 100
}

// texts numbers texts in the order they are met.
type texts struct {
	list  []string
	index map[string]int
}

func newTexts() *texts { return &texts{list: []string{}, index: make(map[string]int)} }

func (t *texts) number(s string) int {
	n, ok := t.index[s]
	if !ok {
		n = len(t.list)
		t.index[s] = n
		t.list = append(t.list, s)
	}
	return n
}

// An organisation is who releases what.
type organisation struct {
	Name             string
	Rows             []ranking.Row // ranked
	Open, Closed     int           // models with published weights, and without
	Unknown          int
	Ranked           int     // models of which enough could be determined
	Best, MedianRate float64 // share of what could be determined, in percent, of ranked models
}

// Release says what kinds of model the organisation has.
func (o organisation) Release() string {
	switch {
	case o.Open > 0 && o.Closed > 0:
		return "both"
	case o.Open > 0:
		return "open only"
	case o.Closed > 0:
		return "closed only"
	}
	return "not known"
}

// organisations groups ranked rows by maker, in the order of names.
func organisations(rows []ranking.Row, maker func(string) string) []organisation {
	index := make(map[string]int)
	orgs := []organisation{}
	for _, row := range rows {
		name := maker(row.Organisation)
		i, ok := index[name]
		if !ok {
			i = len(orgs)
			index[name] = i
			orgs = append(orgs, organisation{Name: name})
		}
		orgs[i].Rows = append(orgs[i].Rows, row)
		switch row.Access {
		case reports.WeightsPublished:
			orgs[i].Open++
		case reports.ServiceOnly:
			orgs[i].Closed++
		default:
			orgs[i].Unknown++
		}
	}
	for i := range orgs {
		rates := []float64{}
		for _, row := range orgs[i].Rows[:ranking.RankedOf(orgs[i].Rows)] {
			rates = append(rates, 100*row.Score.Share())
		}
		if len(rates) > 0 {
			orgs[i].Best, orgs[i].MedianRate = slices.Max(rates), svg.Median(rates)
		}
		orgs[i].Ranked = len(rates)
	}
	slices.SortFunc(orgs, func(a, b organisation) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.Name, b.Name))
	})
	return orgs
}

// releaseHeadings say what "open" and "closed" mean of a release: the weights
// alone, and nothing of the rest.
var releaseHeadings = map[string]string{"open only": "Open weights only", "both": "Both",
	"closed only": "Closed weights only", "not known": "Not known"}

// Heading is the kind of release as a heading.
func (g releaseGroup) Heading() string { return releaseHeadings[g.Release] }

// releaseGroup is the organisations of one kind of release.
type releaseGroup struct {
	Release, Meaning string
	Organisations    []organisation
}

func (b *Book) organisationsPage() any {
	groups := []releaseGroup{
		{Release: "open only", Meaning: "Every model whose release is known has weights that can be downloaded."},
		{Release: "both", Meaning: "Some models have published weights, others are offered as a service only."},
		{Release: "closed only", Meaning: "No model has published weights."},
		{Release: "not known", Meaning: "Nothing reached says whether weights are published."},
	}
	for _, o := range b.orgs {
		i := slices.IndexFunc(groups, func(g releaseGroup) bool { return g.Release == o.Release() })
		groups[i].Organisations = append(groups[i].Organisations, o)
	}
	return slices.DeleteFunc(groups, func(g releaseGroup) bool { return len(g.Organisations) == 0 })
}

// rubricDimension is a dimension with how the models of the site fare.
type rubricDimension struct {
	rubric.Dimension
	Counts map[rubric.Class]int
	Number int
}

func (b *Book) rubricPage() any {
	list := []rubricDimension{}
	for i, d := range b.Rubric.Dimensions {
		list = append(list, rubricDimension{d, figures.ClassCounts(b.rows, i), i + 1})
	}
	return list
}

package ranking

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"
	"unique"

	"openness/audit"
	"openness/reports"
	"openness/rubric"
)

// A Row is one model's line of the ranking: everything the grid, the figures
// and the exports need, and nothing that grows with the evidence.
type Row struct {
	Rank         int // the best place that it may have, 1 the most open; 0 for one that is not ranked
	RankTo       int // the worst place that it may have
	ID           string
	Label        string // the id column of a list of targets, if any
	Name         string
	Organisation string
	License      string
	Released     string // date, or "" when not known
	Base         string
	Link         string // public address of the model, "" when none is known
	Access       reports.Access
	Score        rubric.Score
	Cells        []Cell    // in the rubric's order of dimensions
	Missing      bool      // never assessed under this rubric
	Changed      string    // what the last look found different; "assessed" where nothing was
	ChangedAt    time.Time // when
	StaleSince   string    // since when sources fail for which earlier looks stand in, "" for none
}

// A Cell is the answer on one dimension of one model.
type Cell struct {
	Dimension string
	Class     rubric.Class
	Reason    string
	Origin    rubric.Origin
	Evidence  int    // how many observations it rests on
	Link      string // address of its first evidence
}

// RowOf sums up a model under a rubric. A model that was never assessed under
// it gets a row of undetermined cells that says so.
func RowOf(m *reports.Model, r *rubric.Rubric) Row {
	row := Row{ID: m.Subject.ID, Label: m.Subject.Label, Name: m.Name(), Organisation: m.Subject.Organisation,
		License:  unique.Make(m.License()).Value(),
		Released: strings.Clone(m.Released()), Base: m.Subject.Base, Link: m.Home(), Access: m.Access()}
	row.StaleSince = reports.TimeText(m.StaleSince())
	row.Changed, row.ChangedAt = changeOf(m, r.ID)
	a, ok := m.Assessment(r.ID)
	row.Missing, row.Score = !ok, a.Score
	row.Cells = make([]Cell, 0, len(r.Dimensions))
	for i, d := range r.Dimensions {
		cell := Cell{Dimension: d.ID, Class: rubric.Undetermined, Reason: "Not assessed under this rubric."}
		if j := judgementOf(&a, d.ID, i); j != nil {
			// one text for all models of which it is said
			cell = Cell{Dimension: d.ID, Class: j.Class, Reason: unique.Make(j.Reason).Value(),
				Origin: j.Origin}
			cell.Evidence, cell.Link = restsOn(m, j)
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// assessments are memory for judging: a row keeps nothing of one but values.
var assessments = sync.Pool{New: func() any { return new(rubric.Assessment) }}

// RowOfDigest judges a model by what was kept of its observations, lays reviews on
// top and sums up.
func RowOfDigest(d *audit.Digest, r *rubric.Rubric, reviews []rubric.Review) Row {
	memory := assessments.Get().(*rubric.Assessment)
	defer assessments.Put(memory)
	r.JudgeInto(memory, d.Readings)
	a := *memory
	if len(reviews) > 0 {
		a = rubric.Apply(a, reviews)
	}
	m := reports.Model{Subject: d.Subject, Assessments: []rubric.Assessment{a}, Readings: d.Readings,
		Stale: d.StaleSince}
	return RowOf(&m, r)
}

// judgementOf finds the judgement of a dimension, which mostly stands at the
// dimension's own place.
func judgementOf(a *rubric.Assessment, dimension string, place int) *rubric.Judgement {
	if place < len(a.Judgements) && a.Judgements[place].Dimension == dimension {
		return &a.Judgements[place]
	}
	at := slices.IndexFunc(a.Judgements, func(j rubric.Judgement) bool { return j.Dimension == dimension })
	if at < 0 {
		return nil
	}
	return &a.Judgements[at]
}

// restsOn says on how many observations a judgement rests, and gives the first
// web address among them, those that found something first.
func restsOn(m *reports.Model, j *rubric.Judgement) (n int, link string) {
	var other string
	see := func(finding audit.Finding, url string) {
		n++
		switch {
		case link != "" || url == "" || finding != audit.Present && other != "" || reports.WebLink(url) == "":
		case finding == audit.Present:
			link = url
		default:
			other = url
		}
	}
	for i := range j.Observations {
		see(j.Observations[i].Finding, j.Observations[i].URL)
	}
	if m.Readings != nil {
		for _, at := range j.Rests {
			see(m.Readings[at].Finding, m.Readings[at].URL)
		}
	}
	return n, cmp.Or(link, other)
}

// tellApart completes the names of rows that would look the same: one model may
// be listed twice, with different places to look.
func tellApart(rows []Row) {
	count := make(map[[2]string]int)
	for _, row := range rows {
		count[[2]string{row.Organisation, row.Name}]++
	}
	for i := range rows {
		if r := &rows[i]; r.Label != "" && r.Label != r.Name && count[[2]string{r.Organisation, r.Name}] > 1 {
			r.Name += " (" + r.Label + ")"
		}
	}
}

// changeOf is what the last look at a model found different, under one rubric,
// and when; its assessment where nothing did.
func changeOf(m *reports.Model, rubricID string) (what string, at time.Time) {
	for _, h := range m.History {
		if h.Rubric.ID != rubricID || len(h.Change)+len(h.Events) == 0 || h.At.Before(at) {
			continue
		}
		at, what = h.At, h.Words()
	}
	if what == "" {
		return "assessed", m.AssessedAt
	}
	return reports.Shorten(reports.Visible(what), reports.LongestQuote), at
}

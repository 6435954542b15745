// Package census counts what a hub's list tells of its models: how many weights can
// be had, behind what gate, under what licence tag, by whom, of which family and how
// much they are downloaded. It is given models one at a time and keeps counts only,
// so that millions cost no more memory than thousands.
//
// A list tells little: what it leaves out is counted as unknown, and what was not
// looked at (cards, papers, texts of licences, data, code) is undetermined in every
// class, never closed.
package census

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"openness/audit"
	"openness/audit/identity"
	"openness/rubric"
)

// Schema names the shape of the JSON.
const Schema = "openness.census/1"

// A Report is what a census found.
type Report struct {
	Schema     string      `json:"schema"`
	Tool       Tool        `json:"tool"`
	Census     Census      `json:"census"`
	Rubric     rubric.Ref  `json:"rubric"`
	Models     int64       `json:"models"`
	All        Counts      `json:"all"`
	Conflicts  Conflicts   `json:"conflicts"`
	Dimensions []Dimension `json:"dimensions"`
	Score      Score       `json:"score"`
	Tables     []Table     `json:"tables"`
	Quota      Quota       `json:"quota"`
}

// Tool is the program that counted.
type Tool struct {
	Version string `json:"version"`
}

// Census says when and how the list was read.
type Census struct {
	Started  time.Time  `json:"started_at"`
	Ended    *time.Time `json:"ended_at"` // null of one that is not complete
	Complete bool       `json:"complete"`
	Pages    int64      `json:"pages"`
	Requests int64      `json:"requests"`
}

// Counts are models that have something in common. The shares of licences are of
// tags: no text was read.
type Counts struct {
	Key       string `json:"key"`
	Models    int64  `json:"models"`
	Downloads int64  `json:"downloads"` // of the last month, where the list tells

	Free       int64 `json:"weights_free"`       // whole weights download without a gate
	Gated      int64 `json:"weights_gated"`      // whole weights behind a gate
	Difference int64 `json:"weights_difference"` // an adapter or another difference to other weights
	Unlisted   int64 `json:"weights_not_listed"` // no file of the model's holds weights
	Unknown    int64 `json:"weights_unknown"`

	LicenceOpen          int64 `json:"licence_open"`
	LicenceNoncommercial int64 `json:"licence_noncommercial"`
	LicenceRestricted    int64 `json:"licence_restricted"`
	LicenceUnclear       int64 `json:"licence_unclear"`
	LicenceNone          int64 `json:"licence_none"`
	LicenceUnknown       int64 `json:"licence_unknown"`

	FreeAndOpen int64 `json:"free_and_open"` // free weights, whole, under the tag of an open licence
	Card        int64 `json:"card"`
	Base        int64 `json:"base_named"`
	Datasets    int64 `json:"datasets_named"`
	Papers      int64 `json:"papers_named"`
}

// Conflicts are disagreements of licence tags.
type Conflicts struct {
	Several int64 `json:"several_tags"` // a model has tags of licences that differ
	Beyond  int64 `json:"beyond_base"`  // its tag grants what the tag of its base does not
	Differs int64 `json:"differs_from_base"`
}

// A Dimension counts the classes of one dimension of the rubric.
type Dimension struct {
	Dimension    string `json:"dimension"`
	Name         string `json:"name"`
	Open         int64  `json:"open"`
	Partial      int64  `json:"partial"`
	Closed       int64  `json:"closed"`
	Undetermined int64  `json:"undetermined"`
}

// Score is between which shares of the points the models lie on average, in percent:
// from all that is undetermined closed to all of it open.
type Score struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// A Table counts models by one property. Other sums up the rows that are left out.
type Table struct {
	By    string   `json:"by"`
	Rows  []Counts `json:"rows"`
	Other *Counts  `json:"other"`
}

// Quota is what the census takes of a hub's quota, by its published limits.
type Quota struct {
	Requests int64   `json:"requests"`
	Without  float64 `json:"minutes_without_token"`
	With     float64 `json:"minutes_with_token"`
}

// The hub's published quotas of its API, for a window of five minutes.
const (
	perWindowWithout = 500
	perWindowWith    = 1000
	window           = 5 // minutes
)

// QuotaOf says how long so many requests take at the least: the first window's
// requests may be made at once.
func QuotaOf(requests int64) Quota {
	wait := func(perWindow int64) float64 { return float64(max(requests-1, 0) / perWindow * window) }
	return Quota{requests, wait(perWindowWithout), wait(perWindowWith)}
}

// A Tally counts.
type Tally struct {
	top   int
	dims  []Dimension
	all   Counts
	kinds Conflicts
	low   float64
	high  float64

	licences, gates, bands, families map[string]*Counts
	account                          *Counts // whose models are being counted
	accounts                         []Counts
	bare                             Counts
	familyOf                         map[string]string
}

// NewTally counts under a rubric's dimensions and keeps the top rows of each table.
func NewTally(r *rubric.Rubric, top int) *Tally {
	t := &Tally{top: top, licences: map[string]*Counts{}, gates: map[string]*Counts{}, bands: map[string]*Counts{},
		families: map[string]*Counts{},
		familyOf: map[string]string{}, bare: Counts{Key: "(no organisation)"}}
	for _, d := range r.Dimensions {
		t.dims = append(t.dims, Dimension{Dimension: d.ID, Name: cmp.Or(d.Name, d.ID)})
	}
	return t
}

// A Listing is one model with what follows from the rest of the list.
type Listing struct {
	*audit.Listed
	Judged      *rubric.Assessment
	Root        string // the model at the beginning of its line; empty where it names no base
	BaseLicence string // by the tag of what it was made from; empty where not known
	Beyond      bool   // its own tag grants what that one does not
}

// Add counts a model. Models must come in the order of their names.
func (t *Tally) Add(l *Listing) {
	for i := range t.dims {
		t.dims[i].add(l.Judged.Judgements[i].Class)
	}
	t.low += l.Judged.Score.Range[0] / max(l.Judged.Score.Max, 1)
	t.high += l.Judged.Score.Range[1] / max(l.Judged.Score.Max, 1)
	if len(l.Tags) > 1 && l.Licence == "" {
		t.kinds.Several++
	}
	if l.Beyond {
		t.kinds.Beyond++
	}
	if l.BaseLicence != "" && l.Licence != "" && l.BaseLicence != l.Licence {
		t.kinds.Differs++
	}
	one := countsOf(l)
	t.all.add(&one)
	row(t.licences, licenceKey(l.Listed)).add(&one)
	row(t.gates, cmp.Or(l.Gate, "unknown")).add(&one)
	row(t.bands, band(l.Downloads)).add(&one)
	row(t.families, t.family(l.Root)).add(&one)
	t.addAccount(l.Organisation(), &one)
}

func (d *Dimension) add(c rubric.Class) {
	switch c {
	case rubric.Open:
		d.Open++
	case rubric.Partial:
		d.Partial++
	case rubric.Closed:
		d.Closed++
	default:
		d.Undetermined++
	}
}

func row(rows map[string]*Counts, key string) *Counts {
	c := rows[key]
	if c == nil {
		key = strings.Clone(key) // a part of a row that would be kept whole
		c = &Counts{Key: key}
		rows[key] = c
	}
	return c
}

// countsOf counts one model.
func countsOf(l *Listing) Counts {
	c := Counts{Models: 1, Downloads: max(l.Downloads, 0)}
	whole := l.Weights == audit.WeightsWhole
	switch {
	case whole && l.Gate == "none":
		c.Free = 1
	case whole && l.Gate != "":
		c.Gated = 1
	case l.Weights == audit.WeightsAdapter, l.Weights == audit.WeightsEither:
		c.Difference = 1
	case l.Weights == audit.WeightsNone:
		c.Unlisted = 1
	default:
		c.Unknown = 1
	}
	switch l.Class {
	case audit.LicenceOpen:
		c.LicenceOpen, c.FreeAndOpen = 1, c.Free
	case audit.LicenceNoncommercial:
		c.LicenceNoncommercial = 1
	case audit.LicenceRestricted:
		c.LicenceRestricted = 1
	case audit.LicenceUnclear:
		c.LicenceUnclear = 1
	case audit.LicenceNone:
		c.LicenceNone = 1
	default:
		c.LicenceUnknown = 1
	}
	one := func(there bool) int64 {
		if there {
			return 1
		}
		return 0
	}
	c.Card, c.Base = one(l.Card == audit.CardThere), one(len(l.Bases) > 0)
	c.Datasets, c.Papers = one(len(l.Datasets) > 0), one(len(l.Papers) > 0)
	return c
}

// numbers are all counts, so that rows are added and taken away in one place.
func (c *Counts) numbers() [18]*int64 {
	return [...]*int64{&c.Models, &c.Downloads, &c.Free, &c.Gated, &c.Difference, &c.Unlisted, &c.Unknown,
		&c.LicenceOpen, &c.LicenceNoncommercial,
		&c.LicenceRestricted, &c.LicenceUnclear, &c.LicenceNone, &c.LicenceUnknown, &c.FreeAndOpen, &c.Card, &c.Base,
		&c.Datasets, &c.Papers}
}

func (c *Counts) add(o *Counts) { c.sum(o, 1) }

func (c *Counts) sum(o *Counts, sign int64) {
	into, from := c.numbers(), o.numbers()
	for i := range into {
		*into[i] += sign * *from[i]
	}
}

// licenceKey names the row of a model's licence.
func licenceKey(l *audit.Listed) string {
	switch {
	case l.Class == audit.LicenceUnclear && len(l.Tags) > 1:
		return "(several)"
	case l.Class == audit.LicenceUnclear:
		return "(other)"
	case l.Class == audit.LicenceNone:
		return "(no tag)"
	case l.Class == audit.LicenceUnlisted:
		return "(unknown)"
	}
	return l.Licence
}

// bands are by powers of ten.
var bands = []string{"unknown", "0", "1–9", "10–99", "100–999", "1,000–9,999", "10,000–99,999", "100,000–999,999",
	"1,000,000 and more"}

func band(downloads int64) string {
	if downloads < 0 {
		return bands[0]
	}
	i := 1
	for ; downloads > 0 && i < len(bands)-1; downloads /= 10 {
		i++
	}
	return bands[i]
}

// maxFamilies bounds how many families are told apart: names are free text.
const maxFamilies = 1 << 18

// family is the family of the model at the beginning of a line.
func (t *Tally) family(root string) string {
	if root == "" {
		return "(no base named)"
	}
	f, ok := t.familyOf[root]
	if !ok {
		root = strings.Clone(root)
		f = cmp.Or(identity.Family(root), root)
		if len(t.familyOf) >= maxFamilies {
			clear(t.familyOf)
		}
		t.familyOf[root] = f
	}
	if len(t.families) >= maxFamilies && t.families[f] == nil {
		return "(more families)"
	}
	return f
}

// addAccount counts by organisation. All models of one come together, so that only
// the largest need be kept.
func (t *Tally) addAccount(name string, one *Counts) {
	if name == "" {
		t.bare.add(one)
		return
	}
	if t.account == nil || t.account.Key != name {
		t.closeAccount()
		t.account = &Counts{Key: strings.Clone(name)}
	}
	t.account.add(one)
}

func (t *Tally) closeAccount() {
	if t.account == nil {
		return
	}
	t.accounts = append(t.accounts, *t.account)
	t.account = nil
	if len(t.accounts) > 100+4*t.top {
		t.accounts = largest(t.accounts, t.top)
	}
}

// largest are the rows of the most models.
func largest(rows []Counts, n int) []Counts {
	slices.SortFunc(rows, func(a, b Counts) int {
		return cmp.Or(cmp.Compare(b.Models, a.Models), cmp.Compare(a.Key, b.Key))
	})
	return rows[:min(n, len(rows))]
}

// Report gives what was counted.
func (t *Tally) Report() Report {
	t.closeAccount()
	if t.bare.Models > 0 {
		t.accounts = append(t.accounts, t.bare)
		t.bare = Counts{}
	}
	r := Report{Schema: Schema, Models: t.all.Models, All: t.all, Conflicts: t.kinds, Dimensions: t.dims}
	r.All.Key = "all"
	if n := float64(t.all.Models); n > 0 {
		r.Score = Score{percent(t.low / n), percent(t.high / n)}
	}
	byBand := make([]Counts, 0, len(bands))
	for _, b := range bands {
		if c := t.bands[b]; c != nil {
			byBand = append(byBand, *c)
		}
	}
	r.Tables = []Table{t.table("licence", values(t.licences)), t.table("gate", values(t.gates)),
		t.table("organisation", t.accounts),
		t.table("base_family", values(t.families)), {By: "downloads", Rows: byBand}}
	return r
}

func percent(share float64) float64 { return float64(int64(share*1000+0.5)) / 10 }

func values(rows map[string]*Counts) []Counts {
	all := make([]Counts, 0, len(rows))
	for _, c := range rows {
		all = append(all, *c)
	}
	return all
}

func (t *Tally) table(by string, rows []Counts) Table {
	shown := largest(rows, t.top)
	var sum Counts
	for i := range shown {
		sum.add(&shown[i])
	}
	table := Table{By: by, Rows: shown}
	if sum.Models < t.all.Models {
		other := t.all
		other.sum(&sum, -1)
		other.Key = "(others)"
		table.Other = &other
	}
	return table
}

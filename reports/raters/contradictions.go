package raters

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"openness/audit"
	"openness/reports"
	"openness/reports/evidence"
	"openness/rubric"
	"openness/rubric/agreement"
)

// Raters of openness differ: people who fill in an index, other people at
// another time, and this tool. Where two of them answer one question of one
// model otherwise, at least one is wrong or out of date. A contradiction is such
// a place, with the evidence that decides it, as a correction to send.

// ContradictionsSchema names the shape of the JSON of contradictions.
const ContradictionsSchema = "openness.contradictions/1"

// toolRater is the name of this tool among the raters.
const toolRater = "openness"

// A Rating is what one rater says on one dimension of one model.
type Rating struct {
	Rater     string       `json:"rater"`
	System    string       `json:"system"`           // the rater's name for the model
	Dimension string       `json:"dimension"`        // the rater's name for the question
	Rubric    string       `json:"rubric,omitempty"` // by whose rules this tool answers it
	Class     rubric.Class `json:"class"`
	Links     []string     `json:"links,omitempty"` // what the rater cites
}

// question is the dimension as the newest index names it.
func (r Rating) question() string { return agreement.Question(r.Dimension) }

// A RatedModel is a model that raters judged. Model is nil where it was never
// audited: its raters are then held against each other alone.
type RatedModel struct {
	Name    string
	Model   *reports.Model
	Ratings []Rating // of people
}

// A Contradiction is one question of one model that raters answer otherwise.
type Contradiction struct {
	Model    string   `json:"model"` // id of the stored model, "" where it was never audited
	Name     string   `json:"name"`
	Question string   `json:"question"` // the dimension, as the newest index names it
	Title    string   `json:"title"`
	Ratings  []Rating `json:"ratings"` // of all raters that determined it, this tool's last
	Steps    int      `json:"steps"`   // 2 between open and closed, else 1
	// Verdict says what the evidence does: with whom it stands, or that it does
	// not decide. Wrong lists the raters that it stands against.
	Verdict  string              `json:"verdict"`
	Wrong    []string            `json:"against"`
	Reason   string              `json:"reason"` // this tool's, "" where it could not determine it
	Observed []audit.Observation `json:"observations"`

	evidence []evidence.Wording
	places   []evidence.Place
	read     map[string]bool // the places that were read of the model
}

// FindContradictions holds the raters of each model against each other and
// against this tool, which answers by the rules of each rater's rubric. The
// widest come first, then by model and question.
func FindContradictions(models []RatedModel, rubrics []*rubric.Rubric) []Contradiction {
	found := []Contradiction{}
	for i := range models {
		found = append(found, models[i].contradictions(rubrics)...)
	}
	slices.SortStableFunc(found, func(a, b Contradiction) int {
		return cmp.Or(b.Steps-a.Steps, cmp.Compare(a.Name, b.Name), cmp.Compare(a.Question, b.Question))
	})
	return found
}

func (r *RatedModel) contradictions(rubrics []*rubric.Rubric) []Contradiction {
	determined := slices.DeleteFunc(slices.Clone(r.Ratings), func(o Rating) bool {
		return o.Class == rubric.Undetermined
	})
	found := []Contradiction{}
	read := placesRead(r.Model)
	for _, ratings := range evidence.Together(determined, Rating.question) {
		q := ratings[0].question()
		c := Contradiction{Name: r.Name, Question: q, Title: titleOf(q, rubrics), Ratings: ratings, Wrong: []string{},
			Observed: []audit.Observation{}}
		if r.Model != nil {
			c.Model, c.read = r.Model.Subject.ID, read
			c.answer(r.Model, rubrics)
		}
		if c.Steps = spread(c.Ratings); c.Steps > 0 {
			c.decide()
			found = append(found, c)
		}
	}
	return found
}

// titleOf is a question's name as the newest rubric that asks it has it.
func titleOf(question string, rubrics []*rubric.Rubric) string {
	for _, r := range rubrics {
		for _, d := range r.Dimensions {
			if d.ID == question && d.Name != "" {
				return d.Name
			}
		}
	}
	return question
}

// answer adds this tool's answers, by the rules of each rater's rubric, and the
// evidence of the first, the same words once. Two rubrics under which it answers the same are one.
func (c *Contradiction) answer(m *reports.Model, rubrics []*rubric.Rubric) {
	answered := []rubric.Class{}
	for _, rating := range c.Ratings {
		a, ok := m.Assessment(rating.Rubric)
		if !ok {
			continue
		}
		i := slices.IndexFunc(a.Judgements, func(j rubric.Judgement) bool { return j.Dimension == rating.Dimension })
		if i < 0 || a.Judgements[i].Class == rubric.Undetermined || slices.Contains(answered, a.Judgements[i].Class) {
			continue
		}
		j := a.Judgements[i]
		answered = append(answered, j.Class)
		c.Ratings = append(slices.Clip(c.Ratings), Rating{Rater: toolRater, System: m.Subject.ID,
			Dimension: j.Dimension, Rubric: rating.Rubric, Class: j.Class})
		if len(answered) == 1 {
			one := evidence.JudgedOn(m, j, rubric.Dimension{ID: j.Dimension})
			c.Reason, c.Observed, c.evidence, c.places = j.Reason, j.Observations, one.Quotes, one.Places()
		}
	}
}

// spread is how far the ratings lie apart: 2 between open and closed, 0 where
// all agree.
func spread(list []Rating) int {
	low, high := 2.0, -1.0
	for _, r := range list {
		low, high = min(low, r.Class.Points()), max(high, r.Class.Points())
	}
	if high <= low {
		return 0
	}
	return int(2 * (high - low))
}

// decide says with whom the evidence stands. This tool's answer decides only
// where it gives one, and where what it rests on can be looked at: words with
// their bytes for what is there, places looked at for what is not.
func (c *Contradiction) decide() {
	tools := slices.DeleteFunc(slices.Clone(c.Ratings), func(r Rating) bool { return r.Rater != toolRater })
	switch {
	case len(tools) == 0:
		c.Verdict = "Not decided: this tool could not determine it, or the model was never audited."
		return
	case len(tools) > 1:
		c.Verdict = "Not decided: the answer depends on whose rules are applied."
		return
	case len(c.evidence) == 0 && len(c.places) == 0:
		c.Verdict = "Not decided: no passage is at hand."
		return
	}
	with := []string{}
	for _, r := range c.Ratings {
		switch {
		case r.Rater == toolRater:
		case r.Class == tools[0].Class:
			with = append(with, r.Rater)
		case r.Class.Points() > tools[0].Class.Points() && c.unread(r.Links) != "":
			c.Verdict = "Not decided: " + r.Rater + " cites " + reports.Shorten(c.unread(r.Links),
				reports.LongestName) + ", which this tool did not read."
			c.Wrong = []string{}
			return
		default:
			c.Wrong = append(c.Wrong, r.Rater)
		}
	}
	c.Verdict = "What was read shows " + string(tools[0].Class)
	if len(c.evidence) == 0 {
		c.Verdict = "Nothing was found where it would stand: " + string(tools[0].Class)
	}
	if len(with) > 0 {
		c.Verdict += ", as " + reports.Listed(with, "and") + map[bool]string{true: " says",
			false: " say"}[len(with) == 1]
	}
	c.Verdict += ", against " + reports.Listed(c.Wrong, "and") + "."
	if len(with) == 0 && len(c.Wrong) > 1 {
		c.Verdict += " All lists agree against this tool's reading: check that first."
	}
}

// unread is the first of the pages cited that was not read, "" where all were:
// what a rater found there, this tool cannot deny.
func (c *Contradiction) unread(links []string) string {
	for _, link := range links {
		if !c.read[placeKey(link)] {
			return link
		}
	}
	return ""
}

// placesRead are the places of which something was read: models, data sets and
// repositories, papers, pages.
func placesRead(m *reports.Model) map[string]bool {
	read := make(map[string]bool)
	if m == nil {
		return read
	}
	for i := range m.Documents {
		if d := &m.Documents[i]; d.Outcome.Looked() {
			read[placeKey(evidence.DocumentPage(d.URL, d.Revision))] = true
		}
	}
	return read
}

// placeKey is the place that an address is in: a model, data set, space or
// repository as a whole, a paper whatever its form, else the page.
func placeKey(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	host := strings.TrimPrefix(strings.ToLower(u.Host), "www.")
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	keep := len(parts)
	switch host {
	case "github.com":
		keep = 2
	case "huggingface.co":
		if keep = 2; parts[0] == "datasets" || parts[0] == "spaces" {
			keep = 3
		}
	case "arxiv.org":
		parts = parts[len(parts)-1:]
		parts[0] = strings.TrimSuffix(parts[0], ".pdf")
		if at := strings.LastIndexByte(parts[0], 'v'); at > 8 {
			parts[0] = parts[0][:at]
		}
	}
	return strings.ToLower(host + "/" + strings.Join(parts[:min(keep, len(parts))], "/"))
}

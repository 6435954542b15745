package ranking

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"openness/reports"
	"openness/rubric"
)

// RubricDiffSchema names the shape of a difference between rubrics.
const RubricDiffSchema = "openness.rubric-diff/1"

// A RubricDiff is what differs between two rubrics, and what that does to the
// ranks of models.
type RubricDiff struct {
	Schema     string          `json:"schema"`
	A          rubric.Ref      `json:"a"`
	B          rubric.Ref      `json:"b"`
	Name       string          `json:"name_clash,omitempty"` // the changed rubric carries the name of another
	Dimensions []DimensionDiff `json:"dimensions"`
	Models     []MovedModel    `json:"models"` // whose class or rank changes
}

// A DimensionDiff says what differs on one dimension.
type DimensionDiff struct {
	Dimension string   `json:"dimension"`
	Changes   []string `json:"changes"`
}

// A MovedModel is a model that stands otherwise, and why.
type MovedModel struct {
	ID      string                 `json:"id"`
	From    string                 `json:"from"` // bands
	To      string                 `json:"to"`
	Because []reports.ClassChanged `json:"because"`
}

// DiffRubrics compares two rubrics, and the rows that each gives.
func DiffRubrics(a, b *rubric.Rubric, rowsA, rowsB []Row, how Ranking) *RubricDiff {
	d := &RubricDiff{Schema: RubricDiffSchema, A: a.Ref, B: b.Ref, Dimensions: diffOf(a, b), Models: []MovedModel{}}
	for _, known := range rubric.Builtin() {
		if known.ID == b.ID && known.SHA256 != b.SHA256 {
			d.Name = fmt.Sprintf("%s is the name of a built-in rubric: a changed one needs a name of its own", b.ID)
		}
	}
	after := make(map[string]Row)
	for _, row := range Rank(rowsB, how) {
		after[rowKey(row)] = row
	}
	for _, row := range Rank(rowsA, how) {
		now := after[rowKey(row)]
		m := MovedModel{ID: row.ID, From: row.Band(), To: now.Band(), Because: []reports.ClassChanged{}}
		for _, c := range row.Cells {
			i := slices.IndexFunc(now.Cells, func(o Cell) bool { return o.Dimension == c.Dimension })
			switch {
			case i < 0:
				m.Because = append(m.Because, reports.ClassChanged{Dimension: c.Dimension, From: c.Class})
			case now.Cells[i].Class != c.Class:
				m.Because = append(m.Because, reports.ClassChanged{Dimension: c.Dimension, From: c.Class,
					To: now.Cells[i].Class})
			}
		}
		if m.From != m.To || len(m.Because) > 0 {
			d.Models = append(d.Models, m)
		}
	}
	return d
}

// WriteRubricDiff writes it as text or JSON.
func WriteRubricDiff(w io.Writer, d *RubricDiff, f reports.Format) error {
	if f == reports.JSON {
		return reports.WriteJSON(w, d)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s against %s %s\n", d.A.ID, reports.Visible(d.A.Version), d.B.ID, reports.Visible(d.B.Version))
	if d.Name != "" {
		fmt.Fprintf(&b, "! %s\n", reports.Visible(d.Name))
	}
	for _, dim := range d.Dimensions {
		for _, c := range dim.Changes {
			fmt.Fprintf(&b, "  %s: %s\n", dim.Dimension, reports.Shorten(reports.Visible(c), reports.LongestQuote))
		}
	}
	fmt.Fprintf(&b, "%s otherwise\n", reports.Plural(len(d.Models), "model stands", "models stand"))
	for _, m := range d.Models {
		var why []string
		for _, c := range m.Because {
			if c.To == "" {
				why = append(why, c.Dimension+" is not asked")
				continue
			}
			why = append(why, c.Words())
		}
		if len(why) == 0 {
			why = append(why, "others moved, or weights")
		}
		fmt.Fprintf(&b, "  %s: rank %s, now %s (%s)\n", reports.Label(m.ID), m.From, m.To, strings.Join(why, "; "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// diffOf lists what differs, dimension by dimension, in the order of a and then b.
func diffOf(a, b *rubric.Rubric) []DimensionDiff {
	list := []DimensionDiff{}
	add := func(id string, changes []string) {
		if len(changes) > 0 {
			list = append(list, DimensionDiff{id, changes})
		}
	}
	find := func(r *rubric.Rubric, id string) *rubric.Dimension {
		i := slices.IndexFunc(r.Dimensions, func(d rubric.Dimension) bool { return d.ID == id })
		if i < 0 {
			return nil
		}
		return &r.Dimensions[i]
	}
	if a.Aggregate != b.Aggregate {
		add("(total)", []string{fmt.Sprintf("%s, now %s", a.Aggregate, b.Aggregate)})
	}
	for i := range a.Dimensions {
		old := &a.Dimensions[i]
		now := find(b, old.ID)
		if now == nil {
			add(old.ID, []string{"is no longer asked"})
			continue
		}
		add(old.ID, dimensionChanges(old, now))
	}
	for i := range b.Dimensions {
		if find(a, b.Dimensions[i].ID) == nil {
			add(b.Dimensions[i].ID, []string{"is asked in addition"})
		}
	}
	return list
}

func dimensionChanges(old, now *rubric.Dimension) []string {
	var changes []string
	if old.Weight != now.Weight {
		changes = append(changes, fmt.Sprintf("weighs %g, now %g", old.Weight, now.Weight))
	}
	if old.Question != now.Question {
		changes = append(changes, fmt.Sprintf("asks %q, now %q", old.Question, now.Question))
	}
	rules := func(d *rubric.Dimension) []string {
		var list []string
		for _, r := range d.Rules {
			list = append(list, fmt.Sprintf("%s where %s", r.Class, r.Predicate))
		}
		return append(list, fmt.Sprintf("%s otherwise", d.Default.Class))
	}
	before, after := rules(old), rules(now)
	for _, r := range before {
		if !slices.Contains(after, r) {
			changes = append(changes, "no longer "+r)
		}
	}
	for _, r := range after {
		if !slices.Contains(before, r) {
			changes = append(changes, "now "+r)
		}
	}
	if len(changes) == 0 && !slices.Equal(before, after) {
		changes = append(changes, "rules in another order")
	}
	return changes
}

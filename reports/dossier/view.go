package dossier

import (
	"html/template"
	"slices"

	"openness/audit"
	"openness/reports"
	"openness/reports/evidence"
	"openness/rubric"
)

// View is what the dossier's template needs.
type View struct {
	Model      *reports.Model
	Home       string // public address of the model, "" when none is known
	Rubric     *rubric.Rubric
	Assessed   bool
	Assessment rubric.Assessment
	Verdicts   []reports.Framework // of frameworks, first to be read
	Groups     []Group
	Licenses   []licenseLine
	Conflicts  []evidence.Conflict
	Lineage    template.HTML // an SVG drawing made by lineage, with its texts escaped
	Related    []Relative
	Withdrawn  []evidence.Look  // what was there and is gone
	Stale      []evidence.Look  // sources that fail now, for which an earlier look stands in
	NotThere   []evidence.Look  // addresses that answered that there is nothing
	Unseen     []evidence.Look  // addresses that could not be had, with the cause
	Sources    []audit.Document // those that gave bytes
	Reviews    []rubric.Review
	History    []reports.HistoryEntry
	Again      bool   // a further rubric on the same page: what is said of the model itself is not repeated
	Quoteless  bool   // observations without quotes: the built-in snapshot
	Stored     string // on a live page, the way to stored documents; a SHA-256 follows

	// The portrait: see portrait.go.
	Why       string
	Strongest []evidence.Evidence
	Missing   []missingPart
	More      int // parts that are missing too
	Tool      string
	Digest    string
}

// Group is a group of dimensions with their judgements.
type Group struct {
	Name   string
	Judged []evidence.Judged
}

// ViewOf gathers a dossier under one rubric. Words that seen knows of stand
// on the same page further up.
func ViewOf(m *reports.Model, r *rubric.Rubric, seen evidence.Seen) View {
	d := View{Model: m, Home: m.Home(), Rubric: r, Conflicts: evidence.Conflicts(m), Licenses: licensesOf(m),
		Withdrawn: evidence.Withdrawn(m), Stale: evidence.Stale(m), NotThere: evidence.NotThere(m),
		Unseen: evidence.Unseen(m), Reviews: m.Reviews}
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
	d.Verdicts = verdictsOf(m, r, d.Assessment)
	judgements := evidence.JudgedBy(m, d.Assessment, r, seen)
	at := 0
	for _, g := range reports.GroupsOf(r.Dimensions) {
		from := at
		for at < len(judgements) && judgements[at].Dimension.Group == g.Name && at-from < len(g.Dimensions) {
			at++
		}
		d.Groups = append(d.Groups, Group{g.Name, judgements[from:at]})
	}
	d.Quoteless = slices.ContainsFunc(m.Observations, func(o audit.Observation) bool {
		return o.Finding == audit.Present && o.Quote == "" && o.End > o.Start
	})
	return d
}

// verdicts are those of the frameworks: of the rubric shown, and then of others.
func verdictsOf(m *reports.Model, shown *rubric.Rubric, a rubric.Assessment) []reports.Framework {
	list := []reports.Framework{}
	if a.Verdict != nil {
		list = append(list, reports.Framework{Rubric: a.Rubric, Name: reports.RubricTitle(shown), Verdict: a.Verdict})
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
	Terms     []reports.LicenseTerm
}

// licensesOf lists what was observed of each component's licence.
func licensesOf(m *reports.Model) []licenseLine {
	lines := []licenseLine{}
	for _, part := range [][2]string{{"Weights", "license.weights.id"}, {"Code", "license.code.id"},
		{"Data", "license.data.id"},
		{"Documentation", "license.docs.id"}, {"Base model's weights", "license.base.id"}} {
		seen := []string{}
		for _, o := range m.Observations {
			if o.Fact != part[1] || o.Finding != audit.Present || slices.Contains(seen, o.Value) {
				continue
			}
			seen = append(seen, o.Value)
			lines = append(lines, licenseLine{Component: part[0], Evidence: o, Terms: termsOf(m, o.Value)})
		}
	}
	return lines
}

func termsOf(m *reports.Model, license string) []reports.LicenseTerm {
	if m.Terms == nil {
		return nil
	}
	return m.Terms(license)
}

// A Relative is a model in the lineage, with its page where the site has one.
type Relative struct {
	ID, Name, Page, Relation string
}

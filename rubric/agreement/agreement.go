// Package agreement measures how far the tool's judgements agree with those of
// human experts.
//
// What comes in are pairs of assessments of one system: the classes that
// experts published and the judgements of a rubric. What comes out is a Report:
// agreement, quadratic weighted kappa with a bootstrap interval, macro-F1,
// confusion by dimension, the rank correlation of totals, and every
// disagreement with the tool's reason and quotes. All of it is deterministic.
//
// Experts disagree with each other and with themselves; the numbers say how
// alike two readings are, not which is right.
package agreement

import (
	"cmp"
	"slices"

	"openness/audit"
	"openness/rubric"
)

// A System is what both sides say of one system.
type System struct {
	ID      string
	Experts map[string]rubric.Class // by dimension; empty or missing is not applicable
	Tool    rubric.Assessment
}

// A Report is the outcome of a comparison, as `openness validate` writes it.
type Report struct {
	Rubric        string               `json:"rubric"`
	Experts       string               `json:"experts"`
	Systems       int                  `json:"systems"`
	Judgements    int                  `json:"judgements"`
	Undetermined  int                  `json:"undetermined"`
	ByCause       map[rubric.Cause]int `json:"undetermined_by_cause"`
	Overall       Overall              `json:"overall"`
	Folds         Folds                `json:"folds"`
	Dimensions    []Dimension          `json:"dimensions"`         // worst first
	Disagreements []Disagreement       `json:"disagreements"`      // by dimension, worst first, then system
	Missing       []string             `json:"missing,omitempty"`  // systems of the experts that were not audited
	Left          []string             `json:"left_out,omitempty"` // dimensions of the experts that the rubric lacks
	Without       []Without            `json:"without,omitempty"`  // what is left when one observer is taken away
	Sources       *Sources             `json:"sources,omitempty"`  // experts' evidence pages that were opened
}

// Without is a comparison in which the facts of one observer were not looked
// at: the difference to the whole is what that observer contributes.
type Without struct {
	Observer     string `json:"observer"`
	Agreement    Ratio  `json:"agreement"`
	Kappa        Ratio  `json:"kappa_weighted"`
	Determined   Ratio  `json:"determined"`
	Undetermined int    `json:"undetermined"`
}

// Overall sums up all dimensions.
type Overall struct {
	Agreement           Ratio    `json:"agreement"`            // of all judgements; undetermined is a miss
	AgreementDetermined Ratio    `json:"agreement_determined"` // of those that the tool determined
	Determined          Ratio    `json:"determined"`           // share of judgements that the tool determined
	Kappa               Ratio    `json:"kappa_weighted"`
	KappaCI95           [2]Ratio `json:"kappa_ci95"`
	MacroF1             Ratio    `json:"macro_f1"`
	// agreement of always giving each dimension's commonest class
	Majority Ratio `json:"majority_baseline"`
	// of the systems' totals, where undetermined counts nothing
	Spearman Ratio `json:"spearman"`
	// of the means over the judgements that the tool determined, on both sides
	SpearmanDetermined Ratio `json:"spearman_determined"`
}

// Dimension sums up one dimension.
type Dimension struct {
	Dimension    string                                `json:"dimension"`
	N            int                                   `json:"n"`
	Undetermined int                                   `json:"undetermined"`
	ByCause      map[rubric.Cause]int                  `json:"undetermined_by_cause"`
	Agreement    Ratio                                 `json:"agreement"`
	Kappa        Ratio                                 `json:"kappa_weighted"`
	MacroF1      Ratio                                 `json:"macro_f1"`
	Majority     Ratio                                 `json:"majority_baseline"`
	Confusion    map[rubric.Class]map[rubric.Class]int `json:"confusion"` // experts' class, then the tool's
}

// A Disagreement is one judgement where the tool gives another class, or none.
type Disagreement struct {
	System    string       `json:"system"`
	Dimension string       `json:"dimension"`
	Expert    rubric.Class `json:"expert"`
	Tool      rubric.Class `json:"tool"`
	Reason    string       `json:"reason"`
	Cause     rubric.Cause `json:"cause,omitempty"`
	Quotes    []Quote      `json:"quotes"` // never nil
}

// A Quote is text that the tool's judgement rests on.
type Quote struct {
	Fact  string `json:"fact"`
	Value string `json:"value"`
	URL   string `json:"url"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Quote string `json:"quote"`
}

// folds is how many parts the systems are split into for the estimate of how
// much the figures vary.
const folds = 5

// Compare measures the systems under one rubric. The order of systems does not
// matter: they are taken by id.
func Compare(r *rubric.Rubric, systems []System) Report {
	systems = slices.Clone(systems)
	slices.SortFunc(systems, func(a, b System) int { return cmp.Compare(a.ID, b.ID) })
	t := newTally(r, systems)
	report := Report{Rubric: r.ID, Systems: len(systems), ByCause: map[rubric.Cause]int{}, Left: t.left}
	var all Counts
	commonest := 0
	for i := range t.dimensions {
		d := &t.dimensions[i]
		all.plus(&d.counts)
		commonest += d.counts.Commonest()
		for cause, n := range d.causes {
			report.ByCause[cause] += n
		}
		if d.counts.Total() > 0 {
			report.Dimensions = append(report.Dimensions, d.summary())
		}
	}
	report.Judgements = all.Total()
	report.Undetermined = all.Total() - all.Determined()
	report.Overall = Overall{
		Agreement: all.Agreement(), AgreementDetermined: ratio(all.Equal(), all.Determined()),
		Determined: ratio(all.Determined(), all.Total()),
		Kappa:      all.Kappa(), KappaCI95: bootstrap(t.bySystem), MacroF1: all.MacroF1(),
		Majority: ratio(commonest, all.Total()), Spearman: Spearman(t.expertTotals, t.toolTotals),
		SpearmanDetermined: Spearman(t.expertMeans, t.toolMeans),
	}
	report.Folds = foldsOf(t.names, t.bySystem, folds)
	report.worstFirst(t.disagreements)
	return report
}

// worstFirst orders dimensions by agreement, the lowest first, and the
// disagreements along with them.
func (r *Report) worstFirst(disagreements map[string][]Disagreement) {
	slices.SortStableFunc(r.Dimensions, func(a, b Dimension) int { return cmp.Compare(a.Agreement, b.Agreement) })
	r.Disagreements = []Disagreement{}
	for _, d := range r.Dimensions {
		r.Disagreements = append(r.Disagreements, disagreements[d.Dimension]...)
	}
}

// A tally counts what the systems say.
type tally struct {
	dimensions               []dimensionTally
	names                    []string
	bySystem                 []Counts
	expertTotals, toolTotals []float64
	expertMeans, toolMeans   []float64 // of systems with something determined
	disagreements            map[string][]Disagreement
	left                     []string
}

type dimensionTally struct {
	id     string
	counts Counts
	causes map[rubric.Cause]int
}

func newTally(r *rubric.Rubric, systems []System) *tally {
	t := &tally{disagreements: map[string][]Disagreement{}}
	for _, d := range r.Dimensions {
		t.dimensions = append(t.dimensions, dimensionTally{id: d.ID, causes: map[rubric.Cause]int{}})
	}
	for i := range systems {
		t.system(&systems[i])
		for dimension := range systems[i].Experts {
			if !t.has(dimension) && !slices.Contains(t.left, dimension) {
				t.left = append(t.left, dimension)
			}
		}
	}
	slices.Sort(t.left)
	return t
}

func (t *tally) has(dimension string) bool {
	return slices.ContainsFunc(t.dimensions, func(d dimensionTally) bool { return d.id == dimension })
}

func (t *tally) system(s *System) {
	var counts Counts
	var expert, tool, known float64
	for i := range t.dimensions {
		d := &t.dimensions[i]
		class, ok := s.Experts[d.id]
		if _, rated := place(class); !ok || !rated {
			continue
		}
		j := judgementOf(&s.Tool, d.id)
		counts.add(class, j.Class)
		d.counts.add(class, j.Class)
		expert += class.Points()
		tool += j.Class.Points()
		if j.Class == rubric.Undetermined {
			d.causes[j.Cause]++
		} else {
			known += class.Points()
		}
		if j.Class != class {
			t.disagreements[d.id] = append(t.disagreements[d.id], disagreement(s.ID, class, j))
		}
	}
	t.names, t.bySystem = append(t.names, s.ID), append(t.bySystem, counts)
	t.expertTotals, t.toolTotals = append(t.expertTotals, expert), append(t.toolTotals, tool)
	if n := float64(counts.Determined()); n > 0 {
		t.expertMeans, t.toolMeans = append(t.expertMeans, known/n), append(t.toolMeans, tool/n)
	}
}

func judgementOf(a *rubric.Assessment, dimension string) rubric.Judgement {
	for _, j := range a.Judgements {
		if j.Dimension == dimension {
			return j
		}
	}
	return rubric.Judgement{Dimension: dimension, Class: rubric.Undetermined, Cause: rubric.CauseNotCaptured,
		Reason: "The system was not judged on this dimension."}
}

func disagreement(system string, expert rubric.Class, j rubric.Judgement) Disagreement {
	d := Disagreement{System: system, Dimension: j.Dimension, Expert: expert, Tool: j.Class,
		Reason: j.Reason, Cause: j.Cause, Quotes: []Quote{}}
	for _, o := range j.Observations {
		if o.Finding == audit.Present {
			d.Quotes = append(d.Quotes, Quote{Fact: o.Fact, Value: o.Value, URL: o.URL, Start: o.Start, End: o.End,
				Quote: o.Quote})
		}
	}
	return d
}

func (d *dimensionTally) summary() Dimension {
	n := d.counts.Total()
	s := Dimension{Dimension: d.id, N: n, Undetermined: n - d.counts.Determined(), ByCause: d.causes,
		Agreement: d.counts.Agreement(), Kappa: d.counts.Kappa(), MacroF1: d.counts.MacroF1(),
		Majority:  ratio(d.counts.Commonest(), n),
		Confusion: map[rubric.Class]map[rubric.Class]int{}}
	for i, expert := range classes {
		row := map[rubric.Class]int{rubric.Undetermined: d.counts[i][undetermined]}
		for j, tool := range classes {
			row[tool] = d.counts[i][j]
		}
		s.Confusion[expert] = row
	}
	return s
}

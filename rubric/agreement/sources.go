package agreement

import "slices"

// Sources says how many of the pages that experts cite for their classes the tool
// opened: of each count visited (it gave an answer), tried (asked for, whatever came
// of it) and cited.
type Sources struct {
	Cited   int `json:"cited"`
	Visited int `json:"visited"`
	Tried   int `json:"tried"`
	// Named is how many a page that was read names or links: no crawl that follows
	// pages can reach more.
	Named            int               `json:"named"`
	ByKind           map[string][3]int `json:"by_kind"` // hub, dataset, repository, paper, web
	ByDimension      map[string][3]int `json:"by_dimension"`
	NamedByKind      map[string]int    `json:"named_by_kind"`
	NamedByDimension map[string]int    `json:"named_by_dimension"`
	// Quoted is how many of the visited ones have a passage in a judgement that the
	// experts cite them for; by dimension each of those judgements counts.
	Quoted            int              `json:"quoted"`
	QuotedByDimension map[string]int   `json:"quoted_by_dimension"`
	Causes            map[string][]int `json:"causes"` // of those not tried, by kind: in the order of Causes
	Missed            []MissedSource   `json:"missed"` // not tried, by system and address
	Spent             Spent            `json:"spent"`
}

// The causes for which a page was not asked for.
const (
	CauseRelated = "only related" // it was known, and not held to be the model's
	CausePassed  = "passed over"  // a page that was read names it
	CauseUnnamed = "not named"    // no page that was read names it
)

// Causes are the causes, those that a crawl could mend first.
var Causes = []string{CausePassed, CauseRelated, CauseUnnamed}

// NewSources returns a count of nothing, for pages of some kinds.
func NewSources(kinds []string) *Sources {
	s := &Sources{ByKind: map[string][3]int{}, ByDimension: map[string][3]int{}, NamedByKind: map[string]int{},
		NamedByDimension: map[string]int{}, QuotedByDimension: map[string]int{}, Causes: map[string][]int{},
		Missed: []MissedSource{}}
	for _, kind := range kinds {
		s.ByKind[kind], s.NamedByKind[kind], s.Causes[kind] = [3]int{}, 0, make([]int, len(Causes))
	}
	return s
}

// A CitedPage is a page that experts cite for judgements of one system.
type CitedPage struct {
	Missed                       MissedSource // with the cause, if it was not tried
	Visited, Tried, Named, Known bool         // Known: it is a place that was held to be related only
	Quoted                       []string     // the citing dimensions of which a judgement quotes it
}

// Add counts a page.
func (s *Sources) Add(p CitedPage) {
	kind := p.Missed.Kind
	tried := p.Tried || p.Visited
	named := p.Named || tried
	s.Cited++
	s.ByKind[kind] = count(s.ByKind[kind], p.Visited, tried)
	for _, d := range p.Missed.Dimensions {
		s.ByDimension[d] = count(s.ByDimension[d], p.Visited, tried)
		if named {
			s.NamedByDimension[d]++
		}
	}
	for _, d := range p.Quoted {
		s.QuotedByDimension[d]++
	}
	if len(p.Quoted) > 0 {
		s.Quoted++
	}
	if p.Visited {
		s.Visited++
	}
	if named {
		s.Named++
		s.NamedByKind[kind]++
	}
	if tried {
		s.Tried++
		return
	}
	p.Missed.Cause = CauseUnnamed
	switch {
	case p.Known:
		p.Missed.Cause = CauseRelated
	case named:
		p.Missed.Cause = CausePassed
	}
	if s.Causes[kind] == nil {
		s.Causes[kind] = make([]int, len(Causes))
	}
	s.Causes[kind][slices.Index(Causes, p.Missed.Cause)]++
	s.Missed = append(s.Missed, p.Missed)
}

// Spent says what the audits of the compared systems asked for: answers of servers, and
// their bytes.
type Spent struct {
	Answers map[string]float64 `json:"answers"` // a system, by kind of source
	Bytes   map[string]float64 `json:"bytes"`   // a system, by kind of source
	Median  [2]int             `json:"median"`  // answers and bytes of the median system
	Most    [2]int             `json:"most"`
}

// A MissedSource is a page that experts cite and that was not asked for.
type MissedSource struct {
	System     string   `json:"system"`
	Kind       string   `json:"kind"`
	URL        string   `json:"url"`
	Cause      string   `json:"cause"`
	Dimensions []string `json:"dimensions"`
}

// count adds one page to a count of visited, tried and cited.
func count(c [3]int, visited, tried bool) [3]int {
	c[2]++
	if visited {
		c[0]++
	}
	if tried {
		c[1]++
	}
	return c
}

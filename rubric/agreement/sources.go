package agreement

// Sources says how many of the pages that experts cite for their classes the tool
// opened: of each count visited (it gave an answer), tried (asked for, whatever came
// of it) and cited.
type Sources struct {
	Cited   int `json:"cited"`
	Visited int `json:"visited"`
	Tried   int `json:"tried"`
	// Named is how many a page that was read names or links: no crawl that follows
	// pages can reach more.
	Named       int               `json:"named"`
	ByKind      map[string][3]int `json:"by_kind"` // hub, dataset, repository, paper, web
	ByDimension map[string][3]int `json:"by_dimension"`
	Missed      []MissedSource    `json:"missed"` // not tried, by system and address
	Spent       Spent             `json:"spent"`
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
	System string `json:"system"`
	Kind   string `json:"kind"`
	URL    string `json:"url"`
	// Cause is "not named" where no page that was read names it, "only related" where
	// it was known and not held to be the model's, and "passed over" otherwise.
	Cause      string   `json:"cause"`
	Dimensions []string `json:"dimensions"`
}

// Count adds one page to a count of visited, tried and cited.
func Count(c [3]int, visited, tried bool) [3]int {
	c[2]++
	if visited {
		c[0]++
	}
	if visited || tried {
		c[1]++
	}
	return c
}

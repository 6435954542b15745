package observe

import (
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/page"
	"openness/audit/pattern"
)

// The sheets in the appendices of a paper: a datasheet or a model card is known by its
// heading, or by the sections and questions that such sheets are made of.

var (
	// datasheetParts are the sections of a datasheet (Gebru et al. 2021), each by its heading
	// or by a question that it begins with.
	datasheetParts = []*pattern.Regexp{
		pattern.MustCompile(`^motivation\b|\bfor what purpose was the data ?set created\b`),
		pattern.MustCompile(`^(?:data ?set )?composition\b` +
			`|\bwhat do the instances (?:that comprise the data ?set )?represent\b`),
		pattern.MustCompile(`^(?:data )?collection(?: process)?\b` +
			`|\bhow was the data (?:associated with each instance )?acquired\b`),
		pattern.MustCompile(`^(?:data )?pre-?processing\b|\bwas any pre-?processing\b`),
		pattern.MustCompile(`^(?:intended )?uses?\b|\bhas the data ?set been used for\b`),
		pattern.MustCompile(`^(?:data )?distribution\b|\bwill the data ?set be distributed\b`),
		pattern.MustCompile(`^maintenance\b|\bwho will be (?:supporting|hosting|maintaining)\b`),
	}
	// modelCardParts are the sections of a model card (Mitchell et al. 2019), by their headings.
	modelCardParts = []*pattern.Regexp{
		pattern.MustCompile(`^model details\b`),
		pattern.MustCompile(`^(?:intended|out-of-scope) uses?\b`),
		pattern.MustCompile(`^(?:relevant )?factors\b`),
		pattern.MustCompile(`^metrics\b`),
		pattern.MustCompile(`^evaluation data\b`),
		pattern.MustCompile(`^training data\b`),
		pattern.MustCompile(`^quantitative analys[ei]s\b`),
		pattern.MustCompile(`^ethical considerations\b`),
		pattern.MustCompile(`^(?:limitations|caveats(?: and recommendations)?|bias, risks)\b`),
	}
)

// minParts is the number of such sections from which a part of a paper is a sheet that
// its heading does not call one.
const minParts = 4

// appendixOf gives the passages of the part of a paper that is a sheet: below a heading
// that says so, else the first section that has most of a sheet's own sections. Below
// which headings within the sheet each stands, replaces its heading.
func (in *input) appendixOf(w *audit.Document, named *pattern.Regexp, parts []*pattern.Regexp) []page.Passage {
	var told []page.Passage
	sections := make(map[string][]page.Passage) // by their outermost heading
	asked := make(map[string]map[int]bool)      // which of a sheet's sections each has
	var order []string
	for _, p := range in.Prose(w) {
		if at := named.FindStringIndex(p.Heading); at != nil {
			p.Heading = p.Heading[at[1]:]
			told = append(told, p)
			continue
		}
		path := in.data.PathOf(w, p)
		if len(path) == 0 {
			continue
		}
		if asked[path[0]] == nil {
			asked[path[0]] = make(map[int]bool)
			order = append(order, path[0])
		}
		for i, part := range parts {
			if slices.ContainsFunc(path[1:], part.MatchString) ||
				strings.HasSuffix(p.Text, "?") && part.MatchString(p.Text) {
				asked[path[0]][i] = true
			}
		}
		p.Heading = strings.Join(path[1:], " / ")
		sections[path[0]] = append(sections[path[0]], p)
	}
	if len(told) > 0 {
		return told
	}
	for _, h := range order {
		if len(asked[h]) >= minParts {
			return sections[h]
		}
	}
	return nil
}

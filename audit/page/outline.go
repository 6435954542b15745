package page

import (
	"slices"
	"sort"
	"strings"

	"openness/audit"
	"openness/audit/pattern"
)

// An Outline is the tree of a paper's sections by the numbers that they bear. The
// size of a heading is a worse guide: a label within a figure, set in large letters,
// would end the section that the figure stands in.
type Outline struct {
	starts []int // where each heading begins
	paths  []HeadingPath
}

// A HeadingPath is the headings around a place, the outermost first, in small letters.
type HeadingPath []string

// backMatter are the sections without a number that follow the numbered ones.
var backMatter = pattern.MustCompile(`(?i)^(?:appendix|appendices|supplement\w*|references|bibliography` +
	`|acknowledge?ments?|(?:author )?contributions?|abstract|limitations|ethic\w*|(?:broader )?impacts?|conclusions?` +
	`|model card|data ?sheet|data card)\b`)

// OutlineOf reads the headings of a paper. Below a numbered section one without a
// number is a part of it, whatever its size; back matter stands by itself, and so does
// what follows it.
func OutlineOf(c *Page) *Outline {
	o := &Outline{}
	var numbered, loose []string // headings with a number, and those below them without one
	var levels []int             // of the loose ones
	back := 0                    // the level of the back matter that we are in
	anyNumber := slices.ContainsFunc(c.Sections, func(s Section) bool {
		number, _ := SplitNumber(s.Heading)
		return number != ""
	})
	for i, s := range withPlainHeadings(c) {
		if i == 0 || i == 1 && s.Level == 1 {
			o.add(s.Title.Start, nil)
			continue
		}
		number, title := SplitNumber(s.Heading)
		if rest, lettered := strings.CutPrefix(s.Heading, "A "); lettered && number == "" && back > 0 {
			number, title = "A", rest // the first appendix, and no title that begins with an article
		}
		title = strings.ToLower(title)
		switch {
		case number != "":
			back = 0
			depth := strings.Count(strings.TrimSuffix(number, "."), ".")
			numbered = append(slices.Clone(numbered[:min(depth, len(numbered))]), title)
			loose, levels = nil, nil
		case backMatter.MatchString(s.Heading):
			numbered, loose, levels, back = []string{title}, nil, nil, s.Level
		case back > 0 && s.Level <= back:
			numbered, loose, levels = nil, []string{title}, nil
		case !anyNumber:
			for len(levels) > 0 && levels[len(levels)-1] >= s.Level {
				loose, levels = loose[:len(loose)-1], levels[:len(levels)-1]
			}
			loose, levels = append(slices.Clone(loose), title), append(levels, s.Level)
		default:
			loose = []string{title}
		}
		o.add(s.Title.Start, slices.Concat(numbered, loose))
	}
	return o
}

// plainHeading is a numbered heading that the reader of a PDF took for a paragraph, as
// it does where a heading stands right below another.
var plainHeading = pattern.MustCompile(`(?m)^\n(?:\d+|[A-Z])(?:\.\d+){1,3}\.? [A-Z][\w ,:/&-]{2,60}\n\n`)

// withPlainHeadings are the sections of a page with those below such headings.
func withPlainHeadings(c *Page) []Section {
	var all []Section
	for _, s := range c.Sections {
		all = append(all, s)
		if s.Body.End-s.Body.Start < 4 {
			continue
		}
		body := c.Source[s.Body.Start:s.Body.End]
		for _, m := range plainHeading.FindAllIndex(body, -1) {
			title := audit.Span{Start: s.Body.Start + m[0] + 1, End: s.Body.Start + m[1] - 2}
			all = append(all, Section{Heading: c.Text(title), Level: s.Level + 1, Title: title,
				Body: audit.Span{Start: title.End, End: s.Body.End}})
		}
	}
	return all
}

func (o *Outline) add(start int, path HeadingPath) {
	o.starts, o.paths = append(o.starts, start), append(o.paths, path)
}

// At gives the headings around a place.
func (o *Outline) At(offset int) HeadingPath {
	i := sort.SearchInts(o.starts, offset+1) - 1
	if i < 0 {
		return nil
	}
	return o.paths[i]
}

var sectionNumber = pattern.MustCompile(`^(?:(?:Appendix|Section|Chapter)\s+)?((?:\d+|[A-Z])(?:\.\d+)*)[.:]?\s+(\S.*)$`)

// SplitNumber splits "3.4.1 Hardware" into number and title. A lone capital
// counts as a number only where it is set off: "A. Data" or "Appendix A Data",
// for "A Dataset of Code" is a title.
func SplitNumber(heading string) (number, title string) {
	m := sectionNumber.FindStringSubmatch(heading)
	if m == nil {
		return "", heading
	}
	if heading[0] == 'A' && strings.HasPrefix(heading, "A ") {
		return "", heading
	}
	return m[1], m[2]
}

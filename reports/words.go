package reports

import (
	"fmt"
	"strconv"
	"strings"

	"openness/rubric"
)

// RubricTitle is the rubric's name, or its id where it has none.
func RubricTitle(r *rubric.Rubric) string {
	if r.Name != "" {
		return r.Name
	}
	return r.ID
}

// Number writes a score with at most two decimals and no trailing zeros.
func Number(f float64) string {
	s := strconv.FormatFloat(f, 'f', 2, 64)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// Heading is a dimension's short name, or its id where it has none.
func Heading(d rubric.Dimension) string {
	if d.Name != "" {
		return d.Name
	}
	return d.ID
}

// OutOf is a score out of its maximum, "7/12".
func OutOf(s rubric.Score) string { return Number(s.Strict) + "/" + Number(s.Max) }

// Share writes 0.92 as "92 %".
func Share(f float64) string { return strconv.FormatFloat(100*f, 'f', 0, 64) + " %" }

// Plural writes "1 model" and "3 models".
func Plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// A columnGroup is a run of dimensions with one group.
type columnGroup struct {
	Name       string
	Dimensions []rubric.Dimension
}

// GroupsOf splits dimensions into runs of one group.
func GroupsOf(dims []rubric.Dimension) []columnGroup {
	groups := []columnGroup{}
	for _, d := range dims {
		last := len(groups) - 1
		if last < 0 || groups[last].Name != d.Group {
			groups = append(groups, columnGroup{Name: d.Group})
			last++
		}
		groups[last].Dimensions = append(groups[last].Dimensions, d)
	}
	return groups
}

package raters

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"openness/reports"
	"openness/rubric/agreement"
)

// writeSources shows which of the pages that experts cite were opened: by kind, by
// dimension and, with all, those that were not asked for.
func writeSources(b *strings.Builder, r agreement.Report, all bool) {
	s := r.Sources
	if s == nil {
		return
	}
	fmt.Fprintf(b, "\nOf %d pages that experts cite %d were opened and %d tried; pages that were read name %d.\n",
		s.Cited, s.Visited, s.Tried, s.Named)
	write := func(title string, counts map[string][3]int) {
		fmt.Fprintf(b, "\n%-24s %8s %8s %8s %8s\n", title, "opened", "tried", "cited", "share")
		for _, name := range slices.Sorted(maps.Keys(counts)) {
			if c := counts[name]; c[2] > 0 {
				fmt.Fprintf(b, "%-24s %8d %8d %8d %7.0f%%\n", reports.Visible(name), c[0], c[1], c[2],
					100*float64(c[1])/float64(c[2]))
			}
		}
	}
	write("Kind", s.ByKind)
	write("Dimension", s.ByDimension)
	fmt.Fprintf(b, "\n%-24s %8s %8s\n", "Asked for, a system", "answers", "kB")
	for _, name := range slices.Sorted(maps.Keys(s.Spent.Answers)) {
		fmt.Fprintf(b, "%-24s %8.2f %8.1f\n", reports.Visible(name), s.Spent.Answers[name], s.Spent.Bytes[name]/1000)
	}
	fmt.Fprintf(b, "%-24s %8d %8.1f\n", "the median system", s.Spent.Median[0], float64(s.Spent.Median[1])/1000)
	fmt.Fprintf(b, "%-24s %8d %8.1f\n", "the most", s.Spent.Most[0], float64(s.Spent.Most[1])/1000)
	if !all {
		return
	}
	fmt.Fprintf(b, "\nNot asked for:\n")
	for _, m := range s.Missed {
		fmt.Fprintf(b, "  %s: %s (%s, %s; %s)\n", reports.Visible(m.System), reports.Visible(m.URL), m.Kind, m.Cause,
			strings.Join(m.Dimensions, ", "))
	}
}

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
	fmt.Fprintf(b, "Of the opened ones %d have a passage in a judgement that they are cited for.\n", s.Quoted)
	fmt.Fprintf(b, "\n%-24s %8s %8s %8s %8s %8s\n", "Kind", "opened", "tried", "named", "cited", "share")
	for _, name := range slices.Sorted(maps.Keys(s.ByKind)) {
		writeCited(b, name, s.ByKind[name], s.NamedByKind[name])
	}
	fmt.Fprintf(b, "\n%-24s %8s %8s %8s %8s %8s %8s\n", "Dimension", "opened", "tried", "named", "cited", "share",
		"quoted")
	for _, name := range slices.Sorted(maps.Keys(s.ByDimension)) {
		writeCited(b, name, s.ByDimension[name], s.NamedByDimension[name], s.QuotedByDimension[name])
	}
	fmt.Fprintf(b, "\n%-24s", "Not tried")
	for _, cause := range agreement.Causes {
		fmt.Fprintf(b, " %12s", cause)
	}
	fmt.Fprintln(b)
	for _, name := range slices.Sorted(maps.Keys(s.Causes)) {
		fmt.Fprintf(b, "%-24s", reports.Visible(name))
		for _, n := range s.Causes[name] {
			fmt.Fprintf(b, " %12d", n)
		}
		fmt.Fprintln(b)
	}
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

// writeCited writes the line of one kind or dimension: opened, tried, named, cited, the
// share that was tried, and further counts.
func writeCited(b *strings.Builder, name string, c [3]int, named int, further ...int) {
	if c[2] == 0 {
		return
	}
	fmt.Fprintf(b, "%-24s %8d %8d %8d %8d %7.0f%%", reports.Visible(name), c[0], c[1], named, c[2],
		100*float64(c[1])/float64(c[2]))
	for _, n := range further {
		fmt.Fprintf(b, " %8d", n)
	}
	fmt.Fprintln(b)
}

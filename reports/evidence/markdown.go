package evidence

import (
	"fmt"
	"strings"

	"openness/reports"
	"openness/reports/internal/layout"
)

// MarkdownJudged writes a judgement with its evidence as Markdown.
func MarkdownJudged(b *strings.Builder, j Judged) {
	fmt.Fprintf(b, "\n#### %s: %s\n\n%s\n", layout.Markdown(reports.Heading(j.Dimension)), j.Class,
		layout.Markdown(reports.Shorten(j.Reason, reports.LongestQuote)))
	if j.Review != nil {
		fmt.Fprintf(b, "\nReview by %s: %s\n", layout.Markdown(reports.Label(j.Review.By)),
			layout.Markdown(reports.Shorten(j.Review.Reason, reports.LongestQuote)))
	}
	for i := range j.Quotes {
		MarkdownQuote(b, &j.Quotes[i])
	}
	places := j.Places()
	if len(places) > 0 {
		b.WriteByte('\n')
	}
	for _, same := range SamePlaces(places) {
		addresses := []string{}
		for _, p := range same {
			addresses = append(addresses, p.URL)
		}
		fmt.Fprintf(b, "- %s\n", layout.Markdown(strings.Join(addresses, ", ")+" "+same[0].Said()))
	}
}

// MarkdownQuote is a quote as people read it, with where it stands.
func MarkdownQuote(b *strings.Builder, w *Wording) {
	e := &w.Facts[0]
	words := layout.Markdown(e.Read)
	if w.Under != nil {
		words = layout.Markdown(reports.ShortWords(e.Read, fewWords)) + " (as quoted under " +
			layout.Markdown(w.Under.Name) + ")"
	}
	fmt.Fprintf(b, "\n> %s\n\n", words)
	for _, f := range w.Facts {
		fmt.Fprintf(b, "%s\n", layout.Markdown(provenance(f)))
	}
	for _, at := range append([]Evidence{*e}, w.Also...) {
		markdownSource(b, &at)
	}
}

// markdownSource leads to the page of a quote and to its bytes.
func markdownSource(b *strings.Builder, e *Evidence) {
	if page := e.Page(); page != "" {
		fmt.Fprintf(b, "[source](<%s>)", layout.MarkdownLink(page))
		if page != e.URL {
			fmt.Fprintf(b, " ([raw bytes](<%s>))", layout.MarkdownLink(e.Link()))
		}
		b.WriteByte('\n')
	}
}

// MarkdownConflicts writes contradictions with both sides as Markdown.
func MarkdownConflicts(b *strings.Builder, list []Conflict) {
	if len(list) == 0 {
		return
	}
	b.WriteString("\n## Licence conflicts\n")
	for _, c := range list {
		fmt.Fprintf(b, "\n%s (%s)\n", layout.Markdown(reports.Shorten(c.Detail, reports.LongestQuote)),
			layout.Markdown(c.Kind))
		for _, e := range c.Sides {
			side := e
			side.Value = reports.Shorten(e.Note, reports.LongestQuote) // the sentence stands above
			fmt.Fprintf(b, "\n> %s\n\n%s\n", layout.Markdown(e.Read), layout.Markdown(provenance(side)))
			markdownSource(b, &side)
		}
	}
}

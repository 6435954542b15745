package reports

import (
	"fmt"
	"io"
	"strings"

	"openness/rubric"
)

// writeDossierMarkdown writes a dossier for wikis, issues and notebooks.
func writeDossierMarkdown(w io.Writer, m *Model, rubrics []*rubric.Rubric) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", mdText(label(m.Name())))
	assessments := m.allJudged(rubrics)
	if len(assessments) > 0 {
		fmt.Fprintf(&b, "%s\n\n", mdText(why(assessments[0].Judged)))
	}
	for _, f := range m.identity() {
		fmt.Fprintf(&b, "- %s: %s\n", f[0], mdText(f[1]))
	}
	for i, f := range m.Frameworks {
		if i == 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "- **%s: %s.** %s\n", mdText(f.Name), mdText(f.Verdict.Name), mdText(Shorten(f.Verdict.Reason, longestQuote)))
	}
	for i := range assessments {
		markdownAssessment(&b, &assessments[i])
	}
	markdownConflicts(&b, m.disputes())
	markdownList(&b, "Withdrawn", lookLines(m.withdrawn()))
	markdownList(&b, "Sources that fail now", lookLines(m.stale()))
	markdownList(&b, "Not there", lookLines(m.notThere()))
	markdownList(&b, "Could not be looked at", lookLines(m.unseen()))
	markdownList(&b, "History", historyLines(m.History))
	b.WriteByte('\n')
	_, err := io.WriteString(w, b.String())
	return err
}

func markdownAssessment(b *strings.Builder, a *judgedUnder) {
	fmt.Fprintf(b, "\n## %s, version %s\n\n%s\n\n", mdText(rubricTitle(a.Under)), mdText(a.Rubric.Version), scoreSentence(a.Score))
	if v := a.Verdict; v != nil {
		fmt.Fprintf(b, "**Verdict: %s.** %s\n\n", mdText(v.Name), mdText(Shorten(v.Reason, longestQuote)))
		for _, m := range v.Missing {
			fmt.Fprintf(b, "- missing: %s\n", mdText(Shorten(m, longestQuote)))
		}
		if v.SmallestChange != "" {
			fmt.Fprintf(b, "\nSmallest change: %s\n\n", mdText(Shorten(v.SmallestChange, longestQuote)))
		}
	}
	b.WriteString("| Dimension | Class | Reason |\n|---|---|---|\n")
	for _, j := range a.Judged {
		fmt.Fprintf(b, "| %s | %s %s | %s |\n", mdText(heading(j.Dimension)), Symbol(j.Class), j.Class, mdText(Shorten(j.Reason, longestQuote)))
	}
	b.WriteString("\n### Evidence\n")
	for _, j := range a.Judged {
		markdownEvidence(b, j)
	}
}

func markdownEvidence(b *strings.Builder, j judged) {
	fmt.Fprintf(b, "\n#### %s: %s\n\n%s\n", mdText(heading(j.Dimension)), j.Class, mdText(Shorten(j.Reason, longestQuote)))
	if j.Review != nil {
		fmt.Fprintf(b, "\nReview by %s: %s\n", mdText(label(j.Review.By)), mdText(Shorten(j.Review.Reason, longestQuote)))
	}
	for i := range j.Quotes {
		markdownQuote(b, &j.Quotes[i])
	}
	places := j.places()
	if len(places) > 0 {
		b.WriteByte('\n')
	}
	for _, same := range samePlaces(places) {
		addresses := []string{}
		for _, p := range same {
			addresses = append(addresses, p.URL)
		}
		fmt.Fprintf(b, "- %s\n", mdText(strings.Join(addresses, ", ")+" "+same[0].Said()))
	}
}

// markdownQuote is a quote as people read it, with where it stands.
func markdownQuote(b *strings.Builder, w *wording) {
	e := &w.Facts[0]
	words := mdText(e.Read)
	if w.Under != nil {
		words = mdText(shortWords(e.Read, fewWords)) + " (as quoted under " + mdText(w.Under.Name) + ")"
	}
	fmt.Fprintf(b, "\n> %s\n\n", words)
	for _, f := range w.Facts {
		fmt.Fprintf(b, "%s\n", mdText(provenance(f)))
	}
	for _, at := range append([]Evidence{*e}, w.Also...) {
		markdownSource(b, &at)
	}
}

// markdownSource leads to the page of a quote and to its bytes.
func markdownSource(b *strings.Builder, e *Evidence) {
	if page := e.Page(); page != "" {
		fmt.Fprintf(b, "[source](<%s>)", mdLink(page))
		if page != e.URL {
			fmt.Fprintf(b, " ([raw bytes](<%s>))", mdLink(e.Link()))
		}
		b.WriteByte('\n')
	}
}

func markdownConflicts(b *strings.Builder, list []disputed) {
	if len(list) == 0 {
		return
	}
	b.WriteString("\n## Licence conflicts\n")
	for _, c := range list {
		fmt.Fprintf(b, "\n%s (%s)\n", mdText(Shorten(c.Detail, longestQuote)), mdText(c.Kind))
		for _, e := range c.Sides {
			side := e
			side.Value = Shorten(e.Note, longestQuote) // the sentence stands above
			fmt.Fprintf(b, "\n> %s\n\n%s\n", mdText(e.Read), mdText(provenance(side)))
			markdownSource(b, &side)
		}
	}
}

func markdownList(b *strings.Builder, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(b, "\n## %s\n\n", title)
	for _, l := range lines {
		fmt.Fprintf(b, "- %s\n", mdText(Shorten(l, longestQuote)))
	}
}

// mdLink makes a URL safe between < and > of a Markdown link.
func mdLink(url string) string {
	return strings.NewReplacer("<", "%3C", ">", "%3E", "\\", "%5C", " ", "%20", "`", "%60", "*", "%2A", "[", "%5B", "]", "%5D",
		"(", "%28", ")", "%29", "|", "%7C", "!", "%21").Replace(Visible(url)) // code spans and tables bind tighter than links
}

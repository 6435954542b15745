package dossier

import (
	"fmt"
	"io"
	"strings"

	"openness/reports"
	"openness/reports/evidence"
	"openness/reports/internal/layout"
	"openness/rubric"
)

// writeDossierMarkdown writes a dossier for wikis, issues and notebooks.
func writeDossierMarkdown(w io.Writer, m *reports.Model, rubrics []*rubric.Rubric) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", layout.Markdown(reports.Label(m.Name())))
	assessments := allJudged(m, rubrics)
	if len(assessments) > 0 {
		fmt.Fprintf(&b, "%s\n\n", layout.Markdown(why(assessments[0].Judged)))
	}
	for _, f := range identityOf(m) {
		fmt.Fprintf(&b, "- %s: %s\n", f[0], layout.Markdown(f[1]))
	}
	for i, f := range m.Frameworks {
		if i == 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "- **%s: %s.** %s\n", layout.Markdown(f.Name), layout.Markdown(f.Verdict.Name),
			layout.Markdown(reports.Shorten(f.Verdict.Reason, reports.LongestQuote)))
	}
	for i := range assessments {
		markdownAssessment(&b, &assessments[i])
	}
	evidence.MarkdownConflicts(&b, evidence.Conflicts(m))
	markdownList(&b, "Withdrawn", lookLines(evidence.Withdrawn(m)))
	markdownList(&b, "Sources that fail now", lookLines(evidence.Stale(m)))
	markdownList(&b, "Not there", lookLines(evidence.NotThere(m)))
	markdownList(&b, "Could not be looked at", lookLines(evidence.Unseen(m)))
	markdownList(&b, "History", historyLines(m.History))
	b.WriteByte('\n')
	_, err := io.WriteString(w, b.String())
	return err
}

func markdownAssessment(b *strings.Builder, a *judgedUnder) {
	fmt.Fprintf(b, "\n## %s, version %s\n\n%s\n\n", layout.Markdown(reports.RubricTitle(a.Under)),
		layout.Markdown(a.Rubric.Version), scoreSentence(a.Score))
	if v := a.Verdict; v != nil {
		fmt.Fprintf(b, "**Verdict: %s.** %s\n\n", layout.Markdown(v.Name),
			layout.Markdown(reports.Shorten(v.Reason, reports.LongestQuote)))
		for _, m := range v.Missing {
			fmt.Fprintf(b, "- missing: %s\n", layout.Markdown(reports.Shorten(m, reports.LongestQuote)))
		}
		if v.SmallestChange != "" {
			fmt.Fprintf(b, "\nSmallest change: %s\n\n",
				layout.Markdown(reports.Shorten(v.SmallestChange, reports.LongestQuote)))
		}
	}
	b.WriteString("| Dimension | Class | Reason |\n|---|---|---|\n")
	for _, j := range a.Judged {
		fmt.Fprintf(b, "| %s | %s %s | %s |\n", layout.Markdown(reports.Heading(j.Dimension)), reports.Symbol(j.Class),
			j.Class, layout.Markdown(reports.Shorten(j.Reason, reports.LongestQuote)))
	}
	b.WriteString("\n### Evidence\n")
	for _, j := range a.Judged {
		evidence.MarkdownJudged(b, j)
	}
}

func markdownList(b *strings.Builder, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(b, "\n## %s\n\n", title)
	for _, l := range lines {
		fmt.Fprintf(b, "- %s\n", layout.Markdown(reports.Shorten(l, reports.LongestQuote)))
	}
}

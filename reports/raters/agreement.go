// Package raters holds those who judge models against each other: how far this tool agrees
// with experts, and where raters contradict one another, with the evidence that decides.
package raters

import (
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"openness/reports"
	"openness/reports/internal/layout"
	"openness/rubric"
	"openness/rubric/agreement"
)

// AgreementOptions say how much of a comparison the table shows.
type AgreementOptions struct {
	All bool // every disagreement, not the count alone
}

// AgreementFormats are the formats of WriteAgreement.
func AgreementFormats() []reports.Format {
	return []reports.Format{reports.Table, reports.JSON, reports.Markdown, reports.HTML}
}

// WriteAgreement writes a comparison with experts in one of AgreementFormats.
func WriteAgreement(w io.Writer, r agreement.Report, f reports.Format, o AgreementOptions) error {
	switch f {
	case reports.Table:
		return writeAgreementTable(w, r, o)
	case reports.JSON:
		return reports.WriteJSON(w, r)
	case reports.Markdown:
		return writeAgreementMarkdown(w, r)
	case reports.HTML:
		return writeAgreementHTML(w, r)
	}
	return fmt.Errorf("unknown format %q", f)
}

// agreementLines are the overall figures, each as a name and a value.
func agreementLines(r agreement.Report) [][2]string {
	o := r.Overall
	lines := [][2]string{
		{"Systems compared", fmt.Sprint(r.Systems)},
		{"Judgements", fmt.Sprint(r.Judgements)},
		{"Weighted kappa", fmt.Sprintf("%s (95 %% interval %s to %s)", o.Kappa, o.KappaCI95[0], o.KappaCI95[1])},
		{"Kappa by fold", fmt.Sprintf("%s ± %s over %d folds", r.Folds.Mean, r.Folds.Deviation, len(r.Folds.Kappa))},
		{"Agreement", fmt.Sprintf("%s of all, %s of determined", percent(o.Agreement), percent(o.AgreementDetermined))},
		{"Always the commonest class", percent(o.Majority)},
		{"Macro-F1", o.MacroF1.String()},
		{"Spearman of totals", fmt.Sprintf("%s; %s of the means over what was determined", o.Spearman,
			o.SpearmanDetermined)},
		{"Determined", percent(o.Determined)},
	}
	if causes := causeCounts(r.ByCause); causes != "" {
		lines = append(lines, [2]string{"Undetermined", fmt.Sprintf("%d: %s", r.Undetermined, causes)})
	}
	if len(r.Missing) > 0 {
		lines = append(lines, [2]string{"Not audited", fmt.Sprintf("%d: %s", len(r.Missing),
			strings.Join(r.Missing, ", "))})
	}
	if len(r.Left) > 0 {
		lines = append(lines, [2]string{"Not in the rubric", strings.Join(r.Left, ", ")})
	}
	return lines
}

func percent(r agreement.Ratio) string {
	if !r.Defined() {
		return r.String()
	}
	return fmt.Sprintf("%.1f %%", 100*float64(r))
}

// causes lists the causes of undetermined judgements in the order shown.
var causes = []struct {
	cause rubric.Cause
	words string
}{
	{rubric.CauseNotCaptured, "not captured"}, {rubric.CauseRefused, "refused"},
	{rubric.CauseUnreadable, "unreadable"}, {rubric.CauseNothingSaid, "nothing said"},
	{rubric.CauseRuleFailed, "rule failed"},
}

func causeCounts(counts map[rubric.Cause]int) string {
	var parts []string
	for _, c := range causes {
		if n := counts[c.cause]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, c.words))
		}
	}
	return strings.Join(parts, ", ")
}

func writeAgreementTable(w io.Writer, r agreement.Report, o AgreementOptions) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Agreement of %s with %s\n\n", reports.Visible(r.Rubric), reports.Visible(r.Experts))
	for _, line := range agreementLines(r) {
		fmt.Fprintf(&b, "%-27s %s\n", line[0], reports.Visible(line[1]))
	}
	t := layout.NewTable(120)
	t.AppendHeader(table.Row{"Dimension", "n", "Agr.", "Base", "Kappa", "F1", "o>o", "o>p", "o>c", "p>o", "p>p", "p>c",
		"c>o", "c>p", "c>c", "?"})
	for _, d := range r.Dimensions {
		row := table.Row{reports.Visible(d.Dimension), d.N, percent(d.Agreement), percent(d.Majority), d.Kappa,
			d.MacroF1}
		for _, expert := range agreed {
			for _, tool := range agreed {
				row = append(row, d.Confusion[expert][tool])
			}
		}
		t.AppendRow(append(row, d.Undetermined))
	}
	right := []table.ColumnConfig{}
	for i := 2; i <= 16; i++ {
		right = append(right, table.ColumnConfig{Number: i, Align: text.AlignRight, AlignHeader: text.AlignRight})
	}
	t.SetColumnConfigs(right)
	writeWithout(&b, r)
	writeSources(&b, r, o.All)
	fmt.Fprintf(&b, "\n%s\no>p: the experts say open, the tool partial. Base: always the commonest class. %d disagreements", layout.Trim(t.Render()), len(r.Disagreements))
	if !o.All {
		b.WriteString("; --all lists them.\n")
	} else {
		b.WriteString(":\n")
		writeDisagreements(&b, r)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeWithout shows what is left when one observer is taken away.
func writeWithout(b *strings.Builder, r agreement.Report) {
	if len(r.Without) == 0 {
		return
	}
	t := layout.NewTable(120)
	t.AppendHeader(table.Row{"Without", "Agr.", "Kappa", "Determined"})
	for _, w := range r.Without {
		t.AppendRow(table.Row{reports.Visible(w.Observer), percent(w.Agreement), w.Kappa, percent(w.Determined)})
	}
	fmt.Fprintf(b, "\n%s\n", layout.Trim(t.Render()))
}

// agreed are the classes of a confusion table, in the order shown.
var agreed = []rubric.Class{rubric.Open, rubric.Partial, rubric.Closed}

func writeDisagreements(b *strings.Builder, r agreement.Report) {
	for _, d := range r.Disagreements {
		fmt.Fprintf(b, "\n%s, %s: experts %s, tool %s\n  %s\n", reports.Visible(d.Dimension), reports.Visible(d.System),
			d.Expert, d.Tool, reports.Visible(d.Reason))
		for _, q := range d.Quotes {
			fmt.Fprintf(b, "  %s = %s: %q %s\n", reports.Visible(q.Fact), reports.Visible(q.Value),
				layout.Fit(reports.Visible(q.Quote), quoteWidth), reports.Visible(q.URL))
		}
	}
}

// quoteWidth cuts quotes in lists; the JSON has them whole.
const quoteWidth = 160

func writeAgreementMarkdown(w io.Writer, r agreement.Report) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# Agreement with experts\n\nRubric %s against %s.\n\n| | |\n|---|---|\n",
		layout.Markdown(r.Rubric), layout.Markdown(r.Experts))
	for _, line := range agreementLines(r) {
		fmt.Fprintf(&b, "| %s | %s |\n", layout.Markdown(line[0]), layout.Markdown(line[1]))
	}
	b.WriteString("\n## By dimension\n\nLowest agreement first. Columns o/p/c: what the tool says where the experts say open, partial or closed; ? is undetermined.\n\n")
	b.WriteString("| Dimension | n | Agreement | Commonest class | Kappa | Macro-F1 | open: o/p/c/? | partial: o/p/c/? | closed: o/p/c/? |\n|---|--:|--:|--:|--:|--:|---|---|---|\n")
	for _, d := range r.Dimensions {
		fmt.Fprintf(&b, "| %s | %d | %s | %s | %s | %s |", layout.Markdown(d.Dimension), d.N, percent(d.Agreement),
			percent(d.Majority), d.Kappa, d.MacroF1)
		for _, expert := range agreed {
			row := d.Confusion[expert]
			fmt.Fprintf(&b, " %d/%d/%d/%d |", row[rubric.Open], row[rubric.Partial], row[rubric.Closed],
				row[rubric.Undetermined])
		}
		b.WriteByte('\n')
	}
	if len(r.Without) > 0 {
		b.WriteString("\n## Without one observer\n\n| Without | Agreement | Kappa | Determined |\n|---|--:|--:|--:|\n")
		for _, w := range r.Without {
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", layout.Markdown(w.Observer), percent(w.Agreement), w.Kappa,
				percent(w.Determined))
		}
	}
	b.WriteString("\n## Disagreements\n")
	for _, d := range r.Disagreements {
		fmt.Fprintf(&b, "\n### %s: %s\n\nExperts: %s. Tool: %s. %s\n", layout.Markdown(d.Dimension),
			layout.Markdown(d.System), d.Expert, d.Tool, layout.Markdown(d.Reason))
		for _, q := range d.Quotes {
			fmt.Fprintf(&b, "\n- %s = %s: “%s” (%s)", layout.Markdown(q.Fact), layout.Markdown(q.Value),
				layout.Markdown(layout.Fit(reports.Visible(q.Quote), quoteWidth)), layout.Markdown(q.URL))
		}
		if len(d.Quotes) > 0 {
			b.WriteByte('\n')
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

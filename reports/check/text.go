package check

import (
	"fmt"
	"io"
	"strings"
	"time"

	"openness/audit"
	"openness/reports"
	"openness/reports/internal/layout"
	"openness/rubric"
)

// writeCheckText writes a record for terminals and logs: a line for each
// requirement, and under what is not met the words that decide it.
func writeCheckText(w io.Writer, r *Record) error {
	var b strings.Builder
	for _, m := range r.Models {
		if m.Outcome == OutcomeUnknownModel {
			fmt.Fprintf(&b, "%-13s  %s: %s\n", m.Outcome, reports.Visible(m.Model), reports.Visible(m.Note))
		}
		for _, q := range m.Requirements {
			fmt.Fprintf(&b, "%-13s  %s  %s: %s\n", q.Outcome, reports.Visible(m.Model), q.ID,
				reports.Shorten(reports.Visible(q.Message), reports.LongestQuote))
			if q.Waiver != nil {
				fmt.Fprintf(&b, "%15s%s\n", "", waiverWords(q.Waiver))
			}
			if q.Expired != nil {
				fmt.Fprintf(&b, "%15sexpired, does not count: %s\n", "", waiverWords(q.Expired))
			}
			if o := q.shown(); o != nil && q.Outcome != OutcomeMet {
				fmt.Fprintf(&b, "%15s%s = %s%s\n%15s%s\n", "", o.Fact, reports.Visible(o.Value), quotedWords(o), "",
					reports.Visible(o.URL))
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// shown is the observation to show of a requirement, nil where nothing was quoted.
func (q *CheckedRequirement) shown() *audit.Observation {
	if len(q.Observations) == 0 || q.Observations[0].Finding != audit.Present {
		return nil
	}
	return &q.Observations[0]
}

// quotedWords is a quote behind a value, or where the words stand.
func quotedWords(o *audit.Observation) string {
	if o.Quote == "" {
		return fmt.Sprintf(", bytes %d to %d", o.Start, o.End)
	}
	return fmt.Sprintf(": %q", reports.Shorten(reports.OneLine(o.Quote), 120))
}

func waiverWords(w *rubric.Waiver) string {
	s := fmt.Sprintf("waived by %s until %s: %s", reports.Label(w.Who), w.Until, reports.Shorten(reports.Visible(w.Why),
		reports.LongestQuote))
	if w.Link != "" {
		s += " (" + reports.Visible(w.Link) + ")"
	}
	return s
}

// outcomeSymbol marks an outcome in tables.
var outcomeSymbol = map[Outcome]string{OutcomeMet: "✓", OutcomeViolated: "✗", OutcomeUndetermined: "?",
	OutcomeWaived: "w", OutcomeUnknownModel: "–"}

// Age is how old the oldest evidence of a model was when it was checked, in
// whole days; "" where there is none.
func (r *Record) Age(m CheckedModel) string {
	from, err := time.Parse(time.RFC3339, m.From)
	at, err2 := time.Parse(time.RFC3339, r.CheckedAt)
	if err != nil || err2 != nil {
		return ""
	}
	return reports.Plural(int(at.Sub(from).Hours()/24), "day", "days")
}

// writeCheckMarkdown writes a record for a pull request or a file: the matrix
// of models and requirements, and below what is not met, with quotes.
func writeCheckMarkdown(w io.Writer, r *Record) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\nPolicy `%s` version %s (SHA-256 `%s`), checked %s with openness %s: **%s**.\n",
		layout.Markdown(r.Policy.Name), r.Policy.ID,
		layout.Markdown(r.Policy.Version), r.Policy.SHA256, r.CheckedAt, layout.Markdown(r.Tool.Version), r.Outcome)
	if r.MaxAge != "" {
		fmt.Fprintf(&b, "Evidence older than %s counts as not looked at.\n", r.MaxAge)
	}
	b.WriteString("\n| Model | Outcome |")
	for _, q := range r.Policy.Requirements {
		fmt.Fprintf(&b, " %s |", layout.Markdown(q.ID))
	}
	b.WriteString(" Evidence from | Reviews |\n|---|---|" + strings.Repeat(":-:|", len(r.Policy.Requirements)) +
		"---|--:|\n")
	for _, m := range r.Models {
		fmt.Fprintf(&b, "| %s | %s |", layout.Markdown(reports.Label(m.Model)), m.Outcome)
		for i := range r.Policy.Requirements {
			if i < len(m.Requirements) {
				fmt.Fprintf(&b, " %s %s |", outcomeSymbol[m.Requirements[i].Outcome], m.Requirements[i].Outcome)
			} else {
				b.WriteString(" – |")
			}
		}
		fmt.Fprintf(&b, " %s | %d |\n", layout.Markdown(m.From), m.Reviews)
	}
	for _, m := range r.Models {
		if m.Outcome == OutcomeMet {
			continue
		}
		fmt.Fprintf(&b, "\n## %s: %s\n\n", layout.Markdown(reports.Label(m.Model)), m.Outcome)
		if m.Note != "" {
			fmt.Fprintf(&b, "%s\n", layout.Markdown(m.Note))
		}
		for _, q := range m.Requirements {
			if q.Outcome != OutcomeMet {
				q.markdown(&b)
			}
		}
	}
	for _, u := range r.Unused {
		fmt.Fprintf(&b, "\nUnused waiver: %s, %s (%s)\n", layout.Markdown(u.Model), layout.Markdown(u.Requirement),
			layout.Markdown(waiverWords(&u)))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (q *CheckedRequirement) markdown(b *strings.Builder) {
	fmt.Fprintf(b, "- **%s** %s: %s\n", layout.Markdown(q.ID), q.Outcome,
		layout.Markdown(reports.Shorten(q.Message, reports.LongestQuote)))
	if q.Waiver != nil {
		fmt.Fprintf(b, "  - %s\n", layout.Markdown(waiverWords(q.Waiver)))
	}
	if q.Expired != nil {
		fmt.Fprintf(b, "  - expired, does not count: %s\n", layout.Markdown(waiverWords(q.Expired)))
	}
	if o := q.shown(); o != nil {
		fmt.Fprintf(b, "  - `%s` = %s%s, read %s from %s\n", o.Fact, layout.Markdown(o.Value),
			layout.Markdown(quotedWords(o)), reports.TimeText(o.RetrievedAt), layout.Markdown(o.URL))
	}
}

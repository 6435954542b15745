package raters

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"openness/reports"
	"openness/reports/evidence"
	"openness/reports/internal/layout"
)

// A ContradictionReport is the contradictions among raters, and which they are.
type ContradictionReport struct {
	At      time.Time
	Tool    string
	Raters  []string // the names of the lists of people
	Models  int      // that two raters or more judged
	Found   []Contradiction
	Unknown []string // systems that no stored model stands for
}

// ContradictionFormats are the formats of WriteContradictions.
func ContradictionFormats() []reports.Format {
	return []reports.Format{reports.Text, reports.Table, reports.JSON, reports.CSV, reports.Markdown}
}

// WriteContradictions writes them in one of ContradictionFormats.
func WriteContradictions(w io.Writer, r ContradictionReport, f reports.Format, o reports.Options) error {
	switch f {
	case reports.JSON:
		found := r.Found
		if found == nil {
			found = []Contradiction{}
		}
		return reports.WriteJSON(w, struct {
			Schema         string           `json:"schema"`
			Tool           reports.ToolJSON `json:"tool"`
			At             string           `json:"at"`
			Raters         []string         `json:"raters"`
			Models         int              `json:"models"`
			Contradictions []Contradiction  `json:"contradictions"`
			NotAudited     []string         `json:"not_audited"`
		}{ContradictionsSchema, reports.ToolJSON{Version: r.Tool}, reports.TimeText(r.At), r.Raters, r.Models, found,
			append([]string{}, r.Unknown...)})
	case reports.CSV:
		return reports.WriteCSV(w, r.lines)
	case reports.Markdown:
		return writeContradictionsMarkdown(w, r)
	case reports.Text, reports.Table:
		return writeContradictionsText(w, r, o)
	}
	return fmt.Errorf("unknown format %q", f)
}

// summary says in a sentence what was compared and found.
func (r ContradictionReport) summary() string {
	wide, decided := 0, 0
	for _, c := range r.Found {
		if c.Steps == 2 {
			wide++
		}
		if len(c.Wrong) > 0 {
			decided++
		}
	}
	return fmt.Sprintf("%s of %s against openness %s: %s, %d of them between open and closed; evidence decides %d.",
		reports.Plural(len(r.Raters), "list", "lists"), reports.Plural(r.Models, "model", "models"), r.Tool,
		reports.Plural(len(r.Found), "contradiction", "contradictions"), wide, decided)
}

// sides are the ratings as a reader takes them in: "a: open; b, openness: closed".
func (c *Contradiction) sides() string {
	parts := []string{}
	for _, class := range reports.Classes() {
		names := []string{}
		for _, r := range c.Ratings {
			if r.Class == class && !slices.Contains(names, r.Rater) {
				names = append(names, r.Rater)
			}
		}
		if len(names) > 0 {
			parts = append(parts, strings.Join(names, ", ")+": "+string(class))
		}
	}
	return strings.Join(parts, "; ")
}

// longestProof is how many passages a correction shows; JSON has all.
const longestProof = 2

func writeContradictionsText(w io.Writer, r ContradictionReport, o reports.Options) error {
	p := &evidence.Text{Width: o.Columns(), Color: o.Color}
	p.Line("", r.summary())
	for i := range r.Found {
		c := &r.Found[i]
		p.Line("", fmt.Sprintf("\n%s, %s", reports.Label(c.Name), reports.Visible(c.Title)))
		p.Line("  ", c.sides())
		p.Line("  ", c.Verdict)
		if c.Reason != "" {
			p.Line("  ", reports.Shorten(reports.Visible(c.Reason), reports.LongestQuote))
		}
		for k := range c.proof() {
			p.Quote(&c.evidence[k])
		}
		if len(c.evidence) == 0 {
			for _, same := range evidence.SamePlaces(c.places[:min(len(c.places), longestProof)]) {
				p.Item("    ", "- ", fmt.Sprintf("%s [%d]", reports.Visible(same[0].Said()),
					p.Cited.Number(same[0].First)))
			}
		}
		for _, rating := range c.Ratings {
			if len(rating.Links) > 0 {
				p.Item("    ", "- ", reports.Visible(rating.Rater+" cites "+strings.Join(rating.Links, " ")))
			}
		}
	}
	p.Documents()
	_, err := io.WriteString(w, p.String())
	return err
}

// proof are the passages that a correction shows.
func (c *Contradiction) proof() []evidence.Wording {
	return c.evidence[:min(len(c.evidence), longestProof)]
}

// lines are the contradictions, one a line.
func (r ContradictionReport) lines(yield func([]string) bool) {
	head := append([]string{"model", "name", "question"}, r.Raters...)
	if !yield(append(head, toolRater, "steps", "verdict", "against", "reason", "quote", "page", "raw", "retrieved_at",
		"sha256", "start", "end")) {
		return
	}
	for i := range r.Found {
		c := &r.Found[i]
		line := []string{c.Model, c.Name, c.Question}
		for _, rater := range append(slices.Clone(r.Raters), toolRater) {
			classes := []string{}
			for _, rating := range c.Ratings {
				if rating.Rater == rater {
					classes = append(classes, string(rating.Class))
				}
			}
			line = append(line, strings.Join(classes, " or "))
		}
		line = append(line, strconv.Itoa(c.Steps), c.Verdict, strings.Join(c.Wrong, ", "), c.Reason)
		if len(c.evidence) > 0 {
			e := &c.evidence[0].Facts[0]
			line = append(line, e.Read, e.Page(), e.URL, reports.TimeText(e.RetrievedAt), e.SHA256,
				strconv.Itoa(e.Start), strconv.Itoa(e.End))
		} else {
			line = append(line, make([]string, 7)...)
		}
		if !yield(line) {
			return
		}
	}
}

// writeContradictionsMarkdown writes a correction for each rater, ready to be
// sent, and then what evidence does not decide.
func writeContradictionsMarkdown(w io.Writer, r ContradictionReport) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# Contradictions among raters\n\n%s\n", layout.Markdown(r.summary()))
	for _, rater := range r.Raters {
		n := 0
		for i := range r.Found {
			if c := &r.Found[i]; slices.Contains(c.Wrong, rater) {
				if n++; n == 1 {
					fmt.Fprintf(&b, "\n## Corrections to %s\n", layout.Markdown(rater))
				}
				markdownContradiction(&b, c)
			}
		}
	}
	n := 0
	for i := range r.Found {
		if c := &r.Found[i]; len(c.Wrong) == 0 {
			if n++; n == 1 {
				b.WriteString("\n## Not decided by evidence\n")
			}
			markdownContradiction(&b, c)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func markdownContradiction(b *strings.Builder, c *Contradiction) {
	fmt.Fprintf(b, "\n### %s: %s\n\n%s. %s\n", layout.Markdown(reports.Label(c.Name)), layout.Markdown(c.Title),
		layout.Markdown(c.sides()), layout.Markdown(c.Verdict))
	if c.Reason != "" {
		fmt.Fprintf(b, "\n%s\n", layout.Markdown(reports.Shorten(c.Reason, reports.LongestQuote)))
	}
	for k := range c.proof() {
		evidence.MarkdownQuote(b, &c.evidence[k])
	}
	if len(c.evidence) == 0 {
		for _, p := range c.places[:min(len(c.places), longestProof)] {
			fmt.Fprintf(b, "\n- %s", layout.Markdown(p.URL+" "+p.Said()))
		}
		b.WriteByte('\n')
	}
	for _, rating := range c.Ratings {
		for _, link := range rating.Links {
			fmt.Fprintf(b, "\n- %s cites %s", layout.Markdown(rating.Rater), layout.Markdown(link))
		}
	}
	b.WriteByte('\n')
}

package dossier

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"openness/audit"
	"openness/reports"
	"openness/reports/evidence"
	"openness/rubric"
)

// writeDossierText writes a dossier for terminals and mail.
func writeDossierText(w io.Writer, m *reports.Model, rubrics []*rubric.Rubric, o reports.Options) error {
	p := &evidence.Text{Width: o.Columns(), Color: o.Color}
	p.Line("", reports.Label(m.Name()))
	p.Line("", strings.Repeat("=", min(text.StringWidth(reports.Label(m.Name())), p.Width)))
	assessments := allJudged(m, rubrics)
	if len(assessments) > 0 {
		p.Line("", why(assessments[0].Judged))
	}
	writeIdentity(p, m)
	for i := range assessments {
		writeAssessmentText(p, &assessments[i])
	}
	if len(assessments) == 0 {
		p.Line("", "\nNot assessed yet.")
	}
	p.Conflicts(evidence.Conflicts(m))
	p.Documents()
	p.List("Withdrawn", lookLines(evidence.Withdrawn(m)))
	p.List("Sources that fail now", lookLines(evidence.Stale(m)))
	p.List("Not there", besides(p, evidence.NotThere(m)))
	p.List("Could not be looked at", besides(p, evidence.Unseen(m)))
	p.List("History", historyLines(m.History))
	_, err := io.WriteString(w, p.String())
	return err
}

// identityOf is what a text says of the model, and the verdicts of frameworks.
func writeIdentity(p *evidence.Text, m *reports.Model) {
	p.Line("", "")
	for _, f := range identityOf(m) {
		p.Line("", f[0]+": "+f[1])
	}
	writeFrameworks(p, m.Frameworks)
}

// besides are looks at what the text has not cited: each is told once. Those
// with the same outcome share its words.
func besides(p *evidence.Text, looks []evidence.Look) []string {
	left := []evidence.Look{}
	for _, l := range looks {
		if !slices.ContainsFunc(p.Cited, func(o audit.Observation) bool { return o.URL == l.URL }) {
			left = append(left, l)
		}
	}
	return lookLines(left)
}

// identityOf lists what a dossier's head says, each as name and value.
func identityOf(m *reports.Model) [][2]string {
	s := m.Subject
	fields := [][2]string{{"Model", reports.Label(s.ID)}, {"Organisation", reports.Label(s.Organisation)},
		{"Base model", reports.Label(s.Base)},
		{"Licence of the weights", reports.Label(m.License())}, {"Released", reports.Label(m.Released())},
		{"Assessed", reports.TimeText(m.AssessedAt)}}
	known := [][2]string{}
	for _, f := range fields {
		if f[1] != "" {
			known = append(known, f)
		}
	}
	return known
}

// lookLines are looks with what came of them. Addresses of which the same is to
// be said stand together.
func lookLines(looks []evidence.Look) []string {
	lines := []string{}
	for _, same := range evidence.SameOutcome(looks) {
		addresses := []string{}
		for _, l := range same {
			addresses = append(addresses, l.URL)
		}
		lines = append(lines, strings.Join(addresses, ", ")+" "+same[0].Said())
	}
	return lines
}

func historyLines(history []reports.HistoryEntry) []string {
	lines := []string{}
	for _, h := range history {
		line := fmt.Sprintf("%s  %s %s  %s  (openness %s)", reports.TimeText(h.At), h.Rubric.ID, h.Rubric.Version,
			reports.OutOf(h.Score), h.Tool)
		if said := h.Words(); said != "" {
			line += "; " + said
		}
		lines = append(lines, line)
	}
	return lines
}

func writeAssessmentText(p *evidence.Text, a *judgedUnder) {
	p.Line("", fmt.Sprintf("\n%s, version %s", reports.Visible(reports.RubricTitle(a.Under)),
		reports.Visible(a.Rubric.Version)))
	writeRuling(p, a.Verdict)
	p.Line("", scoreSentence(a.Score))
	for _, j := range a.Judged {
		p.Judgement(j)
	}
}

// scoreSentence gives the score both ways, and between which totals it lies.
func scoreSentence(s rubric.Score) string {
	switch {
	case s.Coverage >= 1:
		return fmt.Sprintf("Score %s of %s (%s %%); every dimension could be determined.", reports.Number(s.Strict),
			reports.Number(s.Max), reports.Number(s.Percent))
	case !s.Ranked:
		return fmt.Sprintf("Between %s and %s of %s; only %s of the weight could be determined, too little for a rank.",
			reports.Number(s.Range[0]), reports.Number(s.Range[1]), reports.Number(s.Max), reports.Share(s.Coverage))
	}
	return fmt.Sprintf("%s of what could be determined (%s of the weight); between %s and %s of %s, counting what is undetermined as closed or as open.",
		reports.Share(s.Share()), reports.Share(s.Coverage), reports.Number(s.Range[0]), reports.Number(s.Range[1]),
		reports.Number(s.Max))
}

// writeFrameworks are the verdicts of further rubrics, a line each.
func writeFrameworks(p *evidence.Text, list []reports.Framework) {
	for i, f := range list {
		if i == 0 {
			p.Line("", "\nVerdicts")
		}
		said := reports.Visible(f.Name) + ": " + reports.Visible(f.Verdict.Name) + ". " +
			reports.Shorten(reports.Visible(f.Verdict.Reason), reports.LongestQuote)
		if f.Verdict.SmallestChange != "" {
			said += " " + reports.Shorten(reports.Visible(f.Verdict.SmallestChange), reports.LongestQuote)
		}
		p.Item("  ", "- ", said)
	}
}

// writeRuling is the verdict of a framework, with what is missing.
func writeRuling(p *evidence.Text, r *rubric.Ruling) {
	if r == nil {
		return
	}
	p.Line("", "Verdict: "+reports.Visible(r.Name)+". "+reports.Shorten(reports.Visible(r.Reason),
		reports.LongestQuote))
	for _, m := range r.Missing {
		p.Item("  ", "- ", "missing: "+reports.Shorten(reports.Visible(m), reports.LongestQuote))
	}
	if r.SmallestChange != "" {
		p.Line("", "Smallest change: "+reports.Shorten(reports.Visible(r.SmallestChange), reports.LongestQuote))
	}
}

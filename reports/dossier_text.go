package reports

import (
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"openness/rubric"
)

// writeDossierText writes a dossier for terminals and mail.
func writeDossierText(w io.Writer, m *Model, rubrics []*rubric.Rubric, o Options) error {
	p := &page{width: max(cmpOr(o.Width, defaultWidth), narrowest), color: o.Color}
	p.line("", label(m.Name()))
	p.line("", strings.Repeat("=", min(text.StringWidth(label(m.Name())), p.width)))
	for _, f := range m.identity() {
		p.line("", f[0]+": "+f[1])
	}
	for _, ref := range rubricsOf([]Model{*m}) {
		a, _ := m.Assessment(ref.ID)
		p.assessment(m, a, rubricFor(ref, rubrics, []Model{*m}))
	}
	if len(m.Assessments) == 0 {
		p.line("", "\nNot assessed yet.")
	}
	p.list("Licence conflicts", m.Conflicts)
	p.list("Looked for in vain", lookLines(m))
	p.list("History", historyLines(m.History))
	_, err := io.WriteString(w, p.String())
	return err
}

// identity lists what a dossier's head says, each as name and value.
func (m *Model) identity() [][2]string {
	s := m.Subject
	fields := [][2]string{{"Model", label(s.ID)}, {"Organisation", label(s.Organisation)}, {"Base model", label(s.Base)},
		{"Licence of the weights", label(m.License())}, {"Released", label(m.Released())}, {"Assessed", rfc3339(m.AssessedAt)}}
	known := [][2]string{}
	for _, f := range fields {
		if f[1] != "" {
			known = append(known, f)
		}
	}
	return known
}

func lookLines(m *Model) []string {
	lines := []string{}
	for _, l := range m.lookedInVain() {
		lines = append(lines, l.URL+" "+l.Said())
	}
	return lines
}

func historyLines(history []HistoryEntry) []string {
	lines := []string{}
	for _, h := range history {
		line := fmt.Sprintf("%s  %s %s  %s  (openness %s)", rfc3339(h.At), h.Rubric.ID, h.Rubric.Version, outOf(h.Score), h.Tool)
		for _, c := range h.Change {
			line += fmt.Sprintf("; %s %s to %s", c.Dimension, c.From, c.To)
		}
		lines = append(lines, line)
	}
	return lines
}

// page is text in the making, wrapped to a width.
type page struct {
	strings.Builder
	width int
	color bool
}

// line writes s wrapped, each line behind the indent.
func (p *page) line(indent, s string) {
	for _, part := range strings.Split(text.WrapSoft(s, p.width-len(indent)), "\n") {
		p.WriteString(strings.TrimRight(indent+part, " ") + "\n")
	}
}

func (p *page) list(title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	p.line("", "\n"+title)
	for _, l := range lines {
		p.item("  ", "- ", Shorten(Visible(l), longestQuote))
	}
}

// item writes s behind a mark, its further lines under its first.
func (p *page) item(indent, mark, s string) {
	hang := indent + strings.Repeat(" ", text.StringWidth(mark))
	for i, part := range strings.Split(text.WrapSoft(s, p.width-len(hang)), "\n") {
		if i == 0 {
			p.WriteString(strings.TrimRight(indent+mark+part, " ") + "\n")
			continue
		}
		p.WriteString(strings.TrimRight(hang+part, " ") + "\n")
	}
}

func (p *page) assessment(m *Model, a rubric.Assessment, r *rubric.Rubric) {
	p.line("", fmt.Sprintf("\n%s, version %s", Visible(rubricTitle(r)), Visible(a.Rubric.Version)))
	p.line("", scoreSentence(a.Score))
	for _, j := range m.judgedOf(a, r) {
		p.judgement(j)
	}
}

// scoreSentence gives the score both ways.
func scoreSentence(s rubric.Score) string {
	return fmt.Sprintf("Score %s of %s (%s %%), counting undetermined as 0; %s on the %s of the weight that could be determined.",
		number(s.Strict), number(s.Max), number(s.Percent), number(s.Determined), share(s.Coverage))
}

func (p *page) judgement(j judged) {
	mark := "[" + Symbol(j.Class) + "] "
	by := ""
	if j.Origin == rubric.FromReview && j.Review != nil {
		by = " (review by " + label(j.Review.By) + ")"
	}
	p.WriteByte('\n')
	p.item("", mark, fmt.Sprintf("%s: %s%s", Visible(heading(j.Dimension)), j.Class, by))
	p.line("    ", Shorten(Visible(j.Reason), longestQuote))
	for _, e := range j.Evidence {
		p.item("    ", "> ", "“"+Visible(e.Shown)+"”")
		p.line("      ", provenance(e))
	}
	for _, e := range j.InVain {
		p.item("    ", "- ", strings.TrimSpace(findingWords(e.Finding)+": "+Visible(e.URL)+" "+Visible(e.Note)))
	}
}

// provenance says where and when a quote was read.
func provenance(e Evidence) string {
	s := fmt.Sprintf("%s = %s, bytes %d to %d of %s", e.Fact, Shorten(Visible(e.Value), longestName), e.Start, e.End, Visible(e.URL))
	if e.Revision != "" {
		s += " at " + Visible(e.Revision)
	}
	return s + ", read " + rfc3339(e.RetrievedAt) + ", SHA-256 " + Visible(e.SHA256)
}

package dossier

import (
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"openness/reports"
	"openness/reports/evidence"
	"openness/reports/internal/layout"
)

// HistorySchema names the shape of the history's JSON.
const HistorySchema = "openness.history/1"

type historyJSON struct {
	Schema  string                 `json:"schema"`
	Model   reports.ModelJSON      `json:"model"`
	History []reports.HistoryEntry `json:"history"`
}

// WriteHistory writes a model's earlier assessments, oldest first, in one of
// HistoryFormats.
func WriteHistory(w io.Writer, m reports.Model, f reports.Format, o reports.Options) error {
	s := m.Subject
	object := historyJSON{Schema: HistorySchema, History: append([]reports.HistoryEntry{}, m.History...),
		Model: reports.ModelJSON{ID: s.ID, Name: m.Name(), Organisation: s.Organisation, Base: reports.OrNull(s.Base),
			Target: s.Target, Label: reports.OrNull(s.Label), Released: m.Released()}}
	switch f {
	case reports.JSON:
		return reports.WriteJSON(w, object)
	case reports.YAML:
		return reports.WriteYAML(w, object)
	case reports.Markdown:
		return writeHistoryMarkdown(w, &m)
	case reports.Table:
		return writeHistoryTable(w, &m, o)
	}
	return fmt.Errorf("unknown format %q", f)
}

func writeHistoryTable(w io.Writer, m *reports.Model, o reports.Options) error {
	width := o.Columns()
	t := layout.NewTable(width)
	t.AppendHeader(table.Row{"Assessed", "Rubric", "Score", "Determined", "What changed"})
	for _, h := range m.History {
		t.AppendRow(table.Row{reports.TimeText(h.At), layout.Fit(h.Rubric.ID+" "+h.Rubric.Version, 20),
			reports.Number(h.Score.Strict), reports.Share(h.Score.Coverage), counted(h)})
	}
	p := &evidence.Text{Width: width}
	for _, h := range m.History {
		if len(h.Change)+len(h.Events) == 0 {
			continue
		}
		p.Line("", "\n"+reports.TimeText(h.At)+"  "+reports.Visible(h.Rubric.ID))
		for _, e := range h.Events {
			p.Item("  ", "- ", reports.Visible(e.Words()))
		}
		for _, c := range h.Change {
			p.Item("  ", "- ", reports.Visible(c.Words()))
		}
	}
	_, err := io.WriteString(w, layout.Fit(m.Name(), width)+"\n"+layout.Trim(t.Render())+"\n"+p.String())
	return err
}

// counted says how much changed, where what changed stands below.
func counted(h reports.HistoryEntry) string {
	var parts []string
	if n := len(h.Change); n > 0 {
		parts = append(parts, reports.Plural(n, "class", "classes"))
	}
	if n := len(h.Events); n > 0 {
		parts = append(parts, reports.Plural(n, "event", "events"))
	}
	return strings.Join(parts, ", ")
}

func writeHistoryMarkdown(w io.Writer, m *reports.Model) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# History of %s\n\n| Assessed | Rubric | Score | Determined | What changed |\n|---|---|--:|--:|---|\n", layout.Markdown(reports.Label(m.Name())))
	for _, h := range m.History {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", reports.TimeText(h.At),
			layout.Markdown(h.Rubric.ID+" "+h.Rubric.Version), reports.Number(h.Score.Strict),
			reports.Share(h.Score.Coverage), layout.Markdown(h.Words()))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// HistoryFormats are the formats of WriteHistory.
func HistoryFormats() []reports.Format {
	return []reports.Format{reports.Table, reports.JSON, reports.YAML, reports.Markdown}
}

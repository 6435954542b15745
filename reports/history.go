package reports

import (
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
)

// HistorySchema names the shape of the history's JSON.
const HistorySchema = "openness.history/1"

type historyJSON struct {
	Schema  string         `json:"schema"`
	Model   modelJSON      `json:"model"`
	History []HistoryEntry `json:"history"`
}

// WriteHistory writes a model's earlier assessments, oldest first, in one of
// HistoryFormats.
func WriteHistory(w io.Writer, m Model, f Format, o Options) error {
	s := m.Subject
	object := historyJSON{Schema: HistorySchema, History: append([]HistoryEntry{}, m.History...),
		Model: modelJSON{ID: s.ID, Name: m.Name(), Organisation: s.Organisation, Base: orNull(s.Base), Target: s.Target, Label: orNull(s.Label), Released: m.Released()}}
	switch f {
	case JSON:
		return writeJSON(w, object)
	case YAML:
		return writeYAML(w, object)
	case Markdown:
		return writeHistoryMarkdown(w, &m)
	case Table:
		return writeHistoryTable(w, &m, o)
	}
	return fmt.Errorf("unknown format %q", f)
}

func writeHistoryTable(w io.Writer, m *Model, o Options) error {
	width := o.columns()
	t := newTable(width)
	t.AppendHeader(table.Row{"Assessed", "Rubric", "Score", "Determined", "What changed"})
	for _, h := range m.History {
		t.AppendRow(table.Row{rfc3339(h.At), fit(h.Rubric.ID+" "+h.Rubric.Version, 20), number(h.Score.Strict), share(h.Score.Coverage), counted(h)})
	}
	p := &textPage{width: width}
	for _, h := range m.History {
		if len(h.Change)+len(h.Events) == 0 {
			continue
		}
		p.line("", "\n"+rfc3339(h.At)+"  "+Visible(h.Rubric.ID))
		for _, e := range h.Events {
			p.item("  ", "- ", Visible(e.Words()))
		}
		for _, c := range h.Change {
			p.item("  ", "- ", Visible(c.words()))
		}
	}
	_, err := io.WriteString(w, fit(m.Name(), width)+"\n"+trimLines(t.Render())+"\n"+p.String())
	return err
}

// counted says how much changed, where what changed stands below.
func counted(h HistoryEntry) string {
	var parts []string
	if n := len(h.Change); n > 0 {
		parts = append(parts, plural(n, "class", "classes"))
	}
	if n := len(h.Events); n > 0 {
		parts = append(parts, plural(n, "event", "events"))
	}
	return strings.Join(parts, ", ")
}

// words says a change of class and, where it is known, why.
func (c ClassChanged) words() string {
	words := fmt.Sprintf("%s %s to %s", c.Dimension, c.From, c.To)
	if c.Why != "" {
		words += " (" + c.Why + ")"
	}
	return words
}

// changes lists what differs from the assessment before.
func changes(h HistoryEntry) string {
	parts := []string{}
	for _, c := range h.Change {
		parts = append(parts, c.words())
	}
	for _, e := range h.Events {
		parts = append(parts, e.Words())
	}
	return strings.Join(parts, "; ")
}

func writeHistoryMarkdown(w io.Writer, m *Model) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# History of %s\n\n| Assessed | Rubric | Score | Determined | What changed |\n|---|---|--:|--:|---|\n", mdText(label(m.Name())))
	for _, h := range m.History {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", rfc3339(h.At), mdText(h.Rubric.ID+" "+h.Rubric.Version), number(h.Score.Strict), share(h.Score.Coverage), mdText(changes(h)))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

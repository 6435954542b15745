package observe

import (
	"openness/audit"
	"openness/audit/observe/data"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

var (
	// chips are what a table of machines names, by any name.
	chips = phrases.ExpressionOf("observe.chips")
	// counted is a cell with an amount.
	counted = pattern.MustCompile(`\|\s*[~≈]?\d[\d,. ]*(?:k|m|million|thousand|hours?|days?|h|d)?\s*(?:\||$)`)
)

// tableOfMachines reads a table that gives the machines of the training with their
// amounts: its head, its heading or its caption speaks of a training.
func (in *input) tableOfMachines(t page.Table, scope string) []audit.Observation {
	about := t.Head.Text + " " + t.Head.Heading + " " + t.Caption
	if t.Caption != "" {
		about = t.Head.Text + " " + t.Caption
	}
	if !document.TrainWord.MatchString(about) || data.NotTraining.MatchString(about) ||
		data.Measured.MatchString(t.Caption) {
		return nil
	}
	of := chips.MatchString(t.Head.Text)
	for _, row := range t.Rows {
		here := row.Text
		if data.NotTraining.MatchString(here) || !counted.MatchString(here) {
			continue
		}
		if chips.MatchString(page.FirstCell(here)) || of && in.FamilyWord.MatchString(here) {
			span := document.WithRows(t.Head)
			note := "A table of the machines of the training."
			return []audit.Observation{audit.Observe(t.Head.Doc, "docs.hardware", "detailed", span, note),
				audit.Observe(t.Head.Doc, "docs.hardware.scope", scope, span, note)}
		}
	}
	return nil
}

// Package dossier writes all that is known of one model: its judgements with the evidence for
// each, its licences, sources and history, and a portrait on one page that comes first.
package dossier

import (
	"fmt"
	"io"
	"slices"

	"openness/reports"
	"openness/reports/evidence"
	"openness/reports/ranking"
	"openness/rubric"
)

// Write writes all that is known of one model in one of DossierFormats.
// Rubrics give the names and questions of the dimensions; an assessment whose
// rubric is not among them is shown with its dimensions' ids. JSON and YAML are
// the contract's assessments.
func Write(w io.Writer, m reports.Model, rubrics []*rubric.Rubric, tool string, f reports.Format,
	o reports.Options) error {
	switch f {
	case reports.JSON:
		return reports.WriteAssessmentsJSON(w, []reports.Model{m}, tool)
	case reports.YAML:
		return reports.WriteYAML(w, reports.AssessmentObjects([]reports.Model{m}, tool))
	case reports.Text, reports.Table:
		return writeDossierText(w, &m, rubrics, o)
	case reports.CSV:
		return writeDossierCSV(w, &m)
	case reports.Markdown:
		return writeDossierMarkdown(w, &m, rubrics)
	case reports.HTML:
		return writeDossierHTML(w, &m, rubrics, tool)
	}
	return fmt.Errorf("unknown format %q", f)
}

// WriteAssessments writes models under all their rubrics in one of
// AssessmentFormats, in the order given.
func WriteAssessments(w io.Writer, models []reports.Model, rubrics []*rubric.Rubric, tool string, f reports.Format,
	o reports.Options) error {
	switch f {
	case reports.JSON:
		return reports.WriteAssessmentsJSON(w, models, tool)
	case reports.YAML:
		return reports.WriteYAML(w, reports.AssessmentObjects(models, tool))
	case reports.Table:
		return writeAssessmentTables(w, models, rubrics, tool, o)
	case reports.Markdown:
		for i := range models {
			if err := writeDossierMarkdown(w, &models[i], rubrics); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("unknown format %q", f)
}

// writeAssessmentTables draws one ranking per rubric that any model has.
func writeAssessmentTables(w io.Writer, models []reports.Model, rubrics []*rubric.Rubric, tool string,
	o reports.Options) error {
	first := true
	for _, ref := range rubricsOf(models) {
		if !first {
			fmt.Fprintln(w)
		}
		first = false
		r := ranking.Report{Rubric: rubricFor(ref, rubrics, models), Tool: tool}
		for _, m := range models {
			if _, ok := m.Assessment(ref.ID); ok {
				r.Models = append(r.Models, m)
			}
		}
		if err := ranking.Write(w, r, reports.Table, o); err != nil {
			return err
		}
	}
	return nil
}

// rubricsOf lists the rubrics that models were assessed under, as first met.
func rubricsOf(models []reports.Model) []rubric.Ref {
	refs := []rubric.Ref{}
	for i := range models {
		for _, a := range models[i].Assessments {
			if !slices.ContainsFunc(refs, func(r rubric.Ref) bool { return r.ID == a.Rubric.ID }) {
				refs = append(refs, a.Rubric)
			}
		}
	}
	return refs
}

// rubricFor finds the rubric of an assessment, or makes one of the ids that the
// assessments themselves carry, so that old assessments can still be shown.
func rubricFor(ref rubric.Ref, rubrics []*rubric.Rubric, models []reports.Model) *rubric.Rubric {
	for _, r := range rubrics {
		if r.ID == ref.ID {
			return r
		}
	}
	bare := &rubric.Rubric{Ref: ref}
	for i := range models {
		if a, ok := models[i].Assessment(ref.ID); ok {
			for _, j := range a.Judgements {
				bare.Dimensions = append(bare.Dimensions, rubric.Dimension{ID: j.Dimension, Weight: 1})
			}
			break
		}
	}
	return bare
}

// judgedUnder is one assessment of a model with its dimensions.
type judgedUnder struct {
	rubric.Assessment
	Under  *rubric.Rubric
	Judged []evidence.Judged
}

// allJudged walks all assessments of a model. Words that were shown under one
// are not shown again under the next.
func allJudged(m *reports.Model, rubrics []*rubric.Rubric) []judgedUnder {
	seen := evidence.Seen{}
	list := []judgedUnder{}
	for _, ref := range rubricsOf([]reports.Model{*m}) {
		a, _ := m.Assessment(ref.ID)
		r := rubricFor(ref, rubrics, []reports.Model{*m})
		list = append(list, judgedUnder{a, r, evidence.JudgedBy(m, a, r, seen)})
	}
	return list
}

// Formats are the formats of WriteDossier. Table is another name of Text.
func Formats() []reports.Format {
	return []reports.Format{reports.Text, reports.Table, reports.JSON, reports.CSV, reports.YAML, reports.Markdown,
		reports.HTML}
}

// AssessmentFormats are the formats of WriteAssessments.
func AssessmentFormats() []reports.Format {
	return []reports.Format{reports.Table, reports.JSON, reports.YAML, reports.Markdown}
}

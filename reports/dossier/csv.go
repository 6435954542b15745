package dossier

import (
	"io"
	"iter"
	"strconv"

	"openness/audit"
	"openness/reports"
	"openness/rubric"
)

// evidenceColumns are the columns of a dossier as CSV.
var evidenceColumns = []string{"model", "label", "rubric", "rubric_version", "dimension", "class", "origin", "reason",
	"fact", "finding", "value", "note", "url", "revision", "retrieved_at", "sha256", "start", "end", "quote"}

// writeDossierCSV writes one line per observation, beside the judgement that
// rests on it. A judgement that rests on none has one line.
func writeDossierCSV(w io.Writer, m *reports.Model) error {
	return reports.WriteCSV(w, func(yield func([]string) bool) {
		if !yield(evidenceColumns) {
			return
		}
		for _, a := range m.Assessments {
			for line := range evidenceLines(m, a) {
				if !yield(line) {
					return
				}
			}
		}
	})
}

func evidenceLines(m *reports.Model, a rubric.Assessment) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for _, j := range a.Judgements {
			observations := j.Observations
			if len(observations) == 0 {
				observations = make([]audit.Observation, 1)
			}
			for i := range observations {
				if !yield(evidenceLine(m, a.Rubric, j, &observations[i])) {
					return
				}
			}
		}
	}
}

func evidenceLine(m *reports.Model, r rubric.Ref, j rubric.Judgement, o *audit.Observation) []string {
	start, end := "", ""
	if o.End > o.Start {
		start, end = strconv.Itoa(o.Start), strconv.Itoa(o.End)
	}
	return []string{m.Subject.ID, m.Subject.Label, r.ID, r.Version, j.Dimension, string(j.Class), string(j.Origin),
		j.Reason,
		o.Fact, string(o.Finding), o.Value, o.Note, o.URL, o.Revision, reports.TimeText(o.RetrievedAt), o.SHA256, start,
		end, o.Quote}
}

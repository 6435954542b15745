package reports

import (
	"fmt"
	"io"
	"iter"
	"strings"
	"time"
	"unicode/utf16"

	"openness/audit"
	"openness/rubric"
)

// AssessmentSchema names the shape of WriteAssessmentsJSON's objects.
const AssessmentSchema = "openness.assessment/1"

// assessmentJSON is one object of the contract: one model under one rubric.
type assessmentJSON struct {
	Schema     string             `json:"schema"`
	Model      ModelJSON          `json:"model"`
	Rubric     rubric.Ref         `json:"rubric"`
	Tool       ToolJSON           `json:"tool"`
	AssessedAt string             `json:"assessed_at"`
	Score      rubric.Score       `json:"score"`
	Verdict    *rubric.Ruling     `json:"verdict,omitempty"`
	Frameworks []Framework        `json:"frameworks,omitempty"` // verdicts under further rubrics
	Judgements []rubric.Judgement `json:"judgements"`
	Conflicts  []Conflict         `json:"conflicts"`
	Sources    []sourceJSON       `json:"sources"`
	// of a model at an earlier date: how it differs today
	Since []Event `json:"changed_since,omitempty"`
}

// ModelJSON identifies a model in JSON.
type ModelJSON struct {
	ID           string  `json:"id"`
	Name         string  `json:"name"`
	Organisation string  `json:"organisation"`
	Base         *string `json:"base"`
	Target       string  `json:"target"`
	Label        *string `json:"label"`
	Released     string  `json:"released,omitempty"`
	License      string  `json:"license,omitempty"`
}

// ToolJSON is the version of this program in JSON.
type ToolJSON struct {
	Version string `json:"version"`
}

type sourceJSON struct {
	URL         string        `json:"url"`
	Kind        audit.DocKind `json:"kind,omitempty"`
	Role        audit.Role    `json:"role,omitempty"`
	Revision    string        `json:"revision,omitempty"`
	RetrievedAt string        `json:"retrieved_at,omitempty"`
	Status      int           `json:"status"`
	Outcome     audit.Outcome `json:"outcome"`
	Detail      string        `json:"detail,omitempty"`
	SHA256      string        `json:"sha256"`
	Bytes       int           `json:"bytes"`
	// the source fails since then, and an earlier look stands in
	StaleSince  string `json:"stale_since,omitempty"`
	LastSeen    string `json:"last_seen,omitempty"`    // what is gone was last there
	FirstMissed string `json:"first_missed,omitempty"` // and was first found gone
}

// WriteAssessmentsJSON writes the contract's array: one object per model and
// rubric, in the order given. Tool is the version of the tool.
func WriteAssessmentsJSON(w io.Writer, models []Model, tool string) error {
	return StreamAssessmentsJSON(w, func(yield func(Model, error) bool) {
		for _, m := range models {
			if !yield(m, nil) {
				return
			}
		}
	}, tool)
}

// StreamAssessmentsJSON is WriteAssessmentsJSON for models that come one at a
// time, of which it holds one. It ends at the first error that models yields.
func StreamAssessmentsJSON(w io.Writer, models iter.Seq2[Model, error], tool string) error {
	array := assessmentArray{w: w}
	for m, err := range models {
		if err != nil {
			return err
		}
		lines, err := AssessmentLines(&m, tool)
		if err != nil {
			return err
		}
		if err := array.add(lines); err != nil {
			return err
		}
	}
	return array.end()
}

// AssessmentLines are the assessments of a model as JSON, one object on one line each, in
// the order of its assessments.
func AssessmentLines(m *Model, tool string) ([][]byte, error) {
	lines := make([][]byte, 0, len(m.Assessments))
	for _, a := range m.Assessments {
		line, err := compactJSON(AssessmentObject(m, a, tool))
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// WriteAssessmentLines is WriteAssessmentsJSON of one model, whose AssessmentLines are made.
func WriteAssessmentLines(w io.Writer, lines [][]byte) error {
	array := assessmentArray{w: w}
	if err := array.add(lines); err != nil {
		return err
	}
	return array.end()
}

// An assessmentArray is the contract's array in the writing.
type assessmentArray struct {
	w     io.Writer
	begun bool
}

func (a *assessmentArray) add(lines [][]byte) error {
	for _, line := range lines {
		before := "[\n  "
		if a.begun {
			before = ",\n  "
		}
		a.begun = true
		if _, err := io.WriteString(a.w, before); err != nil {
			return err
		}
		if _, err := a.w.Write(indented(line, "  ")); err != nil {
			return err
		}
	}
	return nil
}

func (a *assessmentArray) end() error {
	end := "[]\n"
	if a.begun {
		end = "\n]\n"
	}
	_, err := io.WriteString(a.w, end)
	return err
}

// AssessmentObjects are the assessments of models as JSON, one object each.
func AssessmentObjects(models []Model, tool string) []assessmentJSON {
	objects := []assessmentJSON{}
	for i := range models {
		for _, a := range models[i].Assessments {
			objects = append(objects, AssessmentObject(&models[i], a, tool))
		}
	}
	return objects
}

// AssessmentObject is one assessment as JSON.
func AssessmentObject(m *Model, a rubric.Assessment, tool string) assessmentJSON {
	s := m.Subject
	object := assessmentJSON{Schema: AssessmentSchema, Rubric: a.Rubric, Tool: ToolJSON{tool}, Score: a.Score,
		Verdict: a.Verdict, Frameworks: m.Frameworks,
		Model: ModelJSON{ID: s.ID, Name: m.Name(), Organisation: s.Organisation, Base: OrNull(s.Base), Target: s.Target,
			Label: OrNull(s.Label), Released: m.Released(), License: m.License()},
		AssessedAt: TimeText(m.AssessedAt), Judgements: []rubric.Judgement{}, Conflicts: m.Conflicts(), Since: m.Since,
		Sources: []sourceJSON{}}
	for _, j := range a.Judgements {
		if j.Observations == nil {
			j.Observations = []audit.Observation{}
		}
		object.Judgements = append(object.Judgements, j)
	}
	for _, d := range m.Documents {
		object.Sources = append(object.Sources, sourceJSON{URL: d.URL, Kind: d.Kind, Role: d.Role, Revision: d.Revision,
			RetrievedAt: TimeText(d.RetrievedAt), Status: d.Status, Outcome: d.Reported(), Detail: d.Said(),
			SHA256: d.SHA256, Bytes: d.Bytes(), StaleSince: TimeText(d.StaleSince), LastSeen: TimeText(d.LastSeen),
			FirstMissed: TimeText(d.FirstMissed)})
	}
	return object
}

// OrNull is a text, or null where it is empty.
func OrNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// TimeText writes a time as RFC 3339 has it, in UTC, so that a machine's zone never shows; the zero
// time is "".
func TimeText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// WriteJSON writes v as every JSON of this program is written: indented, with every character that a terminal would act
// on as a \u escape: the value read back is the same.
func WriteJSON(w io.Writer, v any) error {
	text, err := IndentedJSON(v, "")
	if err != nil {
		return err
	}
	_, err = w.Write(append(text, '\n'))
	return err
}

// WriteEscaped writes JSON with its hidden characters escaped.
func WriteEscaped(w io.Writer, text []byte) error {
	if VisibleAlready(text) {
		_, err := w.Write(text)
		return err
	}
	_, err := io.WriteString(w, EscapeHidden(string(text), JSONEscape))
	return err
}

// EscapeHidden writes the hidden characters of JSON or of double-quoted YAML
// with the escape of that language. There they occur within strings only.
func EscapeHidden(s string, escape func(rune) string) string {
	if VisibleAlready(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 64)
	for _, r := range s {
		if Hidden(r) {
			b.WriteString(escape(r))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// JSONEscape is a rune as JSON writes it where it may not stand for itself.
func JSONEscape(r rune) string {
	if r < 0x10000 {
		return fmt.Sprintf(`\u%04x`, r)
	}
	high, low := utf16.EncodeRune(r)
	return fmt.Sprintf(`\u%04x\u%04x`, high, low)
}
